"""Fetching many small relations of some records with a single query."""

import json
from collections.abc import Iterable
from functools import cache
from operator import attrgetter
from types import SimpleNamespace
from typing import Any

from django.db import connection, models
from django.db.models import Model

from .json_rows import is_text_in_json


def rows_together(
    model: type[Model], keys: Iterable[Any], *relations: str
) -> dict[tuple[str, Any], list[SimpleNamespace]]:
    """The rows of the one-to-many ``relations`` of records with these primary ``keys``.

    One query for all, where Django's ``prefetch_related`` needs one for every relation. The rows
    are plain values by column name, in the order of their model (plain names of fields), and are
    found under the name of the relation and the key of the record.
    """
    found: dict[tuple[str, Any], list[SimpleNamespace]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_sql(model, relations), [list(set(keys))] * len(relations))
        for name, text in cursor.fetchall():
            row = json.loads(text)
            for field in _from_text(_relation(model, name).related_model):
                row[field.attname] = field.to_python(row[field.attname])
            owner = row[_relation(model, name).field.attname]
            found.setdefault((name, owner), []).append(SimpleNamespace(**row))
    for (name, _owner), rows in found.items():
        opts = _relation(model, name).related_model._meta
        columns = [opts.pk.attname if field == "pk" else field for field in opts.ordering]
        rows.sort(key=attrgetter(*columns))
    return found


def _relation(model: type[Model], name: str) -> Any:
    """The reverse relation: it knows the model that refers to the record, and by which field."""
    return model._meta.get_field(name)


@cache
def _sql(model: type[Model], relations: tuple[str, ...]) -> str:
    """The query for the name of the relation and the whole row as JSON.

    Written out, because Django takes longer to put a hundred columns into words than PostgreSQL
    to answer.
    """
    quoted = connection.ops.quote_name
    parts = []
    for name in relations:
        owner = _relation(model, name).field
        table, column = quoted(owner.model._meta.db_table), quoted(owner.column)
        parts.append(f"SELECT '{name}', to_jsonb(part) FROM {table} part WHERE {column} = ANY(%s)")  # noqa: S608
    return " UNION ALL ".join(parts)


@cache
def _from_text(model: type[Model]) -> list[models.Field]:
    return [field for field in model._meta.concrete_fields if is_text_in_json(field)]


def prefetch_together(record: Model, *relations: str) -> None:
    """Fill the one-to-many ``relations`` of ``record`` with one query instead of one each.

    Afterwards ``record.<relation>.all()`` costs nothing, as after Django's own
    ``prefetch_related``.
    """
    rows = rows_together(type(record), [record.pk], *relations)
    cache = record.__dict__.setdefault("_prefetched_objects_cache", {})
    for name in relations:
        relation: Any = record._meta.get_field(name)
        fields = relation.related_model._meta.concrete_fields
        columns = [field.attname for field in fields]
        instances = []
        for row in rows.get((name, record.pk), []):
            values = [getattr(row, column) for column in columns]
            instance = relation.related_model.from_db(record._state.db, columns, values)
            setattr(instance, relation.field.name, record)
            instances.append(instance)
        queryset = getattr(record, name).get_queryset()
        queryset._result_cache = instances
        queryset._prefetch_done = True
        cache[name] = queryset
