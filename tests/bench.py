"""``make bench``: what pages cost with little and with ten times as much, and states of hours.

Only ratios within one run mean something; the milliseconds are those of this machine, now.
"""

import os
import statistics
import time
from collections.abc import Iterable, Sequence
from datetime import datetime

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

from offices import schedule as pure
from offices.holidays import STATUTORY
from offices.models import Channel, Schedule, ServicePoint, WeeklyRule, fetch_hours
from offices.notation import parse_hours
from tests.factories import delete_all_content, fill_portal, make_office

SIZES = (3, 30)
ROUNDS = 15
STATES = 2_000
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


def weekly(weekdays: Iterable[int], hours: str, *weeks: int) -> pure.WeeklyRule:
    return pure.WeeklyRule(frozenset(weekdays), parse_hours(hours), frozenset(weeks))


WORKDAYS = weekly(range(5), "08:00–16:00")
MONDAY, CHRISTMAS_EVE = (
    datetime(2026, month, day, 10, tzinfo=pure.WARSAW) for month, day in ((11, 23), (12, 24))
)
# What a state costs depends on how many days there are to look at until the next opening.
TYPICAL = {
    "weekdays": ([WORKDAYS], MONDAY),
    "weekdays, on Christmas Eve": ([WORKDAYS], CHRISTMAS_EVE),
    "each fifth Saturday": ([weekly([5], "09:00–13:00", 5)], MONDAY),
    "at all hours": ([weekly(range(7), "00:00–24:00")], MONDAY),
}


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


def fill_with_points(count: int, *, is_all_known: bool) -> None:
    """``count`` service points, each with a counter and a telephone.

    No two have the same hours, which would be worked out once; those of the telephones are not
    known at all, unless ``is_all_known``.
    """
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
    owners = [*counters, *telephones] if is_all_known else counters
    schedules = [Schedule(channel=owner) for owner in owners]
    Schedule.objects.bulk_create(schedules)
    WeeklyRule.objects.bulk_create(
        WeeklyRule(schedule=schedule, weekdays=weekdays, hours=hours)
        for number, schedule in enumerate(schedules)
        for weekdays, hours in (
            ([0], "07:00–18:00"),
            ([1, 2, 3, 4], f"07:{number % 60:02}–12:00, 12:30–15:{number // 60:02}"),
        )
    )


def measure_states(count: int, *, is_all_known: bool = False) -> tuple[int, float]:
    """Queries for ``count`` points with their hours, and milliseconds of CPU for all states."""
    fill_with_points(count, is_all_known=is_all_known)
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


def measure_state(rules: Sequence[pure.WeeklyRule], moment: datetime) -> float:
    """Microseconds of CPU for one state of hours that nobody has asked before."""
    schedules = [pure.Schedule(tuple(rules), holidays=STATUTORY) for _ in range(STATES)]
    pure.state_at(schedules.pop(), moment)  # the first one also reads the statutory holidays
    start = time.process_time()
    for schedule in schedules:
        pure.state_at(schedule, moment)
    return (time.process_time() - start) / len(schedules) * 1_000_000


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
        all_known = measure_states(1000, is_all_known=True)
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
    print(f"with no two channels alike: {all_known[1]:.1f} ms of CPU, {all_known[0]} queries\n")
    for name, (rules, moment) in TYPICAL.items():
        print(f"one state, {name}: {measure_state(rules, moment):.0f} µs of CPU")


if __name__ == "__main__":
    main()
