"""An editor sees what readers will see, before anything is saved."""

import pytest
from django.urls import reverse
from django.utils import timezone

from languages.available import LANGUAGE_CODES
from offices.models import HolidayCalendar, Office, Schedule
from tests.factories import (
    make_channel,
    make_editor,
    make_office,
    make_service_point,
)
from tests.forms import filled, page_of, page_of_new, rows, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("afternoon")]

EVERY_DAY = [str(day) for day in range(7)]


def preview_of(editor, page, **fields):
    response = editor.get(page)
    return editor.post(response.context["preview_address"], filled(response) | fields)


def test_the_page_shows_what_readers_see_now_and_in_seven_days(editor, schedule):
    schedule.exceptions.create(starts_on=timezone.localdate(), reason_en="Staff training")
    html = text(editor.get(page_of(schedule)))
    for language in LANGUAGE_CODES:
        assert html.count(f'<li lang="{language}">') == 1
    assert "Closed today: Staff training" in html
    assert html.count('<th scope="row">') == 7


def test_the_preview_follows_what_is_typed_and_saves_nothing(editor, schedule):
    fields = {"rules-0-weekdays": EVERY_DAY, "rules-0-hours": "0-24"}
    html = text(preview_of(editor, page_of(schedule), **fields))
    assert '<li lang="en">Open until 24:00' in html
    assert '<li lang="pl">Otwarte do 24:00' in html
    assert [str(rule) for rule in schedule.rules.all()] == ["Monday 08:00–16:00"]


def test_the_preview_of_new_hours_needs_no_saved_ones(editor):
    channel = make_channel(make_service_point())
    today = timezone.localdate()
    rule = rows("rules", {"weekdays": EVERY_DAY, "hours": "0-24"})
    season = rows("seasons", {"name_pl": "Lato", "starts_on": today, "ends_on": today})
    html = text(preview_of(editor, page_of_new(channel), **rule))
    assert "Open until 24:00" in html
    html = text(preview_of(editor, page_of_new(channel), **rule, **season))
    assert "Hours not known" in html
    assert not Schedule.objects.filter(channel=channel).exists()


def test_the_preview_knows_holidays_and_notices(editor, schedule):
    calendar = HolidayCalendar.objects.create(slug="nowy", name_pl="Nowy")
    every_day = {"rules-0-weekdays": EVERY_DAY, "rules-0-hours": "0-24"}
    day = calendar.days.create(
        date=timezone.localdate(), status="closed", name_pl="Święto", name_en="Feast"
    )
    office = schedule.channel.service_point.office
    Office.objects.filter(pk=office.pk).update(holiday_calendar=calendar)
    html = text(preview_of(editor, page_of(schedule), **every_day))
    assert "Closed today: Feast" in html
    assert "Święto" in html.split('<li lang="pl">')[1].split("</li>")[0]
    assert "Open until" not in html
    # Without the box ticked, nothing is sent of it.
    page = editor.get(page_of(schedule))
    sent = filled(page) | every_day
    del sent["observes_holidays"]
    html = text(editor.post(page.context["preview_address"], sent))
    assert "Open at all hours" in html
    day.delete()
    schedule.channel.service_point.notices.create(
        text_pl="Remont", starts_on=timezone.localdate(), affects=["in_person"]
    )
    html = text(preview_of(editor, page_of(schedule), **every_day))
    assert "Closed until further notice" in html


def test_the_preview_is_the_sentence_that_readers_see_with_the_number_to_call(editor, schedule):
    point = schedule.channel.service_point
    make_channel(point, "telephone", "+48 12 210 20 20")
    by_appointment = {"rules-0-weekdays": EVERY_DAY, "rules-0-hours": "0-24*"}
    html = text(preview_of(editor, page_of(schedule), **by_appointment))
    sentence = html.split('<li lang="en">')[1].split("</li>")[0].strip()
    assert sentence.endswith(": call +48 12 210 20 20")
    schedule.rules.update(weekdays=list(range(7)), hours="00:00–24:00*")
    assert sentence in text(editor.get(point.get_absolute_url()))


def test_rows_that_are_not_right_yet_are_named_in_the_preview(editor, schedule):
    row = rows("rules", {"hours": "8-16"}, {"weekdays": ["0"], "hours": "12-18"}, start=1)
    html = text(preview_of(editor, page_of(schedule), **row))
    assert "weekly hours 2: Weekdays – Choose at least one day" in html
    assert "weekly hours 3: Hours – Overlaps with: Monday 08:00–16:00." in html


def test_what_cannot_be_copied_is_named_in_the_preview(editor, schedule):
    html = text(preview_of(editor, page_of(schedule), copy_from=schedule.pk))
    assert "Copy the weekly hours and seasons from – Choose the hours of another" in html


def test_the_preview_shows_hours_that_will_be_copied(editor, schedule):
    schedule.rules.update(weekdays=list(range(7)), hours="00:00–24:00")
    page = page_of_new(make_office())
    assert "Open until 24:00" in text(preview_of(editor, page, copy_from=schedule.pk))


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"rules-TOTAL_FORMS": "x"},
        {"rules-TOTAL_FORMS": "99999"},
        {"rules-0-id": "x"},
        {"rules-0-season": "x", "rules-0-weekdays": ["x", "9"], "rules-0-hours": "\x00"},
        {"copy_from": "x"},
        {"checked_on": "x"},
    ],
)
def test_the_preview_survives_nonsense(editor, schedule, data):
    page = editor.get(page_of(schedule))
    sent = (filled(page) | data) if data else {}
    assert editor.post(page.context["preview_address"], sent).status_code == 200


def test_the_preview_is_for_those_who_may_change_the_hours(client, editor, schedule):
    address = editor.get(page_of(schedule)).context["preview_address"]
    assert editor.get(address).status_code == 405
    assert editor.post(reverse("admin:offices_schedule_preview")).status_code == 404
    user = make_editor(is_staff=True)
    user.is_superuser = False
    user.save()
    client.force_login(user)
    assert client.post(address).status_code == 403
    client.logout()
    # Asked to log in on the spot: what was typed is still in the other tab.
    assert client.post(address).status_code == 403


def test_who_may_only_look_sees_the_hours_and_the_preview(client, schedule):
    from django.contrib.auth.models import Permission

    user = make_editor(is_staff=True)
    user.is_superuser = False
    user.save()
    codes = ["view_schedule", "view_weeklyrule", "view_season", "view_dayexception"]
    user.user_permissions.set(Permission.objects.filter(codename__in=codes))
    client.force_login(user)
    html = text(client.get(page_of(schedule)))
    assert "What readers will see" in html
    assert "08:00–16:00" in html
