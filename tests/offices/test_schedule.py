"""What the hours of a channel mean at a moment."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from offices.holidays import HolidayCalendar
from offices.notation import format_hours, parse_hours
from offices.schedule import (
    SERVING,
    WARSAW,
    DayException,
    Effect,
    Holiday,
    Hours,
    Kind,
    Notice,
    Period,
    Reason,
    Schedule,
    Season,
    WeeklyRule,
    days,
    exceptional_days,
    spans,
    state_at,
)
from tests.examples import examples

from .hours_examples import (
    EVERY_DAY,
    OFFICE,
    ONE_DAY,
    TODAY,
    WORKDAYS,
    at,
    moments,
    on,
    schedules,
    weekly,
)
from .hours_examples import days as some_days

INDEPENDENCE_DAY = date(2026, 11, 11)  # a Wednesday
CHRISTMAS_EVE = date(2026, 12, 24)  # a Thursday
HOLIDAYS = {
    INDEPENDENCE_DAY: Holiday("Independence Day"),
    CHRISTMAS_EVE: Holiday("Christmas Eve", parse_hours("8-12")),
    date(2026, 12, 26): Holiday("Saturday of Christmas", is_confirmed=False),
    date(2026, 12, 31): Holiday("New Year’s Eve", is_confirmed=False),
}
NIGHTS = (weekly(EVERY_DAY, "22-2"),)


def kind_at(schedule, text):
    return state_at(schedule, at(text)).kind


def hours_of(schedule, day):
    """The spans of a day in words."""
    return [f"{span.start:%H:%M}-{span.end:%H:%M} {span.kind}" for span in schedule.day(day).spans]


# Boundaries


@pytest.mark.parametrize(
    ("moment", "kind", "until", "next_opening"),
    [
        # Monday 23 November 2026
        ("2026-11-23 00:00", Kind.CLOSED, "2026-11-23 07:00", "2026-11-23 07:00"),
        ("2026-11-23 06:59:59", Kind.CLOSED, "2026-11-23 07:00", "2026-11-23 07:00"),
        ("2026-11-23 07:00", Kind.OPEN, "2026-11-23 18:00", "2026-11-24 07:30"),
        ("2026-11-23 17:59:59", Kind.OPEN, "2026-11-23 18:00", "2026-11-24 07:30"),
        ("2026-11-23 18:00", Kind.CLOSED, "2026-11-24 07:30", "2026-11-24 07:30"),
        ("2026-11-23 23:59:59", Kind.CLOSED, "2026-11-24 07:30", "2026-11-24 07:30"),
        # Friday evening to Monday
        ("2026-11-27 15:29:59", Kind.OPEN, "2026-11-27 15:30", "2026-11-30 07:00"),
        ("2026-11-27 15:30", Kind.CLOSED, "2026-11-30 07:00", "2026-11-30 07:00"),
        ("2026-11-29 23:59", Kind.CLOSED, "2026-11-30 07:00", "2026-11-30 07:00"),
        # Over the end of a year, and over leap day
        ("2026-12-31 15:30", Kind.CLOSED, "2027-01-01 07:30", "2027-01-01 07:30"),
        ("2028-02-28 18:00", Kind.CLOSED, "2028-02-29 07:30", "2028-02-29 07:30"),
        ("2028-02-29 07:30", Kind.OPEN, "2028-02-29 15:30", "2028-03-01 07:30"),
        ("2028-02-29 15:30", Kind.CLOSED, "2028-03-01 07:30", "2028-03-01 07:30"),
    ],
)
def test_state_on_both_sides_of_every_boundary(moment, kind, until, next_opening):
    state = state_at(Schedule(OFFICE), at(moment))
    assert (state.kind, state.until, state.next_opening) == (kind, at(until), at(next_opening))


@pytest.mark.parametrize(
    ("moment", "kind"),
    [
        ("2026-11-23 23:59:59", Kind.OPEN),
        ("2026-11-24 00:00", Kind.CLOSED),
        ("2026-11-24 23:59", Kind.CLOSED),
        ("2026-11-25 00:00", Kind.OPEN),
    ],
)
def test_a_day_ends_at_midnight(moment, kind):
    assert kind_at(Schedule((weekly([0, 2], "0-24"),)), moment) == kind


def test_touching_spans_of_one_kind_are_one():
    schedule = Schedule((weekly([0], "8-12, 12-16"),))
    assert state_at(schedule, at("2026-11-23 09:00")).until == at("2026-11-23 16:00")


def test_a_day_that_touches_the_next_is_one():
    schedule = Schedule((weekly([0], "8-24"), weekly([1], "0-16")))
    assert state_at(schedule, at("2026-11-23 09:00")).until == at("2026-11-24 16:00")


def test_touching_spans_of_two_kinds_are_two():
    state = state_at(Schedule((weekly([0], "8-12, 12-16*"),)), at("2026-11-23 09:00"))
    assert (state.until, state.next_opening) == (at("2026-11-23 12:00"), at("2026-11-23 12:00"))
    assert state.change == state.opening
    assert state.change.kind == Kind.BY_APPOINTMENT


@pytest.mark.parametrize("rules", [("8-12*", "10-11"), ("10-11", "8-12*")])
def test_open_wins_over_by_appointment(rules):
    schedule = Schedule(tuple(weekly([0], hours) for hours in rules))
    found = [kind_at(schedule, f"2026-11-23 {time}") for time in ("09:59", "10:00", "11:00")]
    assert found == [Kind.BY_APPOINTMENT, Kind.OPEN, Kind.BY_APPOINTMENT]
    assert state_at(schedule, at("2026-11-23 10:30")).until == at("2026-11-23 11:00")


def test_the_next_opening_may_be_by_appointment():
    schedule = Schedule((weekly([0], "8-12*"),))
    state = state_at(schedule, at("2026-11-22 10:00"))
    assert state.next_opening == at("2026-11-23 08:00")
    assert state.opening.kind == Kind.BY_APPOINTMENT


# The base week


def test_no_hours_are_unknown_and_never_closed():
    state = state_at(Schedule(), at("2026-11-23 10:00"))
    assert (state.kind, state.reason, state.label) == (Kind.UNKNOWN, Reason.BASE, "")
    assert (state.until, state.next_opening) == (None, None)


def test_a_rule_without_hours_means_closed():
    schedule = Schedule((weekly(EVERY_DAY, ""),))
    state = state_at(schedule, at("2026-11-23 10:00"))
    assert (state.kind, state.until, state.next_opening) == (Kind.CLOSED, None, None)
    assert schedule.day(TODAY).is_day_off


def test_weekdays_that_no_rule_names_are_closed():
    state = state_at(Schedule(OFFICE), at("2026-11-28 10:00"))
    assert (state.kind, state.reason, state.label) == (Kind.CLOSED, Reason.BASE, "")


DATED = Schedule((weekly(EVERY_DAY, "8-16", period=on("11-23", "11-27")),))


@pytest.mark.parametrize(
    ("moment", "kind"),
    [
        ("2026-11-22 23:59:59", Kind.UNKNOWN),
        ("2026-11-23 00:00", Kind.CLOSED),
        ("2026-11-23 08:00", Kind.OPEN),
        ("2026-11-27 15:59:59", Kind.OPEN),
        ("2026-11-27 23:59:59", Kind.CLOSED),
        ("2026-11-28 00:00", Kind.UNKNOWN),
    ],
)
def test_hours_are_unknown_before_and_after_the_dates_of_their_rules(moment, kind):
    assert kind_at(DATED, moment) == kind


def test_a_schedule_that_starts_later_says_when():
    state = state_at(DATED, at("2026-01-05 10:00"))
    assert (state.kind, state.until) == (Kind.UNKNOWN, at("2026-11-23 00:00"))
    assert state.next_opening == at("2026-11-23 08:00")
    assert (state.change.kind, state.change.reason) == (Kind.CLOSED, Reason.BASE)


def test_a_schedule_that_ends_is_unknown_from_then_on():
    state = state_at(DATED, at("2026-11-27 16:00"))
    assert (state.until, state.change.kind) == (at("2026-11-28 00:00"), Kind.UNKNOWN)
    assert state.next_opening is None
    after = state_at(DATED, at("2026-11-28 00:00"))
    assert (after.until, after.next_opening) == (None, None)


def test_hours_without_a_first_day_have_always_held():
    until = Schedule((weekly([0], "8-16", period=Period(last=TODAY)),))
    assert kind_at(until, "1990-01-01 10:00") == Kind.OPEN
    since = Schedule((weekly([0], "8-16", period=Period(TODAY)),))
    assert kind_at(since, "2090-01-02 10:00") == Kind.OPEN


def test_a_rule_may_follow_upon_another():
    schedule = Schedule(
        (
            weekly([0], "8-12", period=Period(last=TODAY)),
            weekly([0], "9-13", period=Period(TODAY + ONE_DAY)),
        )
    )
    assert hours_of(schedule, TODAY) == ["08:00-12:00 open"]
    assert hours_of(schedule, TODAY + 7 * ONE_DAY) == ["09:00-13:00 open"]
    assert kind_at(schedule, "2026-11-24 10:00") == Kind.CLOSED


def test_an_opening_years_ahead_is_found():
    schedule = Schedule((weekly([0], "8-12", period=Period(date(2031, 1, 1))),))
    assert state_at(schedule, at("2026-11-23 10:00")).next_opening == at("2031-01-06 08:00")


@pytest.mark.parametrize(
    ("weeks", "open_on"),
    [
        ({1}, [7]),
        ({2}, [14]),
        ({5}, []),
        ({-1}, [28]),
        ({4}, [28]),
        ({1, -1}, [7, 28]),
        ((), [7, 14, 21, 28]),
    ],
)
def test_some_saturdays_of_november(weeks, open_on):
    schedule = Schedule((weekly([5], "8-12", weeks=frozenset(weeks)),))
    month = days(schedule, date(2026, 11, 1), date(2026, 11, 30))
    assert [day.date.day for day in month if day.spans] == open_on


@pytest.mark.parametrize(
    ("day", "weeks"),
    [
        # 1 and 7 are the first, 8 the second; the last of 28, 29, 30 and 31 days
        (date(2026, 12, 1), {1}),
        (date(2026, 12, 7), {1}),
        (date(2026, 12, 8), {2}),
        (date(2026, 12, 28), {4, -1}),
        (date(2026, 12, 29), {5, -1}),
        (date(2026, 12, 31), {5, -1}),
        (date(2026, 12, 24), {4}),
        (date(2026, 12, 25), {4, -1}),
        (date(2026, 2, 22), {4, -1}),
        (date(2026, 2, 21), {3}),
        (date(2028, 2, 22), {4}),
        (date(2028, 2, 29), {5, -1}),
    ],
)
def test_which_of_its_month_a_day_is(day, weeks):
    found = {
        week
        for week in (1, 2, 3, 4, 5, -1)
        if weekly([day.weekday()], "8-12", weeks=frozenset({week})).applies_to(day)
    }
    assert found == weeks


def test_a_week_of_the_month_does_not_open_other_weekdays():
    rule = weekly([5], "8-12", weeks=frozenset({1}))
    assert not rule.applies_to(date(2026, 11, 2))


# Seasons

SUMMER = Season(on("07-01", "08-31"), (weekly(WORKDAYS, "8-14"),), "Summer holidays")
REPAIRS = Season(on("08-03", "08-07"), (weekly([0], "10-12"),), "Repairs")


@pytest.mark.parametrize("seasons", [(SUMMER, REPAIRS), (REPAIRS, SUMMER)])
@pytest.mark.parametrize(
    ("day", "hours", "reason", "label"),
    [
        ("2026-06-30", ["07:30-15:30 open"], Reason.BASE, ""),
        ("2026-07-01", ["08:00-14:00 open"], Reason.SEASON, "Summer holidays"),
        ("2026-07-31", ["08:00-14:00 open"], Reason.SEASON, "Summer holidays"),
        ("2026-08-03", ["10:00-12:00 open"], Reason.SEASON, "Repairs"),
        ("2026-08-07", [], Reason.SEASON, "Repairs"),
        ("2026-08-10", ["08:00-14:00 open"], Reason.SEASON, "Summer holidays"),
        ("2026-08-31", ["08:00-14:00 open"], Reason.SEASON, "Summer holidays"),
        ("2026-09-01", ["07:30-15:30 open"], Reason.BASE, ""),
    ],
)
def test_a_season_replaces_the_week_and_a_shorter_one_within_it_wins(
    seasons, day, hours, reason, label
):
    schedule = Schedule(OFFICE, seasons)
    day = schedule.day(date.fromisoformat(day))
    assert hours_of(schedule, day.date) == hours
    assert (day.kind, day.reason, day.label) == (Kind.CLOSED, reason, label)
    assert {(span.reason, span.label) for span in day.spans} <= {(reason, label)}
    assert not day.is_exceptional


def test_of_two_equal_seasons_the_first_wins():
    other = replace(REPAIRS, label="Other")
    assert Schedule(OFFICE, (other, REPAIRS)).season_on(date(2026, 8, 3)) == other


@pytest.mark.parametrize(
    "longer",
    [Period(last=date(2026, 12, 31)), Period(date(2026, 1, 1)), Period()],
)
def test_a_season_without_an_end_is_the_longer_one(longer):
    schedule = Schedule(OFFICE, (replace(SUMMER, period=longer), REPAIRS))
    assert schedule.season_on(date(2026, 8, 3)) == REPAIRS


def test_no_season_holds_where_there_are_none():
    assert Schedule(OFFICE).season_on(TODAY) is None
    assert Schedule(OFFICE, (SUMMER,)).season_on(TODAY) is None


def test_a_season_without_rules_is_unknown():
    schedule = Schedule(OFFICE, (Season(on("11-24", "11-26"), (), "Strike"),))
    state = state_at(schedule, at("2026-11-24 10:00"))
    assert (state.kind, state.reason, state.label) == (Kind.UNKNOWN, Reason.SEASON, "Strike")
    assert (state.until, state.next_opening) == (at("2026-11-27 00:00"), at("2026-11-27 07:30"))


def test_a_rule_may_end_within_its_season():
    rule = weekly(WORKDAYS, "8-14", period=Period(last=date(2026, 7, 31)))
    schedule = Schedule(OFFICE, (replace(SUMMER, rules=(rule,)),))
    assert kind_at(schedule, "2026-07-31 10:00") == Kind.OPEN
    assert kind_at(schedule, "2026-08-03 10:00") == Kind.UNKNOWN


def test_a_rule_may_begin_within_its_season():
    rule = weekly(WORKDAYS, "8-14", period=Period(date(2026, 7, 20)))
    schedule = Schedule(OFFICE, (replace(SUMMER, rules=(rule,)),))
    state = state_at(schedule, at("2026-07-01 10:00"))
    assert (state.until, state.next_opening) == (at("2026-07-20 00:00"), at("2026-07-20 08:00"))


def test_a_long_season_that_is_closed_does_not_hide_the_opening_after_it():
    closed = Season(Period(TODAY, date(2028, 12, 31)), (weekly(EVERY_DAY, ""),))
    state = state_at(Schedule(OFFICE, (closed,)), at("2026-11-23 10:00"))
    assert state.next_opening == at("2029-01-01 07:00")


def test_a_season_may_follow_upon_another():
    closed = Season(on("11-01", "11-24"), (weekly(EVERY_DAY, ""),))
    season = Season(on("11-25", "11-30"), (weekly(EVERY_DAY, "8-14"),))
    state = state_at(Schedule((weekly(EVERY_DAY, ""),), (closed, season)), at("2026-11-23 10:00"))
    assert state.next_opening == at("2026-11-25 08:00")


# Holidays


def test_a_holiday_is_closed_and_says_so():
    state = state_at(Schedule(OFFICE, holidays=HOLIDAYS), at("2026-11-11 10:00"))
    assert (state.kind, state.reason, state.label) == (
        *(Kind.CLOSED, Reason.HOLIDAY),
        "Independence Day",
    )
    assert state.next_opening == state.until == at("2026-11-12 07:30")


def test_the_evening_before_a_holiday_knows_of_it():
    state = state_at(Schedule(OFFICE, holidays=HOLIDAYS), at("2026-11-10 16:00"))
    assert state.next_opening == at("2026-11-12 07:30")


def test_who_does_not_observe_holidays_is_open():
    assert kind_at(Schedule(OFFICE), "2026-11-11 10:00") == Kind.OPEN


@pytest.mark.parametrize(
    ("time", "kind", "until"),
    [
        ("07:59", Kind.CLOSED, "2026-12-24 08:00"),
        ("08:00", Kind.OPEN, "2026-12-24 12:00"),
        ("11:59", Kind.OPEN, "2026-12-24 12:00"),
        ("12:00", Kind.CLOSED, "2026-12-25 07:30"),
    ],
)
def test_a_holiday_may_have_special_hours(time, kind, until):
    state = state_at(Schedule(OFFICE, holidays=HOLIDAYS), at(f"2026-12-24 {time}"))
    assert (state.kind, state.reason, state.label) == (kind, Reason.HOLIDAY, "Christmas Eve")
    assert state.until == at(until)


def test_a_holiday_of_which_nobody_knows_is_unknown_on_a_day_with_hours():
    state = state_at(Schedule(OFFICE, holidays=HOLIDAYS), at("2026-12-31 10:00"))
    assert (state.kind, state.reason) == (Kind.UNKNOWN, Reason.UNCONFIRMED_HOLIDAY)
    assert state.label == "New Year’s Eve"
    assert (state.until, state.next_opening) == (at("2027-01-01 00:00"), at("2027-01-01 07:30"))


def test_a_holiday_of_which_nobody_knows_is_closed_on_a_day_off():
    day = Schedule(OFFICE, holidays=HOLIDAYS).day(date(2026, 12, 26))
    assert (day.kind, day.reason) == (Kind.CLOSED, Reason.BASE)


def test_a_holiday_of_which_nobody_knows_is_unknown_where_hours_are():
    day = Schedule(holidays=HOLIDAYS).day(date(2026, 12, 26))
    assert (day.kind, day.reason) == (Kind.UNKNOWN, Reason.UNCONFIRMED_HOLIDAY)


def test_a_holiday_is_above_a_season():
    season = Season(on("11-01", "11-30"), (weekly(EVERY_DAY, "8-14"),), "Autumn")
    schedule = Schedule(OFFICE, (season,), holidays=HOLIDAYS)
    assert schedule.day(INDEPENDENCE_DAY).reason == Reason.HOLIDAY


def test_unknown_hours_are_closed_on_the_next_holiday():
    state = state_at(Schedule(holidays=HOLIDAYS), at("2026-11-01 10:00"))
    assert (state.kind, state.until) == (Kind.UNKNOWN, at("2026-11-11 00:00"))
    assert (state.change.kind, state.change.label) == (Kind.CLOSED, "Independence Day")
    assert state.next_opening is None


def test_unknown_hours_are_unknown_again_after_a_holiday():
    state = state_at(Schedule(holidays=HOLIDAYS), at("2026-11-11 10:00"))
    assert (state.kind, state.until) == (Kind.CLOSED, at("2026-11-12 00:00"))
    assert state.change.kind == Kind.UNKNOWN


def test_the_holiday_of_yesterday_is_over():
    days_off = {INDEPENDENCE_DAY: Holiday(), CHRISTMAS_EVE: Holiday()}
    state = state_at(Schedule(holidays=days_off), at("2026-11-12 10:00"))
    assert (state.kind, state.until) == (Kind.UNKNOWN, at("2026-12-24 00:00"))


def test_special_hours_of_a_holiday_hold_on_a_weekday_that_is_closed_otherwise():
    schedule = Schedule((weekly([0], "8-16"),), holidays=HOLIDAYS)
    state = state_at(schedule, at("2026-12-22 10:00"))
    assert state.until == state.next_opening == at("2026-12-24 08:00")
    assert (state.opening.reason, state.opening.label) == (Reason.HOLIDAY, "Christmas Eve")


@pytest.mark.parametrize(
    ("rules", "kind"), [((), Kind.UNKNOWN), ((weekly(EVERY_DAY, ""),), Kind.CLOSED)]
)
def test_special_hours_of_a_holiday_open_nothing_in_a_week_without_hours(rules, kind):
    schedule = Schedule(rules, holidays=HOLIDAYS)
    assert schedule.opens_in_week_of(CHRISTMAS_EVE) is False
    state = state_at(schedule, at("2026-12-24 10:00"))
    assert (state.kind, state.reason, state.next_opening) == (kind, Reason.BASE, None)


def test_a_line_around_the_clock_closes_on_the_holidays_that_it_observes():
    line = Schedule((weekly(EVERY_DAY, "0-24"),), holidays=HOLIDAYS)
    state = state_at(line, at("2026-11-01 10:00"))
    assert (state.kind, state.until) == (Kind.OPEN, at("2026-11-11 00:00"))
    assert state.next_opening == at("2026-11-12 00:00")
    assert state_at(line, at("2026-12-23 23:59")).next_opening == at("2026-12-24 08:00")


@pytest.mark.parametrize(
    "rules",
    [
        (weekly(range(6), "0-24"), weekly([6], "0-23")),
        (weekly(range(6), "0-24"),),
        (weekly(range(6), "0-24"), weekly([6], "0-24*")),
        (weekly(range(6), "0-24"), weekly([6], "0-24", weeks=frozenset({1}))),
        (weekly(range(6), "0-24"), weekly([6], "1-24")),
    ],
)
def test_a_line_that_is_not_quite_around_the_clock_changes_on_sunday(rules):
    state = state_at(Schedule(rules), at("2026-11-23 10:00"))
    assert state.until is not None
    assert state.until.date() in {date(2026, 11, 29), date(2026, 11, 30)}


def test_a_line_around_the_clock_ends_with_its_rules():
    until_monday = Period(last=date(2026, 11, 30))
    line = Schedule((weekly(EVERY_DAY, "0-24", period=until_monday),))
    state = state_at(line, at("2026-11-23 10:00"))
    assert (state.until, state.change.kind) == (at("2026-12-01 00:00"), Kind.UNKNOWN)


def test_some_hours_are_cut_from_a_line_around_the_clock_on_each_of_some_days():
    cut = exception(Effect.REMOVES, "12-13", on("11-24", "11-26"))
    line = Schedule((weekly(EVERY_DAY, "0-24"),), exceptions=(cut,))
    for day in (24, 25, 26):
        state = state_at(line, at(f"2026-11-{day} 10:00"))
        assert state.until == at(f"2026-11-{day} 12:00")
        assert state_at(line, at(f"2026-11-{day} 12:00")).until == at(f"2026-11-{day} 13:00")
    assert state_at(line, at("2026-11-24 14:00")).until == at("2026-11-25 12:00")
    assert state_at(line, at("2026-11-26 14:00")).until is None


def test_open_hours_added_over_hours_by_appointment_are_told():
    more = exception(Effect.ADDS, "10-11", on("11-23"))
    schedule = Schedule((weekly([0], "8-12*"),), exceptions=(more,))
    spans_of_day = schedule.day(TODAY).spans
    assert format_hours(span.hours for span in spans_of_day) == "08:00–12:00*, 10:00–11:00"


@pytest.mark.parametrize(
    ("added", "expected"),
    [
        ("11-14", "08:00–12:00, 12:00–13:00, 13:00–15:00"),
        ("9-10", "08:00–12:00, 13:00–15:00"),
        ("7-16", "07:00–08:00, 08:00–12:00, 12:00–13:00, 13:00–15:00, 15:00–16:00"),
        ("11-14*", "08:00–12:00, 11:00–14:00*, 13:00–15:00"),
    ],
)
def test_added_hours_that_are_there_anyway_are_not_told_twice(added, expected):
    more = exception(Effect.ADDS, added, on("11-23"))
    schedule = Schedule((weekly([0], "8-12, 13-15"),), exceptions=(more,))
    assert format_hours(span.hours for span in schedule.day(TODAY).spans) == expected


def test_hours_added_on_each_of_some_days_are_found_in_a_closed_week():
    more = exception(Effect.ADDS, "10-12", on("11-24", "11-26"))
    schedule = Schedule((weekly(EVERY_DAY, ""),), exceptions=(more,))
    assert state_at(schedule, at("2026-11-23 10:00")).next_opening == at("2026-11-24 10:00")
    assert state_at(schedule, at("2026-11-24 12:00")).next_opening == at("2026-11-25 10:00")
    assert state_at(schedule, at("2026-11-26 12:00")).next_opening is None


def test_a_day_that_loses_all_its_hours_is_not_the_end():
    cut = exception(Effect.REMOVES, "8-12", on("11-23", "11-25"))
    schedule = Schedule((weekly([0], "8-12"), weekly([1], "8-16")), exceptions=(cut,))
    assert state_at(schedule, at("2026-11-23 09:00")).next_opening == at("2026-11-24 12:00")


# Day exceptions


def exception(effect, hours, period=None, label="Training"):
    return DayException(period or on("11-23"), effect, parse_hours(hours), label)


def test_an_exception_without_hours_closes_the_day():
    schedule = Schedule(OFFICE, exceptions=(exception(Effect.REPLACES, ""),))
    state = state_at(schedule, at("2026-11-23 10:00"))
    assert (state.kind, state.reason, state.label) == (Kind.CLOSED, Reason.EXCEPTION, "Training")
    assert state.until == at("2026-11-24 07:30")


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        ("2026-11-22", []),
        ("2026-11-23", ["10:00-12:00 open", "13:00-14:00 by_appointment"]),
        ("2026-11-24", ["10:00-12:00 open", "13:00-14:00 by_appointment"]),
        ("2026-11-25", ["07:30-15:30 open"]),
    ],
)
def test_an_exception_replaces_the_hours_of_its_days(day, hours):
    replaced = exception(Effect.REPLACES, "13-14*, 10-12", on("11-23", "11-24"))
    schedule = Schedule(OFFICE, exceptions=(replaced,))
    assert hours_of(schedule, date.fromisoformat(day)) == hours
    for span in schedule.day(TODAY).spans:
        assert (span.reason, span.label) == (Reason.EXCEPTION, "Training")


def test_an_exception_is_above_a_holiday():
    replaced = exception(Effect.REPLACES, "10-12", on("11-11"))
    schedule = Schedule(OFFICE, exceptions=(replaced,), holidays=HOLIDAYS)
    assert hours_of(schedule, INDEPENDENCE_DAY) == ["10:00-12:00 open"]
    assert schedule.day(INDEPENDENCE_DAY).reason == Reason.EXCEPTION


def test_added_hours_stand_beside_the_usual_ones():
    schedule = Schedule(OFFICE, exceptions=(exception(Effect.ADDS, "20-21, 5-6"),))
    assert hours_of(schedule, TODAY) == ["05:00-06:00 open", "07:00-18:00 open", "20:00-21:00 open"]
    reasons = [span.reason for span in schedule.day(TODAY).spans]
    assert reasons == [Reason.EXCEPTION, Reason.BASE, Reason.EXCEPTION]
    assert (schedule.day(TODAY).reason, schedule.day(TODAY).label) == (Reason.BASE, "")
    assert schedule.day(TODAY).is_exceptional


def test_added_hours_are_explained_by_their_exception():
    schedule = Schedule(OFFICE, exceptions=(exception(Effect.ADDS, "20-21"),))
    state = state_at(schedule, at("2026-11-23 20:30"))
    assert (state.kind, state.reason, state.label) == (Kind.OPEN, Reason.EXCEPTION, "Training")
    assert state.until == at("2026-11-23 21:00")


def test_hours_may_be_added_on_a_holiday():
    added = exception(Effect.ADDS, "10-12", on("11-11"))
    schedule = Schedule(OFFICE, exceptions=(added,), holidays=HOLIDAYS)
    assert hours_of(schedule, INDEPENDENCE_DAY) == ["10:00-12:00 open"]
    assert state_at(schedule, at("2026-11-11 12:00")).reason == Reason.HOLIDAY


def test_hours_may_be_added_where_hours_are_unknown():
    schedule = Schedule(exceptions=(exception(Effect.ADDS, "10-12"),))
    state = state_at(schedule, at("2026-11-20 10:00"))
    assert state.until == state.next_opening == at("2026-11-23 10:00")
    assert kind_at(schedule, "2026-11-23 12:00") == Kind.UNKNOWN


@pytest.mark.parametrize(
    ("time", "kind", "reason", "until"),
    [
        ("10:59:59", Kind.OPEN, Reason.BASE, "2026-11-23 11:00"),
        ("11:00", Kind.CLOSED, Reason.EXCEPTION, "2026-11-23 12:00"),
        ("11:59:59", Kind.CLOSED, Reason.EXCEPTION, "2026-11-23 12:00"),
        ("12:00", Kind.OPEN, Reason.BASE, "2026-11-23 18:00"),
        ("18:00", Kind.CLOSED, Reason.BASE, "2026-11-24 07:30"),
    ],
)
def test_a_lunch_break(time, kind, reason, until):
    schedule = Schedule(OFFICE, exceptions=(exception(Effect.REMOVES, "11-12", label="Lunch"),))
    state = state_at(schedule, at(f"2026-11-23 {time}"))
    assert (state.kind, state.reason, state.until) == (kind, reason, at(until))
    assert state.label == ("Lunch" if reason == Reason.EXCEPTION else "")
    assert schedule.day(TODAY).is_exceptional


def test_a_coming_break_says_why():
    schedule = Schedule(OFFICE, exceptions=(exception(Effect.REMOVES, "11-12, 13-14"),))
    change = state_at(schedule, at("2026-11-23 10:00")).change
    assert (change.kind, change.reason, change.label) == (Kind.CLOSED, Reason.EXCEPTION, "Training")
    assert state_at(schedule, at("2026-11-23 13:30")).reason == Reason.EXCEPTION
    after = state_at(schedule, at("2026-11-23 17:00")).change
    assert (after.reason, after.label) == (Reason.BASE, "")


@pytest.mark.parametrize(
    ("removed", "left"),
    [
        ("6-7", ["07:00-18:00 open"]),
        ("6:00-7:01", ["07:01-18:00 open"]),
        ("7-8", ["08:00-18:00 open"]),
        ("8-9", ["07:00-08:00 open", "09:00-18:00 open"]),
        ("8-9, 10-11", ["07:00-08:00 open", "09:00-10:00 open", "11:00-18:00 open"]),
        ("17-18", ["07:00-17:00 open"]),
        ("17:59-19:00", ["07:00-17:59 open"]),
        ("18-19", ["07:00-18:00 open"]),
        ("7-18", []),
        ("6-19", []),
    ],
)
def test_what_a_removal_leaves(removed, left):
    schedule = Schedule(OFFICE, exceptions=(exception(Effect.REMOVES, removed),))
    assert hours_of(schedule, TODAY) == left


@pytest.mark.parametrize(
    ("time", "reason"),
    [
        ("06:30", Reason.BASE),
        ("17:00", Reason.EXCEPTION),
        ("18:59", Reason.EXCEPTION),
        ("19:00", Reason.BASE),
    ],
)
def test_a_removal_explains_what_is_closed_as_long_as_it_lasts(time, reason):
    schedule = Schedule(OFFICE, exceptions=(exception(Effect.REMOVES, "17-19"),))
    assert state_at(schedule, at(f"2026-11-23 {time}")).reason == reason


@pytest.mark.parametrize("time", ["06:30", "07:00", "17:59", "18:00", "23:59"])
def test_a_day_that_loses_all_its_hours_is_closed_for_that_reason(time):
    halves = (exception(Effect.REMOVES, "7-12", label="Lift"), exception(Effect.REMOVES, "12-18"))
    state = state_at(Schedule(OFFICE, exceptions=halves), at(f"2026-11-23 {time}"))
    expected = "Lift" if time == "07:00" else "Training"
    assert (state.kind, state.reason, state.label) == (Kind.CLOSED, Reason.EXCEPTION, expected)


def test_unknown_hours_stay_so_when_what_was_added_to_them_is_removed():
    both = (exception(Effect.ADDS, "10-12"), exception(Effect.REMOVES, "10-12"))
    day = Schedule(exceptions=both).day(TODAY)
    assert (day.spans, day.kind, day.reason) == ((), Kind.UNKNOWN, Reason.BASE)


@pytest.mark.parametrize("removed", ["6-7", "18-19", "20-21"])
def test_to_remove_what_is_not_there_is_no_exception(removed):
    day = Schedule(OFFICE, exceptions=(exception(Effect.REMOVES, removed),)).day(TODAY)
    assert (day.removed, day.is_exceptional) == ((), False)


def test_a_removal_is_for_its_day_only():
    schedule = Schedule(OFFICE, exceptions=(exception(Effect.REMOVES, "8-9"),))
    assert hours_of(schedule, TODAY + ONE_DAY) == ["07:30-15:30 open"]
    assert hours_of(schedule, TODAY - 7 * ONE_DAY) == ["07:00-18:00 open"]


def test_a_removal_holds_also_for_added_hours_whatever_their_order():
    both = (exception(Effect.REMOVES, "17-20"), exception(Effect.ADDS, "18-21"))
    for exceptions in (both, both[::-1]):
        schedule = Schedule(OFFICE, exceptions=exceptions)
        assert hours_of(schedule, TODAY) == ["07:00-17:00 open", "20:00-21:00 open"]


def test_hours_are_added_to_a_replaced_day_whatever_their_order():
    both = (exception(Effect.ADDS, "18-21"), exception(Effect.REPLACES, "8-10"))
    for exceptions in (both, both[::-1]):
        schedule = Schedule(OFFICE, exceptions=exceptions)
        assert hours_of(schedule, TODAY) == ["08:00-10:00 open", "18:00-21:00 open"]


def test_two_removals_are_both_remembered():
    removals = (exception(Effect.REMOVES, "8-9"), exception(Effect.REMOVES, "10-11", label="Tea"))
    removed = Schedule(OFFICE, exceptions=removals).day(TODAY).removed
    assert [(span.start.hour, span.reason, span.label) for span in removed] == [
        (8, Reason.EXCEPTION, "Training"),
        (10, Reason.EXCEPTION, "Tea"),
    ]


def test_a_day_knows_the_labels_of_all_that_differs_from_its_week():
    summer = Season(on("11-01", "11-30"), (weekly([0], "8-16"),), "Summer")
    changes = (
        exception(Effect.ADDS, "17-18", label="Late"),
        exception(Effect.REMOVES, "12-13", label="Lunch"),
    )
    schedule = Schedule(OFFICE, (summer,), changes)
    assert schedule.day(TODAY).labels == ["Late", "Lunch"]
    assert schedule.day(TODAY + ONE_DAY).labels == []
    moved = Notice(on("11-23"), label="Moved")
    assert replace(schedule, notices=(moved,)).day(TODAY).labels == ["Moved"]


# Notices

MOVING = Notice(on("11-24", "11-26"), label="Moving house")
NO_OPERATOR = Notice(Period(TODAY), Kind.UNKNOWN, "No operator yet")


@pytest.mark.parametrize(
    ("moment", "kind", "reason", "until"),
    [
        ("2026-11-23 23:59:59", Kind.CLOSED, Reason.BASE, "2026-11-27 07:30"),
        ("2026-11-24 00:00", Kind.CLOSED, Reason.NOTICE, "2026-11-27 07:30"),
        ("2026-11-26 23:59:59", Kind.CLOSED, Reason.NOTICE, "2026-11-27 07:30"),
        ("2026-11-27 00:00", Kind.CLOSED, Reason.BASE, "2026-11-27 07:30"),
    ],
)
def test_a_notice_closes_until_its_last_day(moment, kind, reason, until):
    state = state_at(Schedule(OFFICE, notices=(MOVING,)), at(moment))
    assert (state.kind, state.reason, state.until) == (kind, reason, at(until))
    assert state.next_opening == state.until


def test_a_notice_until_further_notice_leaves_nothing_to_come():
    schedule = Schedule(OFFICE, notices=(NO_OPERATOR,), holidays=HOLIDAYS)
    state = state_at(schedule, at("2026-11-23 10:00"))
    assert (state.kind, state.reason, state.label) == (
        *(Kind.UNKNOWN, Reason.NOTICE),
        "No operator yet",
    )
    assert (state.until, state.next_opening, state.span) == (None, None, None)


def test_a_notice_is_above_everything():
    replaced = exception(Effect.REPLACES, "10-12", on("11-24", "12-31"))
    notice = replace(MOVING, period=on("11-24", "12-31"))
    schedule = Schedule(OFFICE, (), (replaced,), (notice,), HOLIDAYS)
    assert schedule.day(CHRISTMAS_EVE).reason == Reason.NOTICE
    assert schedule.day(CHRISTMAS_EVE).spans == ()
    assert schedule.day(CHRISTMAS_EVE).label == "Moving house"


def test_of_two_notices_the_first_holds():
    schedule = Schedule(OFFICE, notices=(MOVING, NO_OPERATOR))
    assert schedule.day(date(2026, 11, 24)).kind == Kind.CLOSED
    assert schedule.day(date(2026, 11, 23)).kind == Kind.UNKNOWN
    assert schedule.day(date(2026, 11, 27)).kind == Kind.UNKNOWN


def test_a_change_from_closed_to_closed_is_none():
    state = state_at(Schedule(OFFICE, notices=(MOVING,)), at("2026-11-23 10:00"))
    assert (state.until, state.next_opening) == (at("2026-11-23 18:00"), at("2026-11-27 07:30"))


# Nights


@pytest.mark.parametrize(
    "cut",
    [
        Schedule(NIGHTS, holidays={date(2026, 11, 24): Holiday()}),
        Schedule(NIGHTS, exceptions=(exception(Effect.REPLACES, "", on("11-24")),)),
        Schedule(NIGHTS, exceptions=(exception(Effect.REMOVES, "0-24", on("11-24")),)),
        Schedule(NIGHTS, (Season(on("11-24"), (weekly([1], ""),)),)),
        Schedule((replace(NIGHTS[0], period=Period(last=TODAY)), weekly([5], "8-9"))),
        Schedule(NIGHTS, notices=(Notice(on("11-24")),)),
    ],
)
def test_what_the_next_day_brings_does_not_cut_a_night(cut):
    state = state_at(cut, at("2026-11-24 01:59:59"))
    assert (state.kind, state.reason, state.until) == (
        *(Kind.OPEN, Reason.BASE),
        at("2026-11-24 02:00"),
    )
    assert state.span.day == TODAY
    assert state.day.date == TODAY + ONE_DAY
    assert kind_at(cut, "2026-11-24 02:00") == Kind.CLOSED
    assert state_at(cut, at("2026-11-23 23:00")).until == at("2026-11-24 02:00")


def test_the_night_of_a_day_off_falls_out_whole():
    schedule = Schedule(NIGHTS, exceptions=(exception(Effect.REPLACES, ""),))
    assert kind_at(schedule, "2026-11-23 01:00") == Kind.OPEN
    assert kind_at(schedule, "2026-11-23 23:00") == Kind.CLOSED
    assert kind_at(schedule, "2026-11-24 01:00") == Kind.CLOSED


def test_a_night_touches_the_hours_of_the_morning():
    schedule = Schedule((weekly([0], "22-2"), weekly([1], "2-4")))
    assert state_at(schedule, at("2026-11-23 23:00")).until == at("2026-11-24 04:00")


def test_a_night_until_midnight_is_over_then():
    schedule = Schedule((weekly([0], "22-24"),))
    assert state_at(schedule, at("2026-11-23 23:00")).until == at("2026-11-24 00:00")
    assert kind_at(schedule, "2026-11-24 00:00") == Kind.CLOSED


def test_a_span_of_a_whole_day_ends_at_its_own_hour():
    schedule = Schedule((weekly([0], "20:00-44:00"),))
    assert state_at(schedule, at("2026-11-24 12:00")).until == at("2026-11-24 20:00")
    assert kind_at(schedule, "2026-11-24 20:00") == Kind.CLOSED


def test_a_removal_may_go_on_after_midnight():
    schedule = Schedule(NIGHTS, exceptions=(exception(Effect.REMOVES, "23-1"),))
    found = [kind_at(schedule, f"2026-11-{moment}") for moment in ("23 23:30", "24 00:30")]
    assert found == [Kind.CLOSED, Kind.CLOSED]
    assert state_at(schedule, at("2026-11-23 23:30")).until == at("2026-11-24 01:00")


# Summer time begins at 02:00 on 29 March 2026 and ends at 03:00 on 25 October


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
@pytest.mark.parametrize(
    ("time", "kind"),
    [
        ("07:59", Kind.CLOSED),
        ("08:00", Kind.OPEN),
        ("15:59", Kind.OPEN),
        ("16:00", Kind.CLOSED),
        ("23:59", Kind.CLOSED),
    ],
)
def test_hours_are_those_of_the_clock_on_the_wall_when_the_clocks_change(day, time, kind):
    assert kind_at(Schedule((weekly([6], "8-16"),)), f"{day} {time}") == kind


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25)])
def test_a_day_around_the_clock_is_as_long_as_it_is(day, hours):
    (span,) = Schedule((weekly([6], "0-24"),)).day(date.fromisoformat(day)).spans
    assert span.end.astimezone(UTC) - span.start.astimezone(UTC) == timedelta(hours=hours)


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "begins", "ends"),
    [
        # 02:00 is 03:00; times in between are the moment of the jump
        ("1-2", "2026-03-29 00:00", "2026-03-29 01:00"),
        ("1:00-2:30", "2026-03-29 00:00", "2026-03-29 01:00"),
        ("1-3", "2026-03-29 00:00", "2026-03-29 01:00"),
        ("2-4", "2026-03-29 01:00", "2026-03-29 02:00"),
        ("2:59-4:00", "2026-03-29 01:00", "2026-03-29 02:00"),
        ("3-4", "2026-03-29 01:00", "2026-03-29 02:00"),
        ("3:30-4:00", "2026-03-29 01:30", "2026-03-29 02:00"),
        ("1:59-4:00", "2026-03-29 00:59", "2026-03-29 02:00"),
    ],
)
def test_times_that_the_clock_skips(hours, begins, ends):
    schedule = Schedule((weekly([6], hours),))
    before = state_at(schedule, utc(begins) - timedelta(seconds=1))
    assert (before.kind, before.until) == (Kind.CLOSED, utc(begins))
    during = state_at(schedule, utc(begins))
    assert (during.kind, during.until) == (Kind.OPEN, utc(ends))
    assert kind_at(schedule, "2026-03-29 05:00") == Kind.CLOSED


def test_hours_that_the_clock_skips_do_not_happen():
    schedule = Schedule((weekly([6], "2:00-2:45"),))
    state = state_at(schedule, utc("2026-03-29 00:59"))
    assert state.next_opening == utc("2026-04-05 00:00")
    assert state_at(schedule, utc("2026-03-29 01:00")).kind == Kind.CLOSED


@pytest.mark.parametrize(
    ("hours", "begins", "ends"),
    [
        # 02:00 comes at 00:00 and at 01:00 UTC; the first one counts
        ("1-2", "2026-10-24 23:00", "2026-10-25 00:00"),
        ("1:00-2:30", "2026-10-24 23:00", "2026-10-25 00:30"),
        ("1-3", "2026-10-24 23:00", "2026-10-25 02:00"),
        ("2-3", "2026-10-25 00:00", "2026-10-25 02:00"),
        ("2:30-3:30", "2026-10-25 00:30", "2026-10-25 02:30"),
        ("3-4", "2026-10-25 02:00", "2026-10-25 03:00"),
    ],
)
def test_times_that_the_clock_repeats(hours, begins, ends):
    schedule = Schedule((weekly([6], hours),))
    a_second = timedelta(seconds=1)
    for moment, kind, until in [
        (utc(begins) - a_second, Kind.CLOSED, utc(begins)),
        (utc(begins), Kind.OPEN, utc(ends)),
        (utc(ends) - a_second, Kind.OPEN, utc(ends)),
    ]:
        state = state_at(schedule, moment)
        assert (state.kind, state.until.astimezone(UTC)) == (kind, until)
    assert state_at(schedule, utc(ends)).kind == Kind.CLOSED


def test_a_night_over_the_change_of_clocks():
    schedule = Schedule((weekly([5], "22-4"),))
    assert state_at(schedule, at("2026-10-24 23:00")).until == utc("2026-10-25 03:00")
    assert state_at(schedule, at("2026-03-28 23:00")).until == utc("2026-03-29 02:00")


# Readers elsewhere


@pytest.mark.parametrize(
    ("moment", "kind"),
    [
        ("2026-11-23 00:59", Kind.CLOSED),
        ("2026-11-23 01:00", Kind.OPEN),
        ("2026-11-23 11:59", Kind.OPEN),
        ("2026-11-23 12:00", Kind.CLOSED),
        # Tuesday morning in Kraków
        ("2026-11-24 01:30", Kind.OPEN),
    ],
)
def test_a_reader_in_new_york_gets_krakow_hours(moment, kind):
    local = datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("America/New_York"))
    state = state_at(Schedule(OFFICE), local)
    assert state.kind == kind
    assert state.until.tzinfo == WARSAW


def test_the_day_is_that_of_krakow():
    assert state_at(Schedule(OFFICE), utc("2026-11-22 23:00")).day.date == TODAY
    assert state_at(Schedule(OFFICE), utc("2026-11-22 22:59")).day.date == TODAY - ONE_DAY


# What hours carry with them


def test_languages_and_last_admission_are_those_of_the_hours_that_hold():
    ukrainian = Hours(480, 720, languages=("uk",), last_admission=690)
    russian = Hours(780, 900, languages=("ru",))
    schedule = Schedule((WeeklyRule(frozenset({0}), (russian, ukrainian)),))
    morning = state_at(schedule, at("2026-11-23 11:45"))
    assert (morning.languages, morning.last_admission) == (("uk",), at("2026-11-23 11:30"))
    afternoon = state_at(schedule, at("2026-11-23 13:00"))
    assert (afternoon.languages, afternoon.last_admission) == (("ru",), None)
    break_ = state_at(schedule, at("2026-11-23 12:00"))
    assert (break_.languages, break_.last_admission) == ((), None)


@pytest.mark.parametrize(
    ("removed", "last_admissions"),
    [
        ("16-18", [None]),
        ("15:00-15:30", [None, "17:30"]),
        ("17:30-18:00", ["17:30"]),
        ("17:29-18:00", [None]),
        ("7:00-17:29", ["17:30"]),
        ("7:00-17:30", [None]),
        ("7:00-17:45", [None]),
        ("19-20", ["17:30"]),
    ],
)
def test_a_removal_cuts_a_last_admission_that_no_longer_fits(removed, last_admissions):
    hours = Hours(7 * 60, 18 * 60, last_admission=17 * 60 + 30)
    rule = WeeklyRule(frozenset({0}), (hours,))
    schedule = Schedule((rule,), exceptions=(exception(Effect.REMOVES, removed),))
    found = [span.last_admission for span in schedule.day(TODAY).spans]
    assert found == [time and at(f"2026-11-23 {time}") for time in last_admissions]


@pytest.mark.parametrize(
    ("clock", "turn"),
    [
        ("10:00", "12:00"),
        ("12:00", "13:30"),
        ("13:31", "16:00"),
        # Before, within and after a gap that goes on when it would be closed anyway
        ("17:30", "17:45"),
        ("18:30", "19:00"),
    ],
)
def test_other_languages_or_another_reason_are_a_turn_too(clock, turn):
    morning = Hours(8 * 60, 12 * 60, languages=("pol",))
    afternoon = Hours(12 * 60, 18 * 60, last_admission=13 * 60 + 30, languages=("rus",))
    rule = WeeklyRule(frozenset(EVERY_DAY), (morning, afternoon))
    cut = exception(Effect.REMOVES, "16-17, 17:45-19")
    now = at(f"2026-11-23 {clock}")
    state = state_at(Schedule((rule,), exceptions=(cut,)), now)
    assert min(one for one in state.turns if one > now) == at(f"2026-11-23 {turn}")


# Days in a row


def test_all_days_between_two_are_given_both_included():
    week = days(Schedule(OFFICE), TODAY, TODAY + 6 * ONE_DAY)
    assert [len(day.spans) for day in week] == [1, 1, 1, 1, 1, 0, 0]
    assert [day.date for day in days(Schedule(), TODAY, TODAY)] == [TODAY]
    assert list(days(Schedule(), TODAY, TODAY - ONE_DAY)) == []


def test_spans_come_in_order_whatever_the_order_of_rules():
    schedule = Schedule((weekly([0, 1], "13-15"), weekly([0], "8-12, 16-17*")))
    found = [(span.day.day, span.start.hour) for span in spans(schedule, TODAY, TODAY + ONE_DAY)]
    assert found == [(23, 8), (23, 13), (23, 16), (24, 13)]


def test_of_spans_that_begin_together_the_shorter_comes_first():
    long, short = weekly([0], "8-12"), weekly([0], "8-10*")
    for rules in ((long, short), (short, long)):
        assert [span.end.hour for span in spans(Schedule(rules), TODAY, TODAY)] == [10, 12]
    added = exception(Effect.ADDS, "8-10*")
    schedule = Schedule((long,), exceptions=(added,))
    assert [span.end.hour for span in spans(schedule, TODAY, TODAY)] == [10, 12]


def test_the_next_exceptional_days():
    exceptions = (exception(Effect.ADDS, "20-21"), exception(Effect.REMOVES, "6-7", on("11-25")))
    schedule = Schedule(OFFICE, exceptions=exceptions, holidays=HOLIDAYS, notices=(MOVING,))
    found = exceptional_days(schedule, TODAY, 5)
    assert [day.date.isoformat()[5:] for day in found] == [
        *("11-23", "11-24", "11-25", "11-26"),
        "12-24",
    ]
    assert [day.date for day in exceptional_days(schedule, TODAY, 1)] == [TODAY]


def test_exceptional_days_are_looked_for_among_so_many_days():
    schedule = Schedule(OFFICE, holidays={TODAY + 10 * ONE_DAY: Holiday()})
    assert exceptional_days(schedule, TODAY, 1, within_days=10) == []
    assert len(exceptional_days(schedule, TODAY, 1, within_days=11)) == 1


def test_exceptional_days_are_looked_for_in_four_hundred_days():
    schedule = Schedule(OFFICE, holidays={TODAY + 399 * ONE_DAY: Holiday()})
    assert len(exceptional_days(schedule, TODAY, 1)) == 1
    schedule = Schedule(OFFICE, holidays={TODAY + 400 * ONE_DAY: Holiday()})
    assert exceptional_days(schedule, TODAY, 1) == []


def dates_from(schedule, first):
    return [day.date for day in schedule.days_from(first)]


def test_days_without_end_are_four_hundred():
    daily = Schedule((weekly(EVERY_DAY, "8-16"),))
    assert dates_from(daily, TODAY) == [TODAY + n * ONE_DAY for n in range(400)]


def test_of_days_off_only_the_first_and_the_holidays_are_given():
    new_year = date(2027, 1, 1)
    fifth = Schedule(
        (weekly([5], "9-13", weeks=frozenset({5})),), holidays={new_year: Holiday("New Year")}
    )
    assert dates_from(fifth, TODAY)[:5] == [
        *(TODAY, date(2027, 1, 1), date(2027, 1, 2), date(2027, 1, 30), date(2027, 1, 31)),
    ]


def test_an_opening_is_looked_for_in_four_hundred_days():
    last_monday = Period(TODAY + 400 * ONE_DAY)
    late = Schedule((weekly(EVERY_DAY, ""),), (Season(last_monday, (weekly(EVERY_DAY, "8-9"),)),))
    assert state_at(late, at("2026-11-23 10:00")).next_opening == at("2027-12-28 08:00")


def test_of_days_on_which_nothing_can_open_only_the_first_is_given():
    exceptions = (
        exception(Effect.REPLACES, "10-12", on("12-01")),
        exception(Effect.ADDS, "10-12", on("12-05", "12-06")),
        exception(Effect.REPLACES, "", on("12-24", "12-31")),
    )
    schedule = Schedule((weekly(EVERY_DAY, ""),), exceptions=exceptions)
    assert [day.isoformat()[5:] for day in dates_from(schedule, TODAY)] == [
        *("11-23", "12-01", "12-02", "12-05", "12-06", "12-07", "12-24"),
        "01-01",
    ]


def test_days_on_which_a_notice_holds_are_passed_over():
    schedule = Schedule(OFFICE, notices=(MOVING,), holidays={date(2026, 11, 25): Holiday()})
    assert [day.date.day for day in islice(schedule.days_from(TODAY), 4)] == [23, 24, 27, 28]


def test_a_holiday_is_looked_for_in_four_hundred_days():
    def until(number):
        holidays = {TODAY + number * ONE_DAY: Holiday()}
        return state_at(Schedule(holidays=holidays), at("2026-11-23 10:00")).until

    assert until(1) == at("2026-11-24 00:00")
    assert until(400) == at("2027-12-28 00:00")
    assert until(401) is None


def test_a_closed_holiday_is_passed_over_where_it_is_closed_anyway():
    closed = Schedule((weekly(EVERY_DAY, ""),), holidays=HOLIDAYS)
    assert dates_from(closed, TODAY) == [TODAY]
    later_unknown = replace(closed, seasons=(Season(Period(date(2026, 12, 30)), ()),))
    assert dates_from(later_unknown, date(2026, 12, 28))[:3] == [
        *(date(2026, 12, 28), date(2026, 12, 30)),
    ]


def test_of_a_line_around_the_clock_only_today_and_its_holidays_are_given():
    line = Schedule((weekly(EVERY_DAY, "0-24"),))
    assert dates_from(line, TODAY) == [TODAY]
    new_year = date(2027, 1, 1)
    with_holiday = replace(line, holidays={new_year: Holiday("New Year")})
    assert dates_from(with_holiday, TODAY) == [TODAY, new_year, new_year + ONE_DAY]
    by_appointment = Schedule((weekly(WORKDAYS, "0-24*"), weekly([5, 6], "0-24*")))
    assert dates_from(by_appointment, TODAY) == [TODAY]


@pytest.mark.parametrize(
    "rules",
    [
        (weekly(range(6), "0-24"),),
        (weekly(range(6), "0-24"), weekly([6], "")),
        (weekly(range(6), "0-24"), weekly([6], "0-23")),
        (weekly(range(6), "0-24"), weekly([6], "1-24")),
        (weekly(range(6), "0-24"), weekly([6], "0-24*")),
        (weekly(range(6), "0-24"), weekly([6], "0-24", weeks=frozenset({1}))),
        (weekly(EVERY_DAY, "0-23"),),
        (weekly(EVERY_DAY, "0-24"), weekly([0], "0:30-24:30")),
        (weekly(EVERY_DAY, "1-24"),),
    ],
)
def test_a_week_with_any_change_in_it_is_gone_through_day_by_day(rules):
    assert dates_from(Schedule(rules), TODAY)[:3] == [TODAY + n * ONE_DAY for n in range(3)]


def test_a_night_outlasts_the_season_of_a_line_around_the_clock():
    rules = (weekly(EVERY_DAY, "0-24"), weekly([0], "0:30-24:30"))
    schedule = Schedule(seasons=(Season(Period(last=TODAY), rules),))
    state = state_at(schedule, at("2026-11-22 12:00"))
    assert (state.until, state.change.kind) == (at("2026-11-24 00:30"), Kind.UNKNOWN)


def test_hours_cut_from_a_line_around_the_clock_are_gone_through_day_by_day():
    cut = exception(Effect.REMOVES, "12-13", on("11-23", "11-25"))
    line = Schedule((weekly(EVERY_DAY, "0-24"),), exceptions=(cut,))
    assert dates_from(line, TODAY) == [TODAY + n * ONE_DAY for n in range(4)]


def test_a_period_may_last_to_the_end_of_the_calendar():
    for_ever = exception(Effect.REPLACES, "8-9", Period(TODAY, date.max))
    state = state_at(Schedule(OFFICE, exceptions=(for_ever,)), at("2026-11-22 10:00"))
    assert state.next_opening == at("2026-11-23 08:00")


def test_a_line_around_the_clock_has_nothing_to_come():
    state = state_at(Schedule((weekly(EVERY_DAY, "0-24"),)), at("2026-11-23 10:00"))
    assert (state.kind, state.until, state.next_opening) == (Kind.OPEN, None, None)


def test_a_week_that_is_always_cancelled_never_opens():
    cancelled = exception(Effect.REPLACES, "", Period(TODAY))
    state = state_at(Schedule(OFFICE, exceptions=(cancelled,)), at("2026-11-23 10:00"))
    assert (state.kind, state.until, state.next_opening) == (Kind.CLOSED, None, None)


def test_leap_day_is_the_last_day_of_a_period():
    schedule = Schedule((weekly(EVERY_DAY, "8-16", period=Period(last=date(2028, 2, 29))),))
    assert kind_at(schedule, "2028-02-29 10:00") == Kind.OPEN
    assert kind_at(schedule, "2028-03-01 10:00") == Kind.UNKNOWN


@pytest.mark.parametrize(
    "value",
    [
        *(Hours(0, 1), Period(), weekly([0], "8-12"), SUMMER, Holiday(), MOVING, Schedule()),
        *(exception(Effect.ADDS, "8-9"), Schedule().day(TODAY)),
        *(Schedule(OFFICE).day(TODAY).spans[0], state_at(Schedule(), at("2026-11-23 10:00"))),
        state_at(Schedule(OFFICE), at("2026-11-23 10:00")).change,
    ],
)
def test_values_cannot_be_changed(value):
    name = value._fields[0] if isinstance(value, tuple) else fields(value)[0].name
    with pytest.raises(AttributeError):
        setattr(value, name, None)


# Whatever the hours


@given(schedules(nights=True), moments)
def test_a_state_holds_until_the_next_change_and_no_longer(schedule, moment):
    moment = moment.astimezone(UTC)
    state = state_at(schedule, moment)
    if state.until is None:
        return
    until = state.until.astimezone(UTC)
    assert until > moment
    for later in (moment + (until - moment) / 2, max(moment, until - timedelta(seconds=1))):
        assert state_at(schedule, later).kind == state.kind
    after = state_at(schedule, until)
    assert after.kind == state.change.kind != state.kind
    assert (after.reason, after.label) == (state.change.reason, state.change.label)


@given(schedules(), moments)
def test_what_is_told_of_a_moment_holds_until_the_next_turn_or_midnight(schedule, moment):
    state = state_at(schedule, moment)
    midnight = datetime.combine(moment.date() + ONE_DAY, datetime.min.time(), WARSAW)
    turn = min(at for at in (*state.turns, midnight) if at > moment)
    later = state_at(schedule, max(moment, turn.astimezone(UTC) - timedelta(seconds=1)))
    assert (later.kind, later.span) == (state.kind, state.span)
    assert (later.reason, later.label) == (state.reason, state.label)


@given(schedules(nights=True), moments)
def test_the_next_opening_is_the_first_change_to_being_served(schedule, moment):
    state = state_at(schedule, moment)
    changes = []
    while state.change and len(changes) < 20:
        changes.append(state.change)
        state = state_at(schedule, state.until)
    served = [change for change in changes if change.kind in SERVING]
    if served or not state.change:
        assert state_at(schedule, moment).opening == (served[0] if served else None)


@given(schedules(nights=True), moments)
def test_who_is_served_is_served_within_a_span(schedule, moment):
    state = state_at(schedule, moment)
    today = moment.astimezone(WARSAW).date()
    holding = [
        span
        for span in spans(schedule, today - ONE_DAY, today)
        if span.start.timestamp() <= moment.timestamp() < span.end.timestamp()
    ]
    if holding:
        assert state.kind == min(
            (span.kind for span in holding), key=[Kind.OPEN, Kind.BY_APPOINTMENT].index
        )
        assert state.span in holding
    else:
        assert (state.kind, state.span) == (schedule.day(today).kind, None)


@given(schedules(nights=True), some_days)
def test_spans_are_in_order_and_take_time(schedule, day):
    found = schedule.day(day).spans
    assert all(span.hours.opens < span.hours.closes for span in found)
    assert all(span.start <= span.end for span in found)
    for earlier, later in pairwise(found):
        assert (earlier.hours.opens, earlier.hours.closes) <= (
            later.hours.opens,
            later.hours.closes,
        )


@given(schedules(nights=True), some_days)
def test_no_more_than_one_layer_decides_a_day(schedule, day):
    plan = schedule.day(day)
    usual = schedule.weekly_day(day)
    layers = {span.reason for span in plan.spans} - {Reason.EXCEPTION}
    # What is not known leaves of a day the hours to which it adds.
    is_left = plan.kind == Kind.UNKNOWN and plan.reason == Reason.EXCEPTION
    decides = replace(schedule, exceptions=()).day(day) if is_left else plan
    assert layers <= {decides.reason}
    assert plan.is_exceptional or not plan.is_in_service or plan == usual


@examples(25)
@given(schedules(), some_days)
def test_the_days_to_come_are_in_order_and_bounded(schedule, day):
    found = dates_from(schedule, day)
    assert found[0] == day
    assert found == sorted(set(found))
    assert len(found) <= 400


@given(schedules(nights=True), moments)
def test_days_that_are_skipped_make_no_difference(schedule, moment):
    def one_by_one(day):
        return (schedule.day(day + number * ONE_DAY) for number in range(70))

    answer = state_at(schedule, moment)
    with patch.object(Schedule, "days_from", lambda _schedule, day: one_by_one(day)):
        plain = state_at(schedule, moment)
    near = moment + timedelta(days=60)
    for found, expected in ((answer.change, plain.change), (answer.opening, plain.opening)):
        if any(change and change.at < near for change in (found, expected)):
            assert found == expected


# Before and after the service

FROM_DECEMBER = Schedule(OFFICE, service=on("12-01", "12-11"))  # Tuesday to Friday


@pytest.mark.parametrize(
    ("moment", "kind", "reason", "until", "next_opening"),
    [
        (
            *("2026-11-23 10:00", Kind.CLOSED, Reason.NOT_YET),
            *("2026-12-01 07:30", "2026-12-01 07:30"),
        ),
        (
            *("2026-12-01 07:00", Kind.CLOSED, Reason.BASE),
            *("2026-12-01 07:30", "2026-12-01 07:30"),
        ),
        ("2026-12-11 15:00", Kind.OPEN, Reason.BASE, "2026-12-11 15:30", None),
        ("2026-12-11 16:00", Kind.CLOSED, Reason.BASE, None, None),
        ("2026-12-14 10:00", Kind.CLOSED, Reason.ENDED, None, None),
    ],
)
def test_before_and_after_the_service_it_is_closed(moment, kind, reason, until, next_opening):
    state = state_at(FROM_DECEMBER, at(moment))
    assert (state.kind, state.reason) == (kind, reason)
    assert (state.until, state.next_opening) == (
        until and at(until),
        next_opening and at(next_opening),
    )


def test_days_out_of_service_are_closed_and_not_exceptional():
    schedule = replace(FROM_DECEMBER, notices=(MOVING,), holidays=HOLIDAYS)
    for day in (MOVING.period.first, CHRISTMAS_EVE):
        plan = schedule.day(day)
        assert (plan.is_day_off, plan.is_in_service, plan.is_exceptional) == (True, False, False)
    assert exceptional_days(schedule, TODAY, 5) == []


def test_days_before_the_service_are_passed_over():
    assert dates_from(FROM_DECEMBER, TODAY)[:3] == [
        *(TODAY, date(2026, 12, 1), date(2026, 12, 2)),
    ]
    line = Schedule((weekly(EVERY_DAY, "0-24"),), service=FROM_DECEMBER.service)
    assert dates_from(line, TODAY) == [TODAY, date(2026, 12, 1), date(2026, 12, 12)]


def test_a_night_outlasts_the_service():
    schedule = Schedule(NIGHTS, service=on("11-23"))
    assert state_at(schedule, at("2026-11-24 01:00")).until == at("2026-11-24 02:00")
    assert kind_at(schedule, "2026-11-23 01:00") == Kind.CLOSED


def test_equal_hours_under_equal_holidays_are_one_value():
    hours = Schedule(OFFICE)
    holidays, others = HolidayCalendar({}), HolidayCalendar({})
    assert hours.under(holidays) is hours.under(holidays)
    assert hours.under(holidays) is not hours.under(others)
    assert hours.under(holidays) == Schedule(OFFICE, holidays=holidays)


def test_a_state_is_worked_out_once():
    hours = Schedule(OFFICE)
    moment = at("2026-11-23 09:00")
    assert hours.state_at(moment) is hours.state_at(moment)
    assert hours.state_at(moment) == state_at(hours, moment)


# What cannot be read

UNREADABLE_MONDAY = (weekly([0], "", is_known=False), weekly([0, 1], "8-12"))


def unreadable(effect, period=None):
    return DayException(period or on("11-23", "11-24"), effect, label="Training", is_known=False)


@pytest.mark.parametrize(
    ("schedule", "monday", "tuesday", "wednesday"),
    [
        (Schedule(UNREADABLE_MONDAY), ("8-12", Kind.UNKNOWN), ("8-12", Kind.CLOSED), None),
        (
            Schedule(seasons=(Season(on("11-24", "11-25"), UNREADABLE_MONDAY[:1]),)),
            *(("", Kind.UNKNOWN), ("", Kind.CLOSED), ("", Kind.CLOSED)),
        ),
        (
            Schedule(OFFICE, exceptions=(unreadable(Effect.REPLACES),)),
            *(("", Kind.UNKNOWN), ("", Kind.UNKNOWN), ("7:30-15:30", Kind.CLOSED)),
        ),
        (
            Schedule(OFFICE, exceptions=(unreadable(Effect.REMOVES),)),
            *(("", Kind.UNKNOWN), ("", Kind.UNKNOWN), ("7:30-15:30", Kind.CLOSED)),
        ),
        (
            Schedule(OFFICE, exceptions=(unreadable(Effect.ADDS),)),
            *(("7-18", Kind.UNKNOWN), ("7:30-15:30", Kind.UNKNOWN), None),
        ),
        (
            Schedule(OFFICE, holidays={TODAY: Holiday("Eve", is_known=False)}),
            *(("", Kind.UNKNOWN), ("7:30-15:30", Kind.CLOSED), None),
        ),
        # Special hours are those of channels whose week has hours, as far as anyone knows.
        (
            Schedule((weekly(EVERY_DAY, ""),), holidays={TODAY: Holiday("Eve", is_known=False)}),
            *(("", Kind.CLOSED), None, None),
        ),
    ],
)
def test_what_a_row_that_cannot_be_read_is_about_is_not_known(schedule, monday, tuesday, wednesday):
    for number, expected in enumerate((monday, tuesday, wednesday)):
        day = schedule.day(TODAY + number * ONE_DAY)
        if expected:
            hours, kind = expected
            assert (tuple(span.hours for span in day.spans), day.kind) == (parse_hours(hours), kind)


@pytest.mark.parametrize("effect", Effect)
def test_an_exception_that_cannot_be_read_is_told_as_one(effect):
    day = Schedule(OFFICE, exceptions=(unreadable(effect),)).day(TODAY)
    assert (day.is_exceptional, day.labels[0]) == (True, "Training")


def test_what_is_unknown_of_a_weekday_ends_with_it():
    schedule = Schedule((weekly([0], "", is_known=False), weekly([2], "8-12")))
    state = state_at(schedule, at("2026-11-23 10:00"))
    assert (state.kind, state.until) == (Kind.UNKNOWN, at("2026-11-24 00:00"))
    assert state.change.kind == Kind.CLOSED
    assert state.next_opening == at("2026-11-25 08:00")
    later = state_at(schedule, at("2026-11-27 10:00"))
    assert (later.change.kind, later.until) == (Kind.UNKNOWN, at("2026-11-30 00:00"))


def test_a_line_around_the_clock_with_an_unreadable_day_is_gone_through_day_by_day():
    rules = (weekly(EVERY_DAY, "0-24"), weekly([2], "", is_known=False))
    assert dates_from(Schedule(rules), TODAY)[:3] == [TODAY + n * ONE_DAY for n in range(3)]


def test_what_a_removal_leaves_of_overlapping_hours_is_in_order():
    rules = (weekly([0], "8-16"), weekly([0], "9-15*"))
    removed = exception(Effect.REMOVES, "10-11, 12-13", on("11-30", "11-30"))
    plan = Schedule(rules, exceptions=(removed,)).day(date(2026, 11, 30))
    found = [span.hours for span in plan.spans]
    assert [(one.opens // 60, one.closes // 60) for one in found] == [
        *((8, 10), (9, 10), (11, 12), (11, 12), (13, 15), (13, 16)),
    ]
