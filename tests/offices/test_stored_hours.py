"""What rows become that no form would have let through."""

from datetime import date

import pytest

from offices.models import CalendarDay, DayException, Notice, WeeklyRule
from offices.schedule import Effect, Kind
from offices.stored_hours import _tell, exception_value, rule_value

DAY = date(2026, 12, 24)


@pytest.mark.parametrize(
    ("fields", "weekdays"),
    [
        ({"hours": "8 to 4"}, {0}),
        ({"hours": None}, {0}),
        ({"weeks": [0]}, {0}),
        ({"weeks": [None]}, {0}),
        ({"weekdays": [7]}, set(range(7))),
        ({"weekdays": [0, None]}, set(range(7))),
        ({"weekdays": [[0, 1]]}, set(range(7))),
        ({"weekdays": []}, set(range(7))),
    ],
)
def test_a_rule_that_cannot_be_read_is_not_known_on_the_days_it_may_be_about(fields, weekdays):
    row = WeeklyRule(**({"weekdays": [0], "weeks": [], "hours": "08:00–12:00"} | fields))
    rule = rule_value(row)
    assert (rule.is_known, rule.hours, rule.weekdays) == (False, (), weekdays)


@pytest.mark.parametrize(
    ("effect", "hours", "expected"),
    [
        ("adds", "8 to 4", Effect.ADDS),
        ("removes", "8 to 4", Effect.REMOVES),
        ("doubles", "08:00–12:00", Effect.REPLACES),
    ],
)
def test_an_exception_that_cannot_be_read_is_not_known(effect, hours, expected):
    value = exception_value(DayException(starts_on=DAY, effect=effect, hours=hours))
    assert (value.is_known, value.hours, value.effect) == (False, (), expected)


@pytest.mark.parametrize(
    ("status", "hours", "is_known"),
    [
        ("special", "08:00–12:00", True),
        ("closed", "", True),
        ("unconfirmed", "", True),
        ("special", "8 to 4", False),
        ("special", "", False),
        ("closed", "08:00–12:00", False),
        ("perhaps", "", False),
    ],
)
def test_a_day_of_a_calendar_is_known_if_its_status_and_hours_fit(caplog, status, hours, is_known):
    _tell.cache_clear()
    value = CalendarDay(date=DAY, status=status, hours=hours).as_value
    assert value.is_known is is_known
    assert is_known or not value.hours
    assert bool(caplog.records) is not is_known


@pytest.mark.parametrize(("state", "kind"), [("closed", Kind.CLOSED), ("broken", Kind.UNKNOWN)])
def test_a_notice_in_a_state_that_does_not_exist_makes_nothing_closed(caplog, state, kind):
    _tell.cache_clear()
    assert Notice(starts_on=DAY, state=state).as_value.kind == kind
    assert ("its state cannot be read" in caplog.text) == (state == "broken")
