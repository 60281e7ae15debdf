"""JSON-LD of offices and service points."""

import json
import re
from datetime import date

import pytest
from django.utils import timezone

from languages.available import LANGUAGE_CODES
from offices.structured_data import office_data
from tests.factories import (
    WHOLE_WEEK,
    add_rule,
    make_channel,
    make_office,
    make_schedule,
    make_service_point,
)
from tests.offices.layers import (
    add_exception,
    add_notice,
    add_season,
    as_page_fetches,
    make_calendar,
    make_counter,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 12, 14)  # a Monday
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def data_of(office, today=TODAY):
    return office_data(as_page_fetches(office), today, lambda path: f"https://portal.test{path}")


def department_of(office, today=TODAY):
    (department,) = data_of(office, today)["department"]
    return department


def on_page(client, path):
    (block,) = BLOCK.findall(client.get(path).content.decode())
    return json.loads(block)


def specials(department):
    """The dated specifications: date → opens, closes and the words with them."""
    found = {}
    for one in department["specialOpeningHoursSpecification"]:
        assert one["validFrom"] == one["validThrough"]
        times = one.get("opens"), one.get("closes"), one.get("description")
        found.setdefault(one["validFrom"], []).append(times)
    return found


CLOSED = ("00:00", "00:00", None)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("city", "GovernmentOffice"),
        ("voivodeship", "GovernmentOffice"),
        ("state", "GovernmentOffice"),
        ("ngo", ["NGO", "LocalBusiness"]),
        ("other", "LocalBusiness"),
    ],
)
def test_type_says_who_runs_the_office(no_content, kind, expected):
    office = make_office(kind=kind)
    make_service_point(office=office)
    assert data_of(office)["@type"] == expected
    assert department_of(office)["@type"] == expected


def test_office_has_its_names_address_and_place(no_content):
    office = make_office(
        slug="usc",
        name_pl="Urząd Stanu Cywilnego",
        name_en="Registry Office",
        parent=make_office(slug="umk", name_en="City Hall"),
        street="ul. Lubelska",
        house_number="29",
        postal_code="30-003",
        latitude="50.0754",
        longitude="19.9336",
        website_url="https://example.pl",
        bip_url="https://bip.example.pl",
    )
    data = data_of(office)
    assert data["name"] == "Registry Office"
    assert data["alternateName"] == "Urząd Stanu Cywilnego"
    assert data["url"] == "https://portal.test/en/offices/usc/"
    assert data["sameAs"] == ["https://example.pl", "https://bip.example.pl"]
    assert data["parentOrganization"]["url"] == "https://portal.test/en/offices/umk/"
    assert data["address"] == {
        "@type": "PostalAddress",
        "streetAddress": "ul. Lubelska 29",
        "postalCode": "30-003",
        "addressLocality": "Kraków",
        "addressCountry": "PL",
    }
    assert data["geo"] == {"@type": "GeoCoordinates", "latitude": 50.0754, "longitude": 19.9336}


def test_what_is_not_known_is_left_out(no_content):
    office = make_office(parent=make_office(status="draft"))
    make_channel(make_service_point(office=office))
    data = data_of(office)
    assert not {"address", "geo", "sameAs", "openingHoursSpecification"} & set(data)
    assert "parentOrganization" not in data
    assert not {"knowsLanguage", "contactPoint"} & set(data["department"][0])
    assert not [key for key in data["department"][0] if "Hours" in key]


def test_every_channel_but_the_counter_is_a_contact_point(no_content):
    office = make_office(street="ul. Lubelska", house_number="29")
    point = make_service_point(
        office=office, spoken_languages=["ukr", "eng"], signed_languages=["pso"]
    )
    for kind, value in [
        ("in_person", ""),
        ("telephone", "+48 12 210 20 20"),
        ("email", "biuro@example.pl"),
        ("online_form", "https://example.pl/form"),
        ("video", "https://example.pl/video"),
        ("post", "skr. poczt. 5"),
    ]:
        make_channel(point, kind, value)
    department = department_of(office)
    assert department["address"]["streetAddress"] == "ul. Lubelska 29"
    assert department["knowsLanguage"] == ["uk", "en", "pso"]
    found = [
        {key: value for key, value in one.items() if key not in {"@type", "contactType"}}
        for one in department["contactPoint"]
    ]
    assert found == [
        {
            "name": "Telephone",
            "telephone": "+48 12 210 20 20",
            "availableLanguage": ["uk", "en"],
        },
        {"name": "E-mail", "email": "biuro@example.pl"},
        {"name": "Online", "url": "https://example.pl/form"},
        {
            "name": "Video call",
            "url": "https://example.pl/video",
            "availableLanguage": ["uk", "en", "pso"],
        },
        {"name": "Post", "description": "skr. poczt. 5"},
    ]


def test_languages_of_single_hours_count_too(no_content):
    office = make_office()
    point = make_service_point(office=office)
    schedule = make_schedule(channel=make_channel(point, "telephone", "+48 12 210 20 20"))
    add_rule(schedule, "09:00–17:00", [0], languages=["pol", "ukr"])
    add_rule(schedule, "09:00–17:00", [1], languages=["pol", "eng"])
    (contact,) = department_of(office)["contactPoint"]
    assert contact["availableLanguage"] == ["pl", "uk", "en"]


def test_week_names_its_days_and_the_closed_ones(no_content):
    office = make_office()
    make_counter(office, "Desk", "08:00–12:00, 13:00–15:00*", [0, 1])
    week = [
        ([day.rsplit("/")[-1][:2] for day in one["dayOfWeek"]], one["opens"], one["closes"])
        for one in department_of(office)["openingHoursSpecification"]
    ]
    assert week == [
        (["Mo", "Tu"], "08:00", "12:00"),
        (["Mo", "Tu"], "13:00", "15:00"),
        (["We", "Th", "Fr", "Sa", "Su"], "00:00", "00:00"),
    ]
    words = [one.get("description") for one in department_of(office)["openingHoursSpecification"]]
    assert words == [None, "By appointment", None]


@pytest.mark.parametrize(
    ("hours", "opens", "closes"),
    [
        ("20:00–02:00", "20:00", "02:00"),
        ("16:00–24:00", "16:00", "23:59"),
        ("00:00–24:00", "00:00", "23:59"),
        ("08:00–32:00", "08:00", "07:59"),
    ],
)
def test_midnight_is_never_written_as_closed(no_content, hours, opens, closes):
    office = make_office()
    make_counter(office, "Desk", hours, WHOLE_WEEK)
    (week,) = department_of(office)["openingHoursSpecification"]
    assert (week["opens"], week["closes"]) == (opens, closes)


def test_dates_that_differ_are_written_for_sixty_days(no_content):
    calendar = make_calendar("city", {"2026-12-28": "unconfirmed", "2026-12-31": "08:00–12:00"})
    office = make_office(holiday_calendar=calendar)
    schedule = make_counter(office, "Desk", "08:00–16:00")
    add_exception(schedule, "2026-12-16", reason_en="Training")
    add_exception(schedule, "2026-12-17", "17:00–18:00*", effect="adds")
    add_exception(schedule, "2027-02-11")
    add_exception(schedule, "2027-02-12")
    found = specials(department_of(office))
    assert found == {
        "2026-12-16": [CLOSED],
        "2026-12-17": [("08:00", "16:00", None), ("17:00", "18:00", "By appointment")],
        "2026-12-24": [CLOSED],
        "2026-12-25": [CLOSED],
        "2026-12-28": [(None, None, "hours not confirmed, call first")],
        "2026-12-31": [("08:00", "12:00", None)],
        "2027-01-01": [CLOSED],
        "2027-01-06": [CLOSED],
        "2027-02-11": [CLOSED],
    }
    names = {
        one["validFrom"]: one.get("name")
        for one in department_of(office)["specialOpeningHoursSpecification"]
    }
    assert names["2026-12-16"] == "Training"
    assert names["2026-12-24"] == "Christmas Eve"
    assert names["2026-12-28"] == "Day off"


def test_saturdays_of_the_month_are_dates(no_content):
    office = make_office()
    add_rule(make_counter(office, "Desk", "08:00–16:00"), "10:00–13:00", [5], weeks=[1])
    found = specials(department_of(office))
    saturdays = [day for day, times in found.items() if times == [("10:00", "13:00", None)]]
    assert saturdays == ["2027-01-02", "2027-02-06"]


def test_week_holds_until_the_season_changes_it(no_content):
    office = make_office()
    schedule = make_counter(office, "Desk", "08:00–16:00")
    add_season(schedule, "2027-01-11", "2027-01-12", "09:00–13:00")
    department = department_of(office)
    assert {one["validThrough"] for one in department["openingHoursSpecification"]} == {
        "2027-01-10"
    }
    found = specials(department)
    assert found["2027-01-11"] == [("09:00", "13:00", None)]
    assert found["2027-01-13"] == [("08:00", "16:00", None)]


def test_notice_closes_its_channel_alone(no_content):
    office = make_office()
    schedule = make_counter(office, "Desk", "08:00–16:00")
    telephone = make_channel(schedule.channel.service_point, "telephone", "+48 12 210 20 20")
    make_schedule("08:00–16:00", channel=telephone)
    add_notice(schedule, "2026-12-15", "2026-12-16")
    department = department_of(office)
    assert "2026-12-15" in specials(department)
    hours = department["contactPoint"][0]["hoursAvailable"]
    assert hours[0]["opens"] == "08:00"
    assert {one["validFrom"] for one in hours[2:]} == {
        "2026-12-24",
        "2026-12-25",
        "2027-01-01",
        "2027-01-06",
    }


def test_points_of_the_past_are_left_out(client, no_content):
    office = make_office()
    past = make_service_point(office=office, valid_until=date(2020, 1, 1))
    assert "department" not in data_of(office)
    assert not BLOCK.findall(client.get(past.get_absolute_url()).content.decode())


def test_hours_begin_and_end_with_the_service(no_content):
    office = make_office()
    point = make_service_point(
        office=office, valid_from=date(2100, 1, 4), valid_until=date(2100, 1, 5)
    )
    make_schedule("08:00–16:00", channel=make_channel(point))
    department = department_of(office)
    for one in department["openingHoursSpecification"]:
        assert (one["validFrom"], one["validThrough"]) == ("2100-01-04", "2100-01-05")
    assert "specialOpeningHoursSpecification" not in department


def test_page_of_a_point_names_its_office(client, no_content):
    office = make_office(slug="usc", name_en="Registry Office")
    point = make_service_point(office=office, name_en="Desk 5")
    data = on_page(client, point.get_absolute_url())
    assert data["@context"] == "https://schema.org"
    assert data["name"] == "Desk 5"
    assert data["parentOrganization"]["name"] == "Registry Office"
    assert data["parentOrganization"]["url"] == "http://testserver/en/offices/usc/"


def test_office_page_and_point_page_say_the_same_of_a_point(client):
    for path in ("muw-polityka-spoleczna", "usc"):
        for department in on_page(client, f"/en/offices/{path}/")["department"]:
            alone = on_page(client, department["url"].removeprefix("http://testserver"))
            del alone["@context"], alone["parentOrganization"]
            assert alone == department


NAMES = {"pl": "Urząd", "en": "Office", "uk": "Управління", "ru": "Управление"}
REASONS = {"pl": "Szkolenie", "en": "Training", "uk": "Навчання", "ru": "Обучение"}


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_page_speaks_its_language(client, no_content, language):
    office = make_office(slug="usc", **{f"name_{code}": name for code, name in NAMES.items()})
    schedule = make_counter(office, "Desk", "08:00–16:00")
    reasons = {f"reason_{code}": reason for code, reason in REASONS.items()}
    add_exception(schedule, timezone.localdate(), "05:00–06:00", **reasons)
    data = on_page(client, f"/{language}/offices/usc/")
    assert data["name"] == NAMES[language]
    assert data["url"] == f"http://testserver/{language}/offices/usc/"
    special = data["department"][0]["specialOpeningHoursSpecification"][0]
    assert special["name"] == REASONS[language]


def test_reason_in_another_language_is_left_out(no_content):
    office = make_office()
    add_exception(make_counter(office, "Desk", "08:00–16:00"), "2026-12-16", reason_pl="Remont")
    assert "name" not in department_of(office)["specialOpeningHoursSpecification"][0]


def test_hostile_text_stays_inside_the_block(client, no_content):
    name = "</script><script>alert('&amp;')</script>"
    office = make_office(name_en=name)
    make_service_point(office=office, summary_en="<!-- <script>")
    html = client.get(office.get_absolute_url()).content.decode()
    (block,) = BLOCK.findall(html)
    assert not set("<>&") & set(block)
    data = json.loads(block)
    assert data["name"] == name
    assert data["department"][0]["description"] == "<!-- <script>"


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_starter_content_is_valid_json_in_every_language(client, language):
    data = on_page(client, f"/{language}/offices/muw-cudzoziemcy/")
    assert data["@type"] == "GovernmentOffice"
    assert any("openingHoursSpecification" in department for department in data["department"])
