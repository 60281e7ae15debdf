"""Hours as editors write them."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offices.notation import HoursError, format_clock, format_hours, parse_clock, parse_hours
from offices.schedule import DAY_MINUTES, SERVING, Hours, Kind

from .hours_examples import hours, kinds


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("0", 0),
        ("7", 420),
        (" 7 ", 420),
        ("07:30", 450),
        ("7.30", 450),
        ("23:59", 1439),
        ("24:00", 1440),
        ("26:00", 1560),
        ("99:59", 5999),
    ],
)
def test_a_time_is_minutes_after_midnight(text, minutes):
    assert parse_clock(text) == minutes


@pytest.mark.parametrize("text", ["", "noon", "7:60", "7:5", "100", "7:30 am", "-1", "7;30"])
def test_anything_else_is_no_time(text):
    with pytest.raises(HoursError) as caught:
        parse_clock(f" {text} ")
    assert (caught.value.code, caught.value.text) == ("not_a_time", text)


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (0, "00:00"),
        (450, "07:30"),
        (1439, "23:59"),
        (1440, "24:00"),
        (1441, "00:01"),
        (1560, "02:00"),
    ],
)
def test_the_small_hours_of_the_next_day_are_written_as_they_are(minutes, text):
    assert format_clock(minutes) == text


def opened(*spans):
    return tuple(Hours(opens * 60, closes * 60) for opens, closes in spans)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ()),
        (" , ; ", ()),
        ("7:30-15:30", (Hours(450, 930),)),
        ("7-15", opened((7, 15))),
        ("07.00 – 15.00", opened((7, 15))),
        ("7—15", opened((7, 15))),
        ("8-12, 13-15", opened((8, 12), (13, 15))),
        ("8-12; 13-15", opened((8, 12), (13, 15))),
        ("13-15, 8-12", opened((8, 12), (13, 15))),
        ("8-12, 12-16", opened((8, 12), (12, 16))),
        ("8-12,", opened((8, 12))),
        ("0-24", opened((0, 24))),
        ("8-12*", (Hours(480, 720, Kind.BY_APPOINTMENT),)),
        ("8-12 *, 13-14", (Hours(480, 720, Kind.BY_APPOINTMENT), Hours(780, 840))),
        # Of two kinds
        ("10-12*, 8-16", (Hours(480, 960), Hours(600, 720, Kind.BY_APPOINTMENT))),
        ("8-12*, 8-12", (Hours(480, 720, Kind.BY_APPOINTMENT), Hours(480, 720))),
        # Nights: from noon on, until six
        ("22-2", opened((22, 26))),
        ("22-26", opened((22, 26))),
        ("12-6", opened((12, 30))),
        ("22-0", opened((22, 24))),
        ("22-24", opened((22, 24))),
        ("12:00-36:00", opened((12, 36))),
        ("0-1, 22-2", opened((0, 1), (22, 26))),
    ],
)
def test_spans_are_read(text, expected):
    assert parse_hours(text) == expected


@pytest.mark.parametrize(
    ("text", "code", "part"),
    [
        ("always", "not_a_span", "always"),
        ("8-12, later", "not_a_span", "later"),
        ("8-12-13", "not_a_span", "8-12-13"),
        ("8-12**", "not_a_span", "8-12**"),
        ("8", "not_a_span", "8"),
        ("8:75-12", "not_a_time", "8:75"),
        ("8-12:60", "not_a_time", "12:60"),
        ("24-25", "not_a_time", "24"),
        ("24:00-24:30", "not_a_time", "24:00"),
        # Two times mixed up are no night
        ("15:30-7:30", "ends_before_start", "15:30-7:30"),
        ("12:00-6:01", "ends_before_start", "12:00-6:01"),
        ("11:59-6:00", "ends_before_start", "11:59-6:00"),
        ("8-8", "ends_before_start", "8-8"),
        ("12-12", "ends_before_start", "12-12"),
        ("8:00-32:01", "too_long", "8:00-32:01"),
        ("0-25", "too_long", "0-25"),
        ("8-12, 11-13", "overlap", "08:00–12:00, 11:00–13:00"),
        ("8-12*, 11-13*", "overlap", "08:00–12:00*, 11:00–13:00*"),
        ("8-16, 9-10*, 15-17", "overlap", "08:00–16:00, 15:00–17:00"),
        ("22-2, 23-24", "overlap", "22:00–02:00, 23:00–24:00"),
        ("8-9, 8-12", "overlap", "08:00–09:00, 08:00–12:00"),
        ("8-12, 8-9", "overlap", "08:00–09:00, 08:00–12:00"),
    ],
)
def test_what_is_wrong_is_named(text, code, part):
    with pytest.raises(HoursError, match=code) as caught:
        parse_hours(text)
    assert (caught.value.code, caught.value.text) == (code, part)


def test_a_span_may_last_a_whole_day():
    assert parse_hours("8:00-32:00") == opened((8, 32))


@pytest.mark.parametrize(
    ("spans", "text"),
    [
        ((), ""),
        (opened((7, 15)), "07:00–15:00"),
        (opened((20, 24)), "20:00–24:00"),
        (opened((12, 30)), "12:00–06:00"),
        (opened((22, 26)), "22:00–02:00"),
        # What would be read as a mistake is written on
        (opened((11, 26)), "11:00–26:00"),
        ((Hours(12 * 60, 30 * 60 + 1),), "12:00–30:01"),
        ((Hours(480, 720, Kind.BY_APPOINTMENT), Hours(780, 840)), "08:00–12:00*, 13:00–14:00"),
    ],
)
def test_spans_are_written(spans, text):
    assert format_hours(spans) == text
    assert parse_hours(text) == spans


@given(hours(nights=True))
def test_what_is_written_is_read_back(spans):
    assert parse_hours(format_hours(spans)) == spans


@given(hours(nights=True), hours(nights=True))
def test_hours_of_two_kinds_may_overlap(some, others):
    spans = [
        *(replace(span, kind=Kind.OPEN) for span in some),
        *(replace(span, kind=Kind.BY_APPOINTMENT) for span in others),
    ]
    spans.sort(key=lambda one: (one.opens, one.closes))
    assert parse_hours(format_hours(spans)) == tuple(spans)


@given(st.integers(0, DAY_MINUTES - 1), st.integers(1, DAY_MINUTES), kinds)
def test_any_span_is_read_back(opens, length, kind):
    spans = (Hours(opens, opens + length, kind),)
    assert parse_hours(format_hours(spans)) == spans


@given(st.text(alphabet="0123456789:.-–*,; x"))
def test_any_text_is_hours_or_an_error(text):
    try:
        spans = parse_hours(text)
    except HoursError:
        return
    assert parse_hours(format_hours(spans)) == spans
    assert all(span.opens < span.closes <= span.opens + DAY_MINUTES for span in spans)
    for kind in SERVING:
        of_kind = [span for span in spans if span.kind == kind]
        assert all(one.closes <= other.opens for one, other in pairwise(of_kind))
