"""The answer in words: what readers are told of real days, in four languages."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from languages.fallback import TranslatedText
from offices.holidays import STATUTORY, HolidayCalendar
from offices.notation import parse_hours
from offices.schedule import (
    WARSAW,
    DayException,
    Effect,
    Holiday,
    Hours,
    Kind,
    Notice,
    Period,
    Schedule,
    Season,
    WeeklyRule,
    state_at,
)
from offices.sentences import sentence, without_hours

from .hours_examples import EVERY_DAY, OFFICE, WORKDAYS, on, weekly

TRAINING = TranslatedText(("szkolenie", "staff training", "навчання", "обучение"))
POLISH_ONLY = TranslatedText(("inwentaryzacja", None, None, None))


DAYS_OFF = HolidayCalendar(
    {
        date(2026, 12, 28): Holiday("Day off for 26 December"),
        date(2026, 12, 31): Holiday(
            TranslatedText(("Sylwester", "New Year’s Eve", "Переддень", "Канун")),
            is_confirmed=False,
        ),
        date(2027, 5, 3): Holiday("Constitution Day", is_confirmed=False),
    }
)


def exception(effect, hours="", label=TRAINING, days=("11-24",)):
    return DayException(on(*days), effect, parse_hours(hours), label)


def told(schedule, moment, telephone="", tz=WARSAW):
    now = datetime.fromisoformat(moment).replace(tzinfo=tz)
    return sentence(state_at(schedule, now), now, telephone)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-24 07:29", "Closed now. Opens today at 07:30"),
        ("2026-11-24 07:30", "Open until 15:30"),
        ("2026-11-24 15:30", "Closed now. Opens tomorrow at 07:30"),
        ("2026-11-27 16:00", "Closed now. Opens on Monday at 07:00"),
        ("2026-11-11 10:00", "Closed today: Independence Day. Opens tomorrow at 07:30"),
        ("2026-06-04 10:00", "Closed today: Corpus Christi. Opens tomorrow at 07:30"),
        ("2026-08-15 10:00", "Closed today: Assumption Day. Opens on Monday at 07:00"),
        # Eve, two days of Christmas, a Sunday and the day given back
        ("2026-12-24 08:00", "Closed today: Christmas Eve. Opens on Tuesday at 07:30"),
        ("2026-12-23 15:30", "Closed now. Opens on Tuesday at 07:30"),
        ("2026-12-22 15:30", "Closed now. Opens tomorrow at 07:30"),
        (
            "2026-12-30 16:00",
            (
                "Closed now. New Year’s Eve, 31 December: hours not confirmed, call first. "
                "Opens on Monday at 07:00"
            ),
        ),
        ("2026-12-31 09:00", "New Year’s Eve, 31 December: hours not confirmed, call first"),
        ("2027-05-03 12:00", "Holiday on 3 May: hours not confirmed, call first"),
    ],
)
def test_an_office_through_the_year(moment, expected):
    assert told(Schedule(OFFICE, holidays=DAYS_OFF), moment) == expected


@pytest.mark.parametrize(
    ("schedule", "moment", "expected"),
    [
        (Schedule(), "2026-11-24 10:00", "Hours not known: call or check before you go"),
        (Schedule((weekly(EVERY_DAY, "0-24"),)), "2026-11-24 10:00", "Open at all hours"),
        (Schedule((weekly(EVERY_DAY, "8-24"),)), "2026-11-24 10:00", "Open until 24:00"),
        (Schedule((weekly(EVERY_DAY, "22-2"),)), "2026-11-24 23:00", "Open until 02:00"),
        (
            Schedule((weekly(range(1, 7), "0-24"),)),
            "2026-11-24 10:00",
            "Open until 24:00, 29 November 2026",
        ),
        (
            Schedule((weekly(EVERY_DAY, ""),)),
            "2026-11-24 10:00",
            "Closed now. No next opening is known",
        ),
        (
            Schedule((weekly(WORKDAYS, "8-16", period=on("01-01", "12-31")),)),
            "2026-12-31 16:00",
            "Closed now. Hours from 1 January 2027 on are not known",
        ),
        (
            Schedule((weekly(WORKDAYS, "8-16", period=on("12-01", "12-31")),)),
            "2026-11-24 10:00",
            "Hours not known: call or check before you go. Opens 1 December 2026 at 08:00",
        ),
        (
            Schedule((weekly([5], "9-13", weeks=frozenset({1})),)),
            "2026-12-04 16:00",
            "Closed now. Opens tomorrow at 09:00",
        ),
        (
            Schedule((weekly([0], "8-10*"),)),
            "2026-11-24 10:00",
            "Closed now. By appointment on Monday from 08:00",
        ),
        (
            Schedule(OFFICE, notices=(Notice(Period(date(2026, 11, 1))),)),
            "2026-11-24 10:00",
            "Closed until further notice",
        ),
        (
            Schedule(OFFICE, notices=(Notice(on("11-01", "11-25")),)),
            "2026-11-24 10:00",
            "Closed for now. Opens on Thursday at 07:30",
        ),
        (
            Schedule(OFFICE, service=Period(date(2026, 12, 7))),
            "2026-11-24 10:00",
            "Closed now. Opens 7 December 2026 at 07:00",
        ),
        (
            Schedule(service=Period(date(2026, 12, 7))),
            "2026-11-24 10:00",
            "Closed now. Hours from 7 December 2026 on are not known",
        ),
        (
            Schedule(OFFICE, service=Period(last=date(2026, 11, 23))),
            "2026-11-24 10:00",
            "This point no longer serves people",
        ),
        (
            Schedule(OFFICE, notices=(Notice(Period(date(2026, 11, 1)), Kind.UNKNOWN, TRAINING),)),
            "2026-11-24 10:00",
            "Not certain whether it works now: call first (staff training)",
        ),
        (
            Schedule(OFFICE, notices=(Notice(on("11-01", "11-25"), Kind.UNKNOWN),)),
            "2026-11-24 10:00",
            (
                "Not certain until 25 November 2026 whether it works: call first. "
                "Opens on Thursday at 07:30"
            ),
        ),
        (
            Schedule(OFFICE, notices=(Notice(on("11-24", "11-25"), Kind.UNKNOWN, TRAINING),)),
            "2026-11-23 18:00",
            (
                "Closed now. From 24 November 2026 on it is not certain for a while whether it "
                "works: call first (staff training). Opens on Thursday at 07:30"
            ),
        ),
        (
            Schedule(OFFICE, notices=(Notice(Period(date(2026, 11, 24)), Kind.UNKNOWN),)),
            "2026-11-23 18:00",
            ("Closed now. From 24 November 2026 on it is not certain whether it works: call first"),
        ),
        (
            Schedule(OFFICE, (Season(on("11-24", "11-29"), ()),)),
            "2026-11-23 18:00",
            (
                "Closed now. From 24 November 2026 on hours are not known for a while. "
                "Opens 30 November 2026 at 07:00"
            ),
        ),
        (
            Schedule(
                OFFICE,
                (
                    Season(on("07-01", "08-31"), (weekly(WORKDAYS, "8-14"),)),
                    Season(on("07-20", "07-26"), (weekly([0], "10-12"),)),
                ),
            ),
            "2026-07-20 12:00",
            "Closed now. Opens 27 July 2026 at 08:00",
        ),
    ],
)
def test_hours_of_every_sort(schedule, moment, expected):
    assert told(schedule, moment) == expected


@pytest.mark.parametrize(
    ("change", "clock", "expected"),
    [
        (exception(Effect.REPLACES), "10:00", "Closed today: staff training. {opens}"),
        (exception(Effect.REPLACES, label=""), "10:00", "Closed today. {opens}"),
        # A reason that is not in the reader's language is left to the page, which marks it.
        (exception(Effect.REPLACES, label=POLISH_ONLY), "10:00", "Closed today. {opens}"),
        (exception(Effect.REPLACES, "8-11"), "10:00", "Open until 11:00 (staff training)"),
        (exception(Effect.REPLACES, "8-11"), "11:00", "Closed now: staff training. {opens}"),
        (exception(Effect.REMOVES, "12-12:30"), "11:59", "Open until 12:00"),
        (
            exception(Effect.REMOVES, "12-12:30"),
            "12:00",
            "Closed now: staff training. Opens today at 12:30",
        ),
        (exception(Effect.REMOVES, "12-12:30"), "12:30", "Open until 15:30"),
        # Nothing is left of the day: before, in and after what is removed
        (exception(Effect.REMOVES, "7:30-15:30"), "07:00", "Closed today: staff training. {opens}"),
        (exception(Effect.REMOVES, "7:30-15:30"), "10:00", "Closed today: staff training. {opens}"),
        (exception(Effect.REMOVES, "7:30-15:30"), "16:00", "Closed today: staff training. {opens}"),
        (exception(Effect.ADDS, "16-18"), "15:30", "Closed now. Opens today at 16:00"),
        (exception(Effect.ADDS, "16-18"), "17:00", "Open until 18:00 (staff training)"),
        (exception(Effect.ADDS, "15:30-18"), "09:00", "Open until 18:00"),
    ],
)
def test_exceptions_say_their_reason(change, clock, expected):
    schedule = Schedule(OFFICE, exceptions=(change,))
    opens = "Opens tomorrow at 07:30"
    assert told(schedule, f"2026-11-24 {clock}") == expected.format(opens=opens)


@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        ("15:00", "Open until 15:30"),
        ("15:30", "By appointment until 17:00: call +48 12 210 20 20"),
        ("17:00", "Closed now. Opens tomorrow at 08:00"),
    ],
)
def test_by_appointment_names_the_number_to_call(clock, expected):
    schedule = Schedule((weekly(WORKDAYS, "8-15:30, 15:30-17*"),))
    assert told(schedule, f"2026-11-24 {clock}", "+48 12 210 20 20") == expected


@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        ("15:30", "Open until 16:00. Last admission at 15:30"),
        ("15:31", "Open until 16:00, but the last admission was at 15:30"),
    ],
)
def test_the_last_admission_is_told_before_and_after(clock, expected):
    hours = Hours(8 * 60, 16 * 60, last_admission=15 * 60 + 30)
    rule = WeeklyRule(frozenset(EVERY_DAY), (hours,))
    assert told(Schedule((rule,)), f"2026-11-24 {clock}") == expected


@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        ("10:00", "Open until 16:00"),
        ("11:50", "Open until 16:00"),
        ("12:00", "Open until 16:00. Last admission at 15:45"),
    ],
)
def test_the_last_admission_told_is_that_of_the_end_told(clock, expected):
    morning = Hours(8 * 60, 12 * 60, last_admission=11 * 60 + 45)
    afternoon = Hours(12 * 60, 16 * 60, last_admission=15 * 60 + 45)
    rule = WeeklyRule(frozenset(EVERY_DAY), (morning, afternoon))
    assert told(Schedule((rule,)), f"2026-11-24 {clock}") == expected


@pytest.mark.parametrize(
    ("day", "kind", "expected"),
    [
        ("2026-12-31", "in_person", "hours not confirmed, call first"),
        ("2026-12-31", "telephone", "hours not confirmed, perhaps nobody answers"),
        ("2026-12-28", "telephone", "closed"),
        ("2027-01-04", "in_person", "not known"),
    ],
)
def test_a_day_without_hours_says_why(day, kind, expected):
    until_new_year = weekly(WORKDAYS, "8-16", period=Period(last=date(2027, 1, 3)))
    schedule = Schedule((until_new_year,), holidays=DAYS_OFF)
    assert without_hours(schedule.day(date.fromisoformat(day)), kind) == expected


def test_a_reader_in_new_york_gets_the_hours_of_krakow():
    new_york = ZoneInfo("America/New_York")
    assert told(Schedule(OFFICE), "2026-11-24 03:00", tz=new_york) == "Open until 15:30"
    assert told(Schedule(OFFICE), "2026-11-23 22:00", tz=new_york) == (
        "Closed now. Opens today at 07:30"
    )


EVE = (Schedule(OFFICE, holidays=STATUTORY), "2026-12-24 10:00")
UNCONFIRMED = (Schedule(OFFICE, holidays=DAYS_OFF), "2027-05-03 12:00")
CLOSED = (Schedule(OFFICE, exceptions=(exception(Effect.REPLACES),)), "2026-11-24 10:00")
APPOINTMENT = (Schedule((weekly(WORKDAYS, "8-17*"),)), "2026-11-24 10:00")


@pytest.mark.parametrize(
    ("language", "case", "expected"),
    [
        ("pl", EVE, "Dziś zamknięte: Wigilia Bożego Narodzenia. Otwarcie w poniedziałek o 07:00"),
        ("uk", EVE, "Сьогодні зачинено: Святвечір. Буде відчинено в понеділок з 07:00"),
        ("ru", EVE, "Сегодня закрыто: Рождественский сочельник. Откроется в понедельник в 07:00"),
        ("pl", UNCONFIRMED, "Dzień wolny 3 maja: godziny niepotwierdzone, najpierw zadzwoń"),
        ("uk", UNCONFIRMED, "Вихідний день 3 травня: години не підтверджено, спершу зателефонуйте"),
        ("ru", UNCONFIRMED, "Выходной день 3 мая: часы не подтверждены, сначала позвоните"),
        ("pl", CLOSED, "Dziś zamknięte: szkolenie. Otwarcie jutro o 07:30"),
        ("uk", CLOSED, "Сьогодні зачинено: навчання. Буде відчинено завтра з 07:30"),
        ("ru", CLOSED, "Сегодня закрыто: обучение. Откроется завтра в 07:30"),
        ("pl", APPOINTMENT, "Na umówione wizyty do 17:00: zadzwoń pod numer 12 34"),
        ("uk", APPOINTMENT, "За записом до 17:00: телефонуйте 12 34"),
        ("ru", APPOINTMENT, "По записи до 17:00: позвоните по номеру 12 34"),
    ],
)
def test_in_the_readers_language(language, case, expected):
    schedule, moment = case
    with translation.override(language):
        assert told(schedule, moment, "12 34") == expected


@pytest.mark.parametrize(
    ("language", "days"),
    [
        ("pl", "w poniedziałek|we wtorek|w środę|w czwartek|w piątek|w sobotę|w niedzielę"),
        ("uk", "в понеділок|у вівторок|в середу|в четвер|в п’ятницю|в суботу|в неділю"),
        ("ru", "в понедельник|во вторник|в среду|в четверг|в пятницу|в субботу|в воскресенье"),
    ],
)
def test_the_weekday_is_inflected(language, days):
    with translation.override(language):
        for weekday, expected in enumerate(days.split("|")):
            opens = exception(Effect.ADDS, "8-10", days=(f"11-{16 + weekday}",))
            nothing = Schedule((weekly(EVERY_DAY, ""),), exceptions=(opens,))
            now = f"2026-11-{16 + weekday - 3} 12:00"
            assert f" {expected} " in told(nothing, now)
