"""The starter content sends people to the building in which they are served."""

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from languages.available import LANGUAGE_CODES
from offices.models import Office, ServicePoint
from procedures.models import Procedure

pytestmark = pytest.mark.django_db

_SENTENCE_END = re.compile(r"(?<!ul\.)(?<!al\.)(?<!os\.)(?<!pl\.)(?<=[.!?])\s|</?(?:p|li)>")
_ADDRESS = re.compile(r"\b(?:ul|al|os|pl)\.\s+([^\d.,;:()]+?)\s+(\d+\w?)")
_REGISTERED = re.compile(
    r"zgł[ao]|rejestr|regist|report|реєстр|повідом|регистр|сообща|заявл", re.IGNORECASE
)
_BIRTH = re.compile(r"urodze|urodził|\bbirth|\bborn\b|\bнарод[жи]|\bрожд|\bродил", re.IGNORECASE)


def addresses(text):
    """The streets and numbers that ``text`` names, whatever case the Polish street stands in."""
    return {(street.split()[-1][:6], number) for street, number in _ADDRESS.findall(text or "")}


def texts_of(row, *fields):
    return [
        (language, getattr(row, f"{field}_{language}") or "")
        for field in fields
        for language in LANGUAGE_CODES
    ]


@pytest.fixture
def points():
    return ServicePoint.objects.published().select_related("office").prefetch_related("channels")


def test_a_point_names_no_room_in_another_building_than_its_own(points):
    for point in points:
        where = texts_of(point, "room")
        for channel in point.channels.all():
            if channel.kind == "in_person":
                where += texts_of(channel, "note")
        for language, text in where:
            stray = addresses(text) - addresses(point.office.street_line)
            assert not stray, f"{point.slug} ({language}) leads to {stray}"


def test_an_office_stands_at_one_number_that_a_map_finds():
    for office in Office.objects.published().exclude(street=""):
        assert re.fullmatch(r"\d+\w?(-\d+\w?)?", office.house_number), office.slug


@pytest.mark.parametrize("language", LANGUAGE_CODES)
@pytest.mark.parametrize(
    ("point", "street", "not_there"),
    [
        ("nfz-sala-obslugi", "ul. Wadowicka 8W", "Józefa"),
        ("usc-urodzenia", "ul. Lubelska 29", "Lubelska 27"),
    ],
)
def test_card_map_and_machines_lead_to_the_same_door(client, language, point, street, not_there):
    html = client.get(f"/{language}/service-points/{point}/").content.decode()
    assert street in html
    assert not_there not in html
    maps = re.findall(r'href="(https://www\.openstreetmap\.org/search[^"]+)"', html)
    assert maps
    for address in maps:
        assert parse_qs(urlsplit(address).query)["query"] == [
            f"{street.removeprefix('ul. ')}, Kraków"
        ]
    data = re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', html, re.DOTALL)
    assert f'"streetAddress": {json.dumps(street, ensure_ascii=False)}' in data[1]


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_the_seat_of_the_health_fund_leads_to_its_hall(client, language):
    html = client.get(f"/{language}/offices/nfz/").content.decode()
    assert f'href="/{language}/offices/nfz-wadowicka/"' in html
    assert "Wadowicka 8W" in html


def test_births_are_registered_at_one_address_only():
    procedure = Procedure.objects.get(slug="rejestracja-urodzenia")
    offices = {location.service_point.office for location in procedure.locations.all()}
    assert [office.street_line for office in offices] == ["ul. Lubelska 29"]


def test_no_text_sends_parents_of_a_newborn_elsewhere(points):
    procedure = Procedure.objects.get(slug="rejestracja-urodzenia")
    rows = [(procedure, ["summary", "eligibility", "where_note", "good_to_know"])]
    rows += [(step, ["title", "text"]) for step in procedure.steps.all()]
    rows += [(location, ["note"]) for location in procedure.locations.all()]
    rows += [(point, ["summary", "description", "room", "caution"]) for point in points]
    rows += [
        (office, ["summary", "description", "directions", "caution"])
        for office in Office.objects.published()
    ]
    named = 0
    for row, fields in rows:
        for language, text in texts_of(row, *fields):
            for sentence in _SENTENCE_END.split(text):
                if _BIRTH.search(sentence) and _REGISTERED.search(sentence):
                    found = addresses(sentence)
                    named += bool(found)
                    assert found <= {("Lubels", "29")}, f"{row} ({language}): {sentence}"
    assert named >= 2 * len(LANGUAGE_CODES)
