"""A walk over every link from the home page, in each language, over the starter content."""

import re
from functools import cache
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client

from languages.available import LANGUAGE_CODES

pytestmark = pytest.mark.django_db
_LINK = re.compile(r'<a[^>]*\shref="([^"]+)"')
_HREFLANG = re.compile(r'rel="alternate" hreflang="(\w+)" href="([^"]+)"')


@cache
def crawl(language):
    """Pages (paths with queries) that can be reached in ``language``, with their HTML."""
    client, start = Client(), f"/{language}/"
    pages, seen, waiting = {}, set(), [start]
    while waiting:
        address = waiting.pop()
        if address in pages or address in seen:
            continue
        response = client.get(address)
        assert response.status_code == 200, f"{address} answers {response.status_code}"
        if not response["Content-Type"].startswith("text/html"):
            seen.add(address)
            continue
        pages[address] = html = response.content.decode()
        for href in map(unescape, _LINK.findall(html)):
            target = urlsplit(urljoin(f"http://testserver{address}", href))
            if target.netloc == "testserver" and target.path.startswith(start):
                waiting.append(f"{target.path}?{target.query}" if target.query else target.path)
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
