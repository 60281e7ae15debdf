"""Read by every Python under the moved clock: mends two things of libfaketime 0.9.10 (Debian 12).

Python sleeps until a moment of the monotonic clock. libfaketime moves that moment even where it
leaves the clock itself alone, and the kernel refuses it; select() counts seconds.

Each process leaves its children a semaphore that is named after the process. Whoever may not open
it, as PostgreSQL's account may not open root's, makes one of its own, and ends where one has been
left by a killed process that had the same number. Without a parent's nobody ends; none is needed.
"""

import os
import select
import time
from pathlib import Path


def sleep(seconds: float) -> None:
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    select.select([], [], [], seconds)


time.sleep = sleep

for name in os.environ.pop("FAKETIME_SHARED", "").split():
    if name.endswith(f"_{os.getpid()}"):  # our own, which stays open: only its name goes
        for file in (name[1:], f"sem.{name[1:]}"):
            Path("/dev/shm", file).unlink(missing_ok=True)  # noqa: S108
