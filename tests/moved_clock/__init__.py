"""Runs a command at another moment: on no day may a test, or a page, be right by chance.

    .venv/bin/python -m tests.moved_clock christmas-eve .venv/bin/python -m pytest

The moment is a name of MOMENTS, a time in Kraków ("2028-02-29 10:00"), or anything else (a
commit), which always chooses the same name. Needs Debian's libfaketime. Install first: under a
moved clock no certificate is valid.
"""

import os
import sys
import zlib
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

KRAKOW = ZoneInfo("Europe/Warsaw")
LIBRARY = "/usr/$LIB/faketime/libfaketimeMT.so.1"


def _is_last_sunday(day: date, month: int) -> bool:
    return day.month == month and day.weekday() == 6 and (day + timedelta(days=7)).month != month


# Midnight or the change of the clocks falls within the minutes that the tests take.
MOMENTS: dict[str, tuple[Callable[[date, date], bool], time]] = {
    "christmas-eve": (lambda day, today: (day.month, day.day) == (12, 24), time(23, 57)),
    "spring-forward": (lambda day, today: _is_last_sunday(day, 3), time(1, 57)),
    "twice-two-begins": (lambda day, today: _is_last_sunday(day, 10), time(1, 57)),
    "fall-back": (lambda day, today: _is_last_sunday(day, 10), time(2, 57)),
    "leap-day": (lambda day, today: (day.month, day.day) == (2, 29), time(10, 0)),
    "new-years-eve": (lambda day, today: (day.month, day.day) == (12, 31), time(23, 57)),
    "a-year-ahead": (lambda day, today: day == today + timedelta(days=365), time(10, 0)),
}


def moment(text: str, now: datetime) -> datetime:
    """The moment that ``text`` stands for, the next one after ``now`` if it is a name."""
    if text[:1].isdigit() and " " in text:
        return datetime.fromisoformat(text).replace(tzinfo=KRAKOW)
    names = sorted(MOMENTS)
    name = text if text in MOMENTS else names[zlib.crc32(text.encode()) % len(names)]
    fits, clock = MOMENTS[name]
    today = now.astimezone(KRAKOW).date()
    day = today + timedelta(days=1)
    while not fits(day, today):
        day += timedelta(days=1)
    return datetime.combine(day, clock, KRAKOW)


def environment(seconds: int) -> dict[str, str]:
    """What moves the clock of every process by ``seconds``."""
    return {
        "LD_PRELOAD": LIBRARY,
        # By so much, and not to a moment: a process that starts later starts later here too.
        "FAKETIME": f"{seconds:+}",
        # What measures how long something takes must not be moved. Without the second Chromium's
        # timers never fire.
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "FAKETIME_FORCE_MONOTONIC_FIX": "0",
        # Files keep their dates: what was installed today is a year old in a year.
        "NO_FAKE_STAT": "1",
        # sitecustomize.py, see there.
        "PYTHONPATH": str(Path(__file__).parent),
    }


def main() -> None:
    if len(sys.argv) < 3:
        raise SystemExit(f"{__doc__}\nMoments: {', '.join(MOMENTS)}.")
    if not any(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")):
        raise SystemExit(
            "libfaketime is not installed. On Debian and Ubuntu: apt install faketime."
        )
    now = datetime.now(KRAKOW)
    then = moment(sys.argv[1], now)
    stamp = f"{then:%Y-%m-%d %H:%M}"
    print(f"It is {stamp} in Kraków. Once more: -m tests.moved_clock '{stamp}' …", flush=True)
    seconds = round(then.timestamp() - now.timestamp())
    os.execvpe(sys.argv[2], sys.argv[2:], os.environ | environment(seconds))  # noqa: S606
