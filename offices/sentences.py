"""The answer of :mod:`offices.schedule` in the reader's words."""

from datetime import date, datetime, timedelta

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from languages.fallback import TranslatedText, current_language

from .notation import format_clock
from .schedule import DAY_MINUTES, WARSAW, Change, Day, Kind, Reason, State

WEEKDAYS = [
    gettext_lazy("Monday"),
    gettext_lazy("Tuesday"),
    gettext_lazy("Wednesday"),
    gettext_lazy("Thursday"),
    gettext_lazy("Friday"),
    gettext_lazy("Saturday"),
    gettext_lazy("Sunday"),
]

# The hour at which the coming night is over: until then "02:00" needs no day.
_NIGHT_ENDS = 6

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


def sentence(state: State, now: datetime, telephone: str = "") -> str:
    """What readers see for ``state`` at the aware moment ``now``.

    ``telephone`` is the number that makes appointments, where one is known.
    """
    match state.kind:
        case Kind.OPEN:
            text = _open(state, now)
        case Kind.BY_APPOINTMENT:
            text = _by_appointment(state, now, telephone)
        case Kind.CLOSED:
            text = _closed(state, now)
        case Kind.UNKNOWN:
            text = _unknown(state, now)
    return text


def label_text(label: object) -> str:
    """A label for use inside a sentence: nothing if it is not in the language of the page."""
    if isinstance(label, TranslatedText):
        text = label.localized()
        return text.text if text.language == current_language() else ""
    return str(label)


def month_day(day: date) -> str:
    """``24 December``, in the form that stands in a sentence."""
    return formats.date_format(day, "MONTH_DAY_FORMAT")


def _local(moment: datetime) -> datetime:
    return moment.astimezone(WARSAW)


def _end(end: datetime, now: datetime) -> str:
    """``16:30``, with its day where that is neither today nor in the coming night."""
    local, today = _local(end), _local(now).date()
    clock = f"{local:%H:%M}"
    if clock == "00:00":
        clock, local = format_clock(DAY_MINUTES), local - timedelta(minutes=1)
    is_coming_night = local.date() == today + timedelta(days=1) and local.hour < _NIGHT_ENDS
    if local.date() == today or is_coming_night:
        return clock
    return _("%(time)s, %(day)s") % {"time": clock, "day": formats.date_format(local.date())}


def _open(state: State, now: datetime) -> str:
    if state.until is None:
        return _("Open at all hours")
    text = _("Open until %(time)s") % {"time": _end(state.until, now)}
    text = _with_reason(text, _special(state))
    last = state.last_admission
    end = state.span.end if state.span else None
    # Where the next hours touch these, people are let in again, so that this last one is none.
    if last is None or last == end or end != state.until:
        return text
    pattern = (
        _("%(sentence)s. Last admission at %(time)s")
        if now <= last
        else _("%(sentence)s, but the last admission was at %(time)s")
    )
    return pattern % {"sentence": text, "time": _end(last, now)}


def _with_reason(text: str, reason: str) -> str:
    return _("%(sentence)s (%(reason)s)") % {"sentence": text, "reason": reason} if reason else text


def _special(state: State) -> str:
    """The label of a holiday or an exception, where one decided."""
    return label_text(state.label) if state.reason in {Reason.HOLIDAY, Reason.EXCEPTION} else ""


def _by_appointment(state: State, now: datetime, telephone: str) -> str:
    if state.until is None:
        text = _("By appointment")
    else:
        text = _("By appointment until %(time)s") % {"time": _end(state.until, now)}
    text = _with_reason(text, _special(state))
    if telephone:
        text = _("%(sentence)s: call %(number)s") % {"sentence": text, "number": telephone}
    return text


def _closed(state: State, now: datetime) -> str:
    if state.reason == Reason.ENDED:
        return _("This point no longer serves people")
    closed = _why_closed(state)
    if state.change and state.change.kind == Kind.UNKNOWN:
        later = _unknown_later(state.change, state.opening)
        closed = _("%(sentence)s. %(next)s") % {"sentence": closed, "next": later}
    elif state.opening is None:
        if state.reason == Reason.NOTICE:
            return closed
        return _("%(sentence)s. No next opening is known") % {"sentence": closed}
    if state.opening:
        opening = _opening(state.opening, now)
        closed = _("%(sentence)s. %(next)s") % {"sentence": closed, "next": opening}
    return closed


def _why_closed(state: State) -> str:
    if state.reason == Reason.NOTICE:
        is_open_ended = _last_day_of_notice(state) is None
        closed = _("Closed until further notice") if is_open_ended else _("Closed for now")
        return _with_reason(closed, label_text(state.label))
    is_whole_day = state.day is not None and not state.day.spans
    label = _special(state)
    if state.reason in {Reason.HOLIDAY, Reason.EXCEPTION} and is_whole_day:
        return _("Closed today: %(reason)s") % {"reason": label} if label else _("Closed today")
    return _("Closed now: %(reason)s") % {"reason": label} if label else _("Closed now")


def _last_day_of_notice(state: State) -> date | None:
    notice = state.day.notice if state.day else None
    return notice.period.last if notice else None


def _opening(opening: Change, now: datetime) -> str:
    when = {"day": _when(opening.at, now), "time": f"{_local(opening.at):%H:%M}"}
    if opening.kind == Kind.BY_APPOINTMENT:
        return _("By appointment %(day)s from %(time)s") % when
    return _("Opens %(day)s at %(time)s") % when


def _when(moment: datetime, now: datetime) -> str:
    """The day of a coming moment, seen from ``now``: today, tomorrow, a weekday or a date."""
    day, today = _local(moment).date(), _local(now).date()
    if day == today:
        return _("today")
    if day == today + timedelta(days=1):
        return _("tomorrow")
    if day < today + timedelta(days=7):
        return str(_ON_WEEKDAY[day.weekday()])
    return formats.date_format(day)


def _unknown_later(change: Change, opening: Change | None) -> str:
    """What is told of hours that nobody knows from ``change`` on, but maybe of an opening later."""
    day = _local(change.at).date()
    if change.reason == Reason.UNCONFIRMED_HOLIDAY:
        return unconfirmed_holiday(day, change.label)
    if change.reason == Reason.NOTICE:
        pattern = (
            _("From %(day)s on it is not certain for a while whether it works: call first")
            if opening
            else _("From %(day)s on it is not certain whether it works: call first")
        )
        text = pattern % {"day": formats.date_format(day)}
        return _with_reason(text, label_text(change.label))
    pattern = (
        _("From %(day)s on hours are not known for a while")
        if opening
        else _("Hours from %(day)s on are not known")
    )
    return pattern % {"day": formats.date_format(day)}


def without_hours(day: Day, channel_kind: str = "") -> str:
    """What is told of a ``day`` in place of its hours, where it has none."""
    if day.reason == Reason.UNCONFIRMED_HOLIDAY:
        # Nobody can call before they call.
        if channel_kind == "telephone":
            return _("hours not confirmed, perhaps nobody answers")
        return _("hours not confirmed, call first")
    return _("closed") if day.kind == Kind.CLOSED else _("not known")


def unconfirmed_holiday(day: date, label: object = "") -> str:
    """What readers are told of a holiday, or another day of the calendar, not confirmed so far."""
    # A calendar's own day need not be a holiday: New Year's Eve goes by its name.
    if isinstance(label, TranslatedText) and (name := label_text(label)):
        text = _("%(name)s, %(day)s: hours not confirmed, call first")
        return text % {"name": name, "day": month_day(day)}
    return _("Holiday on %(day)s: hours not confirmed, call first") % {"day": month_day(day)}


def _unknown(state: State, now: datetime) -> str:
    if state.reason == Reason.UNCONFIRMED_HOLIDAY:
        return unconfirmed_holiday(_local(now).date(), state.label)
    if state.reason == Reason.NOTICE:
        text = _with_reason(_not_certain(state), label_text(state.label))
    else:
        text = _("Hours not known: call or check before you go")
    if state.opening:
        opening = _opening(state.opening, now)
        text = _("%(sentence)s. %(next)s") % {"sentence": text, "next": opening}
    return text


def _not_certain(state: State) -> str:
    last = _last_day_of_notice(state)
    if last is None:
        return _("Not certain whether it works now: call first")
    text = _("Not certain until %(day)s whether it works: call first")
    return text % {"day": formats.date_format(last)}
