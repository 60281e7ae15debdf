"""What readers will see of hours that an editor has on the screen, saved or not."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.translation import override

from languages.available import AVAILABLE_LANGUAGES

from . import schedule as pure
from .models import DayException, Schedule, Season, WeeklyRule
from .sentences import sentence
from .stored_hours import as_value

# Today and the six days after it.
_DAYS_AHEAD = 7


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a schedule that count, saved or not."""

    rules: Iterable[WeeklyRule] = field(default_factory=list)
    seasons: Iterable[Season] = field(default_factory=list)
    exceptions: Iterable[DayException] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sentence:
    """What holds now, in the language of this code."""

    language: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The sentence of this moment in every language, and the next seven days in the editor's."""

    sentences: list[Sentence]
    days: list[pure.Day]


def preview(schedule: Schedule, rows: Rows, now: datetime) -> Preview:
    """What ``schedule`` will say at the aware moment ``now`` if ``rows`` are its rows."""
    hours = schedule.under_holidays(as_value(rows.rules, rows.seasons, rows.exceptions))
    number = ""
    if channel := schedule.channel:
        hours, number = channel.in_use(hours), channel.number_for_appointments
    state = hours.state_at(now)
    sentences = []
    for language in AVAILABLE_LANGUAGES:
        with override(language.code):
            text = sentence(state, now, number)
            sentences.append(Sentence(language.code, state.kind.value, text))
    today = now.astimezone(pure.WARSAW).date()
    last = today + timedelta(days=_DAYS_AHEAD - 1)
    return Preview(sentences, list(pure.days(hours, today, last)))
