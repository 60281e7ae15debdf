"""What browsers and caches may keep of an answer, of every kind and at every address."""

import re
from datetime import datetime, timedelta

import pytest
from django.contrib.redirects.models import Redirect
from django.test import Client
from django.utils import timezone

from offices.schedule import WARSAW
from publishing.freshness import MAX_SECONDS
from tests.factories import make_office, make_procedure, make_service_point, make_term

pytestmark = pytest.mark.django_db

PAGES = [
    "/en/",
    "/en/procedures/",
    "/en/procedures/?topic=x&page=1",
    "/en/procedures/sprawa/",
    "/en/procedures/sprawa/?who=eu",
    "/en/procedures/sprawa/beside-polish/",
    "/en/offices/",
    "/en/offices/?when=now",
    "/en/offices/urzad/",
    "/en/offices/urzad/calendar.ics",
    "/en/service-points/",
    "/en/service-points/punkt/",
    "/en/service-points/punkt/days/",
    "/en/glossary/",
    "/en/glossary/slowo/",
    "/en/about/",
    "/en/privacy/",
    "/en/accessibility/",
    "/robots.txt",
    "/sitemap.xml",
    "/glossary.jsonld",
]
# Redirects and errors, by what makes them.
NOT_PAGES = {
    "/": 302,
    "/favicon.ico": 302,
    "/offices/": 302,
    "/en/offices": 301,
    "/en/glossary/renamed/": 301,
    "/en/glossary/given-up/": 410,
    "/en/glossary/withdrawn/": 410,
    "/en/glossary/draft/": 404,
    "/en/glossary/nothing/": 404,
    "/en/offices/?page=99": 404,
    "/nothing": 404,
    "/static/nothing.css": 404,
    "/en/admin": 301,
    "/en/admin/": 302,
    "/en/admin/nothing/": 302,
    "/en/admin/login/": 200,
    "/en/admin/first-password/": 302,
}


@pytest.fixture
def records(no_content):
    point = make_service_point(slug="punkt", office=make_office(slug="urzad"))
    make_procedure(slug="sprawa").locations.create(service_point=point)
    make_term(slug="slowo")
    make_term(slug="draft", status="draft")
    make_term(slug="withdrawn", status="archived", published_on="2026-01-01")
    for old, new in [("renamed", "/en/glossary/slowo/"), ("given-up", "")]:
        Redirect.objects.create(site_id=1, old_path=f"/en/glossary/{old}/", new_path=new)


def test_pages_are_kept_for_a_while_and_nothing_else_is_at_all(client, records):
    for address in PAGES:
        response = client.get(address)
        assert response.status_code == 200, address
        seconds = int(re.search(r"max-age=(\d+)", response["Cache-Control"])[1])
        assert seconds <= (3600 if "jsonld" in address else MAX_SECONDS), address
        assert "public" in response["Cache-Control"], address
    for address, status in NOT_PAGES.items():
        response = client.get(address)
        assert response.status_code == status, address
        assert {"no-store", "private"} <= set(response["Cache-Control"].split(", ")), address


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (lambda client: client.get("/en/", headers={"host": "evil.example"}), 400),
        (lambda client: client.post("/en/"), 403),
        (lambda client: client.options("/en/"), 200),
        (lambda client: client.put("/robots.txt/x"), 404),
        (lambda client: Client().post("/en/"), 405),
    ],
)
def test_answers_that_no_view_of_ours_gives_are_not_kept(answer, status):
    response = answer(Client(enforce_csrf_checks=True))
    assert response.status_code == status
    assert "no-store" in response["Cache-Control"]


def test_a_redirect_to_https_is_not_kept(settings):
    settings.SECURE_SSL_REDIRECT = True
    response = Client().get("/en/")
    assert response.status_code == 301
    assert "no-store" in response["Cache-Control"]


def test_a_broken_page_is_not_kept(monkeypatch):
    monkeypatch.setattr("portal.views.Home.get_context_data", lambda self: 1 / 0)
    response = Client(raise_request_exception=False).get("/en/")
    assert response.status_code == 500
    assert "no-store" in response["Cache-Control"]


def test_what_only_staff_see_is_not_kept(editor):
    for address in ("/en/admin/", "/en/admin/jsi18n/", "/en/admin/glossary/term/add/"):
        response = editor.get(address)
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"], address


def test_a_page_is_the_same_until_something_on_it_changes(client, records, monkeypatch):
    at_noon = datetime(2026, 11, 24, 12, tzinfo=WARSAW)
    monkeypatch.setattr(timezone, "now", lambda: at_noon)
    tags = {address: client.get(address)["ETag"] for address in PAGES}
    monkeypatch.setattr(timezone, "now", lambda: at_noon + timedelta(seconds=61))
    for address, tag in tags.items():
        response = client.get(address, headers={"if-none-match": tag, "accept-encoding": "gzip"})
        assert response.status_code == 304, address
        assert response["ETag"] == tag
        assert response["Cache-Control"].startswith("public, max-age="), address
        assert "Accept-Encoding" in response["Vary"]
        assert response["Server-Timing"] == 'clock;desc="2026-11-24T12:01:01+01:00"'
    for headers in ({}, {"accept-encoding": "gzip"}):
        assert client.head("/en/glossary/", headers=headers)["ETag"] == tags["/en/glossary/"]
    make_term(name_en="One more word")
    for address in ("/en/glossary/", "/glossary.jsonld", "/sitemap.xml"):
        headers = {"if-none-match": tags[address]}
        assert client.get(address, headers=headers).status_code == 200, address


def test_what_depends_on_the_day_is_not_kept_beyond_midnight(client, records, monkeypatch):
    last_seconds = datetime(2026, 11, 24, 23, 59, 50, tzinfo=WARSAW)
    monkeypatch.setattr(timezone, "now", lambda: last_seconds)
    for address in ("/en/procedures/sprawa/beside-polish/", "/en/offices/urzad/calendar.ics"):
        assert "max-age=10" in client.get(address)["Cache-Control"], address


@pytest.mark.parametrize("address", ["/", "/offices/", "/en/", "/nothing", "/en/nothing/"])
def test_no_cookie_has_a_say_in_what_a_reader_sees(client, address):
    russian = {"accept-language": "ru"}
    without = client.get(address, headers=russian)
    with_cookie = client.get(address, headers=russian | {"cookie": "django_language=uk"})
    assert with_cookie.content == without.content
    assert with_cookie.headers.get("Location") == without.headers.get("Location")
    assert "Cookie" not in with_cookie.get("Vary", "")


@pytest.mark.parametrize("cookie", ["csrftoken=x; sessionid=abc; messages=x", "sessionid="])
def test_no_cookie_makes_a_readers_page_set_or_mind_one(client, records, cookie):
    for address in (*PAGES, "/", "/nothing", "/en/nothing/"):
        response = client.get(address, headers={"cookie": cookie})
        assert "Cookie" not in response.get("Vary", ""), address
        assert not response.cookies, address


@pytest.mark.parametrize(
    ("accepted", "language"), [("ru", "ru"), ("de, uk;q=0.5", "uk"), ("uk;q=0, de", "en")]
)
def test_an_address_without_a_language_answers_in_the_readers(client, accepted, language):
    headers = {"accept-language": accepted}
    for address in ("/", "/offices/", "/offices"):
        response = client.get(address, headers=headers)
        assert response.status_code == 302
        assert response["Location"].startswith(f"/{language}/")
        assert response["Vary"] == "Accept-Language"
    response = client.get("/nothing", headers=headers)
    assert f'<html lang="{language}">' in response.content.decode()
