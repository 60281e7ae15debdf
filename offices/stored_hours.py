"""What the rows of a schedule make: values that :mod:`offices.schedule` works on.

The rows are model instances, saved or not, or plain values by column name.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import time
from typing import Any

from languages.fallback import translated

from . import schedule as pure
from .notation import parse_hours


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
    hours = parse_hours(row.hours)
    note = translated(row, "note")
    if row.last_admission or row.languages or note:
        hours = tuple(
            replace(
                span,
                last_admission=_admission_within(span, row.last_admission),
                languages=tuple(row.languages),
                note=note or "",
            )
            for span in hours
        )
    is_dated = row.valid_from or row.valid_until
    return pure.WeeklyRule(
        frozenset(row.weekdays),
        hours,
        frozenset(row.weeks),
        pure.Period(row.valid_from, row.valid_until) if is_dated else pure.ALWAYS,
    )


def _admission_within(span: pure.Hours, last_admission: time | None) -> int | None:
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
    return pure.DayException(period, pure.Effect(row.effect), parse_hours(row.hours), reason)
