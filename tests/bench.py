"""``make bench``: what pages cost with little and with ten times as much in the portal.

Only ratios within one run mean something; the milliseconds are those of this machine, now.
"""

import os
import statistics
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.db import connection
from django.test import Client
from django.test.utils import (
    CaptureQueriesContext,
    setup_databases,
    setup_test_environment,
    teardown_databases,
)

from tests.factories import delete_all_content, fill_portal

SIZES = (3, 30)
ROUNDS = 15
PATHS = (
    "/en/",
    "/en/offices/",
    "/en/service-points/",
    "/en/procedures/",
    "/en/glossary/",
    "/en/offices/main-office/",
    "/en/service-points/main-point/",
    "/en/procedures/main-procedure/",
    "/en/glossary/main-term/",
)


def measure(client: Client, path: str) -> tuple[float, int, int]:
    """Milliseconds (median), queries and bytes of one page."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
        queries = len(captured)
    assert response.status_code == 200, path
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        client.get(path)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times), queries, len(response.content)


def main() -> None:
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    client = Client()
    try:
        results = []
        for size in SIZES:
            delete_all_content()
            fill_portal(size)
            results.append({path: measure(client, path) for path in PATHS})
    finally:
        teardown_databases(databases, verbosity=0)
    print(
        f"{'page':34}{'ms':>8}{'ms x10':>8}{'ratio':>7}{'queries':>9}{'x10':>5}{'kB':>7}{'x10':>7}"
    )
    small, large = results
    for path in PATHS:
        (ms, queries, size), (ms10, queries10, size10) = small[path], large[path]
        print(
            f"{path:34}{ms:8.1f}{ms10:8.1f}{ms10 / ms:7.1f}"
            f"{queries:9}{queries10:5}{size / 1000:7.1f}{size10 / 1000:7.1f}"
        )


if __name__ == "__main__":
    main()
