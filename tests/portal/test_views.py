"""The home page, the gateway, robots and the sitemap."""

import re
from datetime import datetime

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from languages.available import LANGUAGE_CODES
from offices.schedule import WARSAW
from tests.factories import (
    make_channel,
    make_office,
    make_procedure,
    make_schedule,
    make_service_point,
    make_term,
    make_topic,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("uk-UA,uk;q=0.9,en;q=0.8", "uk"),
        ("de-DE,de;q=0.9,ru;q=0.5", "ru"),
        ("de-DE,de;q=0.9", "en"),
        ("pl", "pl"),
        ("", "en"),
        ("*", "en"),
        ("\x00;q=x,,;", "en"),
    ],
)
def test_the_gateway_leads_to_the_readers_language(client, accepted, language):
    response = client.get("/", headers={"accept-language": accepted})
    assert (response.status_code, response["Location"]) == (302, f"/{language}/")
    assert response["Vary"] == "Accept-Language"


def test_home_shows_who_is_open_now(client, no_content, monkeypatch):
    for name, weekday in [("Monday desk", 0), ("Tuesday desk", 1)]:
        point = make_service_point(name_en=name)
        make_schedule("08:00–16:00", [weekday], channel=make_channel(point))
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 23, 10, tzinfo=WARSAW))
    html = client.get("/en/").content.decode()
    assert "Monday desk" in html
    assert "Open until 16:00" in html
    assert "Tuesday desk" not in html


def test_home_offers_only_subjects_with_something_in_them(client, no_content):
    make_topic(name_en="Empty")
    full, hidden = make_topic(name_en="Full"), make_topic(name_en="Hidden")
    make_procedure().topics.add(full)
    make_procedure(status="draft").topics.add(hidden)
    html = client.get("/en/").content.decode()
    assert "Full" in html
    assert "Empty" not in html
    assert "Hidden" not in html


def test_letters_on_the_home_page_lead_to_the_letters_of_the_glossary(client):
    home, glossary = (
        client.get(path).content.decode() for path in ("/uk/", "/uk/glossary/?by=polish")
    )
    on_home = re.findall(r'href="/uk/glossary/\?by=polish#(letter-\d+)">([^<]+)<', home)
    in_glossary = re.findall(r'<h2 id="(letter-\d+)">([^<]+)<', glossary)
    assert on_home == in_glossary


def test_the_sitemap_lists_pages_in_the_languages_in_which_they_exist(client, no_content):
    make_office(slug="full")
    make_office(slug="polish", name_en=None, name_uk=None, name_ru=None)
    make_term(slug="draft", status="draft")
    xml = client.get("/sitemap.xml", headers={"host": "localhost"}).content.decode()
    for code in LANGUAGE_CODES:
        assert f"<loc>http://localhost/{code}/offices/full/</loc>" in xml
    assert "<loc>http://localhost/pl/offices/polish/</loc>" in xml
    assert "/en/offices/polish/" not in xml
    assert "draft" not in xml
    assert 'hreflang="uk" href="http://localhost/uk/offices/full/"' in xml


def test_robots_names_the_sitemap_and_keeps_out_of_the_admin(client):
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert "Disallow: /pl/admin/" in text


@pytest.mark.parametrize("host", ["testserver", "10.0.0.7:8000", "evil.example", "", "a,b"])
@pytest.mark.parametrize("https", [False, True])
def test_health_is_answered_whatever_the_host_and_without_https(settings, host, https):
    settings.SECURE_SSL_REDIRECT = https
    response = Client().get("/health/", headers={"host": host})
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("path", ["/", "/en/", "/health", "/health/x", "/en/health/"])
def test_no_other_address_gets_past_the_look_at_the_host(client, path):
    assert client.get(path, headers={"host": "evil.example"}).status_code == 400


def test_health_says_that_the_database_is_away(client, monkeypatch):
    def away():
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", away)
    response = client.get("/health/")
    assert (response.status_code, response.content) == (503, b"no database\n")
    assert "no-store" in response["Cache-Control"]


def test_health_is_only_read(client):
    assert client.head("/health/").status_code == 200
    assert client.post("/health/").status_code == 405


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_the_declaration_has_each_required_id_once(client, language):
    html = client.get(f"/{language}/accessibility/").content.decode()
    required = (
        "wstep podmiot zakres url data-publikacja data-aktualizacja status data-sporzadzenie "
        "kontakt email telefon procedura architektura komunikacja"
    )
    for name in required.split():
        assert html.count(f'id="a11y-{name}"') == 1, name
    for name in ("data-publikacja", "data-aktualizacja", "data-sporzadzenie"):
        assert re.search(rf'<time id="a11y-{name}" datetime="\d{{4}}-\d\d-\d\d">', html)
