"""A walk over every link from the home page, over the starter content.

Addresses are the same in all languages, so two are walked through: one that has all that the others
have, and one that falls back.
"""

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest

from languages.available import LANGUAGE_CODES

pytestmark = pytest.mark.django_db
_LINK = re.compile(r'<a[^>]*\shref="([^"]+)"')
_HREFLANG = re.compile(r'rel="alternate" hreflang="(\w+)" href="([^"]+)"')


def crawl(client, start, most_filters):
    """Pages (paths with queries) that can be reached from ``start``, with their HTML.

    With so many filters at a time at most: they combine in many ways.
    """
    pages, seen, waiting = {}, set(), [start]
    while waiting:
        address = waiting.pop()
        if address in pages or address in seen or address.count("=") > most_filters:
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


def alternates(html):
    return {urlsplit(url).path for _, url in _HREFLANG.findall(html)}


@pytest.mark.parametrize("language", ["pl", "uk"])
def test_every_link_leads_somewhere_and_fragments_exist(client, language):
    # Filters lead to the same addresses in all languages.
    pages = crawl(client, f"/{language}/", most_filters=language == "uk")
    assert len(pages) > 120
    for address, html in pages.items():
        ids = re.findall(r'\sid="([^"]+)"', html)
        assert len(ids) == len(set(ids)), f"{address} repeats an id"
        for fragment in re.findall(r'href="#([^"]+)"', html):
            assert fragment in ids, f"{address} points at #{fragment}"
        if "?" not in address:
            assert address in alternates(html), f"{address} does not list itself"


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_hreflangs_are_reciprocal(client, language):
    """Of a few pages of those that the sitemap names, others in each language."""
    paths = re.findall(rf"<loc>http://testserver(/{language}/[^<]*)", sitemap(client))
    assert len(paths) > 100
    for path in paths[LANGUAGE_CODES.index(language) :: 20]:
        others = alternates(client.get(path).content.decode())
        for other in others:
            assert path in alternates(client.get(other).content.decode()), f"{other}, {path}"


def sitemap(client):
    return client.get("/sitemap.xml").content.decode()
