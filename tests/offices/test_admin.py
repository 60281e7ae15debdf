"""An editor adds and changes places, their hours and their holidays in the admin."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from offices.admin.calendars import _coming_statutory
from offices.models import (
    CalendarDay,
    Channel,
    HolidayCalendar,
    Office,
    Schedule,
    ServicePoint,
)
from tests.factories import (
    WHOLE_WEEK,
    make_channel,
    make_office,
    make_schedule,
    make_service_point,
)
from tests.forms import errors_at, filled, page_of, page_of_new, rows, snapshot, text

pytestmark = pytest.mark.django_db


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
        ("channels-0-value", "not a number", "with its area code"),
        ("valid_until", "2020-01-01", "The last day is before the first day."),
        ("slug", "zły adres", "small Latin letters and digits"),
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
    own = make_schedule("08:00–16:00", channel=make_channel(point, value="1"))
    followed = make_schedule("09:00–13:00", [5], office=office)
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
    schedule = make_schedule("08:00–16:00", office=office)
    assert f'href="{page_of(schedule)}">Edit the hours<' in text(editor.get(address))


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


@pytest.mark.parametrize("key", ["0", "x", "", "9" * 30, "²"])
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
    assert schedule.checked_on == date(2026, 12, 1)


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
    schedule = make_schedule("08:00–16:00", office=office)
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
    page = editor.get(address)
    formset = page.context["cl"].formset
    data = snapshot(page) | {
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
        ({"date": "0206-12-28", "name_pl": "Dzień"}, "date", "The year must be"),
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


def test_a_day_added_by_itself_is_named_at_its_date_too(editor, calendar):
    calendar.days.create(date="2026-12-24")
    address = reverse("admin:offices_calendarday_add")
    day = {"calendar": calendar.pk, "date": "2026-12-24", "status": "closed"}
    response = editor.post(address, filled(editor.get(address)) | day)
    errors = response.context["adminform"].form.errors
    assert errors == {"date": ["This day stands in the calendar already."]}


def test_the_calendar_shows_the_statutory_days_to_come(editor, calendar):
    address = reverse("admin:offices_holidaycalendar_change", args=[calendar.pk])
    html = text(editor.get(address))
    assert ": Christmas Day" in html


def test_the_statutory_days_to_come_are_those_of_a_year():
    days = [f"{day} {name}" for day, _date, name in _coming_statutory(date(2027, 6, 1))]
    assert (len(days), days[0], days[-1]) == (
        12,
        "Sunday Assumption Day",
        "Wednesday Constitution Day",
    )


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
    assert Channel.objects.get(service_point=point).hours.notices


def test_the_reason_of_a_notice_goes_from_the_admin_to_the_pages(editor, no_content):
    point = make_service_point(slug="okienko")
    make_schedule("00:00–24:00", WHOLE_WEEK, channel=make_channel(point))
    address = reverse("admin:offices_servicepoint_change", args=[point.pk])
    notice = {
        "text_pl": "Nie ma wejścia.",
        "starts_on": timezone.localdate(),
        "affects": ["in_person"],
        "state": "closed",
        "reason_pl": "remont",
        "reason_en": "renovation",
    }
    response = editor.post(address, filled(editor.get(address)) | rows("notices", notice))
    assert response.status_code == 302, response.context and response.context["errors"]
    page = text(editor.get(point.get_absolute_url()))
    assert "Closed until further notice (renovation)" in page
    assert "closed – renovation" in page.split('class="week__stop"')[1].split("</p>")[0]
    days = text(editor.get(f"/en/service-points/{point.slug}/days/"))
    assert days.count("closed – renovation") == 60
