"""The database keeps what a field promises, and a migration tells which rows do not."""

import logging
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Q

from glossary.models import Alias, Declension
from offices.models import Notice, Office, ServicePoint, WeeklyRule
from procedures.models import Document, Fee, Procedure, TimeLimit
from publishing.models import Source
from publishing.readable import Readable

pytestmark = pytest.mark.django_db

# What the admin's log says of a change, with all that it can hold.
CHANGED = (
    '[{"changed": {"fields": ["Nazwa", "a \\"b\\" \\\\"]}}, '
    '{"deleted": {"name": "Fee", "object": "ł"}}, '
    '{"changed": {"name": "Fee", "object": "[x]", "fields": []}}]'
)
# An office has both coordinates or none.
EAST = ", longitude = 19.94"


def is_stored(model, column: str, value: str) -> bool:
    """Whether SQL can write the literal ``value`` to a row, one that has a value if any has."""
    table = model._meta.db_table
    row = f"SELECT id FROM {table} ORDER BY {column} NULLS LAST, id LIMIT 1"
    with connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(f"UPDATE {table} SET {column} = {value} WHERE id = ({row})")
        except DatabaseError:
            return False
        return cursor.rowcount > 0


@pytest.mark.parametrize(
    ("model", "column", "kept", "refused"),
    [
        (Office, "kind", ["'ngo'"], ["'castle'", "''", "'NGO'"]),
        (Office, "district", ["NULL", "18"], ["0", "19", "-1"]),
        (Document, "form", ["''", "'copy'"], ["' '", "'none'"]),
        (Document, "need", ["'required'"], ["''"]),
        (TimeLimit, "on_date", ["NULL", "'1900-01-01'", "'2100-12-31'"], ["'1899-12-31'"]),
        (Fee, "valid_from", ["NULL"], ["'infinity'", "'-infinity'", "'0001-01-01'"]),
        (
            Source,
            "dated_on",
            ["'1964-02-25'"],
            ["'0044-03-15 BC'", "'2101-01-01'", "'20000-01-01'"],
        ),
        (
            Procedure,
            "publish_from",
            ["NULL", "'2026-11-30 12:00+01'"],
            ["'-infinity'", "'2101-02-01'"],
        ),
        (User, "date_joined", ["'2026-11-30 12:00+01'"], ["'infinity'", "'0044-03-15 BC'"]),
        (Fee, "amount", ["NULL", "0", "9999999.99"], ["'NaN'", "-0.01"]),
        (Office, "latitude", [f"50.06{EAST}"], [f"'NaN'{EAST}", f"48.9{EAST}", f"55.1{EAST}"]),
        (
            Source,
            "url",
            ["''", "'https://kraków.pl/'"],
            ["'javascript:x'", "' https://a.pl'", "'//a.pl'"],
        ),
        (WeeklyRule, "last_admission", ["NULL", "'00:00'", "'23:59:59'"], ["'24:00'"]),
        (WeeklyRule, "weekdays", ["'{0,6}'"], ["'{7}'", "'{NULL}'", "'{{0,1}}'", "'{}'"]),
        (WeeklyRule, "weeks", ["'{}'", "'{-1,5}'"], ["'{0}'", "'{1,NULL}'"]),
        (
            ServicePoint,
            "spoken_languages",
            ["'{pol,eng}'"],
            ["'{xx}'", "'{\"\"}'", "'{{pol,eng}}'"],
        ),
        (Notice, "affects", ["'{telephone}'"], ["'{fax}'"]),
        (Alias, "language", ["'uk'"], ["'de'", "''"]),
        (
            Declension,
            "words",
            ["'[]'", "'[[\"a\"]]'"],
            ["'null'", "'{}'", "'[1]'", "'[[1]]'", "'[\"a\"]'"],
        ),
        (Declension, "paradigm", ["'[]'", "'[\"a\"]'"], ["'1'", "'[[\"a\"]]'", "'[null]'"]),
        (
            LogEntry,
            "change_message",
            [
                "''",
                "'Zmieniono [1].'",
                "'[import] 12'",
                "'[]'",
                "'[{\"added\": {}}]'",
                f"'{CHANGED}'",
            ],
            [
                *("'[1'", "'[1]'", "'[NaN]'", "'[null]'", "'[[]]'", "'[{}]'", "'[{\"added\": 1}]'"),
                *("'[{\"changed\": {}}]'", '\'[{"deleted": {"name": "a"}}]\''),
            ],
        ),
    ],
)
def test_a_column_holds_what_its_field_promises(model, column, kept, refused):
    user = User.objects.create(username="someone")
    LogEntry.objects.create(user=user, action_flag=2, object_repr="x")
    assert [value for value in kept if not is_stored(model, column, value)] == []
    assert [value for value in refused if is_stored(model, column, value)] == []


@pytest.mark.parametrize(
    ("model", "field", "value"),
    [
        (Source, "dated_on", date(1899, 12, 31)),
        (Source, "checked_on", date(9999, 12, 31)),
        (Procedure, "publish_until", datetime(2101, 1, 1, tzinfo=ZoneInfo("Europe/Warsaw"))),
        (Procedure, "review_by", date(1, 1, 1)),
    ],
)
def test_a_form_is_told_of_a_year_that_the_database_refuses(model, field, value):
    record = model.objects.first()
    setattr(record, field, value)
    with pytest.raises(ValidationError) as caught:
        record.full_clean()
    assert caught.value.message_dict == {field: ["The year must be between 1900 and 2100."]}
    record.full_clean(exclude=[field])


def test_cleaning_a_record_asks_no_query_for_what_its_fields_have_checked(
    django_assert_num_queries,
):
    record = Source.objects.first()
    with django_assert_num_queries(1):  # that the address name is not taken
        record.full_clean()


@pytest.fixture
def constraint():
    """A constraint that two rows of the table do not fulfil, and how to add it."""
    keys = list(Source.objects.values_list("pk", flat=True)[:2])
    Source.objects.filter(pk__in=keys).update(publisher="x")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return Readable(name="publishing_source_test_readable", condition=~Q(publisher="x")), keys


def add(constraint):
    with connection.schema_editor(atomic=False) as editor:
        editor.add_constraint(Source, constraint)


def test_rows_from_before_do_not_stop_a_migration_and_are_named(constraint, caplog):
    rule, keys = constraint
    with caplog.at_level(logging.WARNING):
        add(rule)
    (line,) = [record.getMessage() for record in caplog.records]
    assert line.startswith(f"publishing.Source {keys[0]}, {keys[1]}: a value cannot be read.")
    assert is_stored(Source, "publisher", "'y'")
    assert not is_stored(Source, "publisher", "'x'")


def test_a_migration_without_such_rows_says_nothing(constraint, caplog):
    rule, keys = constraint
    Source.objects.filter(pk__in=keys).update(publisher=F("title"))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with caplog.at_level(logging.WARNING):
        add(rule)
    assert caplog.records == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT convalidated FROM pg_constraint WHERE conname = %s", [rule.name])
        assert cursor.fetchone() == (True,)
