"""Whatever SQL stores, every page answers: the database refuses a value, or pages live with it.

Each round writes one hostile value into every column of every table, to a row drawn at random, and
asks for every page. ``BAD_VALUES_ROUNDS=100`` makes it long.
"""

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any, NamedTuple

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.contrib.redirects.models import Redirect
from django.contrib.sites.models import Site
from django.db import DatabaseError, connection, transaction
from django.db.models import TextField, Value
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation

from glossary.models import Declension, Term
from glossary.vocabulary import keep_declensions
from languages.available import LANGUAGE_CODES
from offices.models import (
    CalendarDay,
    DayException,
    HolidayCalendar,
    Office,
    Schedule,
    Season,
    ToldEvent,
)
from procedures.models import ApplicationChannel, Exclusion, LegalBasis, LifeEvent, Procedure
from publishing.models import Unit
from tests.addresses import public_addresses
from tests.factories import add_rule, fill_portal, make_editor, make_term

pytestmark = pytest.mark.django_db

ROUNDS = int(os.environ.get("BAD_VALUES_ROUNDS", "3"))

# Literals of PostgreSQL, by the type of the column.
TEXTS = [
    "''",
    "' '",
    r"E'\x01\x1b\r\n\u2028\ufeff'",
    "repeat('x', 10000)",
    "'javascript:alert(1)'",
    "'http://['",
    "'<p><script>alert(1)</script><img src=x onerror=alert(1)></b><!--'",
    r"""'%s %(x)s {0} {{ x }} {% x %} \ " ,;'""",
    "'a B/c?d#e%2f..'",
    "'..'",
    "'8 to 4'",
    "'xx'",
    "'[1]'",
    "'/'",
    "'(((((['",
    "' / '",
    r"E'\U0001F642ł\n\n'",
    "'pbkdf2_sha256$x'",
    "'pbkdf2_sha256$9$a$b'",
]
DATES = [
    "'0001-01-01'",
    "'9999-12-31'",
    "'infinity'",
    "'-infinity'",
    "'0044-03-15 BC'",
    "'20000-01-01'",
    "'1900-01-01'",
    "'2100-12-31'",
]
NUMBERS = ["0", "-1", "32767", "2147483647", "9223372036854775807", "'NaN'", "'Infinity'", "1e-6"]
ARRAYS = [
    "'{}'",
    "'{NULL}'",
    "'{{0,1},{2,3}}'",
    "'{{eu,ukr}}'",
    "'{{pol,eng}}'",
    "'{-1,99}'",
    "'{9}'",
    "'{xx}'",
    "'{\"\"}'",
    "'[5:6]={1,2}'",
    "'{1,1,1}'",
    "'{pol,pol}'",
    "array_fill(1, ARRAY[5000])",
]
JSONS = [
    "null",
    "1",
    "[]",
    "{}",
    "[1]",
    "[[1]]",
    '["a"]',
    '[[["a"]]]',
    "[null]",
    '{"a": []}',
    '[["a"], [""]]',
    "[[]]",
]
HOSTILE = {
    "varchar": TEXTS,
    "text": TEXTS,
    "date": DATES,
    "timestamptz": DATES,
    "time": ["'24:00'", "'00:00'", "'23:59:59.999999'"],
    "int2": NUMBERS,
    "int4": NUMBERS,
    "int8": NUMBERS,
    "numeric": NUMBERS,
    "float8": NUMBERS,
    "bool": ["true", "false"],
    "jsonb": [f"'{json}'" for json in JSONS],
}


class Write(NamedTuple):
    """A value for a column of one row."""

    table: str
    column: str
    value: str
    key: Any

    def is_taken(self) -> bool:
        """Whether the database stores it."""
        column = connection.ops.quote_name(self.column)
        with connection.cursor() as cursor:
            row = f"{key_column(self.table)} = {cursor.mogrify('%s', [self.key]).decode()}"
            with suppress(DatabaseError), transaction.atomic():
                cursor.execute(f"UPDATE {self.table} SET {column} = {self.value} WHERE {row}")
                return cursor.rowcount == 1
        return False


@cache
def key_column(table: str) -> str:
    with connection.cursor() as cursor:
        return connection.introspection.get_primary_key_column(cursor, table)


@pytest.fixture
def everything(no_content):
    """A portal with a row in every table; an editor who is logged in and is no row to attack."""
    fill_portal(2)
    Declension.objects.all().delete()
    keep_declensions(Term.objects.all())
    unit = Unit.objects.create(slug="unit", name_pl="Jednostka")
    event = LifeEvent.objects.create(slug="event", name_pl="Wydarzenie")
    for procedure in Procedure.objects.all():
        Procedure.objects.filter(pk=procedure.pk).update(owner=unit)
        procedure.life_events.add(event)
        Exclusion.objects.create(procedure=procedure, condition_pl="jeśli", see=procedure)
        ApplicationChannel.objects.create(procedure=procedure, kind="online")
        LegalBasis.objects.create(procedure=procedure, act="Ustawa")
    calendar = HolidayCalendar.objects.first()
    CalendarDay.objects.create(calendar=calendar, date="2100-01-01", name_pl="Dzień")
    for schedule in Schedule.objects.all():
        season = Season.objects.create(
            schedule=schedule, name_pl="Sezon", starts_on="2000-01-01", ends_on="2100-01-01"
        )
        add_rule(schedule, "08:00–16:00", season=season)
        DayException.objects.create(schedule=schedule, starts_on="2000-01-01", ends_on="2100-01-01")
    ToldEvent.objects.create(
        office=Office.objects.first(), first_day="2026-01-01", changed_at=timezone.now()
    )
    group = Group.objects.create(name="Redakcja")
    Redirect.objects.create(site_id=1, old_path="/en/offices/gone/", new_path="/en/offices/")
    editor, colleague = make_editor(), make_editor()
    for user in (colleague, editor):
        user.groups.add(group)
    LogEntry.objects.create(
        user=editor,
        action_flag=2,
        object_id="1",
        object_repr="x",
        content_type=ContentType.objects.get_for_model(Procedure),
        change_message="[]",
    )
    client = Client(raise_request_exception=False)
    client.force_login(editor)
    return client, editor


def columns() -> list[tuple[str, str, str]]:
    """Table, column and type of every column there is."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name, udt_name FROM information_schema.columns "
            "WHERE table_schema = current_schema() AND table_name <> 'django_migrations' "
            "ORDER BY table_name, ordinal_position"
        )
        return cursor.fetchall()


def keys_of(table: str) -> list:
    key = key_column(table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {key} FROM {table} ORDER BY {key}")
        return [row[0] for row in cursor.fetchall()]


def hostile(kind: str) -> list[str]:
    return ["NULL", *(ARRAYS if kind.startswith("_") else HOSTILE[kind])]


def public_paths(draw: random.Random) -> Iterator[str]:
    for name, model in public_addresses():
        slugs = [None]
        if model:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT slug FROM {model._meta.db_table} ORDER BY id")
                slugs = [row[0] for row in cursor.fetchall()]
        for slug in slugs:
            with translation.override(draw.choice(LANGUAGE_CODES)), suppress(NoReverseMatch):
                yield reverse(name, kwargs={"slug": slug} if slug is not None else {})
    yield "/en/offices/gone/"


def admin_paths(draw: random.Random) -> Iterator[str]:
    yield reverse("admin:index")
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{name}_changelist")
        for key in draw.sample(keys := keys_of(model._meta.db_table), min(1, len(keys))):
            for page in ("change", draw.choice(["history", "delete"])):
                yield reverse(f"{name}_{page}", args=[key])


@contextmanager
def undone():
    """All that is written within is taken back."""
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)
        ContentType.objects.clear_cache()
        Site.objects.clear_cache()


def fault_of(client, path: str) -> str:
    """What ``path`` fails with; nothing if it answers."""
    with undone():
        response = client.get(path)
        if response.status_code < 500:
            return ""
        return f"{path}: {response.status_code} {response.exc_info[1]!r:.300}"


@pytest.mark.parametrize("number", range(ROUNDS))
def test_no_value_takes_a_page_down(everything, number):
    client, editor = everything
    draw = random.Random(number)  # noqa: S311 - the same in each run
    with connection.cursor() as cursor:
        # So that a reference to nothing is refused at once, not when the test is over.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    keys = {table: keys_of(table) for table, _column, _kind in columns()}
    assert [table for table in keys if not keys[table] and not table.startswith("auth_")] == []
    keys["auth_user"].remove(editor.pk)
    keys["django_session"].remove(client.session.session_key)
    written = []
    for table, column, kind in columns():
        if keys[table]:
            write = Write(table, column, draw.choice(hostile(kind)), draw.choice(keys[table]))
            if write.is_taken():
                written.append(write)
    assert len(written) > 200
    paths = [*public_paths(draw), *admin_paths(draw)]
    faults = {path: fault for path in paths if (fault := fault_of(client, path))}
    assert [*faults.values()] == []


@pytest.mark.parametrize("value", ["NULL", "''", r"E'\u200b'", r"E' \u2003\u2028'"])
def test_nothing_in_all_texts_at_once_takes_no_page_down(everything, value):
    client, _editor = everything
    of_ours = {model._meta.db_table for model in admin.site._registry}
    texts = [(table, column) for table, column, kind in columns() if kind in {"varchar", "text"}]
    written = [
        Write(table, column, value, key).is_taken()
        for table, column in texts
        if table in of_ours and not table.startswith(("auth_", "django_"))
        for key in keys_of(table)
    ]
    assert sum(written) > 100
    paths = public_paths(random.Random(value))  # noqa: S311 - the same in each run
    faults = {path: fault for path in paths if (fault := fault_of(client, path))}
    assert [*faults.values()] == []


def test_what_sql_stores_as_rich_text_runs_no_script(client, no_content):
    term = make_term(details_pl="<p>Treść</p>")
    script = '<p onclick="x()">A<script>alert(1)</script><a href="javascript:x()">b</a></p>'
    Term.objects.filter(pk=term.pk).update(details_pl=Value(script, output_field=TextField()))
    html = client.get(term.get_absolute_url().replace("/en/", "/pl/")).content.decode()
    assert "<p>A<a" in html
    for hostile_part in ("alert(1)", "onclick", "javascript:"):
        assert hostile_part not in html
