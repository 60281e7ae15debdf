"""Of several processes that prepare one database, one works at a time."""

import threading
from io import StringIO

import psycopg2
import pytest
from django.core.management import call_command
from django.core.management.base import OutputWrapper
from django.db import connection

from portal import turns
from portal.turns import turn

pytestmark = pytest.mark.django_db


@pytest.fixture
def other_process():
    """A connection of somebody else to the same database."""
    server = psycopg2.connect(**connection.get_connection_params() | {"cursor_factory": None})
    server.autocommit = True
    cursor = server.cursor()
    cursor.execute("SET statement_timeout = '10s'")  # a turn that is kept fails the test
    yield cursor
    server.close()


@pytest.mark.parametrize(
    "work",
    [
        lambda out: call_command("migrate", stdout=out, verbosity=0),
        lambda out: call_command("load_starter_content", stdout=out),
    ],
)
def test_the_second_waits_for_the_first_and_says_so(other_process, work):
    other_process.execute("SELECT pg_advisory_lock(%s)", [turns._TURN])
    out = StringIO()
    ends = threading.Timer(
        0.7, other_process.execute, ["SELECT pg_advisory_unlock(%s)", [turns._TURN]]
    )
    ends.start()
    work(out)
    assert not ends.is_alive(), "it did not wait"
    assert out.getvalue().count("this one waits for it") == 1


def test_a_turn_is_given_back_whatever_happens(other_process):
    def is_free():
        other_process.execute("SELECT pg_try_advisory_lock(%s)", [turns._TURN])
        return other_process.fetchone()[0]

    def work(out):
        with turn(OutputWrapper(out)):
            assert not is_free()
            raise ValueError("broken")

    out = StringIO()
    with pytest.raises(ValueError, match="broken"):
        work(out)
    assert is_free()
    assert out.getvalue() == ""
