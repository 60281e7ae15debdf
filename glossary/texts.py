"""All texts that readers see, of whatever app: the translated fields of published records."""

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from typing import Any, NamedTuple

from django.db import models
from django.utils import timezone
from modeltranslation.translator import translator

from publishing.fields import RichTextField
from publishing.models import PublishedRecord

# Translated, but written for the machine or for another state of the record.
_NOT_SHOWN = {"extra_forms", "never_forms", "keywords", "withdrawal_note"}
_TAG = re.compile(r"<[^>]*>")


class Text(NamedTuple):
    """A run of text without markup, and the published record that shows it."""

    record: PublishedRecord
    text: str


def published_texts(language: str) -> Iterator[Text]:
    """What readers see now in ``language``, without fallbacks; one query a model."""
    now = timezone.now()
    records: dict[type[models.Model], dict[Any, PublishedRecord]] = {
        model: model._default_manager.published(now).in_bulk()  # type: ignore[attr-defined]
        for model in _translated_models()
        if issubclass(model, PublishedRecord)
    }
    for model in _translated_models():
        owners = _owners(model)
        fields = _text_fields(model, language)
        if not (owners and fields):
            continue
        paths = [path for path, _owner in owners]
        columns = [field.attname for field in fields]
        for row in model._default_manager.order_by("pk").values_list(*paths, *columns):
            record = _owner(records, owners, row)
            if record is not None:
                for field, value in zip(fields, row[len(owners) :], strict=True):
                    yield from (Text(record, run) for run in _runs(field, value or ""))


def _translated_models() -> list[type[models.Model]]:
    return translator.get_registered_models(abstract=False)


@cache
def _text_fields(model: type[models.Model], language: str) -> list[Any]:
    names = translator.get_options_for_model(model).all_fields
    shown = sorted(set(names) - _NOT_SHOWN)
    return [model._meta.get_field(f"{name}_{language}") for name in shown]


@cache
def _owners(model: type[models.Model]) -> list[tuple[str, type[models.Model]]]:
    """Where a row of ``model`` keeps the key of the record that it is, or goes with.

    A part goes with the record that takes it along when it is deleted; one that can go with
    several kinds of records (hours) has several such places.
    """
    if issubclass(model, PublishedRecord):
        return [("pk", model)]
    return [
        (field.name if path == "pk" else f"{field.name}__{path}", owner)
        for field in model._meta.concrete_fields
        if field.remote_field and field.remote_field.on_delete is models.CASCADE
        for path, owner in _owners(field.related_model)
    ]


def _owner(records, owners, row) -> PublishedRecord | None:
    for (_path, model), key in zip(owners, row, strict=False):
        if key in records[model]:
            return records[model][key]
    return None


def _runs(field: models.Field, value: str) -> Iterator[str]:
    """The text between the tags, or the lines; names are never found across them."""
    is_html = isinstance(field, RichTextField)
    for run in _TAG.split(value) if is_html else value.splitlines():
        if run.strip():
            yield unescape(run) if is_html else run
