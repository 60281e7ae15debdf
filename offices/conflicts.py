"""Hours that contradict each other: found before they are saved, never resolved in silence.

Pure: no Django. Every function takes parts of one schedule in the order of the editor's form and
yields the places of two that cannot stand together, the earlier place first.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

from .schedule import DAY_MINUTES, DayException, Effect, Hours, Period, Season, WeeklyRule


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
    """Rules of one week whose spans of one kind overlap, also over midnight into the next day."""
    for (place, one), (other_place, other) in combinations(enumerate(rules), 2):
        if periods_meet(one.period, other.period) and _rules_overlap(one, other):
            yield place, other_place
    for place, rule in enumerate(rules):
        if _overlaps_its_own_next_day(rule):
            yield place, place


def _rules_overlap(one: WeeklyRule, other: WeeklyRule) -> bool:
    for weekday in one.weekdays:
        for other_weekday in other.weekdays:
            if weekday == other_weekday and not _weeks_meet(one, other):
                continue
            # From the day before to the day after, also from Sunday to Monday.
            offset = ((other_weekday - weekday + 1) % 7 - 1) * DAY_MINUTES
            if _any_overlap(one.hours, other.hours, offset):
                return True
    return False


def _overlaps_its_own_next_day(rule: WeeklyRule) -> bool:
    return any(
        (weekday + 1) % 7 in rule.weekdays and _any_overlap(rule.hours, rule.hours, DAY_MINUTES)
        for weekday in rule.weekdays
    )


def _any_overlap(hours: Sequence[Hours], others: Sequence[Hours], offset: int) -> bool:
    return any(
        one.kind == other.kind and overlap(one, other, offset) for one in hours for other in others
    )


def _weeks_meet(one: WeeklyRule, other: WeeklyRule) -> bool:
    """Whether both can fall on one day; the last weekday of a month is its fourth or fifth."""
    if not one.weeks or not other.weeks or one.weeks & other.weeks:
        return True
    both = one.weeks | other.weeks
    return -1 in both and bool(both & {4, 5})


def season_conflicts(seasons: Sequence[Season]) -> Iterator[tuple[int, int]]:
    """Seasons of the same days, and those that overlap without one lying within the other."""
    for (place, one), (other_place, other) in combinations(enumerate(seasons), 2):
        mine, theirs = one.period, other.period
        is_nested = is_within(mine, theirs) or is_within(theirs, mine)
        if periods_meet(mine, theirs) and (mine == theirs or not is_nested):
            yield place, other_place


def exception_conflicts(exceptions: Sequence[DayException]) -> Iterator[tuple[int, int]]:
    """Exceptions of one day that say different things of it.

    One that replaces the day must stand alone. Spans that one adds may not overlap those that
    another adds or removes.
    """
    for (place, one), (other_place, other) in combinations(enumerate(exceptions), 2):
        if periods_meet(one.period, other.period) and _contradict(one, other):
            yield place, other_place


def _contradict(one: DayException, other: DayException) -> bool:
    effects = {one.effect, other.effect}
    if Effect.REPLACES in effects:
        return True
    if effects == {Effect.REMOVES}:
        return False
    return any(overlap(span, another) for span in one.hours for another in other.hours)
