"""A database that would lose records in silence is refused."""

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.backends.base import base

from portal import checks
from portal.management.commands import serve

pytestmark = pytest.mark.django_db


@pytest.fixture
def make_database():
    """Make a database with the given options; a connection to it."""
    place = connection.get_connection_params() | {"cursor_factory": None}
    name = f"{place['dbname']}_letters"
    quoted = connection.ops.quote_name(name)
    server = psycopg2.connect(**place)
    server.autocommit = True
    copies = []

    def make(options):
        with server.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {quoted}")
            cursor.execute(f"CREATE DATABASE {quoted} TEMPLATE template0 {options}")
        copies.append(connection.copy())
        copies[-1].settings_dict["NAME"] = name
        return copies[-1]

    yield make
    for copy in copies:
        copy.close()
    with server.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {quoted}")
    server.close()


@pytest.mark.parametrize(
    "options",
    ["LOCALE_PROVIDER libc LOCALE 'C'", "ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C'"],
)
def test_a_database_without_our_letters_is_refused_with_what_to_do(make_database, options):
    (problem,) = checks._problems(make_database(options))
    assert "does not know Polish and Cyrillic letters" in problem.msg
    assert "LOCALE 'C.UTF-8'" in problem.hint


def test_the_database_of_these_tests_is_taken():
    assert list(checks._problems(connection)) == []


def test_a_database_that_is_away_is_said_in_a_sentence():
    away = connection.copy()
    away.settings_dict["NAME"] = "nowhere"
    (problem,) = checks._problems(away)
    assert "The database nowhere cannot be reached" in problem.msg


def test_a_database_that_is_too_old_is_said_in_a_sentence(monkeypatch):
    # Django looks once in a process.
    monkeypatch.setattr(base, "RAN_DB_VERSION_CHECK", set())
    old = connection.copy()
    old.features.minimum_database_version = (999,)
    (problem,) = checks._problems(old)
    old.close()
    assert "is too old: PostgreSQL" in problem.msg
    assert "PostgreSQL 15 or newer" in problem.hint


def test_what_nobody_tries_is_refused(monkeypatch):
    assert list(checks._problems(connection)) == []
    monkeypatch.setattr(checks, "_OLDEST", connection.pg_version // 10_000 + 1)
    (problem,) = checks._problems(connection)
    assert f"it is PostgreSQL {connection.pg_version // 10_000}" in problem.msg


@pytest.mark.parametrize("command", ["migrate", "serve"])
def test_commands_refuse_such_a_database(monkeypatch, command):
    monkeypatch.setattr(checks, "_problems", lambda connection: [checks.Error("no letters")])
    monkeypatch.setattr(serve, "serve", lambda *address: pytest.fail("it serves"))
    monkeypatch.setenv("PORT", "47811")
    with pytest.raises(CommandError, match="no letters"):
        call_command(command, skip_checks=False)
