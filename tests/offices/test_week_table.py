"""The week as readers see it."""

from datetime import date

import pytest
from hypothesis import given

from offices.notation import parse_hours
from offices.schedule import DayException, Effect, Holiday, Kind, Notice, Period, Schedule, Season
from offices.week_table import DAYS_AHEAD, RegularHours, week_table

from .hours_examples import (
    EVERY_DAY,
    OFFICE,
    ONE_DAY,
    TODAY,
    WORKDAYS,
    days,
    on,
    schedules,
    weekly,
)


def regular(table):
    """Opening and closing hour of each weekday."""
    return [
        [(one.hours.opens // 60, one.hours.closes // 60) for one in row.regular]
        for row in table.rows
    ]


def dates(table):
    return [day.date.isoformat()[5:] for day in table.dates]


def test_the_week_begins_on_monday_and_marks_today():
    table = week_table(Schedule(OFFICE), TODAY + 2 * ONE_DAY)
    assert [row.weekday for row in table.rows] == list(range(7))
    assert [row.is_today for row in table.rows] == [False, False, True, *[False] * 4]
    assert regular(table) == [[(7, 18)], *[[(7, 15)]] * 4, [], []]
    assert (table.season, table.has_rules, table.dates) == (None, True, [])


def test_hours_of_a_weekday_are_in_order_and_name_their_next_dates():
    rules = (weekly([5], "13-15"), weekly([5], "8-12", weeks=frozenset({-1, 3, 1})))
    saturday = week_table(Schedule(rules), TODAY).rows[5]
    ((morning,), (afternoon,)) = (rule.hours for rule in rules[::-1])
    dates = (date(2026, 11, 28), date(2026, 12, 5))
    assert saturday.regular == (RegularHours(morning, False, dates), RegularHours(afternoon))
    assert not saturday.is_closed_most_weeks


def test_of_hours_that_begin_together_the_shorter_come_first():
    rules = (weekly([0], "8-12"), weekly([0], "8-10*"))
    assert regular(week_table(Schedule(rules), TODAY))[0] == [(8, 10), (8, 12)]


def test_a_saturday_in_some_weeks_is_nothing_that_differs():
    rules = (weekly([5], "8-12", weeks=frozenset({1})),)
    assert week_table(Schedule(rules), TODAY).dates == []


@pytest.mark.parametrize(
    ("day", "is_ahead"),
    [
        (TODAY - ONE_DAY, False),
        (TODAY, True),
        (date(2026, 12, 6), True),
        (date(2026, 12, 7), False),
    ],
)
def test_fourteen_days_ahead_are_looked_at(day, is_ahead):
    assert DAYS_AHEAD == 14
    schedule = Schedule(OFFICE, holidays={day: Holiday()})
    assert [one.date for one in week_table(schedule, TODAY).dates] == [day] * is_ahead


def test_each_date_stands_with_its_weekday():
    closed = DayException(on("11-28", "12-01"), label="Stocktaking")
    table = week_table(Schedule(OFFICE, exceptions=(closed,)), TODAY)
    assert [[day.date.day for day in row.dates] for row in table.rows] == [
        *([30], [1], [], [], [], [28], [29]),
    ]
    assert dates(table) == ["11-28", "11-29", "11-30", "12-01"]
    assert table.dates[0].label == "Stocktaking"


def test_added_and_removed_hours_differ():
    added = DayException(on("11-24"), Effect.ADDS, weekly([0], "20-21").hours)
    removed = DayException(on("11-25"), Effect.REMOVES, weekly([0], "9-10").hours)
    assert dates(week_table(Schedule(OFFICE, exceptions=(added, removed)), TODAY)) == [
        "11-24",
        "11-25",
    ]


SPRING = Season(on("11-25", "11-27"), (weekly(WORKDAYS, "8-14"),), "Three days")


def test_a_season_that_begins_differs_from_the_week_in_force():
    schedule = Schedule(OFFICE, (SPRING,))
    table = week_table(schedule, TODAY)
    assert (table.season, dates(table)) == (None, ["11-25", "11-26", "11-27"])


def test_the_week_in_force_is_that_of_the_season():
    schedule = Schedule(OFFICE, (SPRING,))
    table = week_table(schedule, date(2026, 11, 26))
    assert table.season == SPRING
    assert regular(table) == [*[[(8, 14)]] * 5, [], []]
    # What comes after the season differs, but for the weekend.
    assert dates(table) == [
        *("11-30", "12-01", "12-02", "12-03", "12-04"),
        *("12-07", "12-08", "12-09"),
    ]


def test_rules_that_are_not_in_force_are_left_out():
    rules = (*OFFICE, weekly([5], "8-12", period=Period(date(2026, 11, 28))))
    table = week_table(Schedule(rules), TODAY)
    assert regular(table)[5] == []
    assert dates(table) == ["11-28", "12-05"]


def test_without_rules_only_dates_are_known():
    added = DayException(on("11-24"), Effect.ADDS, weekly([0], "20-21").hours)
    table = week_table(Schedule(exceptions=(added,)), TODAY)
    assert (table.has_rules, dates(table)) == (False, ["11-24"])
    assert regular(table) == [[]] * 7


def test_a_week_that_is_closed_has_rules():
    table = week_table(Schedule((weekly(EVERY_DAY, ""),)), TODAY)
    assert (table.has_rules, regular(table)) == (True, [[]] * 7)


@given(schedules(), days)
def test_a_day_is_as_the_table_says_or_one_of_its_dates(schedule, today):
    table = week_table(schedule, today)
    different = {day.date for day in table.dates}
    for number in range(DAYS_AHEAD):
        day = schedule.day(today + number * ONE_DAY)
        if day.date not in different:
            shown = {one.hours for one in table.rows[day.date.weekday()].regular}
            assert {span.hours for span in day.spans} <= shown
            assert day.kind in {Kind.CLOSED, Kind.UNKNOWN}


def test_dates_that_are_told_are_those_on_which_the_hours_hold():
    may_day = {date(2027, 5, 1): Holiday("Labour Day")}
    first_saturday = weekly([5], "9-13", weeks=frozenset({1}))
    saturday = week_table(Schedule((first_saturday,), holidays=may_day), date(2027, 4, 10)).rows[5]
    assert saturday.regular[0].dates == (date(2027, 6, 5), date(2027, 7, 3))
    assert saturday.is_closed_most_weeks


def test_dates_of_a_season_end_with_it():
    summer = Season(
        Period(date(2026, 7, 1), date(2026, 9, 10)), (weekly([4], "9-13", weeks=frozenset({1})),)
    )
    rows = week_table(Schedule((weekly([4], "9-13"),), (summer,)), date(2026, 8, 10)).rows
    assert rows[4].regular[0].dates == (date(2026, 9, 4),)


def test_a_notice_is_told_once_and_not_weekday_by_weekday():
    notice = Notice(Period(TODAY + 2 * ONE_DAY, TODAY + 5 * ONE_DAY), label="Renovation")
    table = week_table(Schedule(OFFICE, notices=(notice,)), TODAY)
    (stoppage,) = table.stoppages
    assert (stoppage.first, stoppage.last) == (notice.period.first, notice.period.last)
    assert stoppage.day.label == "Renovation"
    assert table.dates == []


def test_days_out_of_service_are_told_once_too():
    table = week_table(
        Schedule(OFFICE, service=Period(TODAY + ONE_DAY, TODAY + 9 * ONE_DAY)), TODAY
    )
    before, after = table.stoppages
    assert (before.first, before.last) == (TODAY, TODAY)
    assert (after.first, after.last) == (TODAY + 10 * ONE_DAY, TODAY + 13 * ONE_DAY)
    assert (table.dates, table.later) == ([], ())


def test_history_has_no_today_and_nothing_to_come():
    table = week_table(Schedule(OFFICE, notices=(Notice(Period(TODAY)),)), TODAY, days_ahead=0)
    assert not any(row.is_today for row in table.rows)
    assert (table.dates, table.stoppages) == ([], ())


def test_the_next_days_that_matter_are_told_after_the_two_weeks():
    holidays = {
        TODAY + 13 * ONE_DAY: Holiday("Within the two weeks"),
        TODAY + 14 * ONE_DAY: Holiday("Monday"),
        TODAY + 20 * ONE_DAY: Holiday("Sunday, closed anyway"),
        TODAY + 22 * ONE_DAY: Holiday("Tuesday", parse_hours("8-12")),
        TODAY + 59 * ONE_DAY: Holiday("Thursday"),
        TODAY + 60 * ONE_DAY: Holiday("Beyond"),
    }
    table = week_table(Schedule(OFFICE, holidays=holidays), TODAY)
    assert [day.label for day in table.later] == ["Monday", "Tuesday", "Thursday"]
    more = holidays | {TODAY + 15 * ONE_DAY: Holiday("Third")}
    assert len(week_table(Schedule(OFFICE, holidays=more), TODAY).later) == 3
    assert week_table(Schedule(OFFICE, holidays=holidays), TODAY, days_ahead=0).later == ()
