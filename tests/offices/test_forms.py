"""Hours that cannot be are refused at their field, in words, and nothing typed is lost."""

import pytest
from django.urls import reverse

from offices.models import Schedule, WeeklyRule
from tests.factories import (
    make_channel,
    make_hours,
    make_office,
    make_service_point,
)
from tests.forms import errors_at, filled, page_of, page_of_new, rows, text

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


def test_a_season_of_other_hours_is_no_choice(editor, schedule):
    schedule.seasons.create(**SUMMER)
    other = make_hours({}, office=make_office()).seasons.create(**SUMMER)
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
