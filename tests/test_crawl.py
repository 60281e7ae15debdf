"""A walk over every link from the home page, in each language, over the starter content."""

import re
from functools import cache
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import resolve

from languages.available import LANGUAGE_CODES

pytestmark = pytest.mark.django_db
_LINK = re.compile(r'<a[^>]*\shref="([^"]+)"')
_HREFLANG = re.compile(r'rel="alternate" hreflang="(\w+)" href="([^"]+)"')


def links(address, html):
    """Where the links of a page lead, if to pages of its language: paths, some with a query."""
    start = f"/{address.split('/')[1]}/"
    for href in map(unescape, _LINK.findall(html)):
        target = urlsplit(urljoin(f"http://testserver{address}", href))
        if target.netloc == "testserver" and target.path.startswith(start):
            yield f"{target.path}?{target.query}" if target.query else target.path


@cache
def crawl(language):
    """Pages (paths with queries) that can be reached in ``language``, with their HTML.

    What filters and choices make of each page is looked at in English; in other languages what they
    make of one page of each kind.
    """
    client = Client()
    pages, seen, waiting = {}, set(), [f"/{language}/"]
    while waiting:
        address = waiting.pop()
        path, _, query = address.partition("?")
        kind = (resolve(path).view_name, query) if query and language != "en" else address
        if kind in seen:
            continue
        seen.add(kind)
        response = client.get(address)
        assert response.status_code == 200, f"{address} answers {response.status_code}"
        if response["Content-Type"].startswith("text/html"):
            pages[address] = html = response.content.decode()
            waiting += links(address, html)
    return pages


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_every_link_leads_somewhere_and_fragments_exist(language):
    pages = crawl(language)
    assert len(pages) > 120
    for address, html in pages.items():
        ids = re.findall(r'\sid="([^"]+)"', html)
        assert len(ids) == len(set(ids)), f"{address} repeats an id"
        for fragment in re.findall(r'href="#([^"]+)"', html):
            assert fragment in ids, f"{address} points at #{fragment}"


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_no_sentence_ends_twice(language):
    """Dates end with a full stop of their own in some languages."""
    found = {
        (address, end)
        for address, html in crawl(language).items()
        for end in re.findall(r".{0,30}\w\.\.(?![./])", re.sub(r"<[^>]*>", "", html))
    }
    assert found == set()


def test_hreflangs_are_reciprocal():
    alternates = {}
    for language in LANGUAGE_CODES:
        for address, html in crawl(language).items():
            if "?" not in address:
                alternates[address] = {urlsplit(url).path for _, url in _HREFLANG.findall(html)}
    for address, others in alternates.items():
        assert address in others, f"{address} does not list itself"
        for other in others:
            assert address in alternates[other], f"{other} does not list {address}"


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_all_filters_and_choices_are_there_in_english_too(language):
    english = crawl("en")
    for address, html in crawl(language).items():
        there = address.replace(f"/{language}/", "/en/", 1)
        here = {one.replace(f"/{language}/", "/en/", 1) for one in links(address, html)}
        assert {one for one in here if "?" in one} <= {*links(there, english[there])}, address
