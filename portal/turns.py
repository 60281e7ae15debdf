"""One process at a time prepares the database, however many start at once."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import OutputWrapper
from django.db import connection

# Any number; whoever takes the same one waits.
_TURN = 8_111_257


@contextmanager
def turn(out: OutputWrapper) -> Iterator[None]:
    """Wait until no other process has its turn on this database; ``out`` is told of it."""
    with connection.cursor() as cursor:
        waits = False
        # Asked for again and again: a statement that waits would hold up an index that is made
        # beside the work of others.
        while not _take(cursor):
            if not waits:
                out.write("Another process is preparing the database; this one waits for it.")
                out.flush()
                waits = True
            time.sleep(0.5)
    try:
        yield
    finally:
        if connection.connection is not None:  # else the turn has ended with the connection
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_TURN])


def _take(cursor) -> bool:
    cursor.execute("SELECT pg_try_advisory_lock(%s)", [_TURN])
    return cursor.fetchone()[0]
