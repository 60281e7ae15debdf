"""Schedules, days and moments for tests: written short, or drawn at random.

What is random has a liking for the days on which mistakes are made. Pure: no Django.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from offices.notation import parse_hours
from offices.schedule import (
    ALWAYS,
    DAY_MINUTES,
    WARSAW,
    DayException,
    Effect,
    Holiday,
    Hours,
    Kind,
    Notice,
    Period,
    Schedule,
    Season,
    WeeklyRule,
)

TODAY = date(2026, 11, 23)  # a Monday
ONE_DAY = timedelta(days=1)
WORKDAYS = range(5)
EVERY_DAY = range(7)


def weekly(weekdays, hours, **more):
    """A weekly rule with its hours as editors write them."""
    return WeeklyRule(frozenset(weekdays), parse_hours(hours), **more)


def on(first, last=None):
    """A period of 2026, from ``"11-23"`` to ``"12-31"``, or of one day."""
    days_of_year = (f"2026-{day}" for day in (first, last or first))
    return Period(*map(date.fromisoformat, days_of_year))


def at(text):
    """The moment of a clock on a wall in Kraków; of two equal times the first."""
    return datetime.fromisoformat(text).replace(tzinfo=WARSAW)


OFFICE = (weekly([0], "7-18"), weekly([1, 2, 3, 4], "7:30-15:30"))

FIRST, LAST = date(2026, 1, 1), date(2028, 12, 31)

# Clocks go forward and back, leap day, years end, months end, statutory holidays.
NOTABLE_DAYS = [
    *(date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31)),
    *(date(2028, 2, 29), date(2026, 12, 31), date(2027, 1, 1), date(2027, 12, 31)),
    *(date(2026, 11, 11), date(2026, 12, 24), date(2026, 12, 26), date(2027, 5, 3)),
    *(date(2026, 2, 28), date(2026, 4, 30), date(2026, 8, 15)),
]

days = st.builds(
    lambda day, offset: min(max(day + timedelta(days=offset), FIRST), LAST),
    st.sampled_from(NOTABLE_DAYS) | st.dates(FIRST, LAST),
    st.integers(-1, 1),
)
minutes = st.sampled_from(
    [*range(0, DAY_MINUTES, 30), 1, 61, 7 * 60 + 1, 12 * 60 - 1, DAY_MINUTES - 1]
)
kinds = st.sampled_from([Kind.OPEN, Kind.OPEN, Kind.BY_APPOINTMENT])
labels = st.sampled_from(["", "Moved", 'The "new" desk; closed, off || 24/7'])
weekday_sets = st.frozensets(st.integers(0, 6), min_size=1)
week_sets = st.just(frozenset()) | st.frozensets(st.sampled_from([1, 2, 4, 5, -1]), max_size=2)


@st.composite
def hours(draw, nights=False):
    """Up to three spans that do not overlap; with ``nights``, the last may end the day after."""
    times = sorted(draw(st.sets(minutes, max_size=6)))
    spans = [
        Hours(opens, closes, draw(kinds))
        for opens, closes in zip(times[::2], [*times[1::2], DAY_MINUTES], strict=False)
    ]
    if spans and nights and draw(st.booleans()):
        longest = min(DAY_MINUTES, spans[-1].opens)
        closes = DAY_MINUTES + draw(st.integers(0, longest // 30)) * 30
        spans[-1] = replace(spans[-1], closes=closes)
    return tuple(spans)


@st.composite
def periods(draw, longest=500):
    """Days in a row, often few, sometimes without a first or a last one."""
    first = draw(days)
    last = first + timedelta(days=draw(st.sampled_from([0, 0, 1, 6]) | st.integers(0, longest)))
    return Period(
        None if draw(st.integers(0, 9)) == 0 else first,
        None if draw(st.integers(0, 9)) == 0 else last,
    )


def or_unknown(values):
    """One in ten of ``values`` as a row is that cannot be read."""
    return st.builds(
        lambda value, number: value if number else replace(value, hours=(), is_known=False),
        values,
        st.integers(0, 9),
    )


def weekly_rules(nights=False):
    dates = st.just(ALWAYS) | periods(1000)
    return or_unknown(st.builds(WeeklyRule, weekday_sets, hours(nights), week_sets, dates))


def seasons(nights=False):
    rules = st.lists(weekly_rules(nights), max_size=3).map(tuple)
    return st.builds(Season, periods(), rules, labels)


def calendars(nights=False):
    """Days that a calendar names."""
    known = or_unknown(st.builds(Holiday, labels, hours(nights)))
    day = known | st.builds(Holiday, labels, st.just(()), st.just(False))
    return st.dictionaries(days, day, max_size=4)


def exceptions(nights=False):
    effects = st.sampled_from(Effect)
    return or_unknown(st.builds(DayException, periods(30), effects, hours(nights), labels))


notices = st.builds(Notice, periods(60), st.sampled_from([Kind.CLOSED, Kind.UNKNOWN]), labels)


def schedules(nights=False, some_exceptions=None, calendar=dict):
    """Schedules of all layers."""
    if some_exceptions is None:
        some_exceptions = exceptions(nights)
    return st.builds(
        Schedule,
        rules=st.lists(weekly_rules(nights), max_size=4).map(tuple),
        seasons=st.lists(seasons(nights), max_size=2).map(tuple),
        exceptions=st.lists(some_exceptions, max_size=3).map(tuple),
        notices=st.lists(notices, max_size=1).map(tuple),
        holidays=st.none() | calendars(nights).map(calendar),
        service=st.just(ALWAYS) | st.just(ALWAYS) | periods(1000),
    )


def moment_of(day, minute, second=0):
    """A moment of the clock on the wall; one that the clock skips is the one it jumps to."""
    midnight = datetime(day.year, day.month, day.day)
    local = midnight.replace(tzinfo=WARSAW) + timedelta(minutes=minute, seconds=second)
    return local.astimezone(UTC).astimezone(WARSAW)


moments = st.builds(
    moment_of, days, minutes | st.integers(0, DAY_MINUTES - 1), st.sampled_from([0, 0, 1, 59])
)
