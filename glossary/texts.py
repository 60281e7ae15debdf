"""All texts that readers see, of whatever app: the translated fields of published records.

They are found through the register of translated fields, so a new app joins by itself.
"""

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

_TAG = re.compile(r"<[^>]*>")


class Owner(NamedTuple):
    """The published record on whose page a row is shown, and the way to its key."""

    path: str
    model: type[PublishedRecord]


class TextSource(NamedTuple):
    """The translated fields of a model; a row has one of the ``owners``."""

    model: type[models.Model]
    owners: tuple[Owner, ...]
    fields: tuple[str, ...]


class Text(NamedTuple):
    """A run of text without markup, and the published record that shows it."""

    record: PublishedRecord
    text: str


@cache
def text_sources() -> tuple[TextSource, ...]:
    """Where texts of published records and of their parts are stored."""
    return tuple(
        TextSource(model, owners, fields)
        for model in translator.get_registered_models(abstract=False)
        if (owners := _owners(model)) and (fields := _seen_fields(model))
    )


def _owners(model: Any) -> tuple[Owner, ...]:
    """A part goes with the record that takes it along when it is deleted.

    One that can go with several kinds of records (hours) has several ways.
    """
    if issubclass(model, PublishedRecord):
        return (Owner("pk", model),)
    return tuple(
        Owner(field.name if path == "pk" else f"{field.name}__{path}", owner)
        for field in model._meta.concrete_fields
        if field.remote_field and field.remote_field.on_delete is models.CASCADE
        for path, owner in _owners(field.related_model)
    )


def _seen_fields(model: type[models.Model]) -> tuple[str, ...]:
    options = translator.get_options_for_model(model)
    unseen = getattr(options, "unseen_fields", ())
    return tuple(sorted(options.all_fields.keys() - set(unseen)))


def published_texts(language: str) -> Iterator[Text]:
    """What readers see now in ``language``, without fallbacks; one query a model."""
    now = timezone.now()
    kinds = {owner.model for source in text_sources() for owner in source.owners}
    records: dict[type[PublishedRecord], dict[Any, PublishedRecord]] = {
        model: model._default_manager.published(now).in_bulk()  # type: ignore[attr-defined]
        for model in kinds
    }
    for model, owners, names in text_sources():
        fields = [model._meta.get_field(f"{name}_{language}") for name in names]
        columns = [owner.path for owner in owners] + [field.name for field in fields]
        for row in model._default_manager.order_by("pk").values_list(*columns):
            keys, values = row[: len(owners)], row[len(owners) :]
            shown = (records[one.model].get(key) for one, key in zip(owners, keys, strict=True))
            record = next(filter(None, shown), None)
            if record is not None:
                for field, value in zip(fields, values, strict=True):
                    yield from (Text(record, run) for run in _runs(field, value or ""))


def _runs(field: Any, value: str) -> Iterator[str]:
    """The text between the tags, or the lines; names are never found across them."""
    is_html = isinstance(field, RichTextField)
    for run in _TAG.split(value) if is_html else value.splitlines():
        if run.strip():
            yield unescape(run) if is_html else run
