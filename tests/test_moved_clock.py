"""The moments at which the tests are run once more."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from tests.moved_clock import KRAKOW, MOMENTS, moment

NOW = datetime(2026, 11, 30, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "now", "expected"),
    [
        ("christmas-eve", NOW, "2026-12-24T22:57+00:00"),
        ("christmas-eve", datetime(2026, 12, 24, 23, tzinfo=KRAKOW), "2027-12-24T22:57+00:00"),
        ("spring-forward", NOW, "2027-03-28T00:57+00:00"),
        ("twice-two-begins", NOW, "2027-10-30T23:57+00:00"),
        ("fall-back", NOW, "2027-10-31T00:57+00:00"),
        ("leap-day", NOW, "2028-02-29T09:00+00:00"),
        ("leap-day", datetime(2028, 2, 29, 12, tzinfo=UTC), "2032-02-29T09:00+00:00"),
        ("new-years-eve", NOW, "2026-12-31T22:57+00:00"),
        ("a-year-ahead", NOW, "2027-11-30T09:00+00:00"),
        # Still the thirtieth in UTC.
        ("a-year-ahead", datetime(2026, 11, 30, 23, 30, tzinfo=UTC), "2027-12-01T09:00+00:00"),
        ("2027-07-01 10:00", NOW, "2027-07-01T08:00+00:00"),
    ],
)
def test_moment(text, now, expected):
    assert moment(text, now).astimezone(UTC).isoformat(timespec="minutes") == expected


@pytest.mark.parametrize("name", ["spring-forward", "fall-back"])
def test_the_clock_changes_within_the_run(name):
    before = moment(name, NOW)
    after = (before.astimezone(UTC) + timedelta(minutes=5)).astimezone(KRAKOW)
    assert before.utcoffset() != after.utcoffset()


def test_a_commit_always_chooses_the_same_moment_and_commits_choose_all():
    commits = [f"{number:040x}" for number in range(100)]
    chosen = [moment(commit, NOW) for commit in commits]
    assert chosen == [moment(commit, NOW) for commit in commits]
    assert set(chosen) == {moment(name, NOW) for name in MOMENTS}


@pytest.mark.skipif(
    not any(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")),
    reason="libfaketime is not installed",
)
def test_nothing_is_shared_that_a_killed_process_or_another_account_could_spoil():
    program = (
        "import os;"
        "print('faketime' in os.environ['LD_PRELOAD'], os.environ.get('FAKETIME_SHARED'),"
        "[file for file in os.listdir('/dev/shm') if file.endswith(f'_{os.getpid()}')])"
    )
    command = [sys.executable, "-m", "tests.moved_clock", "2027-07-01 10:00"]
    done = subprocess.run(
        [*command, sys.executable, "-c", program],
        cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "True None []"
