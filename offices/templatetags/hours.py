"""Hours in words: the sentence for a moment and the week as a table."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django import template
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from offices.models import Channel, ServicePoint
from offices.models.service_points import BEST_FIRST
from offices.schedule import WARSAW, Kind, Reason, State, Week, WeeklyRule

register = template.Library()

WEEKDAYS = [
    gettext_lazy("Monday"),
    gettext_lazy("Tuesday"),
    gettext_lazy("Wednesday"),
    gettext_lazy("Thursday"),
    gettext_lazy("Friday"),
    gettext_lazy("Saturday"),
    gettext_lazy("Sunday"),
]

# In the form that follows "Opens": Polish "w poniedziałek", Ukrainian "у понеділок".
_ON_WEEKDAY = [
    pgettext_lazy("opens …", "on Monday"),
    pgettext_lazy("opens …", "on Tuesday"),
    pgettext_lazy("opens …", "on Wednesday"),
    pgettext_lazy("opens …", "on Thursday"),
    pgettext_lazy("opens …", "on Friday"),
    pgettext_lazy("opens …", "on Saturday"),
    pgettext_lazy("opens …", "on Sunday"),
]


@dataclass(frozen=True, slots=True)
class Answer:
    """A state as a sentence, and the kind that colours its mark."""

    kind: str
    sentence: str


def _when(moment: datetime, now: datetime) -> str:
    """The day of a coming moment, seen from ``now``: today, tomorrow, a weekday or a date."""
    day, today = moment.astimezone(WARSAW).date(), now.astimezone(WARSAW).date()
    if day == today:
        return _("today")
    if day == today + timedelta(days=1):
        return _("tomorrow")
    if day < today + timedelta(days=7):
        return str(_ON_WEEKDAY[day.weekday()])
    return formats.date_format(day)


def sentence(state: State, now: datetime) -> str:
    """What readers see for ``state`` at the aware moment ``now``."""

    def clock(moment: datetime) -> str:
        return f"{moment.astimezone(WARSAW):%H:%M}"

    if state.kind == Kind.UNKNOWN:
        return _("Hours not known: call or check before you go")
    if state.kind == Kind.OPEN and state.until:
        return _("Open until %(time)s") % {"time": clock(state.until)}
    if state.kind == Kind.BY_APPOINTMENT and state.until:
        return _("By appointment until %(time)s") % {"time": clock(state.until)}
    opening = ""
    if state.next_opening:
        opening = _("Opens %(day)s at %(time)s") % {
            "day": _when(state.next_opening, now),
            "time": clock(state.next_opening),
        }
    closed = (
        _("Closed today: public holiday") if state.reason == Reason.HOLIDAY else _("Closed now")
    )
    return f"{closed}. {opening}" if opening else closed


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


@dataclass(frozen=True, slots=True)
class Day:
    """A row of the week table."""

    name: str
    rules: tuple[WeeklyRule, ...]
    is_today: bool


@register.simple_tag(takes_context=True)
def week_rows(context, week: Week) -> list[Day]:
    """The seven days of ``week``, today marked."""
    today = context["now"].astimezone(WARSAW).weekday()
    return [Day(str(WEEKDAYS[number]), week.on(number), number == today) for number in range(7)]


@register.filter
def time_range(rule: WeeklyRule) -> str:
    """``07:30–16:00``: the twenty-four-hour clock is used in all four languages."""
    return f"{rule.opens:%H:%M}–{rule.closes:%H:%M}"
