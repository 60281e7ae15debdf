"""Where a term is met: the records in whose texts it stands, and those that editors chose.

Nothing is stored: one query looks through the texts as they are.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import (
    BooleanField,
    CharField,
    F,
    Func,
    Model,
    Q,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import JSONObject

from languages.available import SOURCE_LANGUAGE
from languages.collation import sort_key
from languages.fallback import localized
from languages.words import INVISIBLE
from publishing.models import PublishedRecord

from .models import Term
from .patterns import pattern, rough_pattern
from .phrases import exact_phrase
from .texts import text_sources
from .vocabulary import Vocabulary, never_forms

# What languages.words.normal leaves out: what is not seen, and stress marks.
_LEFT_OUT = INVISIBLE + "\u0301"
# Between two texts, and in place of a tag: a name never reaches over it.
_EDGE = " | "
_TAG = "</?[a-zA-Z][^>]*>"


class _HasName(Func):
    """Whether a text has a name in it, outside of tags.

    What costs time is done only where a rough look, without regard to tags, has found something.
    """

    output_field = BooleanField()

    def as_sql(self, compiler, connection, **extra_context):  # type: ignore[override]
        text, rough, exact = (compiler.compile(one) for one in self.get_source_expressions())
        plain = (
            f"CASE WHEN {text[0]} ~ %s THEN translate({text[0]}, %s, '') ELSE {text[0]} END",
            [*text[1], f"[{_LEFT_OUT}]", *text[1], _LEFT_OUT, *text[1]],
        )
        sql = (
            f"CASE WHEN {plain[0]} ~ {rough[0]} "
            f"THEN regexp_replace({plain[0]}, %s, %s, 'g') ~ {exact[0]} ELSE FALSE END"
        )
        return sql, [*plain[1], *rough[1], *plain[1], _TAG, _EDGE, *exact[1]]


def records_with(
    term: Term, vocabulary: Vocabulary, language: str, now: datetime
) -> list[PublishedRecord]:
    """The records published at the moment ``now`` in which a reader of ``language`` meets ``term``.

    Those in whose texts it stands in any form, in that language or in Polish, and those that
    editors chose for it; in dictionary order. One query, and one for each kind of record found.
    """
    parts = list(_chosen(term))
    if vocabulary.is_linked(term):
        parts += _mentioning(term, vocabulary, language)
    keys: dict[str, set[Any]] = defaultdict(set)
    for found in parts[0].union(*parts[1:], all=True):
        keys[found["label"]].add(found["key"])
    keys[Term._meta.label].discard(term.pk)
    records = [
        record
        for label, ones in keys.items()
        if ones
        for record in _records(label).published(now).in_bulk(ones).values()
        if not record.is_past()
    ]
    return sorted(
        records, key=lambda one: sort_key(localized(one, "name", language).text, language)
    )


def by_kind(records: Iterable[PublishedRecord]) -> list[tuple[str, list[PublishedRecord]]]:
    """``records`` under the names of their models, in the order of the apps."""
    groups: dict[type[Model], list[PublishedRecord]] = defaultdict(list)
    for record in records:
        groups[type(record)].append(record)
    return [
        (str(model._meta.verbose_name_plural), groups[model])
        for model in apps.get_models()
        if model in groups
    ]


def _records(label: str) -> Any:
    return apps.get_model(label)._default_manager.all()


def _found(queryset: QuerySet, owner: type[Model], path: str) -> QuerySet:
    """The names of the kind and the keys of the records in one column, fit for a UNION."""
    label = Value(owner._meta.label, output_field=CharField())
    found = JSONObject(label=label, key=F(path))
    return queryset.order_by().values_list(found, flat=True)


def _chosen(term: Term) -> Iterator[QuerySet]:
    """Records that name ``term`` themselves."""
    # Reverse relations: each knows the field of the record and the table between.
    relations: Iterable[Any] = Term._meta.related_objects
    for relation in relations:
        owner = relation.related_model
        is_chosen_by_record = relation.many_to_many and owner is not Term
        if is_chosen_by_record and issubclass(owner, PublishedRecord):
            field = relation.field
            rows = relation.through._base_manager.filter(**{field.m2m_reverse_field_name(): term})
            yield _found(rows, owner, f"{field.m2m_field_name()}_id")


def _mentioning(term: Term, vocabulary: Vocabulary, language: str) -> Iterator[QuerySet]:
    """Records in whose texts ``term`` stands."""
    names = {
        code: _name_patterns(term, vocabulary, code)
        for code in dict.fromkeys((language, SOURCE_LANGUAGE))
    }
    for model, owners, fields in text_sources():
        has_name = Q()
        for code, (rough, exact) in names.items():
            if exact:
                columns = [F(f"{field}_{code}") for field in fields]
                text = Func(Value(_EDGE), *columns, function="concat_ws", output_field=TextField())
                has_name |= Q(_HasName(text, Value(rough), Value(exact)))
        if has_name:
            for path, owner in owners:
                rows = model._base_manager.filter(has_name, **{f"{path}__isnull": False})
                yield _found(rows, owner, path)


def _name_patterns(term: Term, vocabulary: Vocabulary, language: str) -> tuple[str, str]:
    """The expressions for a rough and for an exact look for ``term``; empty if it has no name."""
    phrases = vocabulary.phrases(language, [term])
    never = [exact_phrase(term.pk, form) for form in never_forms(term, language)]
    return rough_pattern(phrases), pattern(phrases, never)
