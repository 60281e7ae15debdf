"""What the rows of a schedule make: values that :mod:`offices.schedule` works on.

The rows are model instances, saved or not, or plain values by column name. The database refuses
what cannot be read; where it is there all the same, from before or with a constraint taken away,
the days that the row is about are not known, and the log names it.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import time
from functools import lru_cache
from typing import Any, TypeVar

from languages.fallback import translated

from . import schedule as pure
from .notation import parse_hours

logger = logging.getLogger(__name__)

_WEEKDAYS = frozenset(range(7))
_WEEKS = frozenset({1, 2, 3, 4, 5, -1})

Value = TypeVar("Value")


def read(parse: Callable[[Any], Value], row: Any, kind: str, column: str) -> Value | None:
    """What ``parse`` makes of a column of ``row``, one of this ``kind`` of model.

    None, and a line in the log, where it raises ValueError or TypeError.
    """
    stored = getattr(row, column)
    try:
        return parse(stored)
    except (TypeError, ValueError):
        _tell(kind, row.id, column, repr(stored))
        return None


@lru_cache(maxsize=1024)
def _tell(kind: str, key: int | None, column: str, stored: str) -> None:
    """Once in a process, though pages ask at every request."""
    logger.error(
        "offices.%s %s: its %s cannot be read: %s. Readers are told that it is not known; correct "
        "it in the admin.",
        kind,
        key,
        column,
        stored,
    )


def _weekdays(stored: Iterable[int]) -> frozenset[int]:
    weekdays = frozenset(stored)
    if not weekdays or not weekdays <= _WEEKDAYS:
        raise ValueError(weekdays)
    return weekdays


def _weeks(stored: Iterable[int]) -> frozenset[int]:
    weeks = frozenset(stored)
    if not weeks <= _WEEKS:
        raise ValueError(weeks)
    return weeks


def as_value(rules: Iterable, seasons: Iterable, exceptions: Iterable) -> pure.Schedule:
    """The layers that rows make: model instances, saved or not, or plain rows of the tables."""
    base: list[pure.WeeklyRule] = []
    by_season: dict[int, list[pure.WeeklyRule]] = {}
    for rule in rules:
        into = base if rule.season_id is None else by_season.setdefault(rule.season_id, [])
        into.append(rule_value(rule))
    return pure.Schedule(
        rules=tuple(base),
        seasons=tuple(
            pure.Season(
                pure.Period(season.starts_on, season.ends_on),
                tuple(by_season.get(season.id, ())),
                translated(season, "name"),
            )
            for season in seasons
        ),
        exceptions=tuple(exception_value(exception) for exception in exceptions),
    )


def rule_value(row: Any) -> pure.WeeklyRule:
    """A weekly rule as :mod:`offices.schedule` works on it."""
    weekdays = read(_weekdays, row, "WeeklyRule", "weekdays")
    weeks = read(_weeks, row, "WeeklyRule", "weeks")
    hours = read(parse_hours, row, "WeeklyRule", "hours")
    is_dated = row.valid_from or row.valid_until
    period = pure.Period(row.valid_from, row.valid_until) if is_dated else pure.ALWAYS
    if weekdays is None or weeks is None or hours is None:
        # It may be about any weekday of any week, where it does not say.
        of_days = weekdays or _WEEKDAYS, (), weeks or frozenset(), period
        return pure.WeeklyRule(*of_days, is_known=False)
    note = translated(row, "note")
    if row.last_admission or row.languages or note:
        hours = tuple(
            replace(
                span,
                last_admission=admission_within(span, row.last_admission),
                languages=tuple(row.languages),
                note=note or "",
            )
            for span in hours
        )
    return pure.WeeklyRule(weekdays, hours, weeks, period)


def admission_within(span: pure.Hours, last_admission: time | None) -> int | None:
    """The time in minutes, where it lies in ``span``; it may be after midnight."""
    if last_admission is None:
        return None
    minutes = last_admission.hour * 60 + last_admission.minute
    for candidate in (minutes, minutes + pure.DAY_MINUTES):
        if span.opens < candidate <= span.closes:
            return candidate
    return None


def exception_value(row: Any) -> pure.DayException:
    """A day exception as :mod:`offices.schedule` works on it."""
    period = pure.Period(row.starts_on, row.ends_on or row.starts_on)
    reason = translated(row, "reason") or ""
    effect = read(pure.Effect, row, "DayException", "effect")
    hours = read(parse_hours, row, "DayException", "hours")
    if effect is None or hours is None:
        return pure.DayException(period, effect or pure.Effect.REPLACES, (), reason, is_known=False)
    return pure.DayException(period, effect, hours, reason)
