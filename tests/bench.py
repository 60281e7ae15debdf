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
from django.utils import timezone

from offices.models import Channel, Schedule, ServicePoint, WeeklyRule, fetch_hours
from tests.factories import delete_all_content, fill_portal, make_office

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


def fill_with_points(count: int) -> None:
    """``count`` service points, each with a counter of its own hours and a telephone."""
    delete_all_content()
    office = make_office()
    points = [
        ServicePoint(slug=f"p-{n}", office=office, name_pl=f"Punkt {n}", status="published")
        for n in range(count)
    ]
    ServicePoint.objects.bulk_create(points)
    counters = [Channel(service_point=point, kind="in_person") for point in points]
    telephones = [Channel(service_point=point, kind="telephone", value="112") for point in points]
    Channel.objects.bulk_create([*counters, *telephones])
    schedules = [Schedule(channel=counter) for counter in counters]
    Schedule.objects.bulk_create(schedules)
    WeeklyRule.objects.bulk_create(
        WeeklyRule(schedule=schedule, weekdays=weekdays, hours=hours)
        for number, schedule in enumerate(schedules)
        for weekdays, hours in (
            ([0], "07:00–18:00"),
            # No two alike: equal hours would be worked out once.
            ([1, 2, 3, 4], f"07:{number % 60:02}–12:00, 12:30–15:{number // 60:02}"),
        )
    )


def measure_states(count: int) -> tuple[int, float]:
    """Queries for ``count`` points with their hours, and milliseconds of CPU for all states."""
    fill_with_points(count)
    with CaptureQueriesContext(connection) as captured:
        points = list(ServicePoint.objects.published().in_service().with_channels())
        fetch_hours(points)
        queries = len(captured)
    now = timezone.now()
    points[0].best_state_at(now)  # the first one also reads the statutory holidays
    start = time.process_time()
    for point in points:
        point.best_state_at(now)
    return queries, (time.process_time() - start) * 1000


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
        states = {count: measure_states(count) for count in (100, 1000)}
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
    for count, (queries, ms) in states.items():
        print(f"\nstates of {count} service points: {ms:.1f} ms of CPU, {queries} queries", end="")
    print(f", ratio {states[1000][1] / states[100][1]:.1f}")


if __name__ == "__main__":
    main()
