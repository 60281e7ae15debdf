"""What a page costs, pinned at two sizes of data: the cost must not grow with the records."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import delete_all_content, fill_portal

DETAIL_LIMIT = 10
LIST_LIMIT = 12

pytestmark = pytest.mark.django_db


PAGES = [
    ("home", {}, LIST_LIMIT),
    ("offices:list", {}, LIST_LIMIT),
    ("offices:list", {"language": "ukr", "kind": "city"}, LIST_LIMIT),
    ("offices:list", {"language": "ukr", "when": "now"}, LIST_LIMIT),
    ("service_points:list", {}, LIST_LIMIT),
    ("service_points:list", {"topic": "topic-1", "when": "after-16"}, LIST_LIMIT),
    ("procedures:list", {}, LIST_LIMIT),
    ("glossary:list", {}, LIST_LIMIT),
    ("offices:detail", "main-office", DETAIL_LIMIT),
    ("offices:calendar", "main-office", DETAIL_LIMIT),
    ("service_points:detail", "main-point", DETAIL_LIMIT),
    ("service_points:days", "main-point", DETAIL_LIMIT),
    ("procedures:detail", "main-procedure", DETAIL_LIMIT),
    ("procedures:beside", "main-procedure", DETAIL_LIMIT),
    ("glossary:detail", "main-term", DETAIL_LIMIT),
]


def queries_of(client, name, where):
    if isinstance(where, str):
        path, query = reverse(name, kwargs={"slug": where}), {}
    else:
        path, query = reverse(name), where
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path, query)
    assert response.status_code == 200
    return captured.captured_queries


def test_cost_stays_under_the_limit_and_does_not_grow(client, no_content):
    found = []
    for size in (2, 20):
        delete_all_content()
        fill_portal(size)
        # Whichever page is the first after a change reads the words anew, once for all pages.
        queries_of(client, "glossary:detail", "main-term")
        # Whichever feed is the first after a change keeps what it told.
        queries_of(client, "offices:calendar", "main-office")
        found.append([queries_of(client, name, where) for name, where, _limit in PAGES])
    for (name, where, limit), small, large in zip(PAGES, *found, strict=True):
        listing = "\n".join(query["sql"][:200] for query in large)
        assert len(small) == len(large), f"{name} {where}\n{listing}"
        assert len(large) <= limit, f"{name} {where}\n{listing}"
