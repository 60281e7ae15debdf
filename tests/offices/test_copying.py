"""Hours are copied from one channel or office to another."""

import pytest
from django.urls import reverse

from offices.models import Schedule, WeeklyRule
from tests.factories import (
    make_office,
    make_schedule,
)
from tests.forms import filled, page_of, page_of_new, text

pytestmark = pytest.mark.django_db


def test_weekly_hours_and_seasons_are_copied_with_their_translations(editor, schedule):
    season = schedule.seasons.create(
        name_pl="Lato", name_uk="Літо", starts_on="2027-07-01", ends_on="2027-08-31"
    )
    WeeklyRule.objects.create(
        schedule=schedule, season=season, weekdays=[5], hours="10:00–12:00", note_ru="Заметка"
    )
    schedule.exceptions.create(starts_on="2026-12-31")
    address = page_of_new(make_office())
    data = filled(editor.get(address)) | {"copy_from": schedule.pk}
    response = editor.post(address, data, follow=True)
    assert "2 rows of weekly hours, 1 season" in text(response)
    copy = Schedule.objects.latest("pk")
    assert [str(rule) for rule in copy.rules.all()] == [
        "Monday 08:00–16:00",
        "Saturday 10:00–12:00",
    ]
    assert copy.seasons.get().name_uk == "Літо"
    assert copy.seasons.get().rules.get().note_ru == "Заметка"
    assert not copy.exceptions.exists()
    assert (schedule.rules.count(), schedule.seasons.count()) == (2, 1)


def test_nothing_is_copied_over_hours_that_are_there(editor, schedule):
    other = make_schedule("10:00–12:00", [3], office=make_office())
    data = filled(editor.get(page_of(schedule))) | {"copy_from": other.pk}
    response = editor.post(page_of(schedule), data)
    assert "Delete those rows first" in text(response)
    assert "copy_from" in response.context["adminform"].form.errors
    assert editor.post(page_of(schedule), data | {"rules-0-DELETE": "on"}).status_code == 302
    assert [str(rule) for rule in schedule.rules.all()] == ["Thursday 10:00–12:00"]


@pytest.mark.parametrize("which", ["itself", "empty"])
def test_what_cannot_be_copied_is_refused_at_the_field(editor, schedule, which):
    original = schedule if which == "itself" else make_schedule(office=make_office())
    data = filled(editor.get(page_of(schedule))) | {"copy_from": original.pk}
    response = editor.post(page_of(schedule), data | {"rules-0-DELETE": "on"})
    assert list(response.context["adminform"].form.errors) == ["copy_from"]


def test_hours_to_copy_are_searched_by_the_name_of_their_owner(editor):
    office = make_office(name_pl="Urząd Osobliwy")
    wanted = make_schedule("08:00–16:00", office=office)
    query = {"app_label": "offices", "model_name": "weeklyrule", "field_name": "schedule"}
    response = editor.get(reverse("admin:autocomplete"), query | {"term": "osobliwy"})
    assert [one["id"] for one in response.json()["results"]] == [str(wanted.pk)]
