"""What the starter content says of opening hours in Kraków, at moments that a source supports."""

from datetime import date, datetime

import pytest
from django.utils import translation

from offices import conflicts
from offices.models import Office, Schedule, ServicePoint, fetch_hours
from offices.schedule import WARSAW, Kind, Reason, days

from .hours_examples import at

pytestmark = pytest.mark.django_db

VOIVODESHIP_POINTS = [
    "infolinia-info-opt",
    "odbior-karty-pobytu",
    "pid-basztowa",
    "pid-nowy-sacz",
    "pid-przy-rondzie",
]
CITY_POINTS_WITH_HOURS = [
    "informacja-wydzial-edukacji",
    "prawa-jazdy",
    "usc-urodzenia",
    "usc-zgony",
    "zapisy-pomoc-prawna",
]
PATIENTS_LINE = ("nfz-sala-obslugi", "telephone")


@pytest.fixture
def points():
    """All service points by their slug, with their hours."""
    found = list(ServicePoint.objects.with_channels())
    fetch_hours(found)
    return {point.slug: point for point in found}


def channel_of(point, kind="in_person"):
    """The first channel of that kind."""
    return next(channel for channel in point.channels.all() if channel.kind == kind)


def live_channels_with_rules(point):
    return [
        channel
        for channel in point.live_channels
        if channel.effective_schedule and channel.hours.rules
    ]


def clock(span):
    return f"{span.start:%H:%M}–{span.end:%H:%M}"


@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("pl", "Dzień wolny za święto 26 grudnia"),
        ("en", "Day off for the holiday of 26 December"),
        ("uk", "Вихідний за свято 26 грудня"),
        ("ru", "Выходной за праздник 26 декабря"),
    ],
)
@pytest.mark.parametrize("slug", VOIVODESHIP_POINTS)
def test_the_voivodeship_office_is_closed_on_28_december(points, slug, language, label):
    with translation.override(language):
        for channel in points[slug].live_channels:
            state = channel.state_at(at("2026-12-28 09:30"))
            assert (state.kind, state.reason) == (Kind.CLOSED, Reason.HOLIDAY)
            assert str(state.label) == label


def test_it_opens_again_on_29_december(points):
    for slug in VOIVODESHIP_POINTS:
        for channel in live_channels_with_rules(points[slug]):
            state = channel.state_at(at("2026-12-28 09:30"))
            assert state.next_opening.date() == date(2026, 12, 29)
            assert channel.state_at(at("2026-12-29 09:30")).kind != Kind.CLOSED


def test_the_calendar_alone_says_it_not_a_notice_beside_it(points):
    notices = [notice for point in points.values() for notice in point.notices.all()]
    assert not [notice for notice in notices if notice.period.covers(date(2026, 12, 28))]


@pytest.mark.parametrize("day", ["2026-08-14", "2026-12-28"])
def test_only_government_offices_take_the_days_off_of_the_government(points, day):
    closed = {
        slug
        for slug, point in points.items()
        for channel in live_channels_with_rules(point)
        if channel.state_at(at(f"{day} 09:30")).reason == Reason.HOLIDAY
    }
    assert closed == {
        "dzien-otwarty-info-opt",
        "infolinia-info-opt",
        "odbior-karty-pobytu",
        "pid-basztowa",
        "pid-przy-rondzie",
    }


@pytest.mark.parametrize("slug", [*CITY_POINTS_WITH_HOURS, "zus-pedzichow"])
def test_a_day_that_an_office_has_not_confirmed_is_unknown(points, slug):
    for channel in live_channels_with_rules(points[slug]):
        state = channel.state_at(at("2026-12-28 09:30"))
        assert (state.kind, state.reason) == (Kind.UNKNOWN, Reason.UNCONFIRMED_HOLIDAY)
        assert str(state.label) == "Possible day off"
        assert channel.state_at(at("2026-12-29 09:30")).kind == Kind.OPEN


def test_the_city_alone_has_not_confirmed_new_years_eve(points):
    morning = at("2026-12-31 09:30")
    for slug in CITY_POINTS_WITH_HOURS:
        for channel in live_channels_with_rules(points[slug]):
            state = channel.state_at(morning)
            assert (state.kind, str(state.label)) == (Kind.UNKNOWN, "New Year’s Eve")
    assert channel_of(points["zus-pedzichow"]).state_at(morning).kind == Kind.OPEN
    assert channel_of(points["pid-basztowa"]).state_at(morning).kind == Kind.OPEN


def test_every_public_office_has_a_holiday_calendar():
    without = Office.objects.filter(holiday_calendar=None).values_list("slug", flat=True)
    assert set(without) == {"cwk"}


@pytest.mark.parametrize("day", ["2026-12-24", "2026-12-25", "2027-01-01", "2027-01-06"])
def test_on_public_holidays_only_the_patients_line_answers(points, day):
    answering = {
        (slug, channel.kind)
        for slug, point in points.items()
        for channel in point.live_channels
        if channel.state_at(at(f"{day} 10:00")).kind != Kind.CLOSED
    }
    assert answering == {PATIENTS_LINE}


def test_christmas_eve_is_named(points):
    state = channel_of(points["usc-urodzenia"]).state_at(at("2026-12-24 10:00"))
    assert str(state.label) == "Christmas Eve"


@pytest.mark.parametrize("moment", ["2026-12-24 23:59", "2026-12-25 03:00", "2026-11-22 12:00"])
def test_the_patients_line_never_closes(points, moment):
    slug, kind = PATIENTS_LINE
    state = channel_of(points[slug], kind).state_at(at(moment))
    assert (state.kind, state.until) == (Kind.OPEN, None)


@pytest.mark.parametrize(
    ("slug", "kind", "monday", "other_days"),
    [
        ("pid-przy-rondzie", "in_person", "07:00–18:00", "07:30–15:30"),
        ("pid-basztowa", "in_person", "07:00–18:00", "07:30–16:30"),
        ("pid-basztowa", "telephone", "07:30–17:00", "07:30–16:30"),
        ("usc-zgony", "in_person", "07:40–18:00", "07:40–15:30"),
        ("zus-pedzichow", "in_person", "08:00–17:00", "08:00–15:00"),
    ],
)
def test_monday_is_the_long_day(points, slug, kind, monday, other_days):
    hours = channel_of(points[slug], kind).hours
    week = days(hours, date(2026, 11, 23), date(2026, 11, 29))
    told = [[clock(span) for span in day.spans] for day in week]
    assert told == [[monday], *[[other_days]] * 4, [], []]


@pytest.mark.parametrize(
    ("slug", "kind", "every_day"),
    [
        ("infolinia-info-opt", "telephone", "07:30–15:30"),
        ("odbior-karty-pobytu", "in_person", "07:00–15:00"),
        ("informacja-wydzial-edukacji", "in_person", "07:40–15:30"),
        ("prawa-jazdy", "in_person", "08:00–15:00"),
        ("usc-urodzenia", "in_person", "07:40–18:00"),
        ("zapisy-pomoc-prawna", "telephone", "07:30–16:00"),
        ("zus-pedzichow", "telephone", "07:00–18:00"),
    ],
)
def test_the_other_hours_are_those_of_the_sources(points, slug, kind, every_day):
    hours = channel_of(points[slug], kind).hours
    week = days(hours, date(2026, 11, 23), date(2026, 11, 29))
    told = [[clock(span) for span in day.spans] for day in week]
    assert told == [*[[every_day]] * 5, [], []]


@pytest.mark.parametrize(
    ("day", "languages"),
    [
        (23, ("pol", "ukr")),
        (24, ("pol", "eng")),
        (25, ("pol", "rus")),
        (26, ("pol", "ukr")),
        (27, ("pol",)),
    ],
)
def test_the_language_of_the_hotline_changes_by_weekday(points, day, languages):
    moment = datetime(2026, 11, day, 9, 30, tzinfo=WARSAW)
    state = channel_of(points["pid-basztowa"], "telephone").state_at(moment)
    assert state.languages == languages
    assert str(state.span.hours.note) == "languages as of 2018"
    assert channel_of(points["pid-basztowa"]).state_at(moment).languages == ()


def test_open_days_are_the_announced_saturdays_and_no_other_day(points):
    hours = channel_of(points["dzien-otwarty-info-opt"]).hours
    found = [day for day in days(hours, date(2023, 1, 1), date(2027, 12, 31)) if day.spans]
    assert [day.date.isoformat() for day in found] == [
        "2023-02-25",
        "2023-03-25",
        "2024-05-25",
        "2024-09-14",
        "2025-06-14",
    ]
    assert {(clock(span), str(span.label)) for day in found for span in day.spans} == {
        ("09:00–15:00", "Open day")
    }
    assert {day.date.strftime("%A") for day in found} == {"Saturday"}


def test_no_coming_open_day_is_known(points):
    state = channel_of(points["dzien-otwarty-info-opt"]).state_at(at("2026-11-21 10:00"))
    assert (state.kind, state.next_opening) == (Kind.CLOSED, None)


@pytest.mark.parametrize(
    ("moment", "kind"),
    [
        ("2025-09-01 08:59", Kind.CLOSED),
        ("2025-09-01 09:00", Kind.OPEN),
        ("2025-09-02 09:59", Kind.OPEN),
        ("2025-09-03 10:00", Kind.CLOSED),
        ("2025-09-04 09:30", Kind.CLOSED),
        ("2025-09-05 09:30", Kind.CLOSED),
    ],
)
def test_opole_took_bookings_from_nine_to_ten_on_three_days(points, moment, kind):
    booking = channel_of(points["rezerwacja-opole"], "telephone")
    assert booking.state_at(at(moment)).kind == kind


def test_the_rules_of_opole_stand_as_data_and_are_history(points):
    point = points["rezerwacja-opole"]
    policy = point.booking_policies.get()
    assert policy.channel == channel_of(point, "telephone")
    assert policy.max_per_call == 1
    assert policy.arrive_minutes_early == 10
    assert policy.lost_after_minutes == 5
    assert policy.is_transferable is False
    assert policy.booked_days_en.startswith("Monday to Wednesday of the following week.")
    assert point.is_past(date(2026, 4, 27))
    assert policy.is_past(date(2026, 4, 27))
    assert not policy.is_past(date(2026, 4, 26))


def test_hours_known_for_long_past_years_only_are_not_shown_as_present(points):
    for slug in ("punkt-informacyjny-dla-obcokrajowcow", "pid-nowy-sacz"):
        channel = channel_of(points[slug])
        assert channel.state_at(at("2026-11-23 12:00")).kind == Kind.UNKNOWN
        assert channel.schedule.note_en.startswith("We do not know the present hours.")


def test_no_hours_contradict_each_other():
    schedules = Schedule.objects.prefetch_related("rules", "seasons", "exceptions")
    assert schedules
    for schedule in schedules:
        hours = schedule.layers
        assert not list(conflicts.rule_conflicts(hours.rules)), schedule
        assert not list(conflicts.season_conflicts(hours.seasons)), schedule
        assert not list(conflicts.exception_conflicts(hours.exceptions)), schedule
        for season in hours.seasons:
            assert not list(conflicts.rule_conflicts(season.rules)), schedule


def test_all_hours_say_where_they_come_from_and_when_they_were_checked():
    for schedule in Schedule.objects.all():
        assert schedule.source_id, schedule
        assert schedule.checked_on, schedule
        for code in ("pl", "en", "uk", "ru"):
            assert getattr(schedule, f"note_{code}"), (schedule, code)


def test_each_day_of_a_calendar_has_a_name_in_four_languages_and_a_source():
    calendars = {office.holiday_calendar for office in Office.objects.all()} - {None}
    told = [day for calendar in calendars for day in calendar.days.all()]
    assert told
    for day in told:
        assert day.source_id, day
        assert all(getattr(day, f"name_{code}") for code in ("pl", "en", "uk", "ru")), day
