"""Reading back what each surface says of hours: page, sentence, JSON-LD, calendar, OpenStreetMap.

Every reader turns what it finds into the same value: the spans of a day as ``(opens, closes,
kind)`` in minutes, ``CLOSED``, or ``UNKNOWN``. None of them asks :mod:`offices.schedule`.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from xml.etree.ElementTree import Element

import html5lib
from icalendar import Calendar
from opening_hours import OpeningHours

from offices.models import Channel, Office
from offices.schedule import DAY_MINUTES, WARSAW

CLOSED, UNKNOWN = "closed", "unknown"
OPEN, BY_APPOINTMENT = "open", "by_appointment"
Spans = frozenset[tuple[int, int, str]]

ONE_DAY = timedelta(days=1)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SPAN = re.compile(r"(\d\d:\d\d)–(\d\d:\d\d)( by appointment)?")


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _span(opens: str, closes: str, is_by_appointment: object) -> tuple[int, int, str]:
    start, end = _minutes(opens), _minutes(closes)
    kind = BY_APPOINTMENT if is_by_appointment else OPEN
    return start, end if end > start else end + DAY_MINUTES, kind


def in_words(text: str) -> Spans | str:
    """``08:00–12:00, 13:00–15:00 by appointment``, ``closed – All Saints’ Day``, ``not known``."""
    found = frozenset(_span(*groups) for groups in _SPAN.findall(text))
    return found or (CLOSED if text.startswith("closed") else UNKNOWN)


# The page


def channels_in(page: Element) -> list[Element]:
    """The channels of a service point, in order."""
    return [one for one in with_class(page, "channel") if "channel--" in one.get("class")]


def parse_html(html: str) -> Element:
    return html5lib.parse(html, namespaceHTMLElements=False)


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def with_class(element: Element, name: str) -> Iterator[Element]:
    for one in element.iter():
        if name in one.get("class", "").split():
            yield one


def _date(text: str) -> date:
    """The day called ``24 December 2026``."""
    return datetime.strptime(text, "%d %B %Y").replace(tzinfo=WARSAW).date()


def _date_after(text: str, today: date) -> date:
    """The day called ``24 December`` that comes next, ``today`` included."""
    for year in (today.year, today.year + 1):
        day = _date(f"{text} {year}")
        if day >= today:
            return day
    raise AssertionError(text)


def _listed(channel: Element) -> list[Element]:
    """Dates told without a week; those that come later than the weeks told are not meant."""
    lists = [one for one in channel.iterfind("ul") if "week__later" not in one.get("class", "")]
    return [item for one in lists for item in one.iterfind("li")]


class PageWeek:
    """The week of a channel as its page shows it: a table, dates alone, or nothing."""

    def __init__(self, channel: Element, today: date):
        self.rows = list(channel.iter("tr"))
        listed = [*with_class(channel, "week__date"), *_listed(channel)]
        self.dates = {}
        for element in with_class(channel, "week__stop"):
            ends = [date.fromisoformat(one.get("datetime")) for one in element.iter("time")]
            words = text_of(element).partition(": ")[2]
            for number in range((ends[-1] - ends[0]).days + 1):
                self.dates[ends[0] + number * ONE_DAY] = in_words(words)
        for element in listed:
            name, _, words = text_of(element).partition(": ")
            self.dates[_date_after(name, today)] = in_words(words)
        self.is_shown = bool(self.rows or listed or self.dates)

    def hours_on(self, day: date) -> Spans | str:
        if day in self.dates:
            return self.dates[day]
        if not self.rows:
            return UNKNOWN
        header, cell = self.rows[day.weekday()]
        assert text_of(header).startswith(WEEKDAYS[day.weekday()])
        lines = [one for one in cell.iterfind("div") if one.get("class") != "week__date"]
        if not lines:
            assert text_of(cell).startswith("closed")
        found = [self._line(one, day) for one in lines]
        spans = frozenset().union(*(one for one in found if one != UNKNOWN))
        return spans or (UNKNOWN if UNKNOWN in found else CLOSED)

    @staticmethod
    def _line(line: Element, day: date) -> Spans | str:
        if line.get("class") == "week__some":
            dates = {one.get("datetime") for one in line.iter("time")}
            if str(day) not in dates:
                return frozenset()
        found = in_words(text_of(line))
        assert isinstance(found, frozenset) or text_of(line).startswith("not known")
        return found


# The sentence

_KINDS = (
    (OPEN, ("Open until", "Open at all hours")),
    (BY_APPOINTMENT, ("By appointment",)),
    (CLOSED, ("Closed", "This point no longer serves people")),
    (UNKNOWN, ("Hours not known", "Holiday on", "Not certain")),
)
# Days that a calendar names begin with their name.
_UNCONFIRMED = re.compile(r"[^.:]+, \d+ \w+: hours not confirmed")
_UNTIL = re.compile(r"(?:Open|By appointment) until (\d\d:\d\d)(?:, (\d+ \w+ \d{4}))?")
_WHEN = r"(today|tomorrow|on \w+|\d+ \w+ \d{4})"
_NEXT = re.compile(rf"(?:Opens|\. By appointment) {_WHEN} (?:at|from) (\d\d:\d\d)")


@dataclass(frozen=True)
class Sentence:
    """What readers take from a sentence: the kind, its end, and the next opening."""

    kind: str
    until: datetime | None
    opening: datetime | None

    @classmethod
    def read(cls, text: str, now: datetime) -> "Sentence":
        if _UNCONFIRMED.match(text):
            return cls(UNKNOWN, None, None)
        (kind,) = [kind for kind, starts in _KINDS if text.startswith(starts)]
        until, opening = _UNTIL.match(text), _NEXT.search(text)
        return cls(
            kind,
            _end(until[1], until[2], now) if until else None,
            _moment(_day_called(opening[1], now), opening[2]) if opening else None,
        )


def _moment(day: date, clock: str) -> datetime:
    days, minutes = divmod(_minutes(clock), DAY_MINUTES)
    local = datetime(day.year, day.month, day.day, minutes // 60, minutes % 60, tzinfo=WARSAW)
    return local + days * ONE_DAY


def _end(clock: str, day: str | None, now: datetime) -> datetime:
    if day:
        return _moment(_date(day), clock)
    today = now.astimezone(WARSAW).date()
    end = _moment(today, clock)
    return end if end > now else _moment(today + ONE_DAY, clock)


def _day_called(name: str, now: datetime) -> date:
    today = now.astimezone(WARSAW).date()
    if name in {"today", "tomorrow"}:
        return today + ONE_DAY * (name == "tomorrow")
    if name.startswith("on "):
        coming = (today + ONE_DAY * number for number in range(2, 8))
        return next(day for day in coming if WEEKDAYS[day.weekday()] == name.removeprefix("on "))
    return _date(name)


# JSON-LD


def json_ld_in(html: str) -> dict:
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return json.loads(block)


def json_ld_of(channel: Channel | Office, department: dict) -> list[dict]:
    """The specifications of ``channel`` in the data of its service point, or of an office."""
    if isinstance(channel, Office) or channel.kind == "in_person":
        names = ("openingHoursSpecification", "specialOpeningHoursSpecification")
        return [one for name in names for one in department.get(name, [])]
    key = "telephone" if channel.kind == "telephone" else "url"
    (found,) = [one for one in department["contactPoint"] if one.get(key) == channel.value]
    return found.get("hoursAvailable", [])


def json_ld_on(specifications: list[dict], day: date) -> Spans | str:
    """The hours of ``day`` as a consumer reads them: a date wins over the week."""
    iso = day.isoformat()
    found = [one for one in specifications if one.get("validFrom") == iso]
    dated = [one for one in found if "dayOfWeek" not in one]
    name = f"https://schema.org/{WEEKDAYS[day.weekday()]}"
    weekly = [
        one
        for one in specifications
        if name in one.get("dayOfWeek", ())
        and one.get("validFrom", iso) <= iso <= one.get("validThrough", iso)
    ]
    spans = frozenset(
        _json_ld_span(one)
        for one in dated or weekly
        if "opens" in one and (one["opens"], one["closes"]) != ("00:00", "00:00")
    )
    if spans:
        return spans
    return CLOSED if any("opens" in one for one in dated or weekly) else UNKNOWN


def _json_ld_span(one: dict) -> tuple[int, int, str]:
    opens, closes, kind = _span(one["opens"], one["closes"], one.get("description"))
    # The minute that is taken off an end at midnight, and off a day of twenty-four hours.
    is_cut = closes == DAY_MINUTES - 1 or closes - opens == DAY_MINUTES - 1
    return opens, closes + is_cut, kind


# iCalendar


class Feed:
    """The events of a feed, by the days that they cover."""

    def __init__(self, feed: bytes):
        self.events = Calendar.from_ical(feed).events

    def hours_on(self, day: date, service: str) -> Spans | str | None:
        """What the feed says of ``service`` on ``day``; None if it is silent."""
        events = [one for one in self.events if one.start <= day < one.end]
        assert len(events) < 2
        lines = [line for event in events for line in event["description"].splitlines()]
        told = [line.removeprefix(f"{service}: ") for line in lines if line.startswith(service)]
        assert len(told) < 2
        return in_words(told[0]) if told else None


# OpenStreetMap


def osm_kind_at(hours: OpeningHours, moment: datetime) -> str:
    """By appointment is an unknown state with a comment."""
    state, comment = hours.state(moment)
    if str(state) == "unknown" and comment == "by appointment":
        return BY_APPOINTMENT
    return str(state)
