"""The week as readers see it: the hours in force, and the coming days that differ. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from .schedule import Day, Hours, Kind, Schedule, Season, WeeklyRule, days

# How far ahead the table writes in what is different.
DAYS_AHEAD = 14

# Dates of what does not come every week; a fifth Saturday comes at least once in three months.
_DATES_SHOWN = 2
_WEEKS_AHEAD = 27


@dataclass(frozen=True, slots=True)
class RegularHours:
    """Hours of a weekday; ``dates`` are the next ones, where not every week has them."""

    hours: Hours
    dates: tuple[date, ...]


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


def week_table(schedule: Schedule, today: date, days_ahead: int = DAYS_AHEAD) -> WeekTable:
    """The seven weekdays as they are in the week in force ``today``."""
    rules = schedule.rules_on(today)
    ahead = days(schedule, today, today + timedelta(days=days_ahead - 1))
    different = [day for day in ahead if _differs(day, rules)]
    rows = tuple(
        WeekRow(
            weekday,
            weekday == today.weekday(),
            _regular(rules, weekday, today),
            tuple(day for day in different if day.date.weekday() == weekday),
        )
        for weekday in range(7)
    )
    return WeekTable(rows, schedule.season_on(today), bool(rules))


def _regular(rules: tuple[WeeklyRule, ...], weekday: int, today: date) -> tuple[RegularHours, ...]:
    found = [
        RegularHours(hours, _next_dates(rule, weekday, today) if rule.weeks else ())
        for rule in rules
        if weekday in rule.weekdays
        for hours in rule.hours
    ]
    return tuple(sorted(found, key=lambda one: (one.hours.opens, one.hours.closes)))


def _next_dates(rule: WeeklyRule, weekday: int, today: date) -> tuple[date, ...]:
    """The next dates of a rule that not every week has: plainer than "the first Saturday"."""
    first = today + timedelta(days=(weekday - today.weekday()) % 7)
    coming = (first + timedelta(days=7 * number) for number in range(_WEEKS_AHEAD))
    fitting = (day for day in coming if rule.applies_to(day) and rule.period.covers(day))
    return tuple(islice(fitting, _DATES_SHOWN))


def _differs(day: Day, rules: tuple[WeeklyRule, ...]) -> bool:
    """Whether ``day`` is not what a reader of the table would expect."""
    expected = {hours for rule in rules if rule.applies_to(day.date) for hours in rule.hours}
    otherwise = Kind.CLOSED if rules else Kind.UNKNOWN
    return (
        day.is_exceptional
        or {span.hours for span in day.spans} != expected
        or (not day.spans and day.kind != otherwise)
    )
