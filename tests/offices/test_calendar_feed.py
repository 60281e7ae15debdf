"""The calendar of the days on which an office is not as in its week."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.utils import timezone, translation
from icalendar import Calendar

from languages.available import LANGUAGE_CODES
from offices.calendar_feed import office_calendar
from offices.models import CalendarDay, DayException, Notice, ServicePoint, ToldEvent, WeeklyRule
from offices.schedule import WARSAW
from tests.factories import (
    WHOLE_WEEK,
    make_channel,
    make_office,
    make_schedule,
    make_service_point,
)
from tests.offices.layers import (
    add_exception,
    add_notice,
    as_page_fetches,
    make_calendar,
    make_counter,
    make_every_layer,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 12, 14)  # a Monday
PAGE = "https://portal.test/en/offices/usc/"


def noon(day):
    return datetime.combine(day, time(12), WARSAW)


def feed_of(office, today=TODAY):
    return Calendar.from_ical(office_calendar(as_page_fetches(office), noon(today), PAGE))


def events_of(office, today=TODAY):
    """First day → event."""
    return {event.start: event for event in feed_of(office, today).events}


@pytest.fixture
def office(no_content):
    return make_office(slug="usc", name_en="Registry Office")


def test_holiday_is_a_day_off(office):
    make_counter(office, "Desk", "08:00–16:00")
    event = events_of(office)[date(2026, 12, 24)]
    assert event["summary"] == "Closed: Christmas Eve – Registry Office"
    assert event["description"] == "Desk – In person: closed"
    assert event.end == date(2026, 12, 25)
    assert event["transp"] == "TRANSPARENT"
    assert event["url"] == PAGE
    assert event.categories == ["Opening hours"]


def test_ordinary_days_are_not_in_it(office):
    make_counter(office, "Desk", "08:00–16:00")
    assert set(events_of(office)) == {
        date(2026, 12, 24),
        date(2026, 12, 25),
        date(2026, 12, 26),
        date(2027, 1, 1),
        date(2027, 1, 6),
        date(2027, 3, 28),
        date(2027, 3, 29),
        date(2027, 5, 1),
        date(2027, 5, 3),
        date(2027, 5, 16),
        date(2027, 5, 27),
        date(2027, 8, 15),
        date(2027, 11, 1),
        date(2027, 11, 11),
    }


def test_window_is_a_month_back_and_a_year_ahead(office):
    schedule = make_counter(office, "Desk", "08:00–16:00")
    for days in (-32, -30, 365, 367):
        add_exception(schedule, TODAY + timedelta(days=days), "10:00–11:00")
    found = events_of(office)
    assert [TODAY + timedelta(days=days) in found for days in (-32, -30, 365, 367)] == [
        False,
        True,
        True,
        False,
    ]


def test_all_ways_to_be_served_are_told(office):
    schedule = make_counter(office, "Desk", "08:00–12:00, 13:00–15:00*")
    point = schedule.channel.service_point
    make_channel(point, "telephone", "+48 12 210 20 20", follows_office_hours=True)
    make_channel(point, "email", "biuro@example.pl")
    make_schedule("07:00–17:00", office=office)
    add_exception(schedule, "2026-12-16", "11:00–12:00", effect="removes", reason_en="Meeting")
    event = events_of(office)[date(2026, 12, 16)]
    assert event["summary"] == "Different hours: Meeting – Registry Office"
    assert event["description"].splitlines() == [
        "Desk – In person: 08:00–11:00, 13:00–15:00 by appointment",
        "Desk – Telephone +48 12 210 20 20: 07:00–17:00",
        "Opening hours of the office: 07:00–17:00",
    ]


def test_unconfirmed_holiday_is_said(office):
    office.holiday_calendar = make_calendar("city", {"2026-12-28": "unconfirmed"})
    office.save()
    make_counter(office, "Desk", "08:00–16:00")
    make_channel(make_service_point(office=office, name_en="Line"), "telephone", "+48 12 210 20 20")
    event = events_of(office)[date(2026, 12, 28)]
    assert event["summary"] == "Hours not confirmed: Day off – Registry Office"
    assert event["description"].splitlines() == [
        "Desk – In person: hours not confirmed, call first",
        "Line – Telephone +48 12 210 20 20: hours not confirmed, call first",
    ]


def test_what_works_on_holidays_makes_the_day_only_different(office):
    make_counter(office, "Desk", "08:00–16:00")
    line = make_service_point(office=office, name_en="Line")
    schedule = make_schedule(
        "00:00–24:00", WHOLE_WEEK, channel=make_channel(line, "telephone", "+48 12 210 20 20")
    )
    schedule.observes_holidays = False
    schedule.save()
    event = events_of(office)[date(2026, 12, 24)]
    assert event["summary"] == "Different hours: Christmas Eve – Registry Office"
    assert "Line – Telephone +48 12 210 20 20: 00:00–24:00" in event["description"]


def test_days_without_a_reason_have_a_name_too(office):
    add_exception(make_counter(office, "Desk", "08:00–16:00"), "2026-12-16")
    assert events_of(office)[date(2026, 12, 16)]["summary"] == "Closed – Registry Office"


def test_reason_in_another_language_is_left_out(office):
    schedule = make_counter(office, "Desk", "08:00–16:00")
    add_exception(schedule, "2026-12-16", reason_pl="Remont")
    assert events_of(office)[date(2026, 12, 16)]["summary"] == "Closed – Registry Office"


def test_days_of_one_exception_are_one_event(office):
    schedule = make_counter(office, "Desk", "08:00–16:00")
    add_exception(schedule, "2027-02-08", ends_on="2027-02-14", reason_en="Repairs")
    add_exception(schedule, "2027-02-15", reason_en="Training")
    events = events_of(office)
    assert (events[date(2027, 2, 8)].end, events[date(2027, 2, 15)].end) == (
        date(2027, 2, 15),
        date(2027, 2, 16),
    )
    assert len([day for day in events if day.month == 2]) == 2


def test_notice_until_further_notice_is_one_event_between_holidays(office):
    schedule = make_counter(office, "Desk", "08:00–16:00")
    telephone = make_channel(schedule.channel.service_point, "telephone", "+48 12 210 20 20")
    make_schedule("08:00–16:00", channel=telephone)
    add_notice(schedule, "2026-12-16")
    events = events_of(office)
    assert len(events) < 30
    first = events[date(2026, 12, 16)]
    assert first.end == date(2026, 12, 24)
    assert first["summary"] == "Different hours – Registry Office"
    # The telephone differs from day to day, so a run of days tells only of the desk.
    assert first["description"] == "Desk – In person: closed"
    assert "Telephone +48 12 210 20 20: closed" in events[date(2026, 12, 24)]["description"]


def test_what_has_no_end_is_not_told_anew_each_day(office):
    add_notice(make_counter(office, "Desk", "08:00–16:00"), "2026-12-01")
    told = [feed_of(office, TODAY + timedelta(days=days)).to_ical() for days in range(3)]
    assert told[0] == told[1] == told[2]


def test_an_event_longer_than_the_window_ends_where_it_ends(office):
    add_notice(make_counter(office, "Desk", "08:00–16:00"), "2026-12-01", "2028-01-15")
    (event,) = feed_of(office).events
    assert event.end == date(2028, 1, 16)


def test_a_database_that_may_only_be_read_tells_events_all_the_same(
    client, office, read_only, caplog
):
    add_notice(make_counter(office, "Desk", "08:00–16:00"), "2026-12-01")
    read_only()
    response = client.get(f"{office.get_absolute_url()}calendar.ics")
    assert response.status_code == 200
    assert b"SUMMARY" in response.content
    (line,) = caplog.messages
    assert line.startswith("Events of usc could not be kept: ")


def test_an_event_that_was_told_as_often_as_can_be_counted_is_told_all_the_same(client, office):
    add_notice(make_counter(office, "Desk", "08:00–16:00"), "2026-12-01")
    feed = f"{office.get_absolute_url()}calendar.ics"
    client.get(feed)
    office.told_events.update(sequence=2**31 - 1, fingerprint="something else")
    assert b"SEQUENCE:2147483647" in client.get(feed).content


def test_run_keeps_its_identifier_when_its_beginning_leaves_the_window(office):
    add_notice(make_counter(office, "Desk", "08:00–16:00"), "2025-03-03")
    early, late = (
        [str(event["uid"]) for event in feed_of(office, today).events]
        for today in (date(2025, 3, 10), date(2026, 12, 14))
    )
    assert early == late == ["20250303-usc@hours.open-krakow"]


def test_run_is_not_followed_back_without_end(office):
    add_notice(make_counter(office, "Desk", "08:00–16:00"), "1900-01-01")
    (event,) = feed_of(office).events
    assert event.start == date(2020, 1, 1)


@pytest.mark.parametrize("slug", ["usc", "every-layer"])
def test_identifiers_are_the_same_in_all_languages_and_differ_from_day_to_day(office, slug):
    make_counter(office, "Desk", "08:00–16:00")
    record = office if slug == "usc" else make_every_layer()
    found = []
    for code in LANGUAGE_CODES:
        with translation.override(code):
            found.append([(str(one["uid"]), one.start, one.end) for one in feed_of(record).events])
    assert found[0] == found[1] == found[2] == found[3]
    identifiers = [uid for uid, _start, _end in found[0]]
    assert len(set(identifiers)) == len(identifiers) > 10


def test_identifiers_outlive_edits_of_texts(office):
    schedule = make_counter(office, "Desk", "08:00–16:00")
    exception = add_exception(schedule, "2026-12-16", reason_en="Training")
    before = [str(event["uid"]) for event in feed_of(office).events]
    exception.reason_en = "Training of the staff"
    exception.save()
    office.name_en = "Civil Registry"
    office.save()
    assert [str(event["uid"]) for event in feed_of(office).events] == before
    assert before[0] == "20261216-usc@hours.open-krakow"


def test_nothing_changes_from_request_to_request(client, office):
    make_counter(office, "Desk", "08:00–16:00")
    path = "/en/offices/usc/calendar.ics"
    assert client.get(path).content == client.get(path).content


def versions_of(office, now=None):
    """First day → SEQUENCE, LAST-MODIFIED and DTSTAMP; and LAST-MODIFIED of the whole."""
    feed = office_calendar(as_page_fetches(office), now or noon(TODAY), PAGE)
    calendar = Calendar.from_ical(feed)
    events = {
        one.start: (one["sequence"], one["last-modified"].dt, one["dtstamp"].dt)
        for one in calendar.events
    }
    return events, calendar["last-modified"].dt


CHANGES = {
    "a row in the admin": lambda one: (setattr(one, "hours", "18:00–19:00"), one.save()),
    "update()": lambda one: DayException.objects.filter(pk=one.pk).update(hours="18:00–19:00"),
    "its reason, in one language": lambda one: (setattr(one, "reason_uk", "Навчання"), one.save()),
    "a name, in another": lambda one: ServicePoint.objects.update(name_ru="Окно"),
    "the week": lambda one: WeeklyRule.objects.update(hours="08:00–09:00"),
    "a notice": lambda one: Notice.objects.create(
        service_point=one.schedule.channel.service_point,
        text_pl="Uwaga.",
        starts_on="2026-12-16",
        ends_on="2026-12-16",
        affects=["in_person"],
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_programs_are_told_what_has_changed(office, change):
    schedule = make_counter(office, "Desk", "08:00–16:00")
    exception = add_exception(schedule, "2026-12-16", "17:00–18:00", effect="adds")
    day, first = date(2026, 12, 16), noon(TODAY)
    before, _whole = versions_of(office)
    assert before[day] == (0, first, first)
    change(exception)
    later = first + timedelta(minutes=5)
    after, whole = versions_of(office, later)
    assert after[day] == (1, later, later)
    assert whole == later
    again = versions_of(office, later + timedelta(hours=5))
    assert again == (after, whole)


def test_of_two_who_ask_at_once_one_tells_and_the_other_finds_it_done(office, caplog):
    exception = add_exception(make_counter(office, "Desk", "08:00–16:00"), "2026-12-16")
    day, later = date(2026, 12, 16), noon(TODAY) + timedelta(minutes=5)
    first = []

    def other_is_quicker(execute, sql, params, many, context):
        if "FOR UPDATE" in sql and not first:
            first.append(True)
            versions_of(office, later)
        return execute(sql, params, many, context)

    for sequence in range(2):
        with connection.execute_wrapper(other_is_quicker):
            events, _whole = versions_of(office, later)
        assert events[day][0] == sequence
        exception.hours = "12:00–14:00"
        exception.save()
        first.clear()
    assert caplog.messages == []


def test_a_closure_that_is_prolonged_is_a_change(office):
    """Of several days nothing else is told than of more."""
    schedule = make_counter(office, "Desk", "08:00–16:00")
    exception = add_exception(schedule, "2026-12-15")
    exception.ends_on = date(2026, 12, 16)
    exception.save()
    before, _whole = versions_of(office)
    exception.ends_on = date(2026, 12, 18)
    exception.save()
    later = noon(TODAY) + timedelta(minutes=5)
    after, whole = versions_of(office, later)
    assert before[date(2026, 12, 15)][0] == 0
    assert after[date(2026, 12, 15)] == (1, later, later)
    assert whole == later


def test_other_days_keep_their_version(office):
    schedule = make_counter(office, "Desk", "08:00–16:00")
    exception = add_exception(schedule, "2026-12-16", "12:00–14:00")
    add_exception(schedule, "2026-12-17", "05:00–06:00")
    before, _whole = versions_of(office)
    exception.hours = ""
    exception.save()
    after, _whole = versions_of(office, noon(TODAY) + timedelta(minutes=5))
    changed = {day for day in before if before[day] != after[day]}
    assert changed == {date(2026, 12, 16)}


def test_what_is_gone_is_left_out_and_comes_back_as_a_change(office):
    schedule = make_counter(office, "Desk", "08:00–16:00")
    add_exception(schedule, "2026-12-16")
    day, moments = date(2026, 12, 16), [noon(TODAY) + timedelta(minutes=n) for n in range(4)]
    assert versions_of(office, moments[0])[0][day][0] == 0
    DayException.objects.all().delete()
    gone, whole = versions_of(office, moments[1])
    assert day not in gone
    assert whole == moments[1]
    assert versions_of(office, moments[2]) == (gone, whole)
    add_exception(schedule, "2026-12-16")
    back, _whole = versions_of(office, moments[3])
    assert back[day] == (2, moments[3], moments[3])


def test_a_holiday_that_is_confirmed_is_a_change(office):
    office.holiday_calendar = make_calendar("city", {"2026-12-28": "unconfirmed"})
    office.save()
    make_counter(office, "Desk", "08:00–16:00")
    day = date(2026, 12, 28)
    before, _whole = versions_of(office)
    CalendarDay.objects.update(status="closed")
    after, _whole = versions_of(office, noon(TODAY) + timedelta(minutes=5))
    assert (before[day][0], after[day][0]) == (0, 1)


def test_a_version_is_the_same_in_all_languages(office):
    make_counter(office, "Desk", "08:00–16:00")
    found = []
    for number, code in enumerate(LANGUAGE_CODES):
        with translation.override(code):
            found.append(versions_of(office, noon(TODAY) + timedelta(minutes=number)))
    assert found[0] == found[1] == found[2] == found[3]


def test_a_day_that_leaves_the_window_is_not_told_as_gone(office):
    add_exception(make_counter(office, "Desk", "08:00–16:00"), "2026-12-16")
    versions_of(office)
    versions_of(office, noon(TODAY + timedelta(days=60)))
    assert ToldEvent.objects.get(first_day="2026-12-16").fingerprint


def test_the_same_feed_writes_nothing(office, django_assert_num_queries):
    make_counter(office, "Desk", "08:00–16:00")
    versions_of(office)
    fetched = as_page_fetches(office)
    with django_assert_num_queries(1):
        office_calendar(fetched, noon(TODAY), PAGE)


def test_points_of_the_past_and_of_the_future_say_nothing_of_other_days(office):
    past = make_service_point(office=office, name_en="Past", valid_until=date(2020, 1, 1))
    make_channel(past)
    coming = make_service_point(office=office, name_en="Coming", valid_from=date(2100, 1, 1))
    make_channel(coming)
    draft = make_service_point(office=office, name_en="Draft", status="draft")
    make_channel(draft)
    assert feed_of(office).events == []
    (new_year,) = feed_of(office, date(2100, 1, 5)).events[:1]
    assert new_year["description"] == "Coming – In person: closed"


def test_programs_know_its_name_and_ask_once_a_day(client, office):
    make_counter(office, "Desk", "08:00–16:00")
    response = client.get("/en/offices/usc/calendar.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'inline; filename="usc.ics"'
    lines = response.content.decode().split("\r\n")
    for line in (
        "NAME:Days off and changes – Registry Office",
        "X-WR-CALNAME:Days off and changes – Registry Office",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        "X-PUBLISHED-TTL:P1D",
        "VERSION:2.0",
    ):
        assert line in lines
    assert not response.cookies


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_feed_speaks_the_language_of_its_address(client, no_content, language):
    names = {"pl": "Urząd", "en": "Office", "uk": "Управління", "ru": "Управление"}
    reasons = {"pl": "Szkolenie", "en": "Training", "uk": "Навчання", "ru": "Обучение"}
    office = make_office(slug="usc", **{f"name_{code}": name for code, name in names.items()})
    schedule = make_counter(office, "Desk", "08:00–16:00")
    texts = {f"reason_{code}": reason for code, reason in reasons.items()}
    add_exception(schedule, timezone.localdate(), "05:00–06:00", **texts)
    feed = Calendar.from_ical(client.get(f"/{language}/offices/usc/calendar.ics").content)
    assert feed.calendar_name.endswith(names[language])
    (event,) = [one for one in feed.events if one.start == timezone.localdate()]
    assert names[language] in event["summary"]
    assert reasons[language] in event["summary"]
    assert event["summary"].params["LANGUAGE"] == language
    assert event["url"] == f"http://testserver/{language}/offices/usc/"


def test_name_of_the_calendar_is_escaped(office):
    office.name_en = "Registry, births; deaths"
    office.save()
    feed = office_calendar(as_page_fetches(office), noon(TODAY), PAGE).decode().split("\r\n")
    name = r"Days off and changes – Registry\, births\; deaths"
    assert {f"NAME:{name}", f"X-WR-CALNAME:{name}"} <= set(feed)


def test_hostile_names_cannot_add_events(office):
    office.name_en = "A\r\nEND:VEVENT\r\nBEGIN:VEVENT\nSUMMARY:B; C, D"
    office.save()
    make_counter(office, "Desk", "08:00–16:00")
    feed = office_calendar(as_page_fetches(office), noon(TODAY), PAGE)
    assert feed.count(b"\r\nBEGIN:VEVENT\r\n") == 14
    assert "SUMMARY:B; C, D" in Calendar.from_ical(feed).events[0]["summary"]


def test_drafts_have_none_and_withdrawn_offices_had_one(client, no_content):
    make_office(slug="draft", status="draft")
    make_office(slug="old", status="archived", published_on=date(2020, 1, 1))
    assert client.get("/en/offices/draft/calendar.ics").status_code == 404
    assert client.get("/en/offices/none/calendar.ics").status_code == 404
    assert client.get("/en/offices/old/calendar.ics").status_code == 410


def test_pages_lead_to_it(client, office):
    point = make_counter(office, "Desk", "08:00–16:00").channel.service_point
    for page in (office, point):
        html = client.get(page.get_absolute_url()).content.decode()
        assert 'href="/en/offices/usc/calendar.ics"' in html
        assert "Data for machines" in html


def test_office_without_service_offers_no_feed(client, office):
    html = client.get(office.get_absolute_url()).content.decode()
    assert "calendar.ics" not in html
    assert "Data for machines" not in html
