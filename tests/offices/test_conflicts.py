"""Hours that contradict each other."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offices.conflicts import (
    exception_conflicts,
    hours_met,
    is_within,
    notice_conflicts,
    overlap,
    periods_meet,
    rule_conflicts,
    season_conflicts,
)
from offices.notation import parse_hours
from offices.schedule import DayException, Effect, Holiday, Kind, Notice, Period, Schedule, Season

from .hours_examples import days, on, periods, weekly, weekly_rules

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


MON, TUE, THU, FRI, SAT, SUN = 0, 1, 3, 4, 5, 6
IN_2026 = Period(last=date(2026, 12, 31))
IN_2027 = Period(date(2027, 1, 1))


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
        ([weekly([MON], "8-12"), weekly([TUE], "9-10"), weekly([MON], "9-10")], [(0, 2)]),
        # Of two kinds, and at different times of the year
        ([weekly([MON], "8-12"), weekly([MON], "11-13*")], []),
        ([weekly([MON], "8-12, 13-14*"), weekly([MON], "13-14*")], [(0, 1)]),
        ([weekly([MON], "8-12", period=MAY), weekly([MON], "8-12", period=on("06-01"))], []),
        (
            [weekly([MON], "8-12", period=MAY), weekly([MON], "8-12", period=on("05-25", "06-30"))],
            [(0, 1)],
        ),
        # The last of May is a Sunday
        ([weekly([MON], "8-12", period=MAY), weekly([MON], "8-12", period=on("05-31"))], []),
        # A night at the edge of a period: the last of December 2026 is a Thursday
        ([weekly([THU], "22-6", period=IN_2026), weekly([FRI], "5-12", period=IN_2027)], [(0, 1)]),
        ([weekly([FRI], "5-12", period=IN_2027), weekly([THU], "22-6", period=IN_2026)], [(0, 1)]),
        ([weekly([THU], "22-6", period=IN_2026), weekly([FRI], "6-12", period=IN_2027)], []),
        ([weekly([FRI], "22-6", period=IN_2026), weekly([SAT], "5-12", period=IN_2027)], []),
        ([weekly([THU], "22-6", period=IN_2027), weekly([FRI], "5-12", period=IN_2026)], []),
        (
            [weekly([THU], "22-6", period=on("01-01")), weekly([FRI], "5-12", period=on("01-03"))],
            [],
        ),
        # Closed and open on one day
        ([weekly([MON], ""), weekly([MON], "8-12")], [(0, 1)]),
        ([weekly([MON], "8-12"), weekly([MON], "", weeks=frozenset({1}))], [(0, 1)]),
        ([weekly([MON], ""), weekly([MON], "")], []),
        ([weekly([MON], ""), weekly([TUE], "8-12")], []),
        ([weekly([MON], ""), weekly([SUN], "22-2")], []),
        ([saturdays(1), weekly([SAT], "", weeks=frozenset({2, 3, 4, 5}))], []),
        ([weekly([MON], "", period=MAY), weekly([MON], "8-12", period=on("06-01"))], []),
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
        (
            [
                weekly([SAT], "22-2", weeks=frozenset({1})),
                weekly([SUN], "1-3", weeks=frozenset({3})),
            ],
            [],
        ),
        (
            [
                weekly([SUN], "1-3", weeks=frozenset({1})),
                weekly([SAT], "22-2", weeks=frozenset({-1})),
            ],
            [(0, 1)],
        ),
        (
            [
                weekly([SUN], "22-2", weeks=frozenset({1})),
                weekly([MON], "1-3", weeks=frozenset({-1})),
            ],
            [],
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


MAY_DAY, TOMORROW, TWO_DAYS = on("05-01"), on("05-02"), on("05-01", "05-02")


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


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (exception(REPLACES, "20:00-32:00"), exception(REPLACES, "6-10", TOMORROW), [(0, 1)]),
        (exception(REPLACES, "6-10", TOMORROW), exception(REPLACES, "20:00-32:00"), [(0, 1)]),
        (exception(ADDS, "22-3"), exception(ADDS, "1-4", TOMORROW), [(0, 1)]),
        (exception(ADDS, "22-3"), exception(REPLACES, "1-4", TOMORROW), [(0, 1)]),
        (exception(ADDS, "22-3"), exception(ADDS, "3-4", TOMORROW), []),
        (exception(ADDS, "22-3"), exception(ADDS, "1-4", on("05-03")), []),
        (exception(ADDS, "1-4"), exception(ADDS, "22-3", TOMORROW), []),
        # What is removed is never cut out of the night before
        (exception(ADDS, "22-3"), exception(REMOVES, "1-4", TOMORROW), []),
        # An exception of two days and its own nights
        (exception(ADDS, "1-3, 22-2", TWO_DAYS), exception(ADDS, "8-9"), [(0, 0)]),
        (
            exception(REPLACES, "1-3, 22-2", TWO_DAYS),
            exception(REPLACES, "", on("06-01")),
            [(0, 0)],
        ),
        (exception(ADDS, "1-3, 22-2"), exception(ADDS, "8-9"), []),
        (exception(REMOVES, "1-3, 22-2", TWO_DAYS), exception(REMOVES, "8-9"), []),
    ],
)
def test_exceptions_that_meet_after_midnight(one, other, expected):
    assert list(exception_conflicts([one, other])) == expected


@given(weekly_rules(nights=True), weekly_rules(nights=True), st.lists(days, min_size=20))
def test_rules_of_which_no_conflict_is_told_share_no_minute(one, other, some_days):
    if list(rule_conflicts([one, other])):
        return
    for day in some_days:
        for later in (-1, 0, 1):
            other_day = day + timedelta(days=later)
            if all(
                rule.period.covers(on_day) and rule.applies_to(on_day)
                for rule, on_day in ((one, day), (other, other_day))
            ):
                assert later or bool(one.hours) == bool(other.hours)
                assert not any(
                    span.kind == another.kind and overlap(span, another, later * 24 * 60)
                    for span in one.hours
                    for another in other.hours
                )


WEEK = Schedule((weekly(range(5), "8-16"),), holidays={date(2026, 5, 1): Holiday("May Day")})


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (exception(ADDS, "15-18, 19-20", on("04-30")), "15-18"),
        (exception(ADDS, "16-18", on("04-30")), ""),
        (exception(REMOVES, "15-18", on("05-01")), ""),  # a holiday
        (exception(REMOVES, "15-18", on("05-02", "05-03")), ""),  # a weekend
        (exception(REMOVES, "15-18, 19-20", on("05-02", "05-04")), "15-18"),
        (exception(REMOVES, "15-18", on("04-01")), ""),  # over
        (exception(ADDS, "15-18", Period(date(2029, 1, 1), date(2029, 1, 1))), "15-18"),
    ],
)
def test_hours_of_an_exception_that_meet_those_of_the_day(one, expected):
    schedule = replace(WEEK, exceptions=(one,), notices=(Notice(Period()),))
    assert hours_met(one, schedule, date(2026, 4, 2)) == set(parse_hours(expected))


@pytest.mark.parametrize(
    ("kinds", "other", "is_conflict"),
    [
        ({"chat", "video"}, Notice(on("05-31", "06-30"), Kind.UNKNOWN), True),
        ({"chat"}, Notice(on("05-31", "06-30"), Kind.CLOSED), False),
        ({"video"}, Notice(on("05-31", "06-30"), Kind.UNKNOWN), False),
        ({"chat"}, Notice(on("06-01", "06-30"), Kind.UNKNOWN), False),
    ],
)
def test_notices_that_say_different_things_of_a_channel(kinds, other, is_conflict):
    notices = [({"chat"}, Notice(MAY, Kind.CLOSED)), (kinds, other)]
    assert list(notice_conflicts(notices)) == [(0, 1)] * is_conflict
