"""Offices, service points, channels: invariants and what they say of themselves."""

from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from offices.models import Channel, Notice, Office, ServicePoint
from offices.schedule import WARSAW, Kind
from tests.factories import make_channel, make_office, make_schedule, make_service_point

pytestmark = pytest.mark.django_db
MONDAY_TEN = datetime(2026, 11, 23, 10, tzinfo=WARSAW)


@pytest.mark.parametrize(
    "fields",
    [
        {"latitude": "50.06"},
        {"street": "ul. Prosta", "locality": ""},
        {"name_pl": ""},
        {"postal_code": "31547"},
        {
            "publish_from": datetime(2026, 2, 1, tzinfo=WARSAW),
            "publish_until": datetime(2026, 1, 1, tzinfo=WARSAW),
        },
    ],
)
def test_an_impossible_office_is_refused_with_a_reason(fields):
    with pytest.raises(ValidationError) as error:
        make_office(**fields)
    assert all(message for messages in error.value.message_dict.values() for message in messages)


def test_the_database_itself_refuses_half_a_pair_of_coordinates():
    office = make_office()
    with pytest.raises(IntegrityError), transaction.atomic():
        Office.objects.filter(pk=office.pk).update(latitude=50)


def test_an_office_is_not_part_of_itself_however_long_the_way():
    grandparent = make_office()
    parent = make_office(parent=grandparent)
    grandparent.parent = parent
    with pytest.raises(ValidationError, match="part of itself"):
        grandparent.full_clean()


@pytest.mark.parametrize(
    ("kind", "value", "is_valid"),
    [
        ("telephone", "+48 12 210 20 20", True),
        ("telephone", "112", True),
        ("telephone", "call me", False),
        ("email", "info.opt@muw.pl", True),
        ("email", "info.opt at muw.pl", False),
        ("online_form", "https://mos.cudzoziemcy.gov.pl", True),
        ("online_form", "javascript:alert(1)", False),
        ("post", "ul. Przy Rondzie 6, 31-547 Kraków", True),
        ("in_person", "", True),
        ("telephone", "", False),
    ],
)
def test_the_value_of_a_channel_fits_its_kind(kind, value, is_valid):
    channel = Channel(service_point=make_service_point(), kind=kind, value=value)
    if is_valid:
        channel.full_clean()
    else:
        with pytest.raises(ValidationError):
            channel.full_clean()


@pytest.mark.parametrize(
    ("kind", "value", "href"),
    [
        ("telephone", "+48 12 210 20 20", "tel:+48122102020"),
        ("email", "a@b.pl", "mailto:a@b.pl"),
        ("online_form", "https://a.pl/x", "https://a.pl/x"),
        ("in_person", "", ""),
        ("post", "ul. Prosta 1", ""),
    ],
)
def test_a_channel_links_to_what_uses_it(kind, value, href):
    assert Channel(kind=kind, value=value).href == href


def test_hours_of_the_office_hold_where_a_channel_says_so():
    office = make_office()
    make_schedule("08:00–16:00", [0], office=office)
    point = make_service_point(office=office)
    counter = make_channel(point, follows_office_hours=True)
    telephone = make_channel(point, "telephone", "112")
    assert counter.state_at(MONDAY_TEN).kind == Kind.OPEN
    assert telephone.state_at(MONDAY_TEN).kind == Kind.UNKNOWN
    assert point.best_state_at(MONDAY_TEN).kind == Kind.OPEN


def test_what_is_said_of_a_point_changes_with_the_language_of_its_hours():
    point = make_service_point()
    schedule = make_schedule(channel=make_channel(point))
    schedule.rules.create(weekdays=[0], hours="08:00–12:00", languages=["pol"])
    schedule.rules.create(weekdays=[0], hours="12:00–16:00", languages=["rus"])
    assert point.next_change_after(MONDAY_TEN) == MONDAY_TEN.replace(hour=12)


def test_counter_and_telephone_have_hours_of_their_own():
    point = ServicePoint.objects.get(slug="pid-basztowa")
    states = {
        channel.kind: channel.state_at(datetime(2026, 11, 23, 17, 30, tzinfo=WARSAW))
        for channel in point.channels.all()
    }
    assert states["in_person"].kind == Kind.OPEN
    assert states["telephone"].kind == Kind.CLOSED


def test_schedule_belongs_to_one_owner():
    office = make_office()
    channel = make_channel(make_service_point())
    with pytest.raises(IntegrityError), transaction.atomic():
        make_schedule(office=office, channel=channel)


@pytest.mark.parametrize(
    ("ends_on", "is_past"),
    [(None, False), (date(2026, 11, 21), False), (date(2026, 11, 20), True)],
)
def test_a_notice_ends_with_its_last_day(ends_on, is_past):
    notice = Notice(starts_on=date(2026, 1, 1), ends_on=ends_on)
    assert notice.is_past(date(2026, 11, 21)) == is_past


def test_a_point_is_past_after_its_last_day():
    point = make_service_point(valid_until=date(2026, 4, 26))
    assert not point.is_past(date(2026, 4, 26))
    assert point.is_past(date(2026, 4, 27))
    assert point in ServicePoint.objects.in_service(date(2026, 4, 26))
    assert point not in ServicePoint.objects.in_service(date(2026, 4, 27))


@pytest.mark.parametrize(
    ("fields", "url"),
    [
        (
            {"street": "ul. Basztowa", "house_number": "22"},
            "https://www.openstreetmap.org/search?query=Basztowa+22%2C+Krak%C3%B3w",
        ),
        (
            {"latitude": "50.065", "longitude": "19.94"},
            "https://www.openstreetmap.org/?mlat=50.065&mlon=19.94#map=18/50.065/19.94",
        ),
        ({}, ""),
    ],
)
def test_map_leads_to_the_coordinates_or_the_address(fields, url):
    assert Office(**fields).map_url == url
