"""Hours in words."""

from datetime import datetime

import pytest
from django.utils import translation

from offices.schedule import WARSAW, Kind, Reason, State
from offices.templatetags.hours import sentence

NOW = datetime(2026, 11, 21, 10, tzinfo=WARSAW)  # a Saturday


def at(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=WARSAW)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (State(Kind.OPEN, until=at(21, 16, 30)), "Open until 16:30"),
        (State(Kind.BY_APPOINTMENT, until=at(21, 15)), "By appointment until 15:00"),
        (State(Kind.CLOSED, next_opening=at(21, 12)), "Closed now. Opens today at 12:00"),
        (State(Kind.CLOSED, next_opening=at(22, 8)), "Closed now. Opens tomorrow at 08:00"),
        (State(Kind.CLOSED, next_opening=at(23, 7, 30)), "Closed now. Opens on Monday at 07:30"),
        (State(Kind.CLOSED, next_opening=at(30, 7)), "Closed now. Opens 30 November 2026 at 07:00"),
        (
            State(Kind.CLOSED, Reason.HOLIDAY, next_opening=at(23, 7)),
            "Closed today: public holiday. Opens on Monday at 07:00",
        ),
        (State(Kind.CLOSED), "Closed now"),
        (State(Kind.UNKNOWN), "Hours not known: call or check before you go"),
    ],
)
def test_sentence(state, expected):
    assert sentence(state, NOW) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("pl", "w poniedziałek"),
        ("uk", "в понеділок"),
        ("ru", "в понедельник"),
    ],
)
def test_the_weekday_is_inflected(language, expected):
    with translation.override(language):
        assert expected in sentence(State(Kind.CLOSED, next_opening=at(23, 7, 30)), NOW)
