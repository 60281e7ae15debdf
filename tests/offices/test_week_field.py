"""The base week as an editor types it."""

from datetime import time

import pytest
from django.core.exceptions import ValidationError

from offices.schedule import Kind, Week, WeeklyRule
from offices.week_field import WeekField, format_day, parse_day


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("7:30-15:30", [("07:30", "15:30", Kind.OPEN)]),
        ("8-12, 13.15–16", [("08:00", "12:00", Kind.OPEN), ("13:15", "16:00", Kind.OPEN)]),
        (
            "13-15*; 9 - 12",
            [("09:00", "12:00", Kind.OPEN), ("13:00", "15:00", Kind.BY_APPOINTMENT)],
        ),
        ("8-12,12-16", [("08:00", "12:00", Kind.OPEN), ("12:00", "16:00", Kind.OPEN)]),
    ],
)
def test_hours_are_read_as_people_write_them(text, expected):
    rules = parse_day(2, text)
    assert [(f"{r.opens:%H:%M}", f"{r.closes:%H:%M}", r.kind) for r in rules] == expected
    assert parse_day(2, format_day(tuple(rules))) == rules


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("rano", "not a span of hours"),
        ("8", "not a span of hours"),
        ("8-25", "not a span of hours"),
        ("8:70-9", "not a span of hours"),
        ("16-8", "not later than"),
        ("8-8", "not later than"),
        ("8-12, 11-14", "overlap"),
    ],
)
def test_what_cannot_be_is_refused_in_words(text, reason):
    with pytest.raises(ValidationError, match=reason):
        parse_day(0, text)


def test_every_wrong_day_is_named():
    with pytest.raises(ValidationError) as error:
        WeekField(required=False).clean(["8-16", "x", "", "", "16-8", "", ""])
    assert [message.split(":")[0] for message in error.value.messages] == ["Tuesday", "Friday"]


def test_a_week_goes_there_and_back():
    week = Week(
        (WeeklyRule(0, time(7), time(18)), WeeklyRule(5, time(9), time(12), Kind.BY_APPOINTMENT))
    )
    field = WeekField(required=False)
    assert field.clean(field.widget.decompress(week)) == week
