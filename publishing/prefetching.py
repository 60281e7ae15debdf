"""Fetching many small relations of some records with a single query."""

from collections.abc import Iterable
from typing import Any

from django.db.models import JSONField, Model, Value
from django.db.models.functions import Cast, JSONObject

_RELATION = "relation name"


def _as_json(name: str, model: type[Model]) -> Cast:
    """A row of ``model`` and the name of its relation in one column, fit for a UNION."""
    columns = {field.attname: field.attname for field in model._meta.concrete_fields}
    return Cast(JSONObject(**columns, **{_RELATION: Value(name)}), JSONField())


def _from_json(model: type[Model], row: dict[str, Any], database: str | None) -> Model:
    fields = model._meta.concrete_fields
    values = [field.to_python(row[field.attname]) for field in fields]
    return model.from_db(database, [field.attname for field in fields], values)


def prefetch_together(records: Iterable[Model], *relations: str) -> None:
    """Fill the one-to-many ``relations`` of ``records`` with one query instead of one each.

    The records are of one model; one row may be there as several objects. Afterwards
    ``record.<relation>.all()`` costs nothing, as after Django's own ``prefetch_related``, which
    needs a query for every relation. Related models are ordered by plain names of fields.
    """
    records = list(records)
    if not records:
        return
    # Reverse relations: each knows the model that refers to the record, and by which field.
    reverse: dict[str, Any] = {name: records[0]._meta.get_field(name) for name in relations}
    parts = [
        relation.related_model._base_manager.filter(
            **{f"{relation.field.name}__in": {record.pk for record in records}}
        )
        .order_by()
        .values_list(_as_json(name, relation.related_model), flat=True)
        for name, relation in reverse.items()
    ]
    found: dict[tuple[str, Any], list[dict[str, Any]]] = {}
    for row in parts[0].union(*parts[1:], all=True):
        name = row[_RELATION]
        found.setdefault((name, row[reverse[name].field.attname]), []).append(row)
    for record in records:
        for name, relation in reverse.items():
            rows = found.get((name, record.pk), [])
            _fill(record, name, relation, rows)


def _fill(record: Model, name: str, relation: Any, rows: list[dict[str, Any]]) -> None:
    """Make ``rows`` the answer of ``record.<name>.all()``."""
    model = relation.related_model
    instances = [_from_json(model, row, record._state.db) for row in rows]
    for instance in instances:
        setattr(instance, relation.field.name, record)
    ordering = model._meta.ordering
    instances.sort(key=lambda part: [getattr(part, field) for field in ordering])
    queryset = getattr(record, name).get_queryset()
    queryset._result_cache = instances
    queryset._prefetch_done = True
    record.__dict__.setdefault("_prefetched_objects_cache", {})[name] = queryset
