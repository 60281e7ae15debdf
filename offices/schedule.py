"""What weekly hours mean at a moment: pure values and functions, no Django, no clock.

All moments are aware; days and hours are those of Kraków. Ends are exclusive.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

WARSAW = ZoneInfo("Europe/Warsaw")

# A week and the longest run of days off around it; beyond that nothing new opens.
_HORIZON_DAYS = 21


class Kind(StrEnum):
    """What a moment is like for someone who wants to be served."""

    OPEN = "open"
    BY_APPOINTMENT = "by_appointment"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why a moment is what it is."""

    BASE = "base"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True, order=True)
class WeeklyRule:
    """A span of hours on one weekday (0 is Monday)."""

    weekday: int
    opens: time
    closes: time
    kind: Kind = Kind.OPEN


@dataclass(frozen=True, slots=True)
class Week:
    """The base week: its rules in order. A week without rules says nothing: unknown."""

    rules: tuple[WeeklyRule, ...] = field(default=())

    def on(self, weekday: int) -> tuple[WeeklyRule, ...]:
        """The rules of one weekday, earliest first."""
        return tuple(sorted(rule for rule in self.rules if rule.weekday == weekday))


@dataclass(frozen=True, slots=True)
class Span:
    """Hours on the calendar, from ``start`` up to but not including ``end``."""

    start: datetime
    end: datetime
    kind: Kind


@dataclass(frozen=True, slots=True)
class State:
    """The answer for one moment.

    ``until`` is the moment of the next change of kind and ``next_opening`` the
    start of the next span of any kind; None where none is known within three weeks.
    """

    kind: Kind
    reason: Reason = Reason.BASE
    until: datetime | None = None
    next_opening: datetime | None = None


IsHoliday = Callable[[date], bool]


def spans(week: Week, first: date, last: date, is_holiday: IsHoliday) -> Iterator[Span]:
    """The hours on the days from ``first`` to ``last``, both included, in order."""
    day = first
    while day <= last:
        if not is_holiday(day):
            for rule in week.on(day.weekday()):
                yield Span(
                    datetime.combine(day, rule.opens, WARSAW),
                    datetime.combine(day, rule.closes, WARSAW),
                    rule.kind,
                )
        day += timedelta(days=1)


def state_at(week: Week | None, moment: datetime, is_holiday: IsHoliday) -> State:
    """What ``week`` says of an aware ``moment``; ``None`` or an empty week is unknown."""
    if week is None or not week.rules:
        return State(Kind.UNKNOWN)
    today = moment.astimezone(WARSAW).date()
    ahead = [
        span
        for span in spans(week, today, today + timedelta(days=_HORIZON_DAYS), is_holiday)
        if span.end > moment
    ]
    reason = Reason.HOLIDAY if is_holiday(today) else Reason.BASE
    if not ahead:
        return State(Kind.CLOSED, reason)
    current = ahead[0]
    if current.start > moment:
        return State(Kind.CLOSED, reason, until=current.start, next_opening=current.start)
    until = current.end
    following = ahead[1:]
    # Spans that touch and are of one kind are one to the reader.
    while following and following[0].start == until and following[0].kind == current.kind:
        until = following.pop(0).end
    return State(
        current.kind,
        reason,
        until=until,
        next_opening=following[0].start if following else None,
    )
