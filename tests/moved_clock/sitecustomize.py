"""Read by every Python under the moved clock: gives it a ``time.sleep`` that sleeps.

Python sleeps until a moment of the monotonic clock. libfaketime 0.9.10 (Debian 12) moves that
moment even where it leaves the clock itself alone, and the kernel refuses it; select() counts
seconds.
"""

import select
import time


def sleep(seconds: float) -> None:
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    select.select([], [], [], seconds)


time.sleep = sleep
