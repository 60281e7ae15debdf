"""Hours cannot be stored unless they can be read, by whatever way they are written."""

import logging
from contextlib import contextmanager
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as st

from offices import stored_hours
from offices.models import DayException, Schedule, WeeklyRule
from offices.notation import HoursError, format_hours, parse_hours
from tests.examples import examples
from tests.factories import WHOLE_WEEK

from .layers import write_unreadable
from .surfaces import (
    ONE_DAY,
    UNKNOWN,
    PageWeek,
    channels_in,
    json_ld_in,
    json_ld_of,
    parse_html,
    text_of,
    with_class,
)

pytestmark = pytest.mark.django_db

# Beyond the dates that a page writes out.
FAR_AWAY = date(2099, 1, 5)

NONSENSE = ["8 to 4", "16:00–08:00", "08:00–12:00, 11:00–13:00", "08:00–32:30", "24:00–25:00", "*"]


@contextmanager
def refused():
    with transaction.atomic(), pytest.raises(ValidationError):
        yield


@pytest.mark.parametrize("hours", NONSENSE)
def test_the_field_refuses_what_is_not_hours(schedule, hours):
    rule = schedule.rules.get()
    with refused():
        WeeklyRule.objects.update(hours=hours)
    with refused():
        WeeklyRule.objects.bulk_create([WeeklyRule(schedule=schedule, weekdays=[1], hours=hours)])
    with refused():
        DayException.objects.create(schedule=schedule, starts_on="2026-12-01", hours=hours)
    rule.hours = hours
    with refused():
        rule.save()
    with refused():
        WeeklyRule.objects.bulk_update([rule], ["hours"])


@pytest.mark.parametrize("hours", NONSENSE)
@pytest.mark.parametrize("table", ["weeklyrule", "dayexception", "calendarday"])
def test_sql_cannot_store_what_is_not_hours(table, hours):
    with (
        pytest.raises(DatabaseError, match=f"offices_{table}_hours_readable"),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE offices_{table} SET hours = %s", [hours])


def test_hours_are_stored_in_one_spelling(schedule):
    WeeklyRule.objects.filter(schedule=schedule).update(hours="13-15.30*; 8-12")
    assert schedule.rules.get().hours == "08:00–12:00, 13:00–15:30*"
    assert WeeklyRule.objects.filter(schedule=schedule, hours="8-12,13-15:30*").exists()


def test_hours_that_grow_too_long_in_their_spelling_are_refused_by_the_field(schedule):
    rule = schedule.rules.get()
    rule.hours = ",".join(f"{hour}-{hour + 1}" for hour in range(16))
    with pytest.raises(ValidationError) as caught:
        rule.full_clean()
    assert "hours" in caught.value.message_dict


def is_stored_as(text: str) -> bool:
    """Whether the database takes ``text`` for hours."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT offices_hours_are_readable(%s)", [text])
        return cursor.fetchone()[0]


def is_hours_in_one_spelling(text: str) -> bool:
    try:
        return format_hours(parse_hours(text)) == text
    except HoursError:
        return False


clocks = st.builds(
    "{:02}:{:02}".format,
    st.sampled_from([0, 5, 6, 7, 11, 12, 13, 20, 23, 24, 25, 29, 30, 31, 32, 35, 36, 47, 48, 50]),
    st.sampled_from([0, 1, 30, 59, 60]),
)
spans = st.builds("{}–{}{}".format, clocks, clocks, st.sampled_from(["", "", "*"]))
near_hours = st.lists(spans, min_size=1, max_size=4).map(", ".join)
spelled = near_hours.map(lambda text: format_hours(parse_hours(text)) if reads(text) else text)
MISSPELLED = [" ", "-", ",", ",  ", "\n", "x", "٠٨:٠٠–١٢:٠٠", "**", "08:0", "–"]


def reads(text: str) -> bool:
    try:
        return bool(parse_hours(text))
    except HoursError:
        return False


@examples(300)
@given(
    st.one_of(
        near_hours,
        spelled,
        st.builds("{}{}".format, spelled, st.sampled_from(MISSPELLED)),
        st.builds("{}{}".format, st.sampled_from(MISSPELLED), spelled),
        st.text(st.sampled_from("0124:–-*, \n"), max_size=16),
    )
)
@example("")
@example("08:00–12:00, 08:00–12:00*")
@example("08:00–12:00*, 08:00–12:00")
@example("08:00–16:00, 10:00–12:00*")
@example("10:00–12:00*, 08:00–16:00")
@example("22:00–02:00")
@example("22:00–26:00")
@example("22:00–00:00")
@example("22:00–24:00")
@example("12:00–06:00")
@example("12:00–06:01")
@example("12:00–30:01")
@example("11:59–06:00")
@example("11:59–30:00")
@example("20:00–32:00")
@example("20:00–44:00")
@example("20:00–44:01")
@example("00:00–24:00")
@example("00:00–24:01")
@example("23:59–47:59")
@example("08:00–12:00,13:00–14:00")
def test_the_database_knows_hours_as_python_does(text):
    assert is_stored_as(text) == is_hours_in_one_spelling(text)


@pytest.fixture
def unreadable(schedule):
    """The only hours of a point, for all days, there from before anything refused them."""
    stored_hours._tell.cache_clear()
    Schedule.objects.filter(pk=schedule.pk).update(observes_holidays=False)
    rule = schedule.rules.get()
    rule.weekdays = WHOLE_WEEK
    rule.save()
    write_unreadable(rule)
    return rule


def test_readers_are_told_on_all_surfaces_that_hours_are_not_known(client, unreadable):
    channel = unreadable.schedule.channel
    html = client.get(channel.service_point.get_absolute_url()).content.decode()
    page = parse_html(html)
    (state,) = with_class(page, "state")
    assert text_of(state).startswith("Hours not known: call or check before you go")
    week = PageWeek(channels_in(page)[0], timezone.localdate())
    assert week.rows
    assert {week.hours_on(FAR_AWAY + number * ONE_DAY) for number in range(7)} == {UNKNOWN}
    assert json_ld_of(channel, json_ld_in(html)) == []
    assert "Mo-Su unknown &quot;hours not known&quot;" in html
    days = client.get(channel.service_point.get_absolute_url() + "days/").content.decode()
    assert "Hours not known: In person" in text_of(parse_html(days))


@pytest.mark.parametrize("name", ["home", "offices:list", "service_points:list"])
@pytest.mark.parametrize("when", ["", "now", "after-16"])
def test_lists_stand_though_a_row_cannot_be_read(client, unreadable, name, when):
    point = unreadable.schedule.channel.service_point
    html = client.get(reverse(name), {"when": when}).content.decode()
    assert name == "home" or point.get_absolute_url() in html


def test_the_log_names_an_unreadable_row_once(client, unreadable, caplog):
    point = unreadable.schedule.channel.service_point
    with caplog.at_level(logging.ERROR):
        for address in [point.get_absolute_url(), "/en/", "/en/offices/"] * 2:
            assert client.get(address).status_code == 200
    (line,) = [record.getMessage() for record in caplog.records]
    assert line.startswith(
        f"offices.WeeklyRule {unreadable.pk}: its hours cannot be read: '8 to 4'"
    )


def test_editors_can_mend_an_unreadable_row(editor, unreadable):
    address = reverse("admin:offices_schedule_change", args=[unreadable.schedule.pk])
    assert "8 to 4" in editor.get(address).content.decode()
    assert editor.get(reverse("admin:offices_schedule_changelist")).status_code == 200
    unreadable.hours = "8-16"
    unreadable.save()
    unreadable.refresh_from_db()
    assert unreadable.hours == "08:00–16:00"
