"""What weekly hours mean at a moment."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offices.holidays import is_public_holiday
from offices.schedule import WARSAW, Kind, Reason, Week, WeeklyRule, spans, state_at

OFFICE_WEEK = Week(
    (
        WeeklyRule(0, time(7), time(18)),
        *(WeeklyRule(day, time(7, 30), time(15, 30)) for day in range(1, 5)),
    )
)


def never(day):
    return False


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=WARSAW)


@pytest.mark.parametrize(
    ("moment", "kind", "until", "next_opening"),
    [
        # Monday 23 November 2026
        ("2026-11-23 06:59", Kind.CLOSED, "2026-11-23 07:00", "2026-11-23 07:00"),
        ("2026-11-23 07:00", Kind.OPEN, "2026-11-23 18:00", "2026-11-24 07:30"),
        ("2026-11-23 17:59", Kind.OPEN, "2026-11-23 18:00", "2026-11-24 07:30"),
        ("2026-11-23 18:00", Kind.CLOSED, "2026-11-24 07:30", "2026-11-24 07:30"),
        # Friday evening to Monday
        ("2026-11-27 15:30", Kind.CLOSED, "2026-11-30 07:00", "2026-11-30 07:00"),
        ("2026-11-29 23:59", Kind.CLOSED, "2026-11-30 07:00", "2026-11-30 07:00"),
    ],
)
def test_state_on_both_sides_of_every_boundary(moment, kind, until, next_opening):
    state = state_at(OFFICE_WEEK, at(moment), never)
    assert (state.kind, state.until, state.next_opening) == (kind, at(until), at(next_opening))


def test_no_hours_are_unknown_and_never_closed():
    assert state_at(None, at("2026-11-23 10:00"), never).kind == Kind.UNKNOWN
    assert state_at(Week(), at("2026-11-23 10:00"), never).kind == Kind.UNKNOWN


def test_a_public_holiday_is_closed_and_says_so():
    state = state_at(OFFICE_WEEK, at("2026-11-11 10:00"), is_public_holiday)
    assert (state.kind, state.reason) == (Kind.CLOSED, Reason.HOLIDAY)
    assert state.next_opening == at("2026-11-12 07:30")


def test_christmas_eve_has_been_a_holiday_since_2025():
    assert is_public_holiday(date(2025, 12, 24))
    assert not is_public_holiday(date(2024, 12, 24))


def test_touching_spans_of_one_kind_are_one():
    week = Week((WeeklyRule(0, time(8), time(12)), WeeklyRule(0, time(12), time(16))))
    assert state_at(week, at("2026-11-23 09:00"), never).until == at("2026-11-23 16:00")


def test_touching_spans_of_two_kinds_are_two():
    week = Week(
        (
            WeeklyRule(0, time(8), time(12)),
            WeeklyRule(0, time(12), time(16), Kind.BY_APPOINTMENT),
        )
    )
    state = state_at(week, at("2026-11-23 09:00"), never)
    assert (state.until, state.next_opening) == (at("2026-11-23 12:00"), at("2026-11-23 12:00"))
    assert state_at(week, at("2026-11-23 13:00"), never).kind == Kind.BY_APPOINTMENT


def test_a_reader_in_new_york_gets_krakow_hours():
    moment = datetime(2026, 11, 23, 2, 0, tzinfo=ZoneInfo("America/New_York"))  # 08:00 in Kraków
    assert state_at(OFFICE_WEEK, moment, never).kind == Kind.OPEN


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_hours_are_those_of_the_clock_on_the_wall_when_the_clocks_change(day):
    week = Week((WeeklyRule(6, time(8), time(16)),))
    assert state_at(week, at(f"{day} 08:00"), never).kind == Kind.OPEN
    assert state_at(week, at(f"{day} 15:59"), never).until == at(f"{day} 16:00")
    assert state_at(week, at(f"{day} 07:59"), never).kind == Kind.CLOSED


def test_a_week_that_is_always_cancelled_never_opens():
    state = state_at(OFFICE_WEEK, at("2026-11-23 10:00"), lambda day: True)
    assert (state.kind, state.until, state.next_opening) == (Kind.CLOSED, None, None)


rules = st.builds(
    lambda day, start, length: WeeklyRule(
        day, time(start), time(min(start + length, 23), 59 if start + length > 23 else 0)
    ),
    st.integers(0, 6),
    st.integers(0, 22),
    st.integers(1, 8),
)
moments = st.datetimes(datetime(2025, 1, 1), datetime(2028, 12, 31), timezones=st.just(WARSAW))


@given(st.lists(rules, max_size=1), moments)
def test_open_exactly_inside_the_spans(week_rules, moment):
    week = Week(tuple(week_rules))
    state = state_at(week, moment, never)
    local = moment.astimezone(WARSAW)
    inside = any(
        span.start <= local < span.end for span in spans(week, local.date(), local.date(), never)
    )
    assert (state.kind == Kind.OPEN) == inside
    assert (state.kind == Kind.UNKNOWN) == (not week_rules)


@given(st.lists(rules, min_size=1, max_size=1), moments)
def test_the_next_change_is_ahead_and_changes_the_kind(week_rules, moment):
    week = Week(tuple(week_rules))
    state = state_at(week, moment, never)
    assert state.until > moment
    assert state_at(week, state.until, never).kind != state.kind
    assert state_at(week, state.until - timedelta(seconds=1), never).kind == state.kind
