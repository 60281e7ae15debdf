"""Reading what is stored of records with their parts, all of it with one query."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models
from django.db.models import F, Func, JSONField, Model, QuerySet, Value

from .json_rows import RowAsJSON, is_text_in_json
from .snapshots import WHOLE, Row, Rows, digest


@dataclass(frozen=True)
class Kind:
    """Rows of one model that belong to a record, the record's own among them."""

    name: str
    model: type[Model]
    # The lookup that leads to the record; none for the record itself.
    path: str
    # The fields that are compared one by one.
    fields: tuple[str, ...]
    # Whether all that would be deleted with a row is compared too.
    with_whole: bool = False


def guarded_fields(
    model: type[Model], shown: Iterable[str] | None, but: Collection[str] = ()
) -> tuple[str, ...]:
    """The fields of ``model`` that a form of the fields ``shown`` (None: all) can overwrite.

    A translated field stands for its columns, one a language.
    """
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    shown = None if shown is None else set(shown)
    sources = {field.name: _translated_from(field) for field in fields}
    return tuple(
        field.name
        for field in fields
        if field.editable
        and not field.primary_key
        and field.name not in sources.values()
        and not {field.name, sources[field.name]} & set(but)
        and (shown is None or {field.name, sources[field.name]} & shown)
    )


def _translated_from(field: Any) -> str | None:
    original = getattr(field, "translated_field", None)
    return original.name if original is not None else None


@cache
def goes_with(model: type[Model]) -> tuple[tuple[type[Model], str], ...]:
    """The models whose rows are deleted with a row of ``model``, each with the way back to it.

    The log of the admin is left out, and what else tells of records and is none: nobody edits it.
    """
    found: list[tuple[type[Model], str]] = []
    seen, level = {model}, [(model, "")]
    while level:
        further = []
        for parent, path in level:
            for relation in parent._meta.get_fields(include_hidden=True):
                if not isinstance(relation, models.ForeignObjectRel) or (
                    getattr(relation, "on_delete", None) is not models.CASCADE
                ):
                    continue
                child: Any = relation.related_model
                if child not in seen and is_edited(child):
                    further.append((child, _joined(relation.field.name, path)))
        seen |= {child for child, _path in further}
        found += further
        level = further
    return tuple(found)


def is_edited(model: type[Model]) -> bool:
    """Whether anybody edits rows of ``model``: else they only tell of others."""
    columns: list[Any] = [field for field in model._meta.concrete_fields if not field.primary_key]
    return model._meta.app_label != "admin" and any(column.editable for column in columns)


def _joined(*path: str) -> str:
    return "__".join(filter(None, path))


def row_digests(model: type[Model], fields: Iterable[str], values: dict[str, Any]) -> Row:
    """The digests of the columns of one row; ``values`` by column name."""
    found = {}
    for name in fields:
        field: Any = model._meta.get_field(name)
        if not field.many_to_many and (text := digest(_python(field, values.get(field.attname)))):
            found[name] = text
    return found


def _python(field: Any, value: Any) -> Any:
    return field.to_python(value) if is_text_in_json(field) else value


def snapshots(kinds: Collection[Kind], keys: Iterable[Any]) -> dict[str, Rows]:
    """What is stored of the records with these primary ``keys``, by key; one query for all."""
    keys = list(keys)
    found: dict[str, Rows] = defaultdict(lambda: {kind.name: {} for kind in kinds})
    related: dict[tuple, list] = defaultdict(list)
    whole: dict[tuple, list[str]] = defaultdict(list)
    for part, owner, key, row in _rows(kinds, keys):
        kind = part.kind
        if part.use == WHOLE:
            values = [row[column] for column in part.columns]
            # With the model: a row of one is no row of another that looks the same.
            whole[owner, kind.name, key].append(repr((part.model._meta.label, values)))
        elif part.use:
            related[owner, kind.name, key, part.use] += [row[column] for column in part.columns]
        else:
            found[owner][kind.name][key] = row_digests(kind.model, kind.fields, row)
            if kind.with_whole:
                every = row_digests(kind.model, guarded_fields(kind.model, None), row)
                whole[owner, kind.name, key].append(repr(sorted(every.items())))
    for (owner, name, key, field), ones in related.items():
        found[owner][name][key][field] = digest(ones)
    for (owner, name, key), rows in whole.items():
        found[owner][name][key][WHOLE] = digest(rows)
    return dict(found)


@dataclass(frozen=True)
class _Part:
    """Rows of one model from which ``path`` leads to a row of ``kind``."""

    kind: Kind
    model: type[Model]
    path: str
    columns: tuple[str, ...]
    # What they are counted in of: a field of sets, or all that goes with a row; else itself.
    use: str = ""

    def query(self, number: int, keys: list) -> QuerySet:
        owner = _joined(self.path, self.kind.path) or "pk"
        rows = self.model._base_manager.filter(**{f"{owner}__in": keys}).order_by()
        told = (Value(number), F(owner), F(self.path or "pk"), RowAsJSON())
        array = Func(*told, function="jsonb_build_array", output_field=JSONField())
        return rows.values_list(array, flat=True)


def _rows(kinds: Iterable[Kind], keys: list) -> Iterator[tuple[_Part, str, str, dict[str, Any]]]:
    """Every row that belongs to the records, with the key of its record and its own."""
    parts = [part for kind in kinds for part in _parts(kind)]
    first, *others = [part.query(number, keys) for number, part in enumerate(parts)]
    for number, owner, key, row in first.union(*others, all=True) if others else first:
        yield parts[number], str(owner), str(key), row


def _parts(kind: Kind) -> Iterator[_Part]:
    yield _Part(kind, kind.model, "", _columns(kind.model))
    for name in kind.fields:
        field: Any = kind.model._meta.get_field(name)
        if field.many_to_many:
            through = field.remote_field.through
            there = through._meta.get_field(field.m2m_reverse_field_name()).column
            yield _Part(kind, through, field.m2m_field_name(), (there,), use=name)
    if kind.with_whole:
        for child, path in goes_with(kind.model):
            yield _Part(kind, child, path, _columns(child), use=WHOLE)


def _columns(model: type[Model]) -> tuple[str, ...]:
    fields: list[Any] = [model._meta.get_field(name) for name in guarded_fields(model, None)]
    return tuple(field.column for field in fields if not field.many_to_many)
