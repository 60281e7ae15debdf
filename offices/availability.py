"""Whether hours fit the time at which a reader wants to come. Pure: no Django."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, time
from enum import Enum, StrEnum

from .schedule import SERVING, WARSAW, Kind, Schedule, Span


class When(StrEnum):
    """When a reader wants to be served; the value stands in addresses."""

    NOW = "now"
    AFTER_16 = "after-16"


class Answer(Enum):
    """Three-valued: what nobody knows is neither yes nor no."""

    YES = "yes"
    UNKNOWN = "unknown"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Wish:
    """When a reader wants to be served, and in which language, if in a certain one."""

    when: When
    language: str = ""


def best(answers: Iterable[Answer]) -> Answer:
    """Yes if one says yes, else unknown if one does not know; no answers are unknown."""
    found = set(answers)
    return next((answer for answer in Answer if answer in found), Answer.UNKNOWN)


def serves(
    schedule: Schedule, moment: datetime, wish: Wish, languages: Collection[str] = ()
) -> Answer:
    """Whether hours fit ``wish``, as seen from the aware ``moment``.

    Hours by appointment count: someone is there. After the last admission nobody is let in any
    more. ``languages`` are spoken in hours that name none.
    """
    if wish.when == When.NOW:
        state = schedule.state_at(moment)
        if state.kind not in SERVING or state.span is None:
            return _not_serving(state.kind)
        is_in_time = state.last_admission is None or moment <= state.last_admission
        return Answer.YES if is_in_time and _speaks(state.span, wish, languages) else Answer.NO
    day = schedule.day(moment.astimezone(WARSAW).date())
    after = max(moment, datetime.combine(day.date, time(16), WARSAW))
    fitting = [span for span in day.spans if (span.last_admission or span.end) > after]
    if any(_speaks(span, wish, languages) for span in fitting):
        return Answer.YES
    return Answer.NO if fitting else _not_serving(day.kind)


def _speaks(span: Span, wish: Wish, languages: Collection[str]) -> bool:
    return not wish.language or wish.language in (span.hours.languages or languages)


def _not_serving(kind: Kind) -> Answer:
    return Answer.UNKNOWN if kind == Kind.UNKNOWN else Answer.NO
