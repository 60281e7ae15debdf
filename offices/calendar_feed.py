"""The calendar that readers subscribe to: the days on which an office is not as in its week.

Consecutive days on which the same notice or exception decides are one event. What counts as the
same never depends on a text, so the events and their identifiers are equal in all languages.

An event that says something else than before has a higher SEQUENCE and a new LAST-MODIFIED and
DTSTAMP; the others keep theirs. One that is gone is left out, as a subscription is the whole
calendar: a CANCELLED one would stay in sight in programs for ever.
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Calendar, Event, vText

from languages.available import LANGUAGE_CODES
from languages.fallback import current_language, localized

from .models import Channel, Office, ServicePoint, ToldEvent
from .notation import format_clock
from .schedule import WARSAW, Day, Hours, Kind, Schedule, Span
from .sentences import label_text, without_hours

_DAYS_BACK = 30
_DAYS_AHEAD = 365
_ONE_DAY = timedelta(days=1)
# Nothing is followed further back, so that a slip of the pen in a year cannot take long.
_EARLIEST = date(2020, 1, 1)
# A name, not a host: identifiers must outlive a move of the portal.
_UID_DOMAIN = "hours.open-krakow"


def office_calendar(office: Office, now: datetime, page_url: str) -> bytes:
    """The feed of ``office``, fetched as its page fetches it, in the active language."""
    today = now.astimezone(WARSAW).date()
    first, last = today - timedelta(days=_DAYS_BACK), today + timedelta(days=_DAYS_AHEAD)
    runs = list(_runs(list(_services(office)), first, last))
    contents = {run.first: _fingerprint(run, office) for run in runs}
    told = ToldEvent.objects.tell(office, contents, first, now)
    name = _("Days off and changes – %(office)s") % {"office": localized(office, "name")}
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//Open Krakow//Opening hours//{current_language().upper()}")
    calendar.add("method", "PUBLISH")
    for key in ("name", "x-wr-calname"):  # the standard, and what programs read
        calendar.add(key, vText(name))  # the library would not escape it by itself
    calendar.add("refresh-interval", _ONE_DAY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "P1D")
    if told:  # an event that is gone changes the calendar too
        calendar.add("last-modified", max(event.changed_at for event in told))
    by_day = {event.first_day: event for event in told}
    for run in runs:
        calendar.add_component(_event(run, office, by_day[run.first], page_url))
    return calendar.to_ical()


@dataclass(frozen=True, slots=True)
class _Service:
    """One way in which an office serves people: a channel, or the office as a whole."""

    schedule: Schedule
    # By language: each event names it in all of them.
    names: dict[str, str]

    @property
    def name(self) -> str:
        """What it is called in the active language."""
        return self.names[current_language()]


@dataclass(frozen=True, slots=True)
class _Run:
    """Days, both included, on which the same services are exceptional in the same way.

    ``affected`` are these services, ``others`` the rest, as they are on the first day.
    """

    first: date
    last: date
    affected: list[tuple[_Service, Day]]
    others: list[tuple[_Service, Day]]

    @property
    def told(self) -> list[tuple[_Service, Day]]:
        """What can be said of all days of the run: of several days only what is exceptional."""
        return self.affected + (self.others if self.first == self.last else [])

    @property
    def is_closed(self) -> bool:
        """Whether nobody is served by any service."""
        is_all = len(self.told) == len(self.affected) + len(self.others)
        return is_all and all(day.is_day_off for _service, day in self.told)

    @property
    def is_unconfirmed(self) -> bool:
        """Whether hours that should be known are not."""
        return any(day.kind == Kind.UNKNOWN and not day.spans for _service, day in self.affected)


def _event(run: _Run, office: Office, told: ToldEvent, page_url: str) -> Event:
    language = {"LANGUAGE": current_language()}
    event = Event()
    event.add("uid", f"{run.first:%Y%m%d}-{office.slug}@{_UID_DOMAIN}")
    event.add("dtstamp", told.changed_at)
    event.add("last-modified", told.changed_at)
    event.add("sequence", told.sequence)
    event.add("dtstart", run.first)
    event.add("dtend", run.last + _ONE_DAY)
    event.add("summary", _summary(run, office), parameters=language)
    event.add("description", _description(run), parameters=language)
    event.add("categories", [_("Opening hours")])
    event.add("transp", "TRANSPARENT")
    event.add("url", page_url)
    return event


def _description(run: _Run) -> str:
    lines = dict.fromkeys(f"{service.name}: {_in_words(day)}" for service, day in run.told)
    return "\n".join(lines)


def _fingerprint(run: _Run, office: Office) -> str:
    """A text that is another as soon as the event says anything else in any language."""
    texts = []
    for code in LANGUAGE_CODES:
        with override(code):
            texts.append((_summary(run, office), _description(run)))
    return sha256(repr((run.last, texts)).encode()).hexdigest()


def _services(office: Office) -> Iterator[_Service]:
    for point in office.current_points:
        for channel in point.live_channels:
            yield _Service(channel.hours, _names(point, channel))
    if office.effective_schedule:
        yield _Service(office.hours, _names())


def _names(point: ServicePoint | None = None, channel: Channel | None = None) -> dict[str, str]:
    """What a service is called, by language."""
    names = {}
    for code in LANGUAGE_CODES:
        with override(code):
            own = _("Opening hours of the office")
            names[code] = f"{localized(point, 'name')} – {channel}" if point else own
    return names


def _runs(services: list[_Service], first: date, last: date) -> Iterator[_Run]:
    """The runs that touch the days from ``first`` to ``last``, each from its true first day."""
    window = (first + timedelta(days=number) for number in range((last - first).days + 1))
    for marks, group in groupby(window, key=lambda day: _marks(services, day)):
        if any(marks):
            days = list(group)
            # What reaches beyond the window has its true ends, or it would end another day each
            # day; what goes on for years, those of years.
            begins = days[0] if days[0] > first else _edge(services, first, _EARLIEST)
            year_end = date(last.year + 1, 12, 31)
            ends = days[-1] if days[-1] < last else _edge(services, last, year_end)
            affected, others = [], []
            for service, mark in zip(services, marks, strict=True):
                day = service.schedule.day(begins)
                if day.is_in_service:
                    (affected if mark else others).append((service, day))
            yield _Run(begins, ends, affected, others)


def _edge(services: list[_Service], day: date, limit: date) -> date:
    """The day nearest to ``limit`` up to which all days from ``day`` are exceptional alike."""
    marks, step = _marks(services, day), _ONE_DAY if limit > day else -_ONE_DAY
    while day != limit and _marks(services, day + step) == marks:
        day += step
    return day


def _marks(services: list[_Service], day: date) -> tuple[Hashable, ...]:
    """What is exceptional on ``day`` for each service; None where nothing is."""
    return tuple(_mark(one.schedule.day(day)) for one in services)


def _mark(day: Day) -> Hashable:
    """Equal for days of the same hours that the same exception or notice decides.

    Labels count by identity: two that are equal in one language may differ in another.
    """
    if not day.is_exceptional:
        return None
    spans = tuple(_mark_of_span(span) for span in day.spans)
    removed = tuple(_mark_of_span(span) for span in day.removed)
    return day.kind, day.reason, id(day.label), spans, removed


def _mark_of_span(span: Span) -> Hashable:
    hours = span.hours
    return hours.opens, hours.closes, hours.kind, hours.last_admission, id(span.label)


def _summary(run: _Run, office: Office) -> str:
    reason = _reasons(run)
    if run.is_closed:
        with_reason, without = _("Closed: %(reason)s – %(office)s"), _("Closed – %(office)s")
    elif run.is_unconfirmed:
        with_reason = _("Hours not confirmed: %(reason)s – %(office)s")
        without = _("Hours not confirmed – %(office)s")
    else:
        with_reason = _("Different hours: %(reason)s – %(office)s")
        without = _("Different hours – %(office)s")
    text = with_reason if reason else without
    return text % {"reason": reason, "office": localized(office, "name")}


def _reasons(run: _Run) -> str:
    """The names of what makes the days exceptional, where they are in the reader's language."""
    told = [label_text(label) for _service, day in run.affected for label in day.labels]
    return ", ".join(dict.fromkeys(text for text in told if text))


def _in_words(day: Day) -> str:
    if day.spans:
        return ", ".join(_span_in_words(span.hours) for span in day.spans)
    return without_hours(day)


def _span_in_words(hours: Hours) -> str:
    clock = f"{format_clock(hours.opens)}–{format_clock(hours.closes)}"
    return f"{clock} {_('by appointment')}" if hours.kind == Kind.BY_APPOINTMENT else clock
