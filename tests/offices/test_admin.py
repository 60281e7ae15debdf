"""An editor adds and changes places, their hours and their holidays in the admin."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from languages.available import LANGUAGE_CODES
from offices.models import (
    CalendarDay,
    Channel,
    HolidayCalendar,
    Office,
    Schedule,
    ServicePoint,
    WeeklyRule,
)
from tests.factories import (
    make_channel,
    make_editor,
    make_hours,
    make_office,
    make_service_point,
)
from tests.forms import filled

pytestmark = pytest.mark.django_db

MONDAY = {0: [("08:00", "16:00")]}


def text(response) -> str:
    """What the page says, with typographic entities as characters."""
    return response.content.decode().replace("&#x27;", "'")


def page_of(schedule) -> str:
    return reverse("admin:offices_schedule_change", args=[schedule.pk])


def page_of_new(owner) -> str:
    query = f"?{owner._meta.model_name}={owner.pk}"
    return reverse("admin:offices_schedule_add") + query


def rows(prefix, *new, start=0, total=None):
    """What a browser sends of ``new`` rows that are added after the first ``start``."""
    data = {f"{prefix}-TOTAL_FORMS": str(start + len(new))}
    for number, row in enumerate(new, start):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def errors_at(response, prefix) -> list[dict]:
    """The mistakes of each row of one kind, by field."""
    formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    formset = next(one for one in formsets if one.prefix == prefix)
    assert not formset.non_form_errors()
    return [dict(form.errors) for form in formset.forms]


@pytest.fixture
def schedule():
    """Monday 08:00–16:00 at a counter."""
    return make_hours(MONDAY, channel=make_channel(make_service_point()))


# Places


def test_an_office_is_added_with_a_service_point(editor):
    address = reverse("admin:offices_office_add")
    data = filled(editor.get(address)) | {
        "name_pl": "Urząd Nowy",
        "slug": "urzad-nowy",
        "kind": "city",
        "street": "ul. Nowa",
        "service_points-TOTAL_FORMS": "1",
        "service_points-0-name_pl": "Okienko",
        "service_points-0-slug": "okienko",
        "service_points-0-status": "draft",
    }
    response = editor.post(address, data)
    assert response.status_code == 302, response.context and response.context["errors"]
    assert Office.objects.get(slug="urzad-nowy").service_points.get().slug == "okienko"


def test_saving_a_service_point_without_a_change_changes_nothing(editor):
    point = ServicePoint.objects.get(slug="pid-basztowa")
    address = reverse("admin:offices_servicepoint_change", args=[point.pk])
    before = [str(rule) for c in point.channels.all() for rule in c.schedule.rules.all()]
    assert editor.post(address, filled(editor.get(address))).status_code == 302
    point = ServicePoint.objects.get(slug="pid-basztowa")
    assert [str(rule) for c in point.channels.all() for rule in c.schedule.rules.all()] == before


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("channels-0-value", "not a number", "digits and spaces only"),
        ("valid_until", "2020-01-01", "The last day is before the first day."),
        ("slug", "zły adres", "valid “slug”"),
        ("name_pl", "", "This field is required."),
    ],
)
def test_a_mistake_is_named_at_its_field_and_nothing_is_saved(editor, field, value, reason):
    point = make_service_point(valid_from="2021-01-01")
    make_channel(point, "telephone", "112")
    address = reverse("admin:offices_servicepoint_change", args=[point.pk])
    response = editor.post(address, filled(editor.get(address)) | {field: value})
    assert response.status_code == 200
    assert reason in response.content.decode()
    assert ServicePoint.objects.get(pk=point.pk).name_pl == point.name_pl


def test_each_channel_shows_its_hours_and_leads_to_them(editor):
    office = make_office()
    point = make_service_point(office=office)
    own = make_hours(
        {day: [("08:00", "16:00")] for day in range(5)}, channel=make_channel(point, value="1")
    )
    followed = make_hours({5: [("09:00", "13:00")]}, office=office)
    make_channel(point, "telephone", "112", follows_office_hours=True)
    unknown = make_channel(point, "chat", "Czat")
    html = text(editor.get(reverse("admin:offices_servicepoint_change", args=[point.pk])))
    assert f'href="{page_of(own)}">Edit the hours<' in html
    assert f'href="{page_of(followed)}">Edit the hours of the office<' in html
    assert "Saturday 09:00–13:00" in html
    assert "The hours are not known." in html
    assert f'href="{page_of_new(unknown)}">Add the hours<' in html
    assert "Save first, then add the hours here." in html


def test_the_page_of_an_office_leads_to_its_hours(editor):
    office = make_office()
    address = reverse("admin:offices_office_change", args=[office.pk])
    assert f'href="{page_of_new(office)}">Add the hours<' in text(editor.get(address))
    schedule = make_hours(MONDAY, office=office)
    assert f'href="{page_of(schedule)}">Edit the hours<' in text(editor.get(address))


def test_a_channel_with_hours_of_its_own_cannot_follow_the_office(editor, schedule):
    point = schedule.channel.service_point
    address = reverse("admin:offices_servicepoint_change", args=[point.pk])
    data = filled(editor.get(address)) | {"channels-0-follows_office_hours": "on"}
    errors = errors_at(editor.post(address, data), "channels")
    assert "hours of its own" in str(errors[0]["follows_office_hours"])
    schedule.rules.all().delete()
    assert editor.post(address, data).status_code == 302


# Hours


def test_hours_are_added_from_their_owner_who_is_fixed(editor):
    channel = make_channel(make_service_point())
    address = page_of_new(channel)
    page = editor.get(address)
    assert str(channel.service_point) in text(page)
    row = {"weekdays": ["0", "1"], "hours": "7.30-12, 13-15:30*", "note_uk": "Примітка"}
    response = editor.post(address, filled(page) | {"channel": "1"} | rows("rules", row))
    assert response.status_code == 302, response.context and response.context["errors"]
    rule = Schedule.objects.get(channel=channel).rules.get()
    assert (rule.weekdays, rule.hours) == ([0, 1], "07:30–12:00, 13:00–15:30*")
    assert rule.note_uk == "Примітка"
    owner = reverse("admin:offices_servicepoint_change", args=[channel.service_point.pk])
    assert response["Location"] == f"{owner}#channels-group"


def test_hours_from_nowhere_are_not_added(editor):
    html = text(editor.get(reverse("admin:offices_schedule_add")))
    assert "Open its page" in html
    assert 'type="submit"' not in html.split('id="content-main"')[1]
    listed = text(editor.get(reverse("admin:offices_schedule_changelist")))
    assert reverse("admin:offices_schedule_add") not in listed


@pytest.mark.parametrize("key", ["0", "x", "", "9" * 30, "²", "%00"])
def test_an_owner_that_does_not_exist_is_no_error(editor, key):
    address = reverse("admin:offices_schedule_add")
    assert "Open its page" in text(editor.get(f"{address}?channel={key}"))


def test_hours_that_are_there_already_are_changed_not_added(editor, schedule):
    address = page_of_new(schedule.channel)
    assert editor.get(address)["Location"] == page_of(schedule)
    sent = editor.post(address, rows("rules") | {"rules-INITIAL_FORMS": "0"})
    assert "meanwhile" in text(sent)


def test_saving_hours_without_a_change_changes_nothing(editor, schedule):
    schedule.seasons.create(name_pl="Lato", starts_on="2027-07-01", ends_on="2027-08-31")
    schedule.exceptions.create(starts_on="2026-12-31", reason_pl="Sylwester")
    before = list(schedule.rules.values())
    response = editor.post(page_of(schedule), filled(editor.get(page_of(schedule))))
    assert response.status_code == 302
    assert list(schedule.rules.values()) == before
    assert schedule.exceptions.get().reason_pl == "Sylwester"


def test_an_editor_who_works_through_a_list_returns_to_it(editor, schedule):
    address = page_of(schedule) + "?_changelist_filters=checked%3Dlong_ago"
    response = editor.post(address, filled(editor.get(address)))
    changelist = reverse("admin:offices_schedule_changelist")
    assert response["Location"] == f"{changelist}?checked=long_ago"


@pytest.mark.parametrize("language", ["pl", "en", "uk", "ru"])
def test_dates_come_back_as_they_were_shown(editor, schedule, language):
    with translation.override(language):
        address = page_of(schedule)
        data = filled(editor.get(address))
        assert editor.post(address, data).status_code == 302
    schedule.refresh_from_db()
    assert schedule.checked_on == date(2026, 11, 1)


SUMMER = {"name_pl": "Lato", "starts_on": "2027-07-01", "ends_on": "2027-08-31"}
TUESDAY = {"weekdays": ["1"], "hours": "08:00-16:00"}


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


MONDAY_ROW = {"weekdays": ["0"]}
ON_THE_31ST = {"starts_on": "2026-12-31"}


@pytest.mark.parametrize(
    ("prefix", "sent", "field", "reason"),
    [
        (
            "rules",
            [MONDAY_ROW | {"hours": "8-16"}, MONDAY_ROW | {"hours": "15-18"}],
            "hours",
            "Overlaps with: Monday 08:00–16:00.",
        ),
        (
            "rules",
            [MONDAY_ROW | {"hours": "22-2"}, {"weekdays": ["1"], "hours": "1-5"}],
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
    address = page_of_new(make_channel(make_service_point()))
    response = editor.post(address, filled(editor.get(address)) | rows(prefix, *sent))
    assert response.status_code == 200
    first, second = errors_at(response, prefix)
    assert not first
    assert reason in str(second[field])
    html = text(response)
    assert all(f'value="{row["hours"]}"' in html for row in sent if "hours" in row)
    assert not Schedule.objects.filter(channel__service_point__slug="none").exists()


def test_hours_that_run_into_their_own_next_day_are_refused(editor):
    address = page_of_new(make_channel(make_service_point()))
    row = {"weekdays": ["0", "1"], "hours": "20:00-32:00, 7-9"}
    response = editor.post(address, filled(editor.get(address)) | rows("rules", row))
    assert "run into those of the next day" in str(errors_at(response, "rules")[0]["hours"])


def test_rows_are_judged_as_sent_not_as_stored(editor, schedule):
    data = filled(editor.get(page_of(schedule)))
    overlapping = rows("rules", MONDAY_ROW | {"hours": "15-18"}, start=1)
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
    data |= rows("rules", MONDAY_ROW | {"hours": "9-17", "season": season.pk}, start=1)
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


# Copying


def test_weekly_hours_and_seasons_are_copied_with_their_translations(editor, schedule):
    season = schedule.seasons.create(name_pl="Lato", name_uk="Літо", **without_name(SUMMER))
    WeeklyRule.objects.create(
        schedule=schedule, season=season, weekdays=[5], hours="10:00–12:00", note_ru="Заметка"
    )
    schedule.exceptions.create(starts_on="2026-12-31")
    address = page_of_new(make_office())
    data = filled(editor.get(address)) | {"copy_from": schedule.pk}
    response = editor.post(address, data, follow=True)
    assert "2 rows of weekly hours, 1 season" in text(response)
    copy = Schedule.objects.latest("pk")
    assert [str(rule) for rule in copy.rules.all()] == [
        "Monday 08:00–16:00",
        "Saturday 10:00–12:00",
    ]
    assert copy.seasons.get().name_uk == "Літо"
    assert copy.seasons.get().rules.get().note_ru == "Заметка"
    assert not copy.exceptions.exists()
    assert (schedule.rules.count(), schedule.seasons.count()) == (2, 1)


def without_name(row):
    return {name: value for name, value in row.items() if not name.startswith("name")}


def test_nothing_is_copied_over_hours_that_are_there(editor, schedule):
    other = make_hours({3: [("10:00", "12:00")]}, office=make_office())
    data = filled(editor.get(page_of(schedule))) | {"copy_from": other.pk}
    response = editor.post(page_of(schedule), data)
    assert "Delete those rows first" in text(response)
    assert "copy_from" in response.context["adminform"].form.errors
    assert editor.post(page_of(schedule), data | {"rules-0-DELETE": "on"}).status_code == 302
    assert [str(rule) for rule in schedule.rules.all()] == ["Thursday 10:00–12:00"]


@pytest.mark.parametrize("which", ["itself", "empty"])
def test_what_cannot_be_copied_is_refused_at_the_field(editor, schedule, which):
    original = schedule if which == "itself" else make_hours({}, office=make_office())
    data = filled(editor.get(page_of(schedule))) | {"copy_from": original.pk}
    response = editor.post(page_of(schedule), data | {"rules-0-DELETE": "on"})
    assert list(response.context["adminform"].form.errors) == ["copy_from"]


def test_hours_to_copy_are_searched_by_the_name_of_their_owner(editor):
    office = make_office(name_pl="Urząd Osobliwy")
    wanted = make_hours(MONDAY, office=office)
    query = {"app_label": "offices", "model_name": "weeklyrule", "field_name": "schedule"}
    response = editor.get(reverse("admin:autocomplete"), query | {"term": "osobliwy"})
    assert [one["id"] for one in response.json()["results"]] == [str(wanted.pk)]


# Preview


EVERY_DAY = [str(day) for day in range(7)]


def preview_of(editor, page, **fields):
    response = editor.get(page)
    return editor.post(response.context["preview_address"], filled(response) | fields)


def test_the_page_shows_what_readers_see_now_and_in_seven_days(editor, schedule):
    schedule.exceptions.create(starts_on=timezone.localdate(), reason_en="Staff training")
    html = text(editor.get(page_of(schedule)))
    for language in LANGUAGE_CODES:
        assert html.count(f'<li lang="{language}">') == 1
    assert "Closed today: Staff training" in html
    assert html.count('<th scope="row">') == 7


def test_the_preview_follows_what_is_typed_and_saves_nothing(editor, schedule):
    fields = {"rules-0-weekdays": EVERY_DAY, "rules-0-hours": "0-24"}
    html = text(preview_of(editor, page_of(schedule), **fields))
    assert '<li lang="en">Open until 24:00' in html
    assert '<li lang="pl">Otwarte do 24:00' in html
    assert [str(rule) for rule in schedule.rules.all()] == ["Monday 08:00–16:00"]


def test_the_preview_of_new_hours_needs_no_saved_ones(editor):
    channel = make_channel(make_service_point())
    today = timezone.localdate()
    rule = rows("rules", {"weekdays": EVERY_DAY, "hours": "0-24"})
    season = rows("seasons", {"name_pl": "Lato", "starts_on": today, "ends_on": today})
    html = text(preview_of(editor, page_of_new(channel), **rule))
    assert "Open until 24:00" in html
    html = text(preview_of(editor, page_of_new(channel), **rule, **season))
    assert "Hours not known" in html
    assert not Schedule.objects.filter(channel=channel).exists()


def test_the_preview_knows_holidays_and_notices(editor, schedule):
    calendar = HolidayCalendar.objects.create(slug="nowy", name_pl="Nowy")
    every_day = {"rules-0-weekdays": EVERY_DAY, "rules-0-hours": "0-24"}
    day = calendar.days.create(
        date=timezone.localdate(), status="closed", name_pl="Święto", name_en="Feast"
    )
    office = schedule.channel.service_point.office
    Office.objects.filter(pk=office.pk).update(holiday_calendar=calendar)
    html = text(preview_of(editor, page_of(schedule), **every_day))
    assert "Closed today: Feast" in html
    assert "Święto" in html.split('<li lang="pl">')[1].split("</li>")[0]
    assert "Open until" not in html
    # Without the box ticked, nothing is sent of it.
    page = editor.get(page_of(schedule))
    sent = filled(page) | every_day
    del sent["observes_holidays"]
    html = text(editor.post(page.context["preview_address"], sent))
    assert "Open at all hours" in html
    day.delete()
    schedule.channel.service_point.notices.create(
        text_pl="Remont", starts_on=timezone.localdate(), affects=["in_person"]
    )
    html = text(preview_of(editor, page_of(schedule), **every_day))
    assert "Closed until further notice" in html


def test_rows_that_are_not_right_yet_are_named_in_the_preview(editor, schedule):
    row = rows("rules", {"hours": "8-16"}, {"weekdays": ["0"], "hours": "12-18"}, start=1)
    html = text(preview_of(editor, page_of(schedule), **row))
    assert "weekly hours 2: Weekdays – Choose at least one day" in html
    assert "weekly hours 3: Hours – Overlaps with: Monday 08:00–16:00." in html


def test_the_preview_shows_hours_that_will_be_copied(editor, schedule):
    schedule.rules.update(weekdays=list(range(7)), hours="00:00–24:00")
    page = page_of_new(make_office())
    assert "Open until 24:00" in text(preview_of(editor, page, copy_from=schedule.pk))


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"rules-TOTAL_FORMS": "x"},
        {"rules-TOTAL_FORMS": "99999"},
        {"rules-0-id": "x"},
        {"rules-0-season": "x", "rules-0-weekdays": ["x", "9"], "rules-0-hours": "\x00"},
        {"copy_from": "x"},
        {"checked_on": "x"},
    ],
)
def test_the_preview_survives_nonsense(editor, schedule, data):
    page = editor.get(page_of(schedule))
    sent = (filled(page) | data) if data else {}
    assert editor.post(page.context["preview_address"], sent).status_code == 200


def test_the_preview_is_for_those_who_may_change_the_hours(client, editor, schedule):
    address = editor.get(page_of(schedule)).context["preview_address"]
    assert editor.get(address).status_code == 405
    assert editor.post(reverse("admin:offices_schedule_preview")).status_code == 404
    user = make_editor(is_staff=True)
    user.is_superuser = False
    user.save()
    client.force_login(user)
    assert client.post(address).status_code == 403
    client.logout()
    assert client.post(address).status_code == 302


def test_who_may_only_look_sees_the_hours_and_the_preview(client, schedule):
    from django.contrib.auth.models import Permission

    user = make_editor(is_staff=True)
    user.is_superuser = False
    user.save()
    codes = ["view_schedule", "view_weeklyrule", "view_season", "view_dayexception"]
    user.user_permissions.set(Permission.objects.filter(codename__in=codes))
    client.force_login(user)
    html = text(client.get(page_of(schedule)))
    assert "What readers will see" in html
    assert "08:00–16:00" in html


# Hours that nobody has checked for long


def test_hours_checked_long_ago_are_listed_and_marked(editor, schedule):
    today = timezone.localdate()
    late = today - timedelta(days=settings.HOURS_CHECK_DAYS + 1)
    Schedule.objects.update(checked_on=today)
    Schedule.objects.filter(pk=schedule.pk).update(checked_on=late)
    address = reverse("admin:offices_schedule_changelist") + "?checked=long_ago"
    assert list(editor.get(address).context["cl"].queryset) == [schedule]
    html = text(editor.get(page_of(schedule)))
    assert f"over {settings.HOURS_CHECK_DAYS} days ago" in html
    point = schedule.channel.service_point
    html = text(editor.get(reverse("admin:offices_servicepoint_change", args=[point.pk])))
    assert f"over {settings.HOURS_CHECK_DAYS} days ago" in html
    Schedule.objects.filter(pk=schedule.pk).update(checked_on=None)
    assert "Nobody has checked these hours yet" in text(editor.get(page_of(schedule)))
    Schedule.objects.filter(pk=schedule.pk).update(checked_on=today)
    assert "set the date" not in text(editor.get(page_of(schedule)))


# Holidays


@pytest.fixture
def calendar():
    return HolidayCalendar.objects.create(slug="nowy", name_pl="Nowy", name_en="New")


def test_holidays_to_confirm_are_listed_by_office(editor, no_content, calendar):
    today = timezone.localdate()
    office = make_office(holiday_calendar=calendar, name_en="Odd Office")
    schedule = make_hours(MONDAY, office=office)
    for days, status in [(5, "unconfirmed"), (6, "closed"), (90, "unconfirmed")]:
        day = today + timedelta(days=days)
        calendar.days.create(date=day, status=status, name_pl=f"Dzień {days}")
    address = reverse("admin:offices_calendarday_changelist")
    response = editor.get(f"{address}?confirm=soon")
    assert [day.name_pl for day in response.context["cl"].queryset] == ["Dzień 5"]
    assert "Odd Office" in text(response)
    for page in (
        page_of(schedule),
        reverse("admin:offices_office_change", args=[office.pk]),
        reverse("admin:offices_holidaycalendar_change", args=[calendar.pk]),
        reverse("admin:offices_holidaycalendar_changelist"),
    ):
        html = text(editor.get(page))
        assert "1 coming holiday is not confirmed" in html
        assert f"{address}?confirm=soon&amp;calendar__id__exact={calendar.pk}" in html or (
            f"{address}?confirm=soon&calendar__id__exact={calendar.pk}" in html
        )


def list_of_days(editor, **fields):
    address = reverse("admin:offices_calendarday_changelist")
    formset = editor.get(address).context["cl"].formset
    data = {
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "1",
        "form-0-id": formset.forms[0].instance.pk,
        "_save": "Save",
    }
    return editor.post(address, data | {f"form-0-{name}": text for name, text in fields.items()})


def test_a_day_is_confirmed_in_the_list(editor, no_content, calendar):
    CalendarDay.objects.exclude(calendar=calendar).delete()
    # A name is missing, as it may be in imported data: the list does not ask for it.
    calendar.days.create(date=date(2026, 12, 28), status="unconfirmed")
    response = list_of_days(editor, status="special", hours="")
    assert "Write the special hours" in str(response.context["cl"].formset.forms[0].errors["hours"])
    response = list_of_days(editor, status="closed", hours="8-12")
    assert "special hours" in str(response.context["cl"].formset.forms[0].errors["hours"])
    assert list_of_days(editor, status="special", hours="8-12").status_code == 302
    assert calendar.days.get().hours == "08:00–12:00"


@pytest.mark.parametrize(
    ("day", "field", "reason"),
    [
        ({"date": "2026-12-28"}, "name_pl", "not a statutory holiday"),
        ({"date": ""}, "date", "required"),
        ({"date": "2026-12-24", "status": "special"}, "hours", "Write the special hours"),
        ({"date": "2026-12-24", "status": "special", "hours": "12-8"}, "hours", "before it starts"),
        ({"date": "2026-08-14", "name_pl": "Za 15 VIII"}, "date", "stands in the calendar already"),
    ],
)
def test_a_mistake_in_a_day_is_named_at_its_field(editor, calendar, day, field, reason):
    calendar.days.create(date="2026-08-14", name_pl="Dzień wolny")
    address = reverse("admin:offices_holidaycalendar_change", args=[calendar.pk])
    row = {"status": "closed", "name_pl": "Dzień" if "date" in day and not day["date"] else ""}
    data = filled(editor.get(address)) | rows("days", row | day, start=1)
    response = editor.post(address, data)
    assert response.status_code == 200
    errors = errors_at(response, "days")[1]
    assert list(errors) == [field]
    assert reason in str(errors[field])


def test_a_day_entered_twice_at_once_is_named_at_its_date(editor, calendar):
    address = reverse("admin:offices_holidaycalendar_change", args=[calendar.pk])
    day = {"date": "2026-12-24", "status": "closed"}
    response = editor.post(address, filled(editor.get(address)) | rows("days", day, day))
    assert "already" in str(errors_at(response, "days")[1]["date"])
    response = editor.post(address, filled(editor.get(address)) | rows("days", day))
    assert response.status_code == 302


def test_the_calendar_shows_the_statutory_days_to_come(editor, calendar):
    address = reverse("admin:offices_holidaycalendar_change", args=[calendar.pk])
    html = text(editor.get(address))
    assert "Christmas Day" in html
    assert "Corpus Christi" in html


def test_a_channel_is_put_out_of_use_by_a_notice(editor):
    point = make_service_point()
    make_channel(point, "telephone", "112")
    address = reverse("admin:offices_servicepoint_change", args=[point.pk])
    notice = {
        "text_pl": "Remont",
        "starts_on": "2026-12-01",
        "affects": ["telephone"],
        "state": "unknown",
    }
    response = editor.post(address, filled(editor.get(address)) | rows("notices", notice))
    assert response.status_code == 302
    notice = point.notices.get()
    assert (notice.affects, notice.state) == (["telephone"], "unknown")
    assert Channel.objects.get(service_point=point).notices
