"""The week as readers see it: the hours in force, and the coming days that differ. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from .schedule import Day, Hours, Kind, Schedule, Season, WeeklyRule, days

# How far ahead the table writes in what is different.
DAYS_AHEAD = 14


@dataclass(frozen=True, slots=True)
class RegularHours:
    """Hours of a weekday; ``weeks`` are the weeks of the month that they are limited to."""

    hours: Hours
    weeks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One weekday (0 is Monday): its hours, and its coming ``dates`` that differ from them."""

    weekday: int
    is_today: bool
    regular: tuple[RegularHours, ...]
    dates: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class WeekTable:
    """The week in force on a day. Without ``has_rules`` only dates are known, if anything."""

    rows: tuple[WeekRow, ...]
    season: Season | None
    has_rules: bool

    @property
    def dates(self) -> list[Day]:
        """All coming days that differ, in order."""
        return sorted((day for row in self.rows for day in row.dates), key=lambda day: day.date)


def week_table(schedule: Schedule, today: date) -> WeekTable:
    """The seven weekdays as they are in the week in force ``today``."""
    rules = schedule.rules_on(today)
    ahead = days(schedule, today, today + timedelta(days=DAYS_AHEAD - 1))
    different = [day for day in ahead if _differs(day, rules)]
    rows = tuple(
        WeekRow(
            weekday,
            weekday == today.weekday(),
            _regular(rules, weekday),
            tuple(day for day in different if day.date.weekday() == weekday),
        )
        for weekday in range(7)
    )
    return WeekTable(rows, schedule.season_on(today), bool(rules))


def _regular(rules: tuple[WeeklyRule, ...], weekday: int) -> tuple[RegularHours, ...]:
    found = [
        RegularHours(hours, tuple(sorted(rule.weeks, key=lambda week: (week < 0, week))))
        for rule in rules
        if weekday in rule.weekdays
        for hours in rule.hours
    ]
    return tuple(sorted(found, key=lambda one: (one.hours.opens, one.hours.closes)))


def _differs(day: Day, rules: tuple[WeeklyRule, ...]) -> bool:
    """Whether ``day`` is not what a reader of the table would expect."""
    expected = {hours for rule in rules if rule.applies_to(day.date) for hours in rule.hours}
    otherwise = Kind.CLOSED if rules else Kind.UNKNOWN
    return (
        day.is_exceptional
        or {span.hours for span in day.spans} != expected
        or (not day.spans and day.kind != otherwise)
    )
