"""Every public page in every language: it answers, in its language, with its alternates."""

import re

import html5lib
import pytest
from django.urls import reverse
from django.utils import translation

from glossary.models import Term
from languages.available import LANGUAGE_CODES
from offices.models import Office, ServicePoint
from procedures.models import Procedure
from publishing.views import preview_token
from tests.addresses import public_addresses
from tests.factories import make_office, make_procedure, make_term

pytestmark = pytest.mark.django_db

PAGES = [
    ("home", None),
    ("procedures:list", None),
    ("procedures:detail", Procedure),
    ("procedures:beside", Procedure),
    ("offices:list", None),
    ("offices:detail", Office),
    ("service_points:list", None),
    ("service_points:detail", ServicePoint),
    ("service_points:days", ServicePoint),
    ("glossary:list", None),
    ("glossary:detail", Term),
    ("about", None),
    ("privacy", None),
    ("accessibility", None),
]
ALTERNATE = re.compile(r'rel="alternate" hreflang="([\w-]+)" href="([^"]+)"')
CANONICAL = re.compile(r'<link rel="canonical" href="([^"]+)">')
ELSEWHERE = {
    "first_password",
    "glossary_data",
    "offices:calendar",
    "language_gateway",
    "robots",
    "sitemap",
    "health",
}


def address(name, model, language):
    with translation.override(language):
        kwargs = {"slug": model.objects.published().first().slug} if model else {}
        return reverse(name, kwargs=kwargs)


def test_every_named_page_is_in_this_test():
    names = {name for name, _model in public_addresses()}
    assert names == {name for name, _ in PAGES} | ELSEWHERE


@pytest.mark.parametrize("language", LANGUAGE_CODES)
@pytest.mark.parametrize(("name", "model"), PAGES)
def test_page_answers_in_its_language(client, name, model, language):
    path = address(name, model, language)
    response = client.get(path)
    html = response.content.decode()

    assert response.status_code == 200
    assert f'<html lang="{language}">' in html
    assert len(re.findall(r"<h1[ >]", html)) == 1
    rest = path.split("/", 2)[2]
    expected = {code: f"http://testserver/{code}/{rest}" for code in LANGUAGE_CODES}
    # For readers of none of our languages: home asks their browser, all others are in English.
    expected["x-default"] = f"http://testserver/en/{rest}" if rest else "http://testserver/"
    assert dict(ALTERNATE.findall(html)) == expected
    assert CANONICAL.findall(html) == [f"http://testserver{path}"]
    assert ("noindex" in html) == (name == "procedures:beside")
    # Whatever is folded is opened for paper in every browser.
    assert ("<details" in html) <= ("print_folded" in html)


@pytest.mark.parametrize("language", LANGUAGE_CODES)
@pytest.mark.parametrize(("name", "model"), PAGES)
def test_page_is_well_formed_html(client, name, model, language):
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(client.get(address(name, model, language)).content.decode())
    # Inline SVG paths are fine for html5lib; what it reports is broken nesting.
    assert [
        error for error in parser.errors if error[1] != "non-void-element-with-trailing-solidus"
    ] == []


@pytest.mark.parametrize(("name", "model"), PAGES)
def test_readers_get_no_cookie_and_a_strict_policy(client, name, model):
    response = client.get(address(name, model, "en"))
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    policy = dict(
        part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "geolocation=()" in response["Permissions-Policy"]


@pytest.mark.parametrize(("name", "model"), PAGES)
def test_page_asks_nothing_of_third_parties(client, name, model):
    html = client.get(address(name, model, "en")).content.decode()
    assert re.findall(r'<(?:script|img|iframe|source)[^>]+src="(?:https?:)?//[^"]*"', html) == []
    stylesheets = re.findall(
        r'<link[^>]+rel="(?:stylesheet|icon|preload)"[^>]*href="([^"]+)"', html
    )
    assert all(href.startswith("/static/") for href in stylesheets)
    assert "style=" not in html
    # JSON-LD is data: browsers do not execute it.
    assert not re.search(r"<script(?![^>]*src=|[^>]*application/ld\+json)", html)


INDEXED, NOT_INDEXED = True, False


@pytest.mark.parametrize(
    ("address", "canonical", "is_indexed"),
    [
        ("/en/offices/?page=1", "/en/offices/", INDEXED),
        ("/en/offices/?page=2", "/en/offices/?page=2", INDEXED),
        ("/en/offices/?page=last", "/en/offices/?page=2", INDEXED),
        ("/en/offices/?utm_source=x&page=2", "/en/offices/?page=2", INDEXED),
        ("/en/offices/?utm_source=x", "/en/offices/", INDEXED),
        ("/en/offices/?kind=&topic=", "/en/offices/", INDEXED),
        ("/en/offices/?kind=city", "/en/offices/", NOT_INDEXED),
        ("/en/offices/?kind=city&page=2", "/en/offices/", NOT_INDEXED),
        ("/en/offices/?kind=castle", "/en/offices/", NOT_INDEXED),
        ("/en/offices/?when=now", "/en/offices/", NOT_INDEXED),
        ("/en/service-points/?language=ukr", "/en/service-points/", NOT_INDEXED),
        ("/en/procedures/?situation=x", "/en/procedures/", NOT_INDEXED),
        ("/en/procedures/sprawa/?who=eu", "/en/procedures/sprawa/", NOT_INDEXED),
        ("/en/procedures/sprawa/?when=now", "/en/procedures/sprawa/", NOT_INDEXED),
        ("/en/procedures/sprawa/?preview=x", "/en/procedures/sprawa/", INDEXED),
        ("/en/procedures/sprawa/?page=2", "/en/procedures/sprawa/", INDEXED),
        ("/en/glossary/?by=polish", "/en/glossary/", NOT_INDEXED),
        ("/en/?topic=x", "/en/", INDEXED),
    ],
)
def test_search_engines_are_told_which_addresses_are_pages(
    client, no_content, monkeypatch, address, canonical, is_indexed
):
    monkeypatch.setattr("offices.views.OfficeList.paginate_by", 1)
    for _ in range(2):
        make_office(kind="city")
    make_procedure(slug="sprawa")
    html = client.get(address).content.decode()
    assert CANONICAL.findall(html) == [f"http://testserver{canonical}"]
    assert ("noindex" not in html) == is_indexed
    alternates = dict(ALTERNATE.findall(html))
    assert alternates["en"] == f"http://testserver{canonical}"
    assert alternates["uk"] == f"http://testserver{canonical.replace('/en/', '/uk/')}"
    assert alternates["x-default"] == (
        "http://testserver/" if canonical == "/en/" else alternates["en"]
    )


def test_a_preview_names_its_address_without_the_key_to_it(client):
    term = make_term(status="draft")
    html = client.get(f"{term.get_absolute_url()}?preview={preview_token(term)}").content.decode()
    assert CANONICAL.findall(html) == [f"http://testserver{term.get_absolute_url()}"]
    assert "noindex" in html


@pytest.mark.parametrize(
    ("names", "shown", "canonical", "alternates"),
    [
        ({"en": "Name"}, "uk", "en", {}),
        ({"en": "Name"}, "pl", "pl", {"pl": "pl", "en": "en", "x-default": "en"}),
        ({"uk": "Назва"}, "ru", "pl", {}),
        ({"uk": "Назва"}, "en", "pl", {}),
        ({"uk": "Назва"}, "uk", "uk", {"pl": "pl", "uk": "uk"}),
        ({}, "pl", "pl", {"pl": "pl"}),
    ],
)
def test_a_page_that_is_not_in_all_languages_says_in_which_it_is(
    client, no_content, names, shown, canonical, alternates
):
    missing = {f"name_{code}": names.get(code) for code in LANGUAGE_CODES if code != "pl"}
    make_term(slug="slowo", **missing)

    def page(code):
        return f"http://testserver/{code}/glossary/slowo/"

    html = client.get(page(shown)).content.decode()
    assert CANONICAL.findall(html) == [page(canonical)]
    found = dict(ALTERNATE.findall(html))
    assert found == {name: page(code) for name, code in alternates.items()}
    if alternates:  # and the sitemap says the same
        xml = client.get("/sitemap.xml").content.decode()
        entry = next(part for part in xml.split("<url>") if f"<loc>{page(shown)}</loc>" in part)
        assert dict(ALTERNATE.findall(entry)) == found


def test_the_sitemap_and_home_agree_on_the_page_for_everyone_else(client, no_content):
    xml = client.get("/sitemap.xml").content.decode()
    for entry in xml.split("<url>")[1:]:
        page = re.search("<loc>([^<]+)</loc>", entry)[1]
        html = client.get(page).content.decode()
        assert dict(ALTERNATE.findall(entry)) == dict(ALTERNATE.findall(html)), page
