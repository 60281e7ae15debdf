"""Every public page in every language: it answers, in its language, with its alternates."""

import re

import html5lib
import pytest
from django.urls import get_resolver, reverse
from django.utils import translation

from glossary.models import Term
from languages.available import LANGUAGE_CODES
from offices.models import Office, ServicePoint
from procedures.models import Procedure

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
    names = set()

    def collect(resolver, prefix=""):
        for pattern in resolver.url_patterns:
            if hasattr(pattern, "url_patterns"):
                namespace = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
                if pattern.namespace != "admin":
                    collect(pattern, namespace)
            elif pattern.name:
                names.add(prefix + pattern.name)

    collect(get_resolver())
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
    hreflangs = dict(re.findall(r'rel="alternate" hreflang="(\w+)" href="([^"]+)"', html))
    assert set(hreflangs) == set(LANGUAGE_CODES)
    for code, url in hreflangs.items():
        assert url == f"http://testserver/{code}/{path.split('/', 2)[2]}"
    assert f'<link rel="canonical" href="http://testserver{path}">' in html
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
