"""Hours as editors write them: ``07:30–12:00, 13:00–15:30*``. Pure: no Django.

Spans are separated by commas. A star marks hours by appointment; they may overlap open ones. A
span may end after midnight: ``22:00–02:00``, up to six in the morning; anything later is written
on, ``20:00–32:00``.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import combinations

from .schedule import DAY_MINUTES, Hours, Kind

# Who writes 15:30–07:30 has mixed up two times; who writes 22:00–02:00 has not.
_LATEST_PLAIN_END = 6 * 60
_EARLIEST_PLAIN_START = 12 * 60

_SPAN = re.compile(
    r"(?P<opens>\d{1,2}([:.]\d{2})?)\s*[-–—]\s*(?P<closes>\d{1,2}([:.]\d{2})?)\s*(?P<star>\*?)"
)
_CLOCK = re.compile(r"(?P<hours>\d{1,2})([:.](?P<minutes>\d{2}))?")


class HoursError(ValueError):
    """What is wrong with a text of hours: a ``code`` and the part of the text it is about.

    Codes: ``not_a_span``, ``not_a_time``, ``ends_before_start``, ``too_long``, ``overlap``.
    """

    def __init__(self, code: str, text: str):
        super().__init__(f"{code}: {text}")
        self.code = code
        self.text = text


def parse_clock(text: str) -> int:
    """Minutes after midnight of ``7``, ``7:30`` or ``26:00``; HoursError for anything else."""
    match = _CLOCK.fullmatch(text.strip())
    minutes = int(match["minutes"] or 0) if match else 60
    if match is None or minutes >= 60:
        raise HoursError("not_a_time", text.strip())
    return int(match["hours"]) * 60 + minutes


def format_clock(minutes: int) -> str:
    """``07:30``; the end of a day is ``24:00``, the small hours of the next are ``02:00``."""
    if minutes > DAY_MINUTES:
        minutes -= DAY_MINUTES
    return f"{minutes // 60:02}:{minutes % 60:02}"


@lru_cache(maxsize=1024)
def parse_hours(text: str) -> tuple[Hours, ...]:
    """The spans in ``text``, earliest first; none in an empty one. Raises HoursError."""
    parts = [part.strip() for part in re.split("[,;]", text) if part.strip()]
    spans = sorted((_parse_span(part) for part in parts), key=lambda one: (one.opens, one.closes))
    for earlier, later in combinations(spans, 2):
        if later.kind == earlier.kind and later.opens < earlier.closes:
            raise HoursError("overlap", f"{format_span(earlier)}, {format_span(later)}")
    return tuple(spans)


def _parse_span(text: str) -> Hours:
    match = _SPAN.fullmatch(text)
    if match is None:
        raise HoursError("not_a_span", text)
    opens, closes = parse_clock(match["opens"]), parse_clock(match["closes"])
    if opens >= DAY_MINUTES:
        raise HoursError("not_a_time", match["opens"])
    if closes <= opens:
        if opens < _EARLIEST_PLAIN_START or closes > _LATEST_PLAIN_END:
            raise HoursError("ends_before_start", text)
        closes += DAY_MINUTES
    if closes - opens > DAY_MINUTES:
        raise HoursError("too_long", text)
    return Hours(opens, closes, Kind.BY_APPOINTMENT if match["star"] else Kind.OPEN)


def format_span(span: Hours) -> str:
    """``07:30–15:30`` with its star, as :func:`parse_hours` reads it back."""
    closes = format_clock(span.closes)
    is_plain = span.opens >= _EARLIEST_PLAIN_START and (
        span.closes - DAY_MINUTES <= _LATEST_PLAIN_END
    )
    if span.closes > DAY_MINUTES and not is_plain:
        closes = f"{span.closes // 60}:{span.closes % 60:02}"
    star = "*" if span.kind == Kind.BY_APPOINTMENT else ""
    return f"{format_clock(span.opens)}–{closes}{star}"


def format_hours(spans: Iterable[Hours]) -> str:
    """The text that :func:`parse_hours` reads back."""
    return ", ".join(format_span(span) for span in spans)
