"""Hours with layers for tests, and service points that have one kind of difficulty each."""

from datetime import date

from django.db import connection

from offices.models import (
    CalendarDay,
    DayException,
    HolidayCalendar,
    Office,
    Schedule,
    Season,
    WeeklyRule,
    fetch_hours,
)
from offices.views import OfficeDetail
from tests.factories import (
    WHOLE_WEEK,
    WORKDAYS,
    add_rule,
    make_channel,
    make_office,
    make_schedule,
    make_service_point,
)


def add_season(schedule: Schedule, starts_on: str, ends_on: str, hours: str = "", **fields):
    """A season with ``hours`` on working days; without any nobody knows its hours."""
    season = Season.objects.create(
        schedule=schedule, starts_on=starts_on, ends_on=ends_on, **({"name_pl": "Sezon"} | fields)
    )
    if hours:
        add_rule(schedule, hours, season=season)
    return season


def add_exception(schedule: Schedule, starts_on: str, hours: str = "", **fields) -> DayException:
    """By default the day is closed, or has only these ``hours``."""
    return DayException.objects.create(
        schedule=schedule, starts_on=starts_on, hours=hours, **fields
    )


def make_calendar(slug: str, days: dict[str, str]) -> HolidayCalendar:
    """A calendar that says of each day that it is ``closed``, ``unconfirmed``, or which hours."""
    calendar = HolidayCalendar.objects.create(slug=slug, name_pl=slug)
    for day, word in days.items():
        is_status = word in {"closed", "unconfirmed"}
        CalendarDay.objects.create(
            calendar=calendar,
            date=day,
            status=word if is_status else "special",
            hours="" if is_status else word,
            name_pl="Dzień wolny",
            name_en="Day off",
        )
    return calendar


def as_page_fetches(office: Office) -> Office:
    """``office`` with all that its page knows of it."""
    fetched = OfficeDetail().get_queryset().get(pk=office.pk)
    fetch_hours(fetched.service_points.all(), [fetched])
    return fetched


def make_counter(
    office: Office, name: str, hours: str = "", weekdays=WORKDAYS, **fields
) -> Schedule:
    """The schedule of a counter of its own at ``office``."""
    point = make_service_point(office=office, name_en=name, **fields)
    return make_schedule(hours, weekdays, channel=make_channel(point))


def add_notice(schedule: Schedule, starts_on: str, ends_on: str | None = None, **fields) -> None:
    """The counter of ``schedule`` is out of use; closed by default."""
    point = schedule.channel.service_point
    point.notices.create(
        text_pl="Zmiana.", starts_on=starts_on, ends_on=ends_on, affects=["in_person"], **fields
    )


def make_every_layer() -> Office:
    """An office with all that hours can be, around the turn of the year 2026 to 2027."""
    calendar = make_calendar(
        "every-layer",
        {"2026-12-28": "unconfirmed", "2026-12-31": "08:00–12:00", "2027-01-07": "closed"},
    )
    office = make_office(holiday_calendar=calendar, name_en="Every layer")
    make_schedule("08:00–16:00", office=office)
    _add_weeks(office)
    _add_dated_weeks(office)
    _add_exceptions(office)
    _add_notices(office)
    _add_services(office)
    return office


def make_office_without_points() -> Office:
    """An office of which only its own hours are known, with exceptions and a holiday calendar."""
    calendar = make_calendar("own-hours", {"2026-12-28": "closed", "2026-12-31": "unconfirmed"})
    office = make_office(holiday_calendar=calendar, name_en="Own hours")
    schedule = make_schedule("08:00–12:00, 13:00–15:00*", office=office)
    add_exception(schedule, "2026-12-16", "09:00–11:00", reason_en="Training")
    add_season(schedule, "2027-01-11", "2027-01-22", "10:00–12:00")
    return office


def make_office_with_unreadable_rows() -> Office:
    """An office of which some rows hold what no editor could have entered."""
    calendar = make_calendar("unreadable", {"2026-12-28": "08:00–12:00", "2026-12-24": "closed"})
    office = make_office(holiday_calendar=calendar, name_en="Unreadable")
    week = make_counter(office, "A part of the week cannot be read", "08:00–12:00, 20:00–01:00")
    afternoons = add_rule(week, "14:00–15:00", [0], valid_until="2027-01-20")
    saturdays = add_rule(week, "09:00–13:00", [5], weeks=[1, 3])
    sundays = add_rule(week, "09:00–13:00", [6])
    seasons = make_counter(office, "A season cannot be read", "08:00–16:00")
    season = add_season(seasons, "2026-12-16", "2027-01-08", "09:00–11:00")
    exceptions = [
        add_exception(
            make_counter(office, f"What an exception {effect} cannot be read", "08:00–12:00"),
            "2026-12-17",
            "13:00–15:00",
            ends_on="2026-12-21",
            effect=effect,
            reason_en="Training",
        )
        for effect in ("replaces", "adds", "removes")
    ]
    write_unreadable(
        *(afternoons, saturdays, sundays, *season.rules.all()),
        *(*exceptions, calendar.days.get(date="2026-12-28")),
    )
    return office


def write_unreadable(*rows: WeeklyRule | DayException | CalendarDay, hours: str = "8 to 4") -> None:
    """Give ``rows`` these hours past all that refuses them."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table is altered
        for table in sorted({row._meta.db_table for row in rows}):
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {table}_hours_readable")
        for row in rows:
            update = f"UPDATE {row._meta.db_table} SET hours = %s WHERE id = %s"
            cursor.execute(update, [hours, row.pk])


def _add_weeks(office: Office) -> None:
    make_counter(office, "Two spans", "07:30–12:00, 13:00–15:30")
    make_counter(office, "By appointment", "08:00–12:00, 10:00–15:00*")
    make_counter(office, "Past midnight", "20:00–02:00, 10:00–12:00", [3, 4, 5])
    make_counter(office, "Until midnight", "16:00–24:00")
    add_rule(make_counter(office, "Closed on all days"), "", WHOLE_WEEK)
    always = make_counter(office, "Day and night", "00:00–24:00", WHOLE_WEEK)
    always.observes_holidays = False
    always.save()
    saturdays = make_counter(office, "Saturdays of the month", "09:00–15:00")
    add_rule(saturdays, "10:00–13:00", [5], weeks=[1, -1])
    talkative = make_counter(office, "Languages and notes")
    add_rule(talkative, "09:00–17:00", [0, 2], languages=["pol", "ukr"], note_en="room 5")
    add_rule(talkative, "09:00–17:00", [1, 3], languages=["eng"], last_admission="16:30")
    follower = make_service_point(office=office, name_en="As the office")
    make_channel(follower, follows_office_hours=True)
    make_channel(follower, "telephone", "+48 12 210 20 20")
    make_channel(follower, "email", "biuro@example.pl")


def _add_dated_weeks(office: Office) -> None:
    winter = make_counter(office, "Seasons", "08:00–16:00")
    add_season(winter, "2027-01-04", "2027-01-29", "09:00–13:00")
    add_season(winter, "2027-01-11", "2027-01-15", "10:00–12:00")
    unknown = make_counter(office, "A season that nobody knows", "08:00–16:00")
    add_season(unknown, "2026-12-21", "2027-01-03")
    new_year = make_counter(office, "New hours in the new year")
    add_rule(new_year, "08:00–16:00", valid_until="2026-12-31")
    add_rule(new_year, "09:00–17:00", valid_from="2027-01-01")
    ending = make_counter(office, "Hours that end")
    add_rule(ending, "08:00–16:00", valid_until="2026-12-20")
    beginning = make_counter(office, "Hours that begin")
    add_rule(beginning, "08:00–16:00", valid_from="2026-12-18")


def _add_exceptions(office: Office) -> None:
    training = make_counter(office, "Replaced", "08:00–16:00")
    add_exception(training, "2026-12-16", reason_pl="Szkolenie", reason_en="Training")
    add_exception(training, "2026-12-21", "09:00–11:00", ends_on="2026-12-23", reason_pl="Remont")
    changed = make_counter(office, "Added and removed", "08:00–16:00")
    add_exception(changed, "2026-12-17", "17:00–19:00", effect="adds", reason_en="Late evening")
    add_exception(changed, "2026-12-20", "22:00–03:00", effect="adds")
    add_exception(changed, "2026-12-22", "11:00–12:00", effect="removes", reason_en="Meeting")
    add_exception(changed, "2027-01-01", "10:00–12:00*", effect="adds")
    add_exception(make_counter(office, "Exceptions alone"), "2026-12-19", "10:00–14:00")


def _add_notices(office: Office) -> None:
    add_notice(make_counter(office, "Out of use", "08:00–16:00"), "2026-12-15", "2026-12-18")
    add_notice(make_counter(office, "In doubt", "08:00–16:00"), "2026-12-22", state="unknown")
    doubtful = make_counter(office, "In doubt for a while", "08:00–16:00")
    add_notice(doubtful, "2026-12-21", "2026-12-29", state="unknown", reason_en="Moving")
    add_notice(make_counter(office, "Until further notice", "08:00–16:00"), "2025-03-03")


def _add_services(office: Office) -> None:
    make_counter(office, "Service that begins", "08:00–16:00", valid_from=date(2026, 12, 17))
    make_counter(office, "Service that ends", "08:00–16:00", valid_until=date(2026, 12, 23))
    coming = {"valid_from": date(2027, 1, 7), "valid_until": date(2027, 1, 8)}
    make_counter(office, "Service of two days, of unknown hours", **coming)
