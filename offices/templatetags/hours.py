"""Hours in words: the sentence for a moment and the week as a table."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django import template
from django.http import HttpRequest
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext_lazy

from languages.fallback import LocalizedText, current_language
from offices.holidays import STATUTORY
from offices.models import Channel, Office, ServicePoint
from offices.models.service_points import BEST_FIRST
from offices.notation import format_clock
from offices.schedule import WARSAW, Day, Holidays, Reason, Schedule, State
from offices.sentences import WEEKDAYS, sentence
from offices.structured_data import as_script, office_data, point_data
from offices.week_table import WeekTable, week_table

try:
    from offices.osm import opening_hours
except ImportError:

    def opening_hours(schedule: Schedule, first: date, last: date, statutory: Holidays) -> str:
        return ""


register = template.Library()

# The label of a season stands above its week, not on every day of it.
_TOLD_REASONS = {Reason.HOLIDAY, Reason.UNCONFIRMED_HOLIDAY, Reason.EXCEPTION}

# How far ahead the dates that differ are written into the string for OpenStreetMap.
_OSM_DAYS = 365

_WEEK_NAMES = {
    1: pgettext_lazy("weekday of the month", "first"),
    2: pgettext_lazy("weekday of the month", "second"),
    3: pgettext_lazy("weekday of the month", "third"),
    4: pgettext_lazy("weekday of the month", "fourth"),
    5: pgettext_lazy("weekday of the month", "fifth"),
    -1: pgettext_lazy("weekday of the month", "last"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A state as a sentence, and the kind that colours its mark."""

    kind: str
    sentence: str


@register.simple_tag(takes_context=True)
def channel_answer(context, channel: Channel) -> Answer:
    """What holds for ``channel`` at the page's moment ``now``."""
    state = channel.state_at(context["now"])
    return Answer(state.kind.value, sentence(state, context["now"]))


@dataclass(frozen=True, slots=True)
class PointAnswer:
    """One answer that holds for several ways to reach a service point."""

    channels: str
    answer: Answer


@register.simple_tag(takes_context=True)
def point_answers(context, point: ServicePoint) -> list[PointAnswer]:
    """What holds at a service point now: one line a kind of channel, equal lines as one."""
    now = context["now"]
    best: dict[str, State] = {}
    for channel in point.live_channels:
        state = channel.state_at(now)
        kind = channel.get_kind_display()
        best[kind] = min(best.get(kind, state), state, key=lambda one: BEST_FIRST[one.kind])
    answers: dict[Answer, list[str]] = {}
    for kind, state in best.items():
        answers.setdefault(Answer(state.kind.value, sentence(state, now)), []).append(kind)
    return [PointAnswer(" · ".join(kinds), answer) for answer, kinds in answers.items()]


@register.simple_tag
def first_telephone(point: ServicePoint) -> Channel | None:
    """The number to call first, if one is known."""
    channels = (channel for channel in point.channels.all() if channel.kind == "telephone")
    return next(channels, None)


@register.simple_tag(takes_context=True)
def week_of(context, owner: Channel | Office) -> WeekTable:
    """The week of a channel or an office at the page's ``now``, with the coming days that differ."""
    return week_table(owner.hours, context["now"].astimezone(WARSAW).date())


@register.filter
def weekday_name(weekday: int) -> str:
    """The name of a weekday (0 is Monday)."""
    return str(WEEKDAYS[weekday])


@register.filter
def clock(minutes: int) -> str:
    """``07:30`` for minutes after midnight: the twenty-four-hour clock, as in all languages."""
    return format_clock(minutes)


@register.filter
def week_names(weeks: tuple[int, ...]) -> str:
    """``first, third``: the weeks of the month to which hours are limited."""
    return ", ".join(str(_WEEK_NAMES[week]) for week in weeks)


@register.simple_tag
def label(text: object) -> SafeString:
    """A label or note of the schedule; in another language than the page it carries ``lang``."""
    if isinstance(text, LocalizedText) and text.language != current_language():
        return format_html('<span lang="{}">{}</span>', text.language, text)
    return conditional_escape(str(text))


@register.simple_tag
def day_reason(day: Day) -> SafeString:
    """Why a day differs: the holiday, the exception, or the gap that one tore."""
    labels = [day.label] if day.reason in _TOLD_REASONS else []
    spans = [span for span in (*day.spans, *day.removed) if span.reason in _TOLD_REASONS]
    labels += [span.label for span in spans]
    told = dict.fromkeys(label(one) for one in labels if str(one))
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
    """The hours of a channel as OpenStreetMap's ``opening_hours``."""

    point: ServicePoint
    channel: Channel
    text: str


@register.simple_tag
def osm_hours(record: Office | ServicePoint, now: datetime) -> list[OsmHours]:
    """The hours of all channels for the year from ``now`` on, where any are known."""
    today = now.astimezone(WARSAW).date()
    last = today + timedelta(days=_OSM_DAYS - 1)
    points = record.current_points if isinstance(record, Office) else [record]
    rows = [
        OsmHours(point, channel, opening_hours(channel.hours, today, last, STATUTORY))
        for point in points
        if not point.is_past(today)
        for channel in point.channels.all()
        if channel.effective_schedule
    ]
    return [row for row in rows if row.text]
