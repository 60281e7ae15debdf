"""Hours as OpenStreetMap writes them: ``Mo 07:00-18:00; Tu-Fr 07:30-15:30; PH off``. Pure.

The layers are translated one after the other, as they stand; nobody asks what a day is like, but
where an exception cannot be read. In the grammar
(wiki.openstreetmap.org/wiki/Key:opening_hours/specification) a rule after ``;`` replaces what
earlier rules say of its days, one after ``,`` adds to it, and ``off`` with hours cuts these hours.
That carries all layers, with these differences:

- A replaced day cuts off the night before it, and its own lost night still runs on after midnight;
  here a night belongs to the day on which it begins, whole.
- Removed hours are cut from all hours, and are closed where hours are unknown; here they are cut
  from the hours that begin on their day, and what is unknown stays unknown.
- Hours by appointment that an exception adds win over open ones; here open wins.
- The hour that comes twice when clocks go back cannot be told apart; here hours mean its first.
- Where no hours are known at all there is no tag; here a holiday is closed all the same, and so is
  what has not begun or has ended.
- Last admission, languages and notes have no place.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from .schedule import (
    ALWAYS,
    DAY_MINUTES,
    Dated,
    Day,
    Effect,
    Holiday,
    Holidays,
    Hours,
    Kind,
    Period,
    Schedule,
    WeeklyRule,
)
from .schedule import days as plans

# The comments tell apart what is one state to OpenStreetMap.
BY_APPOINTMENT = "by appointment"
NOT_KNOWN = "hours not known"

# How one is served, in the order in which later rules win over earlier ones.
_MODIFIERS = {Kind.BY_APPOINTMENT: f'unknown "{BY_APPOINTMENT}"', Kind.OPEN: ""}

_WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_EVERY_DAY = "Mo-Su"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_ONE_DAY = timedelta(days=1)
# The grammar knows ``2026 Nov 20+``; opening_hours.js, which map sites use, does not.
_FAR_AHEAD = date(2999, 12, 31)


class _Days(NamedTuple):
    """Days from ``first`` to ``last``, both included."""

    first: date
    last: date


def opening_hours(schedule: Schedule, first: date, last: date, statutory: Holidays) -> str:
    """``schedule`` from ``first`` on as the value of an ``opening_hours`` tag; empty if unknown.

    ``statutory`` are the days that readers of the tag know as ``PH``. What the calendar of the
    schedule says beyond them is written out as far as ``last``.
    """
    ahead = _Days(first, _FAR_AHEAD)
    dated: list[Dated] = [
        *schedule.rules,
        *schedule.seasons,
        *schedule.exceptions,
        *schedule.notices,
    ]
    if not any(_common(part.period, ahead) for part in dated):
        return ""
    rules = [
        # Closed is what a value means that says nothing; only an empty one must say it.
        *(_week(schedule.rules, ahead, ahead) or ["; off"]),
        *_seasons(schedule, ahead),
        *_holidays(schedule, _Days(first, last), statutory),
        *_exceptions(schedule, ahead),
        *_unknown_exceptions(schedule, _Days(first, last)),
        *_notices(schedule, ahead),
        *_out_of_service(schedule, ahead),
    ]
    return "".join(rules).removeprefix("; ").removeprefix(", ")


def _week(rules: Iterable[WeeklyRule], within: _Days, ahead: _Days) -> list[str]:
    """The hours of weekly ``rules`` on the days ``within``, unknown where none is in force."""
    in_force = [(days, rule) for rule in rules if (days := _common(rule.period, within))]
    written = []
    # A rule that replaces would end what began the night before.
    has_nights = _has_nights(hours for _days, rule in in_force for hours in rule.hours)
    taken = set(range(7) if has_nights else ())
    for days, rule in in_force:
        if not rule.is_known:  # what else is known of these days is added to it
            taken.update(rule.weekdays)
            weekdays = _weekdays(sorted(rule.weekdays), rule.weeks)
            written.append(_rule(", ", _dates(days, ahead), weekdays, _unknown()))
    for line in _weekly_lines(in_force):
        separator = "; " if taken.isdisjoint(line.weekdays) else ", "
        taken.update(line.weekdays)
        weekdays = _weekdays(line.weekdays, line.weeks)
        written.append(_rule(separator, _dates(line.days, ahead), weekdays, line.served))
    gaps = _gaps([days for days, _rule in in_force], within)
    return written + [_rule("; ", _dates(gap, ahead), _unknown()) for gap in gaps]


class _WeeklyLine(NamedTuple):
    """Weekdays on which one is served alike."""

    days: _Days
    weeks: frozenset[int]
    served: str
    weekdays: list[int]


def _weekly_lines(in_force: list[tuple[_Days, WeeklyRule]]) -> Iterator[_WeeklyLine]:
    """The rules ``in_force``, with equal weekdays put together."""
    hours: dict[tuple[int, _Days, frozenset[int]], list[Hours]] = {}
    for days, rule in in_force:
        for weekday in rule.weekdays:
            hours.setdefault((weekday, days, rule.weeks), []).extend(rule.hours)
    for kind in _MODIFIERS:
        lines: dict[tuple[_Days, frozenset[int], str], list[int]] = {}
        for (weekday, days, weeks), found in sorted(hours.items(), key=lambda item: item[0][0]):
            if served := _served(found, kind):
                lines.setdefault((days, weeks, served), []).append(weekday)
        for (days, weeks, served), weekdays in lines.items():
            yield _WeeklyLine(days, weeks, served, weekdays)


def _seasons(schedule: Schedule, ahead: _Days) -> Iterator[str]:
    """The seasons, the one that wins last: the shorter, of two equal ones the first."""
    shortest_first = sorted(schedule.seasons, key=lambda season: season.period.length)
    for season in reversed(shortest_first):
        if within := _common(season.period, ahead):
            if season.rules:
                yield _rule("; ", _dates(within, ahead), "off")
            yield from _week(season.rules, within, ahead)


def _holidays(schedule: Schedule, within: _Days, statutory: Holidays) -> Iterator[str]:
    """``PH off``, and the days of the calendar of which this is not all."""
    if schedule.holidays is None:
        return
    yield "; PH off"
    for number in range((within.last - within.first).days + 1):
        day = within.first + timedelta(days=number)
        if holiday := schedule.holidays.get(day):
            yield from _holiday(schedule, day, holiday, is_statutory=bool(statutory.get(day)))


def _holiday(
    schedule: Schedule, day: date, holiday: Holiday, *, is_statutory: bool
) -> Iterator[str]:
    if not holiday.is_confirmed:
        # "Unknown if there would be hours" cannot be said, so here the week is asked.
        if not schedule.weekly_day(day).is_day_off:
            yield _rule("; ", _date(day), _unknown(holiday.label))
    elif holiday.may_open and not schedule.opens_in_week_of(day):
        # Special hours mean nothing here, but readers of the tag would take the day for PH.
        if is_statutory and schedule.weekly_day(day).kind == Kind.UNKNOWN:
            yield _rule("; ", _date(day), _unknown())
    elif not holiday.is_known:
        yield _rule("; ", _date(day), _unknown(holiday.label))
    elif holiday.hours or not is_statutory:
        yield from _replaced(_date(day), holiday.hours, holiday.label)


def _exceptions(schedule: Schedule, ahead: _Days) -> Iterator[str]:
    """The exceptions in the order in which they take effect."""
    dated = [
        (exception, _dates(days, ahead))
        for exception in schedule.exceptions
        if (days := _common(exception.period, ahead))
    ]
    for exception, dates in dated:
        if exception.effect == Effect.REPLACES and exception.is_known:
            yield from _replaced(dates, exception.hours, exception.label)
    for kind in _MODIFIERS:
        for exception, dates in dated:
            served = _served(exception.hours, kind)
            if exception.effect == Effect.ADDS and served:
                yield _rule(", ", dates or _EVERY_DAY, served)
    for exception, dates in dated:
        if exception.effect == Effect.REMOVES and exception.hours:
            times = _times(exception.hours)
            yield _rule("; ", dates or _EVERY_DAY, times, _closed(exception.label))


def _unknown_exceptions(schedule: Schedule, within: _Days) -> Iterator[str]:
    """The days of exceptions that are not known, with the hours that are known all the same."""
    unstopped = replace(schedule, notices=(), service=ALWAYS)
    for exception in schedule.exceptions:
        covered = _common(exception.period, within)
        if exception.is_known or covered is None:
            continue
        for (kind, hours), alike in groupby(plans(unstopped, *covered), key=_kind_and_hours):
            in_a_row = [plan.date for plan in alike]
            if kind == Kind.UNKNOWN:  # else another exception says what holds
                dates = _dates(_Days(in_a_row[0], in_a_row[-1]))
                yield _rule("; ", dates, _unknown(exception.label))
                yield from _added(dates, hours)


def _kind_and_hours(day: Day) -> tuple[Kind, list[Hours]]:
    return day.kind, [span.hours for span in day.spans]


def _added(dates: str, hours: Iterable[Hours]) -> Iterator[str]:
    """Hours that hold besides what was said of these days before.

    What is left of a night alone cannot be said: there is no 24:30 to begin at.
    """
    hours = [one for one in hours if one.opens < DAY_MINUTES]
    for kind in _MODIFIERS:
        if served := _served(hours, kind):
            yield _rule(", ", dates, served)


def _notices(schedule: Schedule, ahead: _Days) -> Iterator[str]:
    """The notices, the one that wins last: the first."""
    for notice in reversed(schedule.notices):
        if days := _common(notice.period, ahead):
            is_closed = notice.kind == Kind.CLOSED
            state = _closed(notice.label) if is_closed else _unknown(notice.label)
            yield _rule("; ", _dates(days, ahead), state)


def _out_of_service(schedule: Schedule, ahead: _Days) -> Iterator[str]:
    served = _common(schedule.service, ahead)
    for gap in _gaps([served] if served else [], ahead):
        yield _rule("; ", _dates(gap, ahead), "off")


def _replaced(dates: str, hours: tuple[Hours, ...], label: object) -> Iterator[str]:
    """Days on which nothing but ``hours`` holds."""
    separator = "; "
    if not hours or _has_nights(hours):
        yield _rule(separator, dates, _closed("" if hours else label))
        separator = ", "
    for kind in _MODIFIERS:
        if served := _served(hours, kind):
            yield _rule(separator, dates or _EVERY_DAY, served)
            separator = ", "


def _common(period: Period, within: _Days) -> _Days | None:
    """The days of ``period`` among those ``within``."""
    days = _Days(
        max(period.first or within.first, within.first),
        min(period.last or within.last, within.last),
    )
    return days if days.first <= days.last else None


def _gaps(known: Iterable[_Days], within: _Days) -> Iterator[_Days]:
    """The days ``within`` that are none of the ``known`` ones."""
    begins = within.first
    for days in sorted(known):
        if begins < days.first:
            yield _Days(begins, days.first - _ONE_DAY)
        begins = max(begins, days.last + _ONE_DAY)
    if begins <= within.last:
        yield _Days(begins, within.last)


def _has_nights(hours: Iterable[Hours]) -> bool:
    return any(one.closes > DAY_MINUTES for one in hours)


def _rule(separator: str, *parts: str) -> str:
    text = " ".join(part for part in parts if part)
    return separator + ("24/7" if text == f"{_EVERY_DAY} 00:00-24:00" else text)


def _dates(days: _Days, ahead: _Days | None = None) -> str:
    """``2026 Dec 24-26``; nothing where all days ``ahead`` are meant."""
    if days == ahead:
        return ""
    first, last = days
    if first == last:
        return _date(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{_date(first)}-{last.day:02}"
    return f"{_date(first)}-{_date(last)}"


def _date(day: date) -> str:
    return f"{day.year} {_MONTHS[day.month - 1]} {day.day:02}"


def _weekdays(weekdays: list[int], weeks: frozenset[int]) -> str:
    """``Mo-Fr,Su``, or ``Sa[1,-1]`` where only some of a month are meant; ascending."""
    if weeks:
        places = ",".join(str(week) for week in sorted(weeks, key=lambda week: (week < 0, week)))
        return ",".join(f"{_WEEKDAYS[weekday]}[{places}]" for weekday in weekdays)
    # Days in a row are equally far from their places in the list.
    rows = [[*row] for _, row in groupby(weekdays, key=lambda day: day - weekdays.index(day))]
    names = [[_WEEKDAYS[row[0]], _WEEKDAYS[row[-1]]][: len(row)] for row in rows]
    return ",".join("-".join(ends) for ends in names)


def _served(hours: Iterable[Hours], kind: Kind) -> str:
    """The times of one ``kind`` among ``hours``, and what kind it is; empty if there are none."""
    times = _times(one for one in hours if one.kind == kind)
    return times and f"{times} {_MODIFIERS[kind]}".rstrip()


def _times(hours: Iterable[Hours]) -> str:
    spans = sorted({(one.opens, one.closes) for one in hours})
    return ",".join(f"{_clock(opens)}-{_clock(_end(opens, closes))}" for opens, closes in spans)


def _end(opens: int, closes: int) -> int:
    """``closes`` as a time of the next day, unless the night would seem to last no time then."""
    is_plain_night = DAY_MINUTES < closes < opens + DAY_MINUTES
    return closes - DAY_MINUTES if is_plain_night else closes


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _closed(label: object) -> str:
    text = _text(label)
    return f'off "{text}"' if text else "off"


def _unknown(label: object = NOT_KNOWN) -> str:
    return f'unknown "{_text(label) or NOT_KNOWN}"'


def _text(label: object) -> str:
    """``label`` in one line, without the quotes that would end a comment."""
    return " ".join(str(label).replace('"', "'").split())
