"""Whether hours fit the time at which a reader wants to come."""

from datetime import date, datetime

import pytest

from offices.availability import Answer, When, Wish, best, serves
from offices.notation import parse_hours
from offices.schedule import (
    WARSAW,
    DayException,
    Effect,
    Holiday,
    Hours,
    Notice,
    Period,
    Schedule,
    WeeklyRule,
)

MONDAY = date(2026, 11, 23)


def hours(text):
    return Schedule(rules=(WeeklyRule(frozenset(range(7)), parse_hours(text)),))


def answer(schedule, clock, when, language="", spoken=()):
    moment = datetime.fromisoformat(f"{MONDAY} {clock}").replace(tzinfo=WARSAW)
    return serves(schedule, moment, Wish(when, language), spoken)


@pytest.mark.parametrize(
    ("text", "clock", "expected"),
    [
        ("08:00–16:00", "07:59", Answer.NO),
        ("08:00–16:00", "08:00", Answer.YES),
        ("08:00–16:00", "15:59", Answer.YES),
        ("08:00–16:00", "16:00", Answer.NO),
        ("08:00–16:00*", "12:00", Answer.YES),
        ("", "12:00", Answer.NO),
    ],
)
def test_open_now(text, clock, expected):
    assert answer(hours(text), clock, When.NOW) == expected


@pytest.mark.parametrize(
    ("text", "clock", "expected"),
    [
        ("08:00–16:00", "07:00", Answer.NO),
        ("08:00–16:01", "07:00", Answer.YES),
        ("08:00–18:00", "17:59", Answer.YES),
        ("08:00–18:00", "18:00", Answer.NO),
        ("08:00–12:00, 17:00–19:00*", "13:00", Answer.YES),
        ("22:00–02:00", "23:00", Answer.YES),
    ],
)
def test_open_today_after_four(text, clock, expected):
    assert answer(hours(text), clock, When.AFTER_16) == expected


@pytest.mark.parametrize("when", When)
def test_what_nobody_knows_is_neither_yes_nor_no(when):
    assert answer(Schedule(), "12:00", when) == Answer.UNKNOWN
    unconfirmed = Schedule(
        rules=hours("08:00–18:00").rules, holidays={MONDAY: Holiday(is_confirmed=False)}
    )
    assert answer(unconfirmed, "12:00", when) == Answer.UNKNOWN


@pytest.mark.parametrize("when", When)
def test_a_day_off_is_no_even_where_the_week_is_not_known(when):
    assert answer(Schedule(notices=(Notice(Period(MONDAY)),)), "12:00", when) == Answer.NO


def test_hours_added_to_an_unknown_day_are_known():
    added = DayException(Period(MONDAY, MONDAY), Effect.ADDS, parse_hours("15:00–17:00"))
    assert answer(Schedule(exceptions=(added,)), "12:00", When.AFTER_16) == Answer.YES
    assert answer(Schedule(exceptions=(added,)), "17:00", When.AFTER_16) == Answer.UNKNOWN


@pytest.mark.parametrize("when", When)
@pytest.mark.parametrize(
    ("language", "of_hours", "of_point", "expected"),
    [
        ("ukr", ("pol", "ukr"), (), Answer.YES),
        ("ukr", ("pol", "eng"), ("pol", "ukr", "eng"), Answer.NO),
        ("ukr", (), ("pol", "ukr"), Answer.YES),
        ("ukr", (), ("pol",), Answer.NO),
        ("", ("pol",), (), Answer.YES),
    ],
)
def test_the_language_must_be_spoken_in_these_hours(when, language, of_hours, of_point, expected):
    clock = "12:00"
    span = Hours(8 * 60, 20 * 60, languages=of_hours)
    schedule = Schedule(rules=(WeeklyRule(frozenset(range(7)), (span,)),))
    assert answer(schedule, clock, when, language, of_point) == expected


@pytest.mark.parametrize(
    ("clock", "when", "expected"),
    [
        ("16:30", When.NOW, Answer.YES),
        ("16:31", When.NOW, Answer.NO),
        ("16:29", When.AFTER_16, Answer.YES),
        ("16:30", When.AFTER_16, Answer.NO),
    ],
)
def test_nobody_is_sent_to_a_door_that_lets_nobody_in(clock, when, expected):
    span = Hours(8 * 60, 17 * 60, last_admission=16 * 60 + 30)
    schedule = Schedule(rules=(WeeklyRule(frozenset(range(7)), (span,)),))
    assert answer(schedule, clock, when) == expected


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([Answer.NO, Answer.UNKNOWN, Answer.YES], Answer.YES),
        ([Answer.NO, Answer.UNKNOWN], Answer.UNKNOWN),
        ([Answer.NO], Answer.NO),
        ([], Answer.UNKNOWN),
    ],
)
def test_one_open_door_is_enough(answers, expected):
    assert best(answers) == expected
