"""Holding records while they are changed, together with what they are parts of."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.contrib.admin import AdminSite
from django.db import models
from django.db.models import Model
from django.forms.models import _get_foreign_key


def lock(model: type[Model], keys: Iterable[Any], site: AdminSite) -> dict[str, Model]:
    """The records, by key, and nobody else changes them until this transaction ends.

    What they are parts of comes first: whoever saves it holds it too.
    """
    keys = list(keys)
    for owner, path in reversed(_owners(model, site)):
        rows = model._base_manager.filter(pk__in=keys).values(path)
        held = owner._base_manager.select_for_update(no_key=True).filter(pk__in=rows)
        list(held.order_by("pk").values_list("pk"))
    held = model._base_manager.select_for_update(no_key=True).filter(pk__in=keys)
    return {str(record.pk): record for record in held.order_by("pk")}


def owner_keys(model: type[Model], key: Any, site: AdminSite) -> set[tuple[type[Model], str]]:
    """What the record is a part of, by model and key."""
    record = model._base_manager.filter(pk=key)
    return {
        (owner, str(found))
        for owner, path in _owners(model, site)
        for found in record.values_list(path, flat=True)
        if found is not None
    }


@cache
def _owners(model: type[Model], site: AdminSite) -> list[tuple[type[Model], str]]:
    """What rows of ``model`` are parts of, nearest first, each with the way that leads there."""
    found: list[tuple[type[Model], str]] = []
    level, seen = [(model, "")], {model}
    while level:
        further = []
        for part, path in level:
            for field in dict.fromkeys(_part_of(part, site)):
                if field.related_model not in seen:
                    way = f"{path}__{field.name}" if path else field.name
                    further.append((field.related_model, way))
        seen |= {owner for owner, _path in further}
        found += further
        level = further
    return found


def _part_of(model: type[Model], site: AdminSite) -> Iterator[Any]:
    """The relations of ``model`` to what is saved or deleted together with it."""
    for field in model._meta.concrete_fields:
        if field.remote_field and field.remote_field.on_delete is models.CASCADE:
            yield field
    for owner, options in site._registry.items():
        for inline in options.inlines:
            if inline.model is model:
                yield _get_foreign_key(owner, model, fk_name=inline.fk_name)
