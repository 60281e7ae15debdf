"""Where a term is met: the records in whose texts it stands, and those that editors chose.

Nothing is stored: one query looks through the texts as they are.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import CharField, F, Func, Model, QuerySet, TextField, Value
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


def records_with(
    term: Term, vocabulary: Vocabulary, language: str, now: datetime
) -> list[PublishedRecord]:
    """The records published at the moment ``now`` in which a reader of ``language`` meets ``term``.

    Those in whose texts it stands in any form, in that language or in Polish, and those that
    editors chose for it; in dictionary order. Two queries, and one for each kind of record found.
    """
    keys: dict[str, set[Any]] = defaultdict(set)
    for found in (*_choosing(term), *_mentioning(term, vocabulary, language)):
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


def _record(owner: type[Model], path: str) -> JSONObject:
    """The name of the kind and the key of a record in one column, fit for a UNION."""
    return JSONObject(label=Value(owner._meta.label, output_field=CharField()), key=F(path))


def _choosing(term: Term) -> Iterable[dict[str, Any]]:
    """Records that name ``term`` themselves."""
    # Reverse relations: each knows the field of the record and the table between.
    relations: Iterable[Any] = Term._meta.related_objects
    choices = []
    for relation in relations:
        owner = relation.related_model
        is_chosen_by_record = relation.many_to_many and owner is not Term
        if is_chosen_by_record and issubclass(owner, PublishedRecord):
            field = relation.field
            rows = relation.through._base_manager.filter(**{field.m2m_reverse_field_name(): term})
            record = _record(owner, f"{field.m2m_field_name()}_id")
            choices.append(rows.order_by().values_list(record, flat=True))
    return choices[0].union(*choices[1:], all=True)


def _mentioning(term: Term, vocabulary: Vocabulary, language: str) -> list[dict[str, Any]]:
    """Records in whose texts ``term`` stands."""
    if not vocabulary.is_linked(term):
        return []
    languages = tuple(sorted({language, SOURCE_LANGUAGE}))
    sql, parameters = _texts(languages)
    conditions = []
    for code in languages:
        rough, exact = _name_patterns(term, vocabulary, code)
        if exact:
            # What costs time is done only where a look without regard to tags has found something.
            conditions.append(
                f"CASE WHEN text_{code} ~ %s"
                f" THEN regexp_replace(text_{code}, %s, %s, 'g') ~ %s ELSE FALSE END"
            )
            parameters = (*parameters, rough, _TAG, _EDGE, exact)
    if not conditions:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} WHERE {' OR '.join(conditions)}", parameters)
        return [json.loads(record) for (record,) in cursor]


@cache
def _texts(languages: tuple[str, ...]) -> tuple[str, tuple[Any, ...]]:
    """A SELECT of all records and their texts, a column for each of ``languages``.

    It is the same for all terms, and to write it takes longer than to run it.
    """
    rows = []
    for model, owners, fields in text_sources():
        texts = [
            Func(
                Value(_EDGE),
                *(F(f"{field}_{code}") for field in fields),
                function="concat_ws",
                output_field=TextField(),
            )
            for code in languages
        ]
        for path, owner in owners:
            # Django's own, as modeltranslation's puts columns in an order that differs.
            having_one: QuerySet = QuerySet(model).filter(**{f"{path}__isnull": False}).order_by()
            rows.append(having_one.values_list(_record(owner, path), *texts))
    union, parameters = rows[0].union(*rows[1:], all=True).query.sql_with_params()
    columns = [f"text_{code}" for code in languages]
    seen = (f"CASE WHEN {one} ~ %s THEN translate({one}, %s, '') ELSE {one} END" for one in columns)
    names = ", ".join(("record", *columns))
    sql = f"""
        WITH written ({names}) AS ({union}),
        texts ({names}) AS MATERIALIZED (SELECT record, {", ".join(seen)} FROM written)
        SELECT record FROM texts
    """  # noqa: S608
    return sql, (*parameters, *(f"[{_LEFT_OUT}]", _LEFT_OUT) * len(languages))


def _name_patterns(term: Term, vocabulary: Vocabulary, language: str) -> tuple[str, str]:
    """The expressions for a rough and for an exact look for ``term``; empty if it has no name."""
    phrases = vocabulary.phrases(language, [term])
    never = [exact_phrase(term.pk, form) for form in never_forms(term, language)]
    return rough_pattern(phrases), pattern(phrases, never)
