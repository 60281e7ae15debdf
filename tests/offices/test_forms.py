"""Hours that cannot be are refused at their field, in words, and nothing typed is lost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from offices.models import Schedule, ServicePoint, WeeklyRule
from tests.factories import (
    make_channel,
    make_office,
    make_schedule,
    make_service_point,
)
from tests.forms import errors_at, filled, page_of, page_of_new, rows, snapshot, text

pytestmark = pytest.mark.django_db

SUMMER = {"name_pl": "Lato", "starts_on": "2027-07-01", "ends_on": "2027-08-31"}
TUESDAY = {"weekdays": ["1"], "hours": "08:00-16:00"}
MONDAY = {"weekdays": ["0"]}
ON_THE_31ST = {"starts_on": "2026-12-31"}


def test_a_channel_with_hours_of_its_own_cannot_follow_the_office(editor, schedule):
    point = schedule.channel.service_point
    address = reverse("admin:offices_servicepoint_change", args=[point.pk])
    data = filled(editor.get(address)) | {"channels-0-follows_office_hours": "on"}
    errors = errors_at(editor.post(address, data), "channels")
    assert "hours of its own" in str(errors[0]["follows_office_hours"])
    schedule.rules.all().delete()
    assert editor.post(address, data).status_code == 302


@pytest.mark.parametrize(
    ("prefix", "row", "field", "reason"),
    [
        ("rules", {"hours": "8-16"}, "weekdays", "Choose at least one day"),
        ("rules", {"weekdays": ["7"], "hours": "8-16"}, "weekdays", "not one of the available"),
        ("rules", TUESDAY | {"hours": "16-8"}, "hours", "ends before it starts"),
        ("rules", TUESDAY | {"hours": "8-12, 11-15"}, "hours", "These spans overlap"),
        ("rules", TUESDAY | {"hours": "all day"}, "hours", "not a span of hours"),
        ("rules", TUESDAY | {"last_admission": "17:00"}, "last_admission", "not within"),
        (
            "rules",
            TUESDAY | {"valid_from": "2027-02-01", "valid_until": "2027-01-01"},
            "valid_until",
            "The last day is before the first day.",
        ),
        ("seasons", SUMMER | {"ends_on": "2027-06-01"}, "ends_on", "before the first day"),
        ("seasons", SUMMER | {"starts_on": ""}, "starts_on", "required"),
        ("seasons", SUMMER | {"name_pl": ""}, "name_pl", "required"),
        (
            "exceptions",
            {"starts_on": "2026-12-31", "ends_on": "2026-12-30", "effect": "replaces"},
            "ends_on",
            "before the first day",
        ),
        (
            "exceptions",
            {"starts_on": "2026-12-31", "effect": "adds"},
            "hours",
            "Say which hours are added or removed.",
        ),
        (
            "exceptions",
            {"starts_on": "2026-12-31", "effect": "removes", "hours": "12-10"},
            "hours",
            "ends before it starts",
        ),
        (
            "exceptions",
            {"starts_on": "2026-12-31", "effect": "removes", "hours": "11-12*"},
            "hours",
            "A star means nothing where hours are removed.",
        ),
        (
            "exceptions",
            {"starts_on": "2026-12-21", "ends_on": "2026-12-22", "hours": "20:00-32:00, 6-8"}
            | {"effect": "adds"},
            "hours",
            "run into those of the next day",
        ),
        ("exceptions", {"effect": "replaces", "hours": "8-10"}, "starts_on", "required"),
        (
            "exceptions",
            {"starts_on": "2026-12-01", "ends_on": "9999-12-31", "effect": "replaces"},
            "ends_on",
            "The year must be",
        ),
        ("rules", TUESDAY | {"valid_from": "0206-12-01"}, "valid_from", "between 2000 and 2100"),
    ],
)
def test_a_mistake_in_a_row_is_named_at_its_field(editor, schedule, prefix, row, field, reason):
    start = 1 if prefix == "rules" else 0
    data = filled(editor.get(page_of(schedule))) | rows(prefix, row, start=start)
    response = editor.post(page_of(schedule), data)
    assert response.status_code == 200
    errors = errors_at(response, prefix)[start]
    assert list(errors) == [field]
    assert reason in str(errors[field])
    assert len(errors[field]) == 1


def test_the_dates_of_a_season_stand_with_the_season(editor, schedule):
    season = schedule.seasons.create(**SUMMER)
    row = TUESDAY | {"season": season.pk, "valid_from": "2027-07-01"}
    data = filled(editor.get(page_of(schedule))) | rows("rules", row, start=1)
    assert "valid_from" in errors_at(editor.post(page_of(schedule), data), "rules")[1]


def test_the_seasons_are_fetched_once_for_all_rows(editor, schedule):
    schedule.seasons.create(**SUMMER)
    for day in range(1, 6):
        schedule.rules.create(weekdays=[day], hours="08:00–16:00")
    with CaptureQueriesContext(connection) as queries:
        html = text(editor.get(page_of(schedule)))
    assert html.count(f">{schedule.seasons.get()}</option>") == 7  # six rows and an empty one
    fetched = [one for one in queries if 'ORDER BY "offices_season"' in one["sql"]]
    assert len(fetched) == 2  # to be edited, and to be chosen


def test_a_season_of_other_hours_is_no_choice(editor, schedule):
    schedule.seasons.create(**SUMMER)
    other = make_schedule(office=make_office()).seasons.create(**SUMMER)
    data = filled(editor.get(page_of(schedule)))
    data |= rows("rules", TUESDAY | {"season": other.pk}, start=1)
    assert "season" in errors_at(editor.post(page_of(schedule), data), "rules")[1]


@pytest.mark.parametrize(
    ("prefix", "sent", "field", "reason"),
    [
        (
            "rules",
            [MONDAY | {"hours": "8-16"}, MONDAY | {"hours": "15-18"}],
            "hours",
            "Overlaps with: Monday 08:00–16:00.",
        ),
        (
            "rules",
            [MONDAY | {"hours": "22-2"}, {"weekdays": ["1"], "hours": "1-5"}],
            "hours",
            "Overlaps with: Monday 22:00–02:00.",
        ),
        (
            "rules",
            [{"weekdays": ["0", "1"], "hours": "8-16"}, MONDAY | {"weeks": ["1"], "hours": ""}],
            "hours",
            "These days are closed here, but have hours in: Monday, Tuesday 08:00–16:00.",
        ),
        (
            "rules",
            [MONDAY | {"hours": ""}, MONDAY | {"hours": "8-16"}],
            "hours",
            "These days have hours here, but are closed in: Monday closed.",
        ),
        (
            "exceptions",
            [
                {"starts_on": "2026-12-21", "effect": "replaces", "hours": "20:00-32:00"},
                {"starts_on": "2026-12-22", "effect": "replaces", "hours": "6-10"},
            ],
            "hours",
            "Overlaps with: 21 December 2026: 20:00–32:00.",
        ),
        (
            "seasons",
            [SUMMER, SUMMER | {"name_pl": "Wakacje"}],
            "starts_on",
            "Overlaps with: Lato (1 July 2027 – 31 August 2027).",
        ),
        (
            "seasons",
            [SUMMER, SUMMER | {"starts_on": "2027-08-15", "ends_on": "2027-09-15"}],
            "starts_on",
            "Overlaps with: Lato",
        ),
        (
            "exceptions",
            [
                ON_THE_31ST | {"effect": "replaces"},
                ON_THE_31ST | {"effect": "adds", "hours": "16-18"},
            ],
            "starts_on",
            "Contradicts: 31 December 2026: closed.",
        ),
        (
            "exceptions",
            [
                ON_THE_31ST | {"effect": "removes", "hours": "15-17"},
                {"starts_on": "2026-12-28", "ends_on": "2027-01-02"}
                | {"effect": "adds", "hours": "16-18"},
            ],
            "hours",
            "Overlaps with: 31 December 2026: closed in these hours 15:00–17:00.",
        ),
    ],
)
def test_rows_that_contradict_each_other_are_refused(editor, prefix, sent, field, reason):
    channel = make_channel(make_service_point())
    address = page_of_new(channel)
    response = editor.post(address, filled(editor.get(address)) | rows(prefix, *sent))
    assert response.status_code == 200
    first, second = errors_at(response, prefix)
    assert not first
    assert reason in str(second[field])
    html = text(response)
    assert all(f'value="{row["hours"]}"' in html for row in sent if "hours" in row)
    assert not Schedule.objects.filter(channel=channel).exists()


def test_hours_that_run_into_their_own_next_day_are_refused(editor):
    address = page_of_new(make_channel(make_service_point()))
    row = {"weekdays": ["0", "1"], "hours": "20:00-32:00, 7-9"}
    response = editor.post(address, filled(editor.get(address)) | rows("rules", row))
    assert "run into those of the next day" in str(errors_at(response, "rules")[0]["hours"])


def test_rows_are_judged_as_sent_not_as_stored(editor, schedule):
    data = filled(editor.get(page_of(schedule)))
    overlapping = rows("rules", MONDAY | {"hours": "15-18"}, start=1)
    moved = {"rules-0-weekdays": ["4"]}
    deleted = {"rules-0-DELETE": "on"}
    assert editor.post(page_of(schedule), data | overlapping).status_code == 200
    assert editor.post(page_of(schedule), data | overlapping | moved).status_code == 302
    data = filled(editor.get(page_of(schedule))) | {"rules-1-DELETE": "on"}
    assert editor.post(page_of(schedule), data).status_code == 302
    data = filled(editor.get(page_of(schedule))) | deleted
    data |= rows("rules", {"weekdays": ["4"], "hours": "15-18"}, start=1)
    assert editor.post(page_of(schedule), data).status_code == 302
    assert [str(rule) for rule in schedule.rules.all()] == ["Friday 15:00–18:00"]


def test_hours_of_two_seasons_do_not_overlap(editor, schedule):
    season = schedule.seasons.create(**SUMMER)
    data = filled(editor.get(page_of(schedule)))
    data |= rows("rules", MONDAY | {"hours": "9-17", "season": season.pk}, start=1)
    assert editor.post(page_of(schedule), data).status_code == 302
    assert schedule.rules.count() == 2


def test_a_season_takes_no_hours_with_it_unsaid(editor, schedule):
    season = schedule.seasons.create(**SUMMER)
    rule = WeeklyRule.objects.create(
        schedule=schedule, season=season, weekdays=[0], hours="09:00–12:00"
    )
    data = filled(editor.get(page_of(schedule))) | {"seasons-0-DELETE": "on"}
    response = editor.post(page_of(schedule), data)
    assert "to be deleted" in str(errors_at(response, "rules")[1]["season"])

    moved = {"rules-1-season": "", "rules-1-weekdays": ["2"]}
    assert editor.post(page_of(schedule), data | moved).status_code == 302
    rule.refresh_from_db()
    assert (rule.season, schedule.seasons.count()) == (None, 0)


def test_a_season_can_be_deleted_together_with_its_hours(editor, schedule):
    season = schedule.seasons.create(**SUMMER)
    WeeklyRule.objects.create(schedule=schedule, season=season, weekdays=[0], hours="09:00–12:00")
    data = filled(editor.get(page_of(schedule)))
    data |= {"seasons-0-DELETE": "on", "rules-1-DELETE": "on"}
    assert editor.post(page_of(schedule), data).status_code == 302
    assert [str(rule) for rule in schedule.rules.all()] == ["Monday 08:00–16:00"]


def test_a_channel_that_follows_the_office_takes_no_hours(editor):
    channel = make_channel(make_service_point(), follows_office_hours=True)
    address = page_of_new(channel)
    response = editor.post(address, filled(editor.get(address)) | rows("rules", TUESDAY))
    assert "same hours as the office" in str(errors_at(response, "rules")[0]["hours"])


@pytest.mark.parametrize("key", ["abc", "9" * 30, "²"])
def test_hours_to_copy_that_are_no_hours_are_refused_at_the_field(editor, schedule, key):
    data = filled(editor.get(page_of(schedule))) | {"copy_from": key}
    response = editor.post(page_of(schedule), data)
    assert "Choose the hours of another channel or office." in text(response)


def test_the_date_of_the_last_check_is_of_our_time(editor, schedule):
    data = filled(editor.get(page_of(schedule))) | {"checked_on": "0206-12-01"}
    errors = editor.post(page_of(schedule), data).context["adminform"].form.errors
    assert "The year must be" in str(errors["checked_on"])


# Two editors at once


def _is_refused(editor, schedule, data) -> bool:
    response = editor.post(page_of(schedule), data)
    if response.status_code == 302:
        return False
    assert "Not saved: it was changed meanwhile" in text(response)
    assert 'value="Typed"' in text(response)
    return True


@pytest.mark.parametrize(
    "change",
    [
        lambda schedule: schedule.exceptions.create(starts_on="2026-12-31"),
        lambda schedule: schedule.exceptions.update(reason_uk="Причина"),
        lambda schedule: schedule.exceptions.all().delete(),
        lambda schedule: schedule.rules.update(hours="09:00–10:00"),
        lambda schedule: schedule.rules.all().delete(),
        lambda schedule: schedule.seasons.update(ends_on="2027-08-30"),
        lambda schedule: Schedule.objects.filter(pk=schedule.pk).update(note_ru="Заметка"),
        lambda schedule: Schedule.objects.filter(pk=schedule.pk).update(checked_on="2026-11-02"),
    ],
)
def test_a_page_that_is_out_of_date_overwrites_nothing(editor, schedule, change):
    schedule.seasons.create(**SUMMER)
    schedule.exceptions.create(starts_on="2026-12-30")
    data = filled(editor.get(page_of(schedule)))
    data |= rows("exceptions", ON_THE_31ST | {"effect": "replaces", "reason_pl": "Typed"}, start=1)
    change(schedule)
    stored = list(schedule.exceptions.values_list())
    assert _is_refused(editor, schedule, data)
    # Nor when it is sent once more.
    assert _is_refused(editor, schedule, data)
    assert list(schedule.exceptions.values_list()) == stored


def test_a_page_without_what_was_stored_overwrites_nothing(editor, schedule):
    data = filled(editor.get(page_of(schedule))) | {"note_pl": "Typed", "_snapshot": ""}
    response = editor.post(page_of(schedule), data)
    assert "Not saved yet" in text(response)


def test_a_page_is_up_to_date_in_another_language(editor, schedule):
    schedule.seasons.create(**SUMMER, name_uk="Літо")
    opened = snapshot(editor.get(page_of(schedule)))
    with translation.override("uk"):
        address = page_of(schedule)
        data = filled(editor.get(address)) | opened
        assert editor.post(address, data).status_code == 302


def test_the_preview_minds_no_other_editor(editor, schedule):
    page = editor.get(page_of(schedule))
    schedule.exceptions.create(starts_on="2026-12-31")
    html = text(editor.post(page.context["preview_address"], filled(page)))
    assert "meanwhile" not in html


# Service points


@pytest.fixture
def point():
    """A counter with a telephone."""
    point = make_service_point()
    make_channel(point)
    make_channel(point, "telephone", "112")
    return point


def page_of_point(point) -> str:
    return reverse("admin:offices_servicepoint_change", args=[point.pk])


@pytest.mark.parametrize(
    ("dates", "field", "reason"),
    [
        (("2026-02-01", "2026-01-01"), "valid_until", "The last day is before the first day."),
        (("2026-02-01", "9999-12-31"), "valid_until", "The year must be between 2000 and 2100."),
        (("0206-02-01", "2026-01-01"), "valid_from", "The year must be between 2000 and 2100."),
    ],
)
def test_dates_that_cannot_be_are_refused_at_their_field(editor, point, dates, field, reason):
    dates = dict(zip(("valid_from", "valid_until"), dates, strict=True))
    data = filled(editor.get(page_of_point(point)))
    response = editor.post(page_of_point(point), data | dates)
    assert response.context["adminform"].form.errors == {field: [reason]}
    policy = rows("booking_policies", {"name_pl": "Wizyta"} | dates)
    response = editor.post(page_of_point(point), data | policy)
    assert errors_at(response, "booking_policies") == [{field: [reason]}]


def test_a_form_without_the_dates_minds_none(editor, point):
    ServicePoint.objects.filter(pk=point.pk).update(valid_until="1999-12-31")
    address = reverse("admin:offices_office_change", args=[point.office.pk])
    data = filled(editor.get(address)) | {"service_points-0-name_pl": "Okienko"}
    assert editor.post(address, data).status_code == 302


MOVED = {"text_pl": "Remont", "starts_on": "2050-12-01", "affects": ["telephone"]}
NO_ANSWER = MOVED | {"state": "unknown"}


@pytest.mark.parametrize(
    ("sent", "field", "reason"),
    [
        (
            NO_ANSWER | {"starts_on": "2051-01-01", "affects": ["in_person", "telephone"]},
            "starts_on",
            "Another notice of these days, from 1 December 2050, says otherwise of: Telephone.",
        ),
        (NO_ANSWER | {"affects": ["in_person"]}, None, None),
        (NO_ANSWER | {"ends_on": "2050-12-01"}, "starts_on", "says otherwise of: Telephone."),
        (NO_ANSWER | {"starts_on": "2050-11-01", "ends_on": "2050-11-30"}, None, None),
        (MOVED | {"state": "closed"}, None, None),
        (
            MOVED | {"affects": ["chat", "telephone", "video"], "state": "closed"},
            "affects",
            "This service point has no such way: Video call, Chat.",
        ),
        (
            MOVED
            | {"affects": ["chat"], "state": "closed", "starts_on": "2020-01-01"}
            | {"ends_on": "2020-01-02"},
            None,
            None,
        ),
    ],
)
def test_notices_that_cannot_be_are_refused_at_their_field(editor, point, sent, field, reason):
    notices = rows("notices", MOVED | {"state": "closed"}, sent)
    response = editor.post(page_of_point(point), filled(editor.get(page_of_point(point))) | notices)
    if field is None:
        assert response.status_code == 302
        return
    first, second = errors_at(response, "notices")
    assert not first
    assert list(second) == [field]
    assert reason in str(second[field])


def test_a_notice_knows_the_channels_as_they_are_sent(editor, point):
    data = filled(editor.get(page_of_point(point)))
    chat = rows("channels", {"kind": "chat", "value": "Czat", "position": "3"}, start=2)
    notice = rows("notices", MOVED | {"affects": ["chat"], "state": "closed"})
    assert editor.post(page_of_point(point), data | chat | notice).status_code == 302
    data = filled(editor.get(page_of_point(point))) | {"channels-2-DELETE": "on"}
    response = editor.post(page_of_point(point), data)
    assert "has no such way: Chat." in str(errors_at(response, "notices")[0]["affects"])


def test_hours_that_go_together_with_a_channel_are_named(editor, schedule):
    point = schedule.channel.service_point
    make_channel(point, "telephone", "112")
    data = filled(editor.get(page_of_point(point)))
    data |= {"channels-0-DELETE": "on", "channels-1-DELETE": "on"}
    html = text(editor.post(page_of_point(point), data, follow=True))
    assert "The hours of this channel were deleted with it: In person." in html
    assert html.count("deleted with it") == 1
    assert not Schedule.objects.filter(pk=schedule.pk).exists()


# Exceptions in vain: a Monday, 08:00–16:00, in a year without a holiday on it


@pytest.mark.parametrize(
    ("row", "warning"),
    [
        (
            {"starts_on": "2050-01-10", "effect": "adds", "hours": "15-18"},
            "Some of these hours are there on the day anyway: 10 January 2050: also open",
        ),
        ({"starts_on": "2050-01-10", "effect": "adds", "hours": "16-18"}, ""),
        ({"starts_on": "2020-01-13", "effect": "adds", "hours": "15-18"}, ""),
        ({"starts_on": "2050-01-10", "effect": "removes", "hours": "15-18"}, ""),
        (
            {"starts_on": "2050-01-11", "effect": "removes", "hours": "15-18"},
            "On the day there are no such hours to be closed: 11 January 2050: closed in",
        ),
        ({"starts_on": "2050-01-10", "effect": "replaces", "hours": "15-18"}, ""),
    ],
)
def test_an_exception_in_vain_is_saved_with_a_warning(editor, schedule, row, warning):
    data = filled(editor.get(page_of(schedule))) | rows("exceptions", row)
    response = editor.post(page_of(schedule), data, follow=True)
    assert schedule.exceptions.count() == 1
    warnings = [one.message for one in response.context["messages"] if one.level_tag == "warning"]
    assert len(warnings) == bool(warning)
    assert all(warning in text for text in warnings)
