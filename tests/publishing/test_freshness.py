"""How long a page may be kept."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpResponse

from publishing.freshness import MAX_SECONDS, keep_until

NOW = datetime(2026, 11, 23, 15, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("left", "max_age"),
    [(3600, MAX_SECONDS), (61, MAX_SECONDS), (59, 59), (0.9, 0), (0, 0), (-5, 0)],
)
def test_a_page_is_not_kept_beyond_the_next_change(left, max_age):
    response = HttpResponse()
    keep_until(response, NOW, NOW + timedelta(seconds=left))
    directives = response["Cache-Control"].split(", ")
    assert f"max-age={max_age}" in directives
    assert {"public", "must-revalidate"} <= set(directives)
