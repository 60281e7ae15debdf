"""The week as readers see it: the hours in force, and the coming days that differ. Pure."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, islice

from .schedule import Day, Hours, Kind, Schedule, Season, WeeklyRule, days, exceptional_days

# How far ahead the table writes in what is different.
DAYS_AHEAD = 14

# Of the two months that the page of the coming days tells, the next that matter.
_LATER_WITHIN_DAYS = 46
_LATER_LOOKED_AT = 20
_LATER_SHOWN = 3

# Dates of what does not come every week; a fifth Saturday comes at least once in three months.
_DATES_SHOWN = 2
_WEEKS_AHEAD = 27


@dataclass(frozen=True, slots=True)
class RegularHours:
    """Hours of a weekday; ``dates`` are the next ones, where ``is_every_week`` is false.

    None are hours that nobody knows.
    """

    hours: Hours | None
    is_every_week: bool = True
    dates: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Stoppage:
    """Days in a row, both included, on which the channel is out of use, for one reason."""

    first: date
    last: date
    day: Day


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One weekday (0 is Monday): its hours, and its coming ``dates`` that differ from them."""

    weekday: int
    is_today: bool
    regular: tuple[RegularHours, ...]
    dates: tuple[Day, ...]

    @property
    def is_closed_most_weeks(self) -> bool:
        """Whether there are no hours that every week has."""
        return not any(one.is_every_week for one in self.regular)


@dataclass(frozen=True, slots=True)
class WeekTable:
    """The week in force on a day. Without ``has_rules`` only dates are known, if anything.

    Days on which the channel is out of use are told once, as ``stoppages``, not weekday by weekday.
    ``later`` are the next days after these weeks on which hours that would be expected are not,
    or others are.
    """

    rows: tuple[WeekRow, ...]
    season: Season | None
    has_rules: bool
    stoppages: tuple[Stoppage, ...] = ()
    later: tuple[Day, ...] = ()

    @property
    def dates(self) -> list[Day]:
        """All coming days that differ, in order."""
        return sorted((day for row in self.rows for day in row.dates), key=lambda day: day.date)


def week_table(schedule: Schedule, today: date, days_ahead: int = DAYS_AHEAD) -> WeekTable:
    """The seven weekdays as they are in the week in force ``today``.

    With no ``days_ahead`` it is history: no day is today, and nothing is said of coming ones.
    """
    rules = schedule.rules_on(today)
    ahead = list(days(schedule, today, today + timedelta(days=days_ahead - 1)))
    different = [day for day in ahead if not _is_stopped(day) and _differs(day, rules)]
    season = schedule.season_on(today)
    rows = tuple(
        WeekRow(
            weekday,
            bool(ahead) and weekday == today.weekday(),
            _regular(schedule, rules, weekday, today),
            tuple(day for day in different if day.date.weekday() == weekday),
        )
        for weekday in range(7)
    )
    later = _later(schedule, today + timedelta(days=days_ahead)) if ahead else ()
    return WeekTable(rows, season, bool(rules), tuple(_stoppages(ahead)), later)


def _later(schedule: Schedule, first: date) -> tuple[Day, ...]:
    coming = exceptional_days(schedule, first, _LATER_LOOKED_AT, _LATER_WITHIN_DAYS)
    told = (
        day
        for day in coming
        if day.notice is None and (day.spans or schedule.weekly_day(day.date).spans)
    )
    return tuple(islice(told, _LATER_SHOWN))


def _stoppages(ahead: list[Day]) -> Iterator[Stoppage]:
    for _cause, group in groupby(ahead, key=lambda day: (day.reason, day.notice)):
        stopped = list(group)
        if _is_stopped(stopped[0]):
            yield Stoppage(stopped[0].date, stopped[-1].date, stopped[0])


def _is_stopped(day: Day) -> bool:
    return day.notice is not None or not day.is_in_service


def _regular(
    schedule: Schedule, rules: tuple[WeeklyRule, ...], weekday: int, today: date
) -> tuple[RegularHours, ...]:
    found = [
        RegularHours(
            hours,
            not rule.weeks,
            _next_dates(schedule, rule, hours, weekday, today) if rule.weeks else (),
        )
        for rule in rules
        if weekday in rule.weekdays
        for hours in (rule.hours if rule.is_known else [None])
    ]
    return tuple(sorted(found, key=_by_start))


def _by_start(one: RegularHours) -> tuple[float, float]:
    """What nobody knows comes last."""
    return (one.hours.opens, one.hours.closes) if one.hours else (math.inf, math.inf)


def _next_dates(
    schedule: Schedule, rule: WeeklyRule, hours: Hours | None, weekday: int, today: date
) -> tuple[date, ...]:
    """The next dates of ``hours`` that not every week has: plainer than "the first Saturday".

    Only those on which they really hold: not on a holiday, nor after the season.
    """
    first = today + timedelta(days=(weekday - today.weekday()) % 7)
    coming = (first + timedelta(days=7 * number) for number in range(_WEEKS_AHEAD))
    fitting = (
        day
        for day in coming
        if rule.applies_to(day)
        and _has(schedule.day(day), hours)
        and rule in schedule.rules_on(day)
    )
    return tuple(islice(fitting, _DATES_SHOWN))


def _has(day: Day, hours: Hours | None) -> bool:
    if hours is None:
        return day.kind == Kind.UNKNOWN
    return any(span.hours == hours for span in day.spans)


def _differs(day: Day, rules: tuple[WeeklyRule, ...]) -> bool:
    """Whether ``day`` is not what a reader of the table would expect."""
    of_day = [rule for rule in rules if rule.applies_to(day.date)]
    expected = {hours for rule in of_day for hours in rule.hours}
    is_known = bool(rules) and all(rule.is_known for rule in of_day)
    otherwise = Kind.CLOSED if is_known else Kind.UNKNOWN
    return (
        day.is_exceptional
        or {span.hours for span in day.spans} != expected
        or (not day.spans and day.kind != otherwise)
    )
