"""Hours that contradict each other."""

from datetime import date

import pytest
from hypothesis import given

from offices.conflicts import (
    exception_conflicts,
    is_within,
    overlap,
    periods_meet,
    rule_conflicts,
    season_conflicts,
)
from offices.notation import parse_hours
from offices.schedule import DayException, Effect, Period, Season

from .hours_examples import ONE_DAY, days, on, periods, weekly

MAY = on("05-01", "05-31")
ALWAYS, SINCE_MAY, UNTIL_MAY = Period(), Period(MAY.first), Period(last=MAY.last)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (MAY, MAY, True),
        (MAY, on("05-31", "06-30"), True),
        (MAY, on("06-01", "06-30"), False),
        (MAY, ALWAYS, True),
        (ALWAYS, ALWAYS, True),
        (SINCE_MAY, on("04-01", "04-30"), False),
        (SINCE_MAY, on("04-01", "05-01"), True),
        (UNTIL_MAY, on("06-01"), False),
        (UNTIL_MAY, on("05-31"), True),
        (SINCE_MAY, UNTIL_MAY, True),
    ],
)
def test_periods_meet_on_a_day_that_both_have(one, other, expected):
    assert periods_meet(one, other) == periods_meet(other, one) == expected


@given(periods(), periods(), days)
def test_periods_with_a_day_in_common_meet(one, other, day):
    if one.covers(day) and other.covers(day):
        assert periods_meet(one, other)
    if is_within(one, other):
        assert other.covers(day) or not one.covers(day)


@pytest.mark.parametrize(
    ("inner", "outer", "expected"),
    [
        (MAY, MAY, True),
        (MAY, ALWAYS, True),
        (MAY, SINCE_MAY, True),
        (MAY, UNTIL_MAY, True),
        (on("05-02", "05-30"), MAY, True),
        (on("04-30", "05-30"), MAY, False),
        (on("05-02", "06-01"), MAY, False),
        (ALWAYS, MAY, False),
        (SINCE_MAY, MAY, False),
        (UNTIL_MAY, MAY, False),
        (UNTIL_MAY, SINCE_MAY, False),
        (ALWAYS, ALWAYS, True),
    ],
)
def test_a_period_within_another(inner, outer, expected):
    assert is_within(inner, outer) == expected


@pytest.mark.parametrize(
    ("one", "other", "offset", "expected"),
    [
        ("8-12", "11-13", 0, True),
        ("8-12", "12-13", 0, False),
        ("8-12", "7-8", 0, False),
        ("8-12", "9-10", 0, True),
        ("22-2", "1-3", 24 * 60, True),
        ("22-2", "2-3", 24 * 60, False),
        ("1-3", "22-2", -24 * 60, True),
    ],
)
def test_spans_that_share_a_minute(one, other, offset, expected):
    (one,), (other,) = parse_hours(one), parse_hours(other)
    assert overlap(one, other, offset) == expected


MON, TUE, SAT, SUN = 0, 1, 5, 6


def saturdays(*weeks):
    """Saturday mornings in some weeks of the month, or in all."""
    return weekly([SAT], "8-12", weeks=frozenset(weeks))


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([], []),
        ([weekly([MON], "8-12"), weekly([MON], "12-16")], []),
        ([weekly([MON], "8-12"), weekly([MON], "11-13")], [(0, 1)]),
        ([weekly([MON], "8-12"), weekly([TUE], "8-12")], []),
        ([weekly([MON, TUE], "8-12"), weekly([TUE], "8-12")], [(0, 1)]),
        ([weekly([MON], ""), weekly([MON], "8-12")], []),
        ([weekly([MON], "8-12"), weekly([TUE], "9-10"), weekly([MON], "9-10")], [(0, 2)]),
        # Of two kinds, and at different times of the year
        ([weekly([MON], "8-12"), weekly([MON], "11-13*")], []),
        ([weekly([MON], "8-12, 13-14*"), weekly([MON], "13-14*")], [(0, 1)]),
        ([weekly([MON], "8-12", period=MAY), weekly([MON], "8-12", period=on("06-01"))], []),
        ([weekly([MON], "8-12", period=MAY), weekly([MON], "8-12", period=on("05-31"))], [(0, 1)]),
        # Over midnight, also from Sunday to Monday
        ([weekly([MON], "22-2"), weekly([TUE], "1-3")], [(0, 1)]),
        ([weekly([TUE], "1-3"), weekly([MON], "22-2")], [(0, 1)]),
        ([weekly([MON], "22-2"), weekly([TUE], "2-3")], []),
        ([weekly([MON], "22-2"), weekly([SUN], "1-3")], []),
        ([weekly([SUN], "22-2"), weekly([MON], "1-3")], [(0, 1)]),
        ([weekly([SAT], "22-2"), weekly([MON], "1-3")], []),
        ([weekly([SUN], "20:00-44:00"), weekly([MON], "19-21")], [(0, 1)]),
        # A rule of its own
        ([weekly([MON, TUE], "22-2")], []),
        ([weekly([MON, TUE], "1-3, 22-2")], [(0, 0)]),
        ([weekly([MON], "1-3, 22-2")], []),
        ([weekly([SUN, MON], "1-3, 22-2")], [(0, 0)]),
        ([weekly([MON, SAT], "1-3, 22-2")], []),
        # Weeks of the month
        ([saturdays(1), saturdays(2)], []),
        (
            [saturdays(1, 2), saturdays(2)],
            [(0, 1)],
        ),
        ([saturdays(1), saturdays()], [(0, 1)]),
        ([saturdays(), saturdays(1)], [(0, 1)]),
        ([saturdays(-1), saturdays(3)], []),
        ([saturdays(-1), saturdays(4)], [(0, 1)]),
        ([saturdays(5), saturdays(-1)], [(0, 1)]),
        ([saturdays(4), saturdays(5)], []),
        # Neighbouring days of different weeks may still follow upon each other
        (
            [
                weekly([SAT], "22-2", weeks=frozenset({1})),
                weekly([SUN], "1-3", weeks=frozenset({2})),
            ],
            [(0, 1)],
        ),
    ],
)
def test_rules_that_overlap(rules, expected):
    assert list(rule_conflicts(rules)) == expected


@pytest.mark.parametrize(
    ("periods_of_seasons", "expected"),
    [
        ([MAY], []),
        ([MAY, on("06-01", "06-30")], []),
        ([MAY, on("05-10", "05-20")], []),
        ([on("05-10", "05-20"), MAY], []),
        ([MAY, on("05-01", "05-20")], []),
        ([MAY, MAY], [(0, 1)]),
        ([MAY, on("05-31", "06-30")], [(0, 1)]),
        ([MAY, on("06-01", "06-30"), on("04-01", "05-01")], [(0, 2)]),
    ],
)
def test_seasons_may_lie_within_each_other_but_not_overlap(periods_of_seasons, expected):
    seasons = [Season(period, ()) for period in periods_of_seasons]
    assert list(season_conflicts(seasons)) == expected


MAY_DAY = on("05-01")


def exception(effect, hours="", period=MAY_DAY):
    return DayException(period, effect, parse_hours(hours))


REPLACES, ADDS, REMOVES = Effect


@pytest.mark.parametrize(
    ("one", "other", "is_conflict"),
    [
        (exception(REPLACES), exception(REPLACES), True),
        (exception(REPLACES, "8-9"), exception(ADDS, "10-11"), True),
        (exception(REMOVES, "8-9"), exception(REPLACES), True),
        (exception(ADDS, "8-9"), exception(ADDS, "9-10"), False),
        (exception(ADDS, "8-9"), exception(ADDS, "8-10"), True),
        (exception(ADDS, "8-9"), exception(REMOVES, "8-10"), True),
        (exception(REMOVES, "12-13"), exception(ADDS, "8-10"), False),
        (exception(REMOVES, "8-9"), exception(REMOVES, "8-10"), False),
        (exception(REPLACES), exception(REPLACES, period=on("05-02")), False),
        (exception(REPLACES, period=MAY), exception(REPLACES, period=on("05-31")), True),
    ],
)
def test_exceptions_of_one_day(one, other, is_conflict):
    assert list(exception_conflicts([one, other])) == [(0, 1)] * is_conflict
    elsewhere = exception(REPLACES, period=on("12-01"))
    assert list(exception_conflicts([elsewhere, one, other])) == [(1, 2)] * is_conflict


def test_an_exception_of_the_day_after_a_night_is_no_conflict():
    night = exception(ADDS, "22-2")
    after = exception(ADDS, "1-3", Period(date(2026, 5, 1) + ONE_DAY, date(2026, 5, 2)))
    assert list(exception_conflicts([night, after])) == []
