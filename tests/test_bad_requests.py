"""Whatever is asked of a public address, in whatever way, the answer is no error of ours.

``BAD_REQUESTS=10000`` makes it long.
"""

import os
import random
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from languages.available import LANGUAGE_CODES
from tests.addresses import public_addresses

pytestmark = pytest.mark.django_db

COUNT = int(os.environ.get("BAD_REQUESTS", "160"))
AT_ONCE = 40

METHODS = ["GET"] * 12 + ["HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"]

# As they stand in an address, percent signs and all.
PIECES = [
    "",
    "x",
    "0",
    "-1",
    "1e9",
    "NaN",
    "٣",
    "1" * 40,
    "%00",
    "%0d%0aSet-Cookie:x=1",
    "%ff%fe",
    "%ed%a0%80",
    "%F0%9F%99%82",
    "%",
    "%zz",
    "%25s%25(x)s",
    "%7b%7bx%7d%7d",
    "1'--",
    "<script>",
    "a" * 3000,
    "..",
    "%2e%2e%2f",
    "//evil.example",
    "\\",
    ";",
    "[",
    "%5B%5D",
    "#",
    "%C4%B0",
    "łódź",
    "last",
    "2026-13-45",
    "9999-12-31",
    "javascript:alert(1)",
    "eyJhIjoxfQ:1abcde:c2lnbmF0dXJl",
    "WyJvZmZpY2VzLm9mZmljZSIsIngiXQ:1vQ:x:",
]
PARAMETERS = [
    *("topic", "kind", "language", "situation", "who", "when", "page", "preview", "q", "letter"),
    *("next", "", "a[]", "csrfmiddlewaretoken", "_changelist_filters"),
]
HEADERS = {
    "Accept-Language": [
        *("", "*", "uk", "pl;q=x", "en;q=1e400", "xx-YY-zz", "-", "ru-" * 300, "pl,en;q=0,\x00"),
        *(";q=1", ",,,", "en" + ",pl" * 3000, "zh-hant-tw", "sr@latin", "../../etc"),
    ],
    "Host": [
        "testserver",
        "testserver:0",
        "testserver:99999",
        "[::1]",
        "evil.example",
        "a b",
        "",
        "[",
    ],
    "If-None-Match": ['""', "*", "x", '"a", W/"b"', '"', "W/", '"' * 2000, 'W/"é"'],
    "If-Modified-Since": [
        *("x", "", "Mon, 30 Feb 2026 00:00:00 GMT", "Thu, 01 Jan 0001 00:00:00 GMT"),
        *("Mon, 01 Jan 99999 00:00:00 GMT", "-1", "Sun, 06 Nov 1994 08:49:37 GMT; x"),
    ],
    "If-Unmodified-Since": ["x", "Thu, 01 Jan 1970 00:00:00 GMT"],
    "If-Match": ["*", "x", '"a"'],
    "Range": ["bytes=0-", "bytes=-1", "bytes=5-1", "bytes=0-0,2-2", "lines=1", "bytes=" + "9" * 50],
    "Cookie": [
        *("x", "=", ";;;", "django_language=xx", "django_language=\xff", "sessionid=\x01"),
        'sessionid="\\000aaaaaaaaaaaa"',
        *("sessionid=" + "a" * 5000, "csrftoken=x", "messages=x", '$Version="1"; a="b', "a=b=c"),
    ],
    "X-Forwarded-Proto": ["https", "x", "", "https,http"],
    "X-Forwarded-Host": ["evil.example", "a b"],
    "X-Forwarded-For": ["' OR 1=1", "::", "1.2.3.4, x"],
    "Accept-Encoding": ["gzip", "br;q=0", "*;q=x", "gzip" * 500, "identity;q=0"],
    "Accept": ["text/html;q=x", "*/*;*", "application/json"],
    "Content-Type": [
        "",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "x/y; charset=xx",
    ],
    "Content-Length": ["x", "-1", "99"],
    "Referer": ["x", "http://["],
    "User-Agent": ["", "\xff", "a" * 5000],
}


def addresses() -> list[str]:
    """An address of each kind in each language, with the slug of a record where it takes one."""
    found = {"/en/admin/login/", "/static/portal/css/site.css", "/static/", "/nothing/"}
    for name, model in public_addresses():
        kwargs = {"slug": model.objects.published().first().slug} if model else {}
        for code in LANGUAGE_CODES:
            with translation.override(code):
                found.add(reverse(name, kwargs=kwargs))
    return sorted(found)


class Request:
    """A request drawn at random: an address, more or less spoilt, with a query and headers."""

    def __init__(self, draw: random.Random, among: list[str]):
        self.method = draw.choice(METHODS)
        parts = draw.choice(among).split("/")
        for _number in range(draw.choice([0, 0, 0, 1, 1, 2])):
            place = draw.randrange(1, len(parts))
            parts[place : place + draw.randint(0, 1)] = [draw.choice(PIECES)]
        query = [
            f"{quote(draw.choice(PARAMETERS))}={draw.choice(PIECES)}"
            for _number in range(draw.choice([0, 1, 1, 2, 5]))
        ]
        self.path = "/".join(parts).replace("?", "%3F") + ("?" + "&".join(query) if query else "")
        self.headers = {
            name: draw.choice(HEADERS[name])
            for name in draw.sample(sorted(HEADERS), draw.choice([0, 1, 2, 4]))
        }
        self.body = draw.choice([b"", b"", b"a=b&%00=\xff", b"--x\r\n", b"{" * 100])

    def __repr__(self) -> str:
        return f"{self.method} {self.path[:200]!r} {self.headers!r:.400}"


@pytest.mark.parametrize("number", range(0, COUNT, AT_ONCE))
def test_no_request_breaks_a_public_address(client, number):
    draw = random.Random(number)  # noqa: S311 - the same in each run
    client = Client(raise_request_exception=False)
    among, broken = addresses(), []
    for request in (Request(draw, among) for _number in range(AT_ONCE)):
        # What a request leaves in the browser is not part of the next.
        client.cookies.clear()
        response = client.generic(
            request.method,
            request.path,
            request.body,
            headers=request.headers,
        )
        if response.streaming:
            list(response)  # closes the file
        if response.status_code >= 500:
            broken.append((request, response.exc_info and response.exc_info[1]))
    assert broken == []
