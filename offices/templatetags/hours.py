"""Hours in words: the sentence for a moment and the week as a table."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django import template
from django.http import HttpRequest
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from languages.fallback import TranslatedText, current_language
from offices.holidays import STATUTORY
from offices.models import Channel, Office, ServicePoint
from offices.models.service_points import BEST_FIRST
from offices.notation import format_clock
from offices.osm import opening_hours
from offices.schedule import WARSAW, Day
from offices.sentences import WEEKDAYS, sentence, without_hours
from offices.structured_data import office_data, point_data
from offices.week_table import WeekTable, week_table
from publishing.structured_data import as_script

register = template.Library()
register.simple_tag(without_hours)

# How far ahead the dates that differ are written into the string for OpenStreetMap.
_OSM_DAYS = 365


@dataclass(frozen=True, slots=True)
class StateInWords:
    """A state as a sentence, the kind that colours its mark, and the languages of the hours."""

    kind: str
    sentence: str
    languages: tuple[str, ...] = ()


def _in_words(channel: Channel, now: datetime) -> StateInWords:
    state = channel.state_at(now)
    text = sentence(state, now, channel.number_for_appointments)
    return StateInWords(state.kind.value, text, state.languages)


@register.simple_tag(takes_context=True)
def channel_answer(context, channel: Channel) -> StateInWords:
    """What holds for ``channel`` at the page's moment ``now``."""
    return _in_words(channel, context["now"])


@register.simple_tag(takes_context=True)
def office_answer(context, office: Office) -> StateInWords:
    """What the own hours of ``office`` say at the page's moment ``now``."""
    state = office.state_at(context["now"])
    return StateInWords(state.kind.value, sentence(state, context["now"]), state.languages)


@dataclass(frozen=True, slots=True)
class PointAnswer:
    """One answer that holds for several ways to reach a service point."""

    channels: str
    answer: StateInWords


def _rank(channel: Channel, now: datetime) -> int:
    return BEST_FIRST[channel.state_at(now).kind]


@register.simple_tag(takes_context=True)
def point_answers(context, point: ServicePoint) -> list[PointAnswer]:
    """What holds at a service point now: one line a kind of channel, equal lines as one."""
    now = context["now"]
    best: dict[str, Channel] = {}
    # The one that serves best stands for its kind; of equals the first.
    for channel in point.live_channels:
        other = best.setdefault(channel.get_kind_display(), channel)
        if _rank(channel, now) < _rank(other, now):
            best[channel.get_kind_display()] = channel
    answers: dict[StateInWords, list[str]] = {}
    for kind, channel in best.items():
        answers.setdefault(_in_words(channel, now), []).append(kind)
    return [PointAnswer(" · ".join(kinds), answer) for answer, kinds in answers.items()]


@register.simple_tag(takes_context=True)
def telephone_to_call(context, point: ServicePoint) -> Channel | None:
    """The telephone whose state :func:`point_answers` tells."""
    return point.telephone_at(context["now"])


@register.simple_tag(takes_context=True)
def week_of(context, owner: Channel | Office) -> WeekTable:
    """The week of a channel or an office, with the coming days that differ from it."""
    today = context["now"].astimezone(WARSAW).date()
    if isinstance(owner, Channel) and owner.service_point.is_past(today):
        return week_table(owner.hours, today, days_ahead=0)  # history: the week as it was
    return week_table(owner.hours, today)


@register.filter
def weekday_name(weekday: int) -> str:
    """The name of a weekday (0 is Monday)."""
    return str(WEEKDAYS[weekday])


@register.filter
def clock(minutes: int) -> str:
    """``07:30`` for minutes after midnight: the twenty-four-hour clock, as in all languages."""
    return format_clock(minutes)


@register.simple_tag
def label(text: object) -> SafeString:
    """A label or note of the schedule; in another language than the page it carries ``lang``."""
    shown = text.localized() if isinstance(text, TranslatedText) else None
    if shown and shown.language != current_language():
        return format_html('<span lang="{}">{}</span>', shown.language, shown)
    return conditional_escape(str(text))


@register.simple_tag
def day_reason(day: Day) -> SafeString:
    """Why a day differs: the notice, the holiday, the exception, or the gap that one tore."""
    told = dict.fromkeys(label(one) for one in day.labels if str(one))
    return format_html_join(", ", "{}", ((one,) for one in told))


@register.simple_tag
def structured_data(
    record: Office | ServicePoint, request: HttpRequest, now: datetime
) -> SafeString:
    """The JSON-LD of an office or a service point at the moment ``now``; none of a past point."""
    today = now.astimezone(WARSAW).date()
    if isinstance(record, Office):
        return as_script(office_data(record, today, request.build_absolute_uri))
    if record.is_past(today):
        return mark_safe("")
    return as_script(point_data(record, today, request.build_absolute_uri))


@dataclass(frozen=True, slots=True)
class OsmHours:
    """The hours of a channel or an office as OpenStreetMap's ``opening_hours``."""

    owner: Channel | Office
    text: str


@register.simple_tag
def osm_hours(record: Office | ServicePoint, now: datetime) -> list[OsmHours]:
    """All hours, also an office's own, for the year from ``now`` on, where any are known."""
    today = now.astimezone(WARSAW).date()
    last = today + timedelta(days=_OSM_DAYS - 1)
    points = record.current_points if isinstance(record, Office) else [record]
    owners: list[Channel | Office] = [record] if isinstance(record, Office) else []
    owners += [one for point in points if not point.is_past(today) for one in point.channels.all()]
    rows = [
        OsmHours(owner, opening_hours(owner.hours, today, last, STATUTORY))
        for owner in owners
        if owner.effective_schedule
    ]
    return [row for row in rows if row.text]
