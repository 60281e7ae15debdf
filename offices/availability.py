"""Whether a service point fits the time at which a reader wants to come. Pure: no Django."""

from collections.abc import Iterable
from datetime import datetime, time
from enum import Enum, StrEnum

from .schedule import SERVING, WARSAW, Kind, Schedule, State


class When(StrEnum):
    """When a reader wants to be served; the value stands in addresses."""

    NOW = "now"
    AFTER_16 = "after-16"


class Answer(Enum):
    """Three-valued: what nobody knows is neither yes nor no."""

    YES = "yes"
    UNKNOWN = "unknown"
    NO = "no"


def best(answers: Iterable[Answer]) -> Answer:
    """Yes if one says yes, else unknown if one does not know; no answers are unknown."""
    found = set(answers)
    return next((answer for answer in Answer if answer in found), Answer.UNKNOWN)


def serves(schedule: Schedule, state: State, moment: datetime, when: When) -> Answer:
    """Whether hours fit ``when``, as seen from the aware ``moment`` with its ``state``.

    Hours by appointment count: someone is there.
    """
    if when == When.NOW:
        kind = state.kind
        return Answer.YES if kind in SERVING else _not_serving(kind)
    day = schedule.day(moment.astimezone(WARSAW).date())
    after = datetime.combine(day.date, time(16), WARSAW)
    if any(span.end > max(moment, after) for span in day.spans):
        return Answer.YES
    return _not_serving(day.kind)


def _not_serving(kind: Kind) -> Answer:
    return Answer.UNKNOWN if kind == Kind.UNKNOWN else Answer.NO
