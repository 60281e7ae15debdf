"""Hours that contradict each other: found before they are saved, never resolved in silence.

Pure: no Django. Every function takes parts of one schedule in the order of the editor's form and
yields the places of two that cannot stand together, the earlier place first.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

from .schedule import (
    DAY_MINUTES,
    DayException,
    Effect,
    Hours,
    Notice,
    Period,
    Schedule,
    Season,
    WeeklyRule,
    days,
)

# The day before, the same day, the day after: no span reaches further.
_NEIGHBOURS = (-1, 0, 1)
# In a longer time a weekday comes in every week of a month.
_A_YEAR = timedelta(days=366)


def periods_meet(one: Period, other: Period) -> bool:
    """Whether the two have a day in common."""
    starts_too_late = one.last and other.first and one.last < other.first
    ends_too_early = one.first and other.last and other.last < one.first
    return not (starts_too_late or ends_too_early)


def is_within(inner: Period, outer: Period) -> bool:
    """Whether every day of ``inner`` is one of ``outer``."""
    first_fits = outer.first is None or (inner.first is not None and outer.first <= inner.first)
    last_fits = outer.last is None or (inner.last is not None and inner.last <= outer.last)
    return first_fits and last_fits


def overlap(one: Hours, other: Hours, offset: int = 0) -> bool:
    """Whether the two share a minute, where ``other`` is ``offset`` minutes later."""
    return one.opens < other.closes + offset and other.opens + offset < one.closes


def rule_conflicts(rules: Sequence[WeeklyRule]) -> Iterator[tuple[int, int]]:
    """Rules of one week that cannot both hold on a day, or on a day and the next.

    Their spans of one kind overlap, also over midnight, or one closes a day that the other opens.
    """
    for (place, one), (other_place, other) in combinations(enumerate(rules), 2):
        if any(_rules_conflict(one, other, later) for later in _NEIGHBOURS):
            yield place, other_place
    for place, rule in enumerate(rules):
        if _rules_conflict(rule, rule, 1):
            yield place, place


def _rules_conflict(one: WeeklyRule, other: WeeklyRule, days_later: int) -> bool:
    is_one_closed = not days_later and bool(one.hours) != bool(other.hours)
    overlaps = any(
        span.kind == another.kind and overlap(span, another, days_later * DAY_MINUTES)
        for span in one.hours
        for another in other.hours
    )
    return (is_one_closed or overlaps) and _can_meet(one, other, days_later)


def _can_meet(one: WeeklyRule, other: WeeklyRule, days_later: int) -> bool:
    """Whether there can be a day of ``one`` that is a day of ``other`` so many days later."""
    later = timedelta(days=days_later)
    common = _common_days(one.period, _moved(other.period, -later))
    if common.first is None or common.last is None or common.length > _A_YEAR:
        is_weekday = any((day + days_later) % 7 in other.weekdays for day in one.weekdays)
        return is_weekday and _weeks_meet(one.weeks, other.weeks, days_later)
    number_of_days = common.length.days + 1
    common_days = (common.first + timedelta(days=number) for number in range(number_of_days))
    return any(one.applies_to(day) and other.applies_to(day + later) for day in common_days)


def _moved(period: Period, by: timedelta) -> Period:
    return Period(period.first and period.first + by, period.last and period.last + by)


def _common_days(one: Period, other: Period) -> Period:
    """The days of both; the last is before the first where there are none."""
    first = max(filter(None, (one.first, other.first)), default=None)
    last = min(filter(None, (one.last, other.last)), default=None)
    return Period(first, last)


def _weeks_meet(weeks: frozenset[int], others: frozenset[int], days_later: int) -> bool:
    """Whether a day in ``weeks`` of a month can be so many days before one in ``others``."""
    if days_later < 0:
        return _weeks_meet(others, weeks, -days_later)
    return any(
        (not weeks or weeks & row[0]) and (not others or others & row[days_later])
        for row in _WEEKS_OF_TWO_DAYS
    )


def _weeks_of(day: int, length: int) -> frozenset[int]:
    """Which weeks of a month of that ``length`` the ``day`` is in: the nth, and maybe the last."""
    nth = (day + 6) // 7
    return frozenset({nth, -1} if day + 7 > length else {nth})


# What a day and the day after it can be in their months.
_WEEKS_OF_TWO_DAYS = {
    (_weeks_of(day, length), _weeks_of(day + 1, length) if day < length else frozenset({1}))
    for length in range(28, 32)
    for day in range(1, length + 1)
}


def season_conflicts(seasons: Sequence[Season]) -> Iterator[tuple[int, int]]:
    """Seasons of the same days, and those that overlap without one lying within the other."""
    for (place, one), (other_place, other) in combinations(enumerate(seasons), 2):
        mine, theirs = one.period, other.period
        is_nested = is_within(mine, theirs) or is_within(theirs, mine)
        if periods_meet(mine, theirs) and (mine == theirs or not is_nested):
            yield place, other_place


def exception_conflicts(exceptions: Sequence[DayException]) -> Iterator[tuple[int, int]]:
    """Exceptions of one day, or of a day and the next, that say different things.

    One that replaces the day must stand alone on it. Spans that one adds may not overlap those
    that another adds or removes; nor may hours run over midnight into other hours.
    """
    for (place, one), (other_place, other) in combinations(enumerate(exceptions), 2):
        if any(_exceptions_conflict(one, other, later) for later in _NEIGHBOURS):
            yield place, other_place
    for place, exception in enumerate(exceptions):
        if _exceptions_conflict(exception, exception, 1):
            yield place, place


def _exceptions_conflict(one: DayException, other: DayException, days_later: int) -> bool:
    if not periods_meet(one.period, _moved(other.period, timedelta(days=-days_later))):
        return False
    effects = {one.effect, other.effect}
    if Effect.REPLACES in effects and not days_later:
        return True
    # What is removed is never cut out of the hours of another day.
    if Effect.REMOVES in effects and (days_later or len(effects) == 1):
        return False
    offset = days_later * DAY_MINUTES
    return any(overlap(span, another, offset) for span in one.hours for another in other.hours)


def hours_met(exception: DayException, schedule: Schedule, since: date) -> set[Hours]:
    """Those hours of ``exception`` that meet the hours which a day has without any exception.

    Days before ``since`` do not count, and of a longer exception only its first year.
    """
    plain = replace(schedule, exceptions=(), notices=())
    first = max(exception.period.first or since, since)
    last = min(exception.period.last or date.max, first + _A_YEAR)
    return {
        hours
        for day in days(plain, first, last)
        for span in day.spans
        for hours in exception.hours
        if overlap(span.hours, hours)
    }


def notice_conflicts(notices: Sequence[tuple[Set[str], Notice]]) -> Iterator[tuple[int, int]]:
    """Notices, each with the channels it puts out of use, that say different things of one."""
    for (place, (kinds, one)), (other_place, (others, other)) in combinations(
        enumerate(notices), 2
    ):
        if kinds & others and one.kind != other.kind and periods_meet(one.period, other.period):
            yield place, other_place
