"""The database is away: 503 for readers and editors, one line in the log."""

import logging

import pytest
from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from psycopg2.errors import AdminShutdown, QueryCanceled

from portal.outages import Formatter, is_outage


def caused(error, cause):
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "is_away"),
    [
        (OperationalError("could not connect"), True),
        (InterfaceError("connection already closed"), True),
        (caused(OperationalError("terminating connection"), AdminShutdown()), True),
        (InterfaceError("cursor already closed"), False),
        (ValueError("x"), False),
        (None, False),
    ],
)
def test_an_outage_is_told_from_other_errors(error, is_away):
    assert is_outage(error) is is_away


@pytest.mark.django_db
def test_a_query_that_was_cancelled_is_no_outage():
    with connection.cursor() as cursor, pytest.raises(OperationalError) as caught:
        cursor.execute("SELECT pg_cancel_backend(pg_backend_pid()), pg_sleep(1)")
    assert isinstance(caught.value.__cause__, QueryCanceled)
    assert not is_outage(caught.value)


@pytest.mark.parametrize("path", ["/uk/", "/uk/offices/", "/en/admin/"])
def test_readers_are_asked_to_come_again(client, monkeypatch, path):
    def away(self, *args, **kwargs):
        raise OperationalError("could not connect")

    client.raise_request_exception = False
    client.cookies["sessionid"] = "a" * 32
    monkeypatch.setattr("django.db.backends.base.base.BaseDatabaseWrapper.cursor", away)
    response = client.get(path)
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert "no-store" in response["Cache-Control"]


def test_a_fault_of_ours_stays_one(client, monkeypatch):
    def broken(*args):
        raise ZeroDivisionError

    client.raise_request_exception = False
    monkeypatch.setattr("portal.views.Home.get_context_data", broken)
    response = client.get("/en/")
    assert (response.status_code, response.get("Retry-After")) == (500, None)


@pytest.mark.parametrize(
    ("error", "has_traceback"), [(OperationalError("gone\nx"), False), (KeyError("x"), True)]
)
def test_the_log_has_a_line_of_an_outage(error, has_traceback):
    info = (type(error), error, None)
    record = logging.LogRecord("x", 40, "", 1, "Error: %s", ("/en/",), info)
    plain = settings.LOGGING["formatters"]["plain"]
    first, *traceback = Formatter(plain["format"], style=plain["style"]).format(record).splitlines()
    assert plain["class"] == f"{Formatter.__module__}.{Formatter.__name__}"
    assert bool(traceback) is has_traceback
    assert first.endswith("x: Error: /en/" + ("" if has_traceback else " (no database: gone)"))
    assert record.exc_info == info, "other handlers tell all"
