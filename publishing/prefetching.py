"""Fetching many small relations of one record with a single query."""

from typing import Any

from django.db.models import JSONField, Model, Value
from django.db.models.functions import Cast, JSONObject

_RELATION = "relation name"


def _as_json(name: str, model: type[Model]) -> Cast:
    """A row of ``model`` and the name of its relation in one column, fit for a UNION."""
    columns = {field.attname: field.attname for field in model._meta.concrete_fields}
    return Cast(JSONObject(**columns, **{_RELATION: Value(name)}), JSONField())


def prefetch_together(record: Model, *relations: str) -> None:
    """Fill the one-to-many ``relations`` of ``record`` with one query instead of one each.

    Afterwards ``record.<relation>.all()`` costs nothing, as after Django's own
    ``prefetch_related``, which needs a query for every relation.
    """
    # Reverse relations: each knows the model that refers to the record, and by which field.
    reverse: dict[str, Any] = {name: record._meta.get_field(name) for name in relations}
    parts = [
        relation.related_model._base_manager.filter(**{relation.field.name: record.pk})
        .order_by()
        .values_list(_as_json(name, relation.related_model), flat=True)
        for name, relation in reverse.items()
    ]
    found: dict[str, list[Any]] = {name: [] for name in relations}
    for row in parts[0].union(*parts[1:], all=True):
        name = row[_RELATION]
        model = reverse[name].related_model
        fields = model._meta.concrete_fields
        found[name].append(
            model.from_db(
                record._state.db,
                [field.attname for field in fields],
                [field.to_python(row[field.attname]) for field in fields],
            )
        )
    cache = record.__dict__.setdefault("_prefetched_objects_cache", {})
    for name, instances in found.items():
        for instance in instances:
            setattr(instance, reverse[name].field.name, record)
        instances.sort(key=lambda part: (part.position, part.pk))
        queryset = getattr(record, name).get_queryset()
        queryset._result_cache = instances
        queryset._prefetch_done = True
        cache[name] = queryset
