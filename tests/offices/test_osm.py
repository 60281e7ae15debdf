"""The OpenStreetMap tag, and what an independent reader of it, `opening-hours-py`, makes of it.

At random moments of random schedules both say the same, except for these differences, each shown
by a test of its own, with the reason why neither side is made to follow the other:

- A replaced day cuts off the night before it. A night belongs to the day on which it begins here:
  who opens on Friday at 22:00 until 02:00 does so also if Saturday is a holiday. The grammar
  knows whole days of the calendar only.
- A lost night still runs on after midnight. If Friday is a holiday, nothing of its night is left
  here; the library takes hours after midnight from the weekly rule, whatever became of the day.
- Removed hours are cut also from the night before and from the day after. A removal says
  something of the hours that begin on its day here; there it is a time like any other.
- Removed hours of a day with unknown hours are closed there and stay unknown here: a removal
  takes something away from hours, and there are none.
- Hours by appointment that are added to open ones win there, because the later rule does. Here
  open wins, because whoever comes is served.
- In the hour that comes twice, hours mean the first 02:30 here. The library works on the clock on
  the wall, which shows 02:15 twice and is open twice.
- Holidays without any hours: here the day is closed, the tag is left out altogether.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opening_hours import OpeningHours, State

from offices.holidays import STATUTORY, HolidayCalendar, statutory_holidays
from offices.notation import parse_hours
from offices.osm import BY_APPOINTMENT, NOT_KNOWN, opening_hours
from offices.schedule import (
    DAY_MINUTES,
    WARSAW,
    DayException,
    Effect,
    Holiday,
    Kind,
    Notice,
    Period,
    Reason,
    Schedule,
    Season,
    state_at,
)
from offices.schedule import days as plans
from tests.examples import examples

from .hours_examples import (
    EVERY_DAY,
    FIRST,
    LAST,
    OFFICE,
    ONE_DAY,
    TODAY,
    at,
    days,
    exceptions,
    moment_of,
    moments,
    on,
    schedules,
    weekly,
)

A_YEAR_AHEAD = date(2027, 11, 22)


def tag(schedule):
    return opening_hours(schedule, TODAY, A_YEAR_AHEAD, STATUTORY)


OFFICE_TAG = "Mo 07:00-18:00; Tu-Fr 07:30-15:30"


# How it is written


def closed_on(period, label=""):
    return DayException(period, label=label)


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        (Schedule(OFFICE, holidays=STATUTORY), f"{OFFICE_TAG}; PH off"),
        (Schedule(OFFICE), OFFICE_TAG),
        (Schedule((weekly([0, 2, 4, 5], "8-10, 12-14"),)), "Mo,We,Fr-Sa 08:00-10:00,12:00-14:00"),
        (Schedule((weekly(EVERY_DAY, "0-24"),), holidays=STATUTORY), "24/7; PH off"),
        (Schedule((weekly([4], "22-2"), weekly([5], "9-12"))), "Fr 22:00-02:00, Sa 09:00-12:00"),
        (Schedule((weekly([4], "20:00-44:00"),)), "Fr 20:00-44:00"),
        (Schedule((weekly([4], "20:00-43:59"),)), "Fr 20:00-19:59"),
        (Schedule((weekly([4], "20-24"),)), "Fr 20:00-24:00"),
        (Schedule((weekly([4], ""),)), "off"),
        (
            Schedule((weekly([0], "8-12, 13-15*"), weekly([1], "8-12"))),
            'Mo 13:00-15:00 unknown "by appointment", Mo-Tu 08:00-12:00',
        ),
        (
            Schedule((weekly([4, 5], "8-12", weeks=frozenset({-1, 3, 1})),)),
            "Fr[1,3,-1],Sa[1,3,-1] 08:00-12:00",
        ),
        # The same hours by two rules are said once, different weeks apart.
        (Schedule((weekly([0], "8-12"), weekly([0, 1], "8-12"))), "Mo-Tu 08:00-12:00"),
        (
            Schedule((weekly([0], "8-12"), weekly([0], "13-15", weeks=frozenset({1})))),
            "Mo 08:00-12:00, Mo[1] 13:00-15:00",
        ),
    ],
)
def test_weekly_hours(schedule, expected):
    assert tag(schedule) == expected


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        # Begun long ago, or just today, and without an end
        ([weekly([0], "8-12", period=Period(date(2020, 1, 1)))], "Mo 08:00-12:00"),
        ([weekly([0], "8-12", period=Period(TODAY))], "Mo 08:00-12:00"),
        # Ended yesterday
        ([weekly([0], "8-12", period=Period(last=TODAY - ONE_DAY))], ""),
        (
            [weekly([0], "8-12", period=Period(last=TODAY - ONE_DAY)), weekly([1], "9-12")],
            "Tu 09:00-12:00",
        ),
        (
            [weekly([0], "8-12", period=on("01-01", "12-31"))],
            (
                "2026 Nov 23-2026 Dec 31 Mo 08:00-12:00"
                '; 2027 Jan 01-2999 Dec 31 unknown "hours not known"'
            ),
        ),
        (
            [weekly([0], "8-12", period=Period(date(2026, 11, 25)))],
            '2026 Nov 25-2999 Dec 31 Mo 08:00-12:00; 2026 Nov 23-24 unknown "hours not known"',
        ),
        # One follows upon the other without a gap
        (
            [
                weekly([0], "9-12", period=Period(date(2026, 12, 1))),
                weekly([0], "8-12", period=Period(last=date(2026, 11, 30))),
            ],
            "2026 Dec 01-2999 Dec 31 Mo 09:00-12:00, 2026 Nov 23-30 Mo 08:00-12:00",
        ),
        (
            [
                weekly([0], "9-12", period=Period(date(2026, 12, 2))),
                weekly([1], "8-12", period=Period(last=date(2026, 11, 30))),
            ],
            (
                "2026 Dec 02-2999 Dec 31 Mo 09:00-12:00; 2026 Nov 23-30 Tu 08:00-12:00"
                '; 2026 Dec 01 unknown "hours not known"'
            ),
        ),
    ],
)
def test_weekly_hours_with_dates_are_unknown_outside_of_them(rules, expected):
    assert tag(Schedule(tuple(rules))) == expected


def test_the_shorter_season_stands_later_and_of_equal_ones_the_first():
    long = Season(on("12-01", "12-31"), (weekly([0], "8-12"),))
    first = Season(on("12-07", "12-13"), (weekly([1], "9-12"),))
    second = Season(on("12-08", "12-14"), ())
    over = Season(on("11-01", "11-22"), (weekly([1], "9-12"),))
    assert tag(Schedule(OFFICE, (first, second, long, over))) == (
        f"{OFFICE_TAG}; 2026 Dec 01-31 off; 2026 Dec 01-31 Mo 08:00-12:00; "
        f'2026 Dec 08-14 unknown "{NOT_KNOWN}"; '
        "2026 Dec 07-13 off; 2026 Dec 07-13 Tu 09:00-12:00"
    )


def test_a_season_without_end_replaces_the_week_too():
    season = Season(Period(date(2026, 9, 1)), (weekly([5], "9-12"),))
    assert tag(Schedule(OFFICE, (season,))) == f"{OFFICE_TAG}; off; Sa 09:00-12:00"


def test_only_days_of_the_calendar_that_the_law_does_not_know_are_written_out():
    calendar = {
        TODAY - ONE_DAY: Holiday("Before"),
        date(2026, 12, 24): Holiday("Christmas Eve", parse_hours("8-10*, 10-12")),
        date(2026, 12, 25): Holiday("Christmas Day"),
        date(2026, 12, 28): Holiday("Day off for Saturday"),
        date(2026, 12, 31): Holiday("New Year’s Eve", is_confirmed=False),
        date(2027, 1, 1): Holiday("", is_confirmed=False),
        date(2027, 1, 2): Holiday("A Saturday off anyway", is_confirmed=False),
        date(2027, 1, 4): Holiday("", parse_hours("22-2")),
        A_YEAR_AHEAD: Holiday("Last"),
        A_YEAR_AHEAD + ONE_DAY: Holiday("After"),
    }
    assert tag(Schedule(OFFICE, holidays=HolidayCalendar(calendar))) == (
        f"{OFFICE_TAG}; PH off"
        '; 2026 Dec 24 08:00-10:00 unknown "by appointment", 2026 Dec 24 10:00-12:00'
        '; 2026 Dec 28 off "Day off for Saturday"'
        '; 2026 Dec 31 unknown "New Year’s Eve"'
        f'; 2027 Jan 01 unknown "{NOT_KNOWN}"'
        "; 2027 Jan 04 off, 2027 Jan 04 22:00-02:00"
        '; 2027 Nov 22 off "Last"'
    )


@pytest.mark.parametrize(
    ("exceptions", "expected"),
    [
        ([closed_on(on("11-20", "11-22"))], ""),
        ([closed_on(on("11-20", "11-24"))], "; 2026 Nov 23-24 off"),
        ([closed_on(on("12-28"), "Stocktaking")], '; 2026 Dec 28 off "Stocktaking"'),
        (
            [DayException(on("12-28"), hours=parse_hours("10-12"), label="Short day")],
            "; 2026 Dec 28 10:00-12:00",
        ),
        # Replaced days, then what is added, by appointment first, then what is removed
        (
            [
                DayException(on("12-28"), Effect.REMOVES, parse_hours("11-12"), "Break"),
                DayException(on("12-28"), Effect.ADDS, parse_hours("18-20, 20-21*")),
                closed_on(on("12-29")),
            ],
            (
                "; 2026 Dec 29 off"
                ', 2026 Dec 28 20:00-21:00 unknown "by appointment", 2026 Dec 28 18:00-20:00'
                '; 2026 Dec 28 11:00-12:00 off "Break"'
            ),
        ),
        (
            [
                DayException(Period(), Effect.ADDS, parse_hours("18-20")),
                DayException(Period(), Effect.REMOVES, parse_hours("11-12")),
            ],
            ", Mo-Su 18:00-20:00; Mo-Su 11:00-12:00 off",
        ),
        ([DayException(Period(), hours=parse_hours("18-20"))], "; Mo-Su 18:00-20:00"),
        ([closed_on(Period())], "; off"),
        # Nothing to add, nothing to remove
        ([DayException(on("12-28"), Effect.ADDS), DayException(on("12-28"), Effect.REMOVES)], ""),
    ],
)
def test_exceptions(exceptions, expected):
    assert tag(Schedule(OFFICE, exceptions=tuple(exceptions))) == OFFICE_TAG + expected


def test_service_is_closed_before_and_after():
    assert tag(Schedule(OFFICE, service=on("12-01", "12-11"))) == (
        f"{OFFICE_TAG}; 2026 Nov 23-30 off; 2026 Dec 12-2999 Dec 31 off"
    )
    assert tag(Schedule(OFFICE, service=Period(TODAY))) == OFFICE_TAG
    assert tag(Schedule(OFFICE, service=Period(last=TODAY - ONE_DAY))) == f"{OFFICE_TAG}; off"


def test_the_first_notice_wins_and_stands_last():
    notices = (
        Notice(Period(date(2026, 12, 1)), label="Moved"),
        Notice(on("11-25", "12-02"), Kind.UNKNOWN, "No operator"),
        Notice(on("11-01", "11-22"), label="Over"),
        Notice(on("11-24"), Kind.UNKNOWN),
    )
    assert tag(Schedule(OFFICE, notices=notices)) == (
        f'{OFFICE_TAG}; 2026 Nov 24 unknown "{NOT_KNOWN}"'
        '; 2026 Nov 25-2026 Dec 02 unknown "No operator"; 2026 Dec 01-2999 Dec 31 off "Moved"'
    )


@pytest.mark.parametrize("holidays", [None, STATUTORY])
def test_nothing_is_written_of_hours_that_nobody_knows(holidays):
    assert tag(Schedule(holidays=holidays)) == ""
    assert tag(Schedule(exceptions=(closed_on(on("11-22")),), holidays=holidays)) == ""


def test_a_dated_day_is_written_though_the_week_is_unknown():
    added = DayException(on("12-28"), Effect.ADDS, parse_hours("10-12"))
    assert tag(Schedule(exceptions=(added,))) == (f'unknown "{NOT_KNOWN}", 2026 Dec 28 10:00-12:00')


@given(st.text())
def test_any_label_makes_a_comment_that_can_be_read(label):
    schedule = Schedule(OFFICE, exceptions=(closed_on(on("12-28"), label),))
    schedule = replace(schedule, notices=(Notice(on("12-29"), Kind.UNKNOWN, label),))
    assert theirs(schedule, at("2026-12-28 10:00")) == Kind.CLOSED
    assert theirs(schedule, at("2026-12-29 10:00")) == Kind.UNKNOWN
    assert theirs(schedule, at("2026-12-30 10:00")) == Kind.OPEN


# What the library reads in it


def read(text):
    return OpeningHours(text, timezone=WARSAW, country="PL", max_interval_days=800)


def kind_of(state, comment):
    """The library's answer in our words."""
    if state == State.UNKNOWN:
        return Kind.BY_APPOINTMENT if comment == BY_APPOINTMENT else Kind.UNKNOWN
    return Kind.OPEN if state == State.OPEN else Kind.CLOSED


def ours(schedule, moment):
    return state_at(schedule, moment).kind


def theirs(schedule, moment):
    return kind_of(*read(tag(schedule)).state(moment))


@pytest.mark.parametrize("year", range(2024, 2036))
def test_the_library_has_the_same_statutory_holidays(year):
    library = read("PH")
    noons = [datetime(year, 1, 1, 12, tzinfo=WARSAW) + timedelta(days=n) for n in range(366)]
    found = {noon.date() for noon in noons if noon.year == year and library.is_open(noon)}
    assert found == set(statutory_holidays(year))
    assert (date(year, 12, 24) in found) == (year >= 2025)


WHOLE_NIGHTS = Schedule((weekly(EVERY_DAY, "22-2"),), holidays=STATUTORY)
DECEMBER_DAYS = Season(on("12-01", "12-10"), (weekly(EVERY_DAY, "10-12"),))
AROUND_THE_CLOCK = (weekly(EVERY_DAY, "0-24"),)


@pytest.mark.parametrize(
    ("schedule", "moment", "here", "there"),
    [
        pytest.param(WHOLE_NIGHTS, "2026-12-24 01:00", Kind.OPEN, Kind.CLOSED, id="holiday"),
        pytest.param(
            Schedule(WHOLE_NIGHTS.rules, (DECEMBER_DAYS,)),
            *("2026-12-01 01:00", Kind.OPEN, Kind.CLOSED),
            id="season",
        ),
        pytest.param(
            Schedule(WHOLE_NIGHTS.rules, exceptions=(closed_on(on("12-01")),)),
            *("2026-12-01 01:00", Kind.OPEN, Kind.CLOSED),
            id="exception",
        ),
        pytest.param(
            Schedule(WHOLE_NIGHTS.rules, notices=(Notice(on("12-01"), Kind.UNKNOWN),)),
            *("2026-12-01 01:00", Kind.OPEN, Kind.UNKNOWN),
            id="notice",
        ),
    ],
)
def test_a_night_is_cut_off_there_by_the_day_after(schedule, moment, here, there):
    assert (ours(schedule, at(moment)), theirs(schedule, at(moment))) == (here, there)


def test_the_night_of_a_holiday_runs_on_there():
    moment = at("2026-12-27 01:00")
    assert ours(WHOLE_NIGHTS, moment) == Kind.CLOSED
    assert theirs(WHOLE_NIGHTS, moment) == Kind.OPEN


@pytest.mark.parametrize(
    ("rules", "removed", "moment"),
    [
        pytest.param(WHOLE_NIGHTS.rules, "0-1", "2026-12-01 00:30", id="from the night before"),
        pytest.param(AROUND_THE_CLOCK, "22-2", "2026-12-02 00:30", id="from the day after"),
    ],
)
def test_hours_are_removed_there_from_other_days_too(rules, removed, moment):
    removal = DayException(on("12-01"), Effect.REMOVES, parse_hours(removed))
    schedule = Schedule(rules, exceptions=(removal,))
    assert ours(schedule, at(moment)) == Kind.OPEN
    assert theirs(schedule, at(moment)) == Kind.CLOSED


def test_removed_hours_of_a_day_with_unknown_hours_are_closed_there():
    removal = DayException(on("12-01"), Effect.REMOVES, parse_hours("11-12"))
    schedule = Schedule(exceptions=(removal,))
    assert ours(schedule, at("2026-12-01 11:30")) == Kind.UNKNOWN
    assert theirs(schedule, at("2026-12-01 11:30")) == Kind.CLOSED


def test_hours_by_appointment_added_to_open_ones_win_there():
    added = DayException(on("12-01"), Effect.ADDS, parse_hours("9-12*"))
    schedule = Schedule(OFFICE, exceptions=(added,))
    assert ours(schedule, at("2026-12-01 10:00")) == Kind.OPEN
    assert theirs(schedule, at("2026-12-01 10:00")) == Kind.BY_APPOINTMENT


def test_a_time_that_comes_twice_is_open_twice_there():
    schedule = Schedule((weekly([6], "1:00-2:30"),))
    first = at("2027-10-31 02:15")
    assert ours(schedule, first) == theirs(schedule, first) == Kind.OPEN
    second = first.replace(fold=1)
    assert (ours(schedule, second), theirs(schedule, second)) == (Kind.CLOSED, Kind.OPEN)


def test_holidays_alone_make_no_tag():
    schedule = Schedule(holidays=STATUTORY)
    assert ours(schedule, at("2026-12-25 10:00")) == Kind.CLOSED
    assert tag(schedule) == ""


def is_told_differently(schedule, moment):
    """Whether a difference listed above may show at ``moment``."""
    today, minute = moment.date(), moment.hour * 60 + moment.minute
    return (
        bool(moment.fold)
        or (minute < longest_night(schedule) and not is_in_one_week(schedule, today))
        or any(
            is_exception_told_differently(schedule, one, today, minute)
            for one in schedule.exceptions
        )
    )


def longest_night(schedule):
    """How many minutes after midnight anything ends, at most."""
    rules = [*schedule.rules, *(rule for season in schedule.seasons for rule in season.rules)]
    calendar = schedule.holidays.own.values() if schedule.holidays else ()
    parts = [*rules, *schedule.exceptions, *calendar]
    return max((hours.closes for part in parts for hours in part.hours), default=0) - DAY_MINUTES


def is_in_one_week(schedule, today):
    """Whether nothing replaces ``today`` or the day before, and both have the same week."""
    both = [today - ONE_DAY, today]
    plans = [schedule.day(day) for day in both]
    return (
        {plan.reason for plan in plans} <= {Reason.BASE, Reason.SEASON}
        and plans[0].kind == plans[1].kind
        and schedule.season_on(today) == schedule.season_on(today - ONE_DAY)
        and not any(one.period.covers(day) for one in schedule.exceptions for day in both)
        and not (schedule.holidays and any(schedule.holidays.get(day) for day in both))
    )


def is_exception_told_differently(schedule, exception, today, minute):
    """Whether hours that ``exception`` adds or removes at a time of ``today`` are."""

    def holding(day, minutes):
        if not exception.period.covers(day):
            return set()
        return {span.kind for span in exception.hours if span.opens <= minutes < span.closes}

    now, spilt = holding(today, minute), holding(today - ONE_DAY, minute + DAY_MINUTES)
    if exception.effect == Effect.REMOVES:
        return bool(spilt or (now and schedule.day(today).kind == Kind.UNKNOWN))
    return exception.effect == Effect.ADDS and Kind.BY_APPOINTMENT in now | spilt


def around_boundaries(schedule, day):
    """The moments at, and on both sides of, all beginnings and ends on ``day``."""
    spans = [*schedule.day(day - ONE_DAY).spans, *schedule.day(day).spans]
    boundaries = {moment for span in spans for moment in (span.start, span.end)}
    for boundary in {moment_of(day, 0), *boundaries}:
        for seconds in (-60, -1, 0, 60):
            # Clocks may change in between.
            yield (boundary.astimezone(UTC) + timedelta(seconds=seconds)).astimezone(WARSAW)


def test_the_library_gives_the_same_answer_at_any_moment():
    compared = 0

    @examples(250)
    @given(
        schedules(nights=True, calendar=HolidayCalendar),
        st.lists(days, min_size=3, max_size=3),
        st.lists(moments, min_size=5, max_size=5),
    )
    def check(schedule, some_days, some_moments):
        nonlocal compared
        text = opening_hours(schedule, FIRST, LAST, STATUTORY)
        if not text:
            return
        library = read(text)
        near = [moment for day in some_days for moment in around_boundaries(schedule, day)]
        for moment in [*some_moments, *near]:
            # The tag tells nothing of the night before its first day.
            if moment.date() > FIRST and not is_told_differently(schedule, moment):
                compared += 1
                assert ours(schedule, moment) == kind_of(*library.state(moment)), (moment, text)

    check()
    assert compared >= 5_000


def our_changes(schedule, begin, end):
    moment = begin
    while moment < end:
        state = state_at(schedule, moment)
        yield moment.replace(tzinfo=None), state.kind
        moment = state.until or end


def their_changes(library, begin, end):
    last = None
    for start, stop, *answer in library.intervals(begin, end):
        kind = kind_of(*answer)
        # An hour that the clock skips is an interval of no length.
        if start.replace(tzinfo=None) != stop.replace(tzinfo=None) and kind != last:
            last = kind
            yield start.replace(tzinfo=None), kind


unambiguous_exceptions = exceptions().filter(
    lambda one: one.effect == Effect.REPLACES or all(hours.kind == Kind.OPEN for hours in one.hours)
)


@examples(150)
@given(schedules(False, unambiguous_exceptions, HolidayCalendar), days)
def test_the_library_sees_the_same_changes(schedule, day):
    begin = moment_of(min(max(day, FIRST + ONE_DAY), LAST - 21 * ONE_DAY), 0)
    end = begin + timedelta(days=21)
    if any(plan.kind == Kind.UNKNOWN for plan in plans(schedule, begin.date(), end.date())):
        left = [one for one in schedule.exceptions if one.effect != Effect.REMOVES]
        schedule = replace(schedule, exceptions=tuple(left))
    text = opening_hours(schedule, FIRST, LAST, STATUTORY)
    if text:
        expected = list(our_changes(schedule, begin, end))
        assert list(their_changes(read(text), begin, end)) == expected, text
