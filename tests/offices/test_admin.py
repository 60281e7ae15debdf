"""An editor adds and changes places in the admin."""

import pytest
from django.urls import reverse
from django.utils import translation

from offices.models import Channel, Office, ServicePoint
from tests.factories import make_channel, make_hours, make_office, make_service_point
from tests.forms import filled

pytestmark = pytest.mark.django_db


def test_an_office_is_added_with_a_service_point(editor):
    address = reverse("admin:offices_office_add")
    data = filled(editor.get(address)) | {
        "name_pl": "Urząd Nowy",
        "slug": "urzad-nowy",
        "kind": "city",
        "street": "ul. Nowa",
        "service_points-TOTAL_FORMS": "1",
        "service_points-0-name_pl": "Okienko",
        "service_points-0-slug": "okienko",
        "service_points-0-status": "draft",
        "week_0": "8-16",
    }
    response = editor.post(address, data)
    assert response.status_code == 302, response.context and response.context["errors"]
    office = Office.objects.get(slug="urzad-nowy")
    assert office.service_points.get().slug == "okienko"
    assert [str(rule.opens) for rule in office.schedule.rules.all()] == ["08:00:00"]


def test_hours_are_saved_changed_and_removed_with_their_channel(editor):
    point = make_service_point()
    make_hours({0: [("08:00", "16:00")]}, channel=make_channel(point))
    address = reverse("admin:offices_servicepoint_change", args=[point.pk])
    data = filled(editor.get(address))
    assert data["channels-0-week_0"] == "08:00–16:00"

    data |= {"channels-0-week_0": "7:30-12, 13-15*", "channels-0-hours_note_uk": "Примітка"}
    assert editor.post(address, data).status_code == 302
    schedule = Channel.objects.get(service_point=point).schedule
    assert [rule.kind for rule in schedule.rules.all()] == ["open", "by_appointment"]
    assert schedule.note_uk == "Примітка"

    data = filled(editor.get(address)) | {
        "channels-0-week_0": "",
        "channels-0-hours_note_uk": "",
        "channels-0-hours_checked_on": "",
    }
    assert editor.post(address, data).status_code == 302
    assert not hasattr(Channel.objects.get(service_point=point), "schedule")


@pytest.mark.parametrize("language", ["pl", "en", "uk", "ru"])
def test_dates_of_hours_are_written_as_browsers_read_them(editor, language):
    point = make_service_point()
    make_hours({0: [("08:00", "16:00")]}, channel=make_channel(point))
    with translation.override(language):
        address = reverse("admin:offices_servicepoint_change", args=[point.pk])
    assert 'type="date" name="channels-0-hours_checked_on" value="2026-11-01"' in (
        editor.get(address).content.decode()
    )


def test_saving_without_a_change_changes_nothing(editor):
    point = ServicePoint.objects.get(slug="pid-basztowa")
    address = reverse("admin:offices_servicepoint_change", args=[point.pk])
    before = [str(rule) for c in point.channels.all() for rule in c.schedule.rules.all()]
    assert editor.post(address, filled(editor.get(address))).status_code == 302
    point = ServicePoint.objects.get(slug="pid-basztowa")
    assert [str(rule) for c in point.channels.all() for rule in c.schedule.rules.all()] == before


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("channels-0-week_4", "16-8", "Friday: In “16-8” the closing time is not later"),
        ("channels-0-value", "not a number", "digits and spaces only"),
        ("valid_until", "2020-01-01", "The last day is before the first day."),
        ("slug", "zły adres", "valid “slug”"),
        ("name_pl", "", "This field is required."),
    ],
)
def test_a_mistake_is_named_at_its_field_and_nothing_is_saved(editor, field, value, reason):
    point = make_service_point(valid_from="2021-01-01")
    make_channel(point, "telephone", "112")
    address = reverse("admin:offices_servicepoint_change", args=[point.pk])
    response = editor.post(address, filled(editor.get(address)) | {field: value})
    assert response.status_code == 200
    assert reason in response.content.decode()
    assert ServicePoint.objects.get(pk=point.pk).name_pl == point.name_pl


def test_own_hours_and_those_of_the_office_exclude_each_other(editor):
    point = make_service_point(office=make_office())
    make_channel(point)
    address = reverse("admin:offices_servicepoint_change", args=[point.pk])
    data = filled(editor.get(address)) | {
        "channels-0-follows_office_hours": "on",
        "channels-0-week_0": "8-16",
    }
    assert "not both" in editor.post(address, data).content.decode()
