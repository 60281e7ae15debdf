"""Records in every relation that there is, some of which readers see and some of which they do not.

Kinds of records, their parts, what they point at and their fields are found by introspection, so a
relation that is added tomorrow is filled as well. Every row has a word of its own in all its texts
and in its address, so a page that has the word shows the row.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import count, product
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Model
from django.utils import timezone
from modeltranslation.fields import TranslationField
from modeltranslation.translator import NotRegistered, translator

from publishing.fields import RichTextField, SlugField
from publishing.models import PublishedRecord

# In lists that show the first few in the order of names, what is hidden would come first.
HIDDEN, SEEN = "hidden", "seen"
WORD = re.compile(rf"(?:{HIDDEN}|{SEEN})\d+")

_DAY = timedelta(days=1)
_NOW = timezone.now()
WAYS_TO_HIDE: dict[str, dict[str, Any]] = {
    "draft": {"status": "draft"},
    "in review": {"status": "in_review"},
    "archived": {"status": "archived", "published_on": date(2020, 1, 1)},
    "not yet published": {"status": "published", "publish_from": _NOW + _DAY},
    "published no longer": {
        "status": "published",
        "published_on": date(2020, 1, 1),
        "publish_until": _NOW - _DAY,
    },
}
# Facts without which a row would say nothing: open at all hours, on all days.
_FACTS = {
    "offices.weeklyrule": {"weekdays": [0, 1, 2, 3, 4, 5, 6], "hours": "00:00–24:00", "weeks": []},
    "offices.schedule": {"observes_holidays": False},
}


def _is_ours(model: Any) -> bool:
    return Path(model._meta.app_config.path).parent == settings.BASE_DIR


def _our_models() -> list[Any]:
    return [model for model in apps.get_models() if _is_ours(model)]


def kinds() -> list[Any]:
    """The kinds of published records."""
    return [model for model in _our_models() if issubclass(model, PublishedRecord)]


def _relations(model: Any) -> list[Any]:
    """The foreign keys and many-to-many fields of ``model`` to models of ours."""
    fields = (*model._meta.concrete_fields, *model._meta.many_to_many)
    return [field for field in fields if field.is_relation and _is_ours(field.related_model)]


def _owner_fields(model: Any) -> list[Any]:
    """Those by which it is a part of something: it is deleted with it, and found from there."""
    return [
        field
        for field in _relations(model)
        if field.remote_field
        and getattr(field.remote_field, "on_delete", None) is models.CASCADE
        and not field.remote_field.hidden
    ]


def _parts_of(model: Any) -> list[tuple[Any, Any]]:
    """The models of its parts, each with the field of its owner; an owner that is needed wins."""
    return [
        (part, field)
        for part in _our_models()
        for field in _owner_fields(part)
        if field.related_model is model
        and (not field.null or all(one.null for one in _owner_fields(part)))
    ]


def root_of(model: Any) -> Any:
    """The kind of record that ``model`` is, or is a part of; None for topics, sources and such."""
    if issubclass(model, PublishedRecord):
        return model
    roots = (root_of(field.related_model) for field in _owner_fields(model))
    return next(filter(None, roots), None)


def label(field: Any) -> str:
    return f"{field.model._meta.label}.{field.name}"


def relations_of_records() -> set[str]:
    """The labels of all relations of records and their parts, but for those to their owners."""
    return {
        label(field)
        for model in _our_models()
        if root_of(model)
        for field in _relations(model)
        if field not in _owner_fields(model)
    }


def _translated_fields(model: Any) -> tuple[set[str], set[str]]:
    """The names of the translated fields, and of those that no page shows."""
    try:
        options = translator.get_options_for_model(model)
    except NotRegistered:
        return set(), set()
    return set(options.all_fields), set(getattr(options, "unseen_fields", ()))


class World:
    """A portal with one record of each kind on which everything else hangs.

    Each of these hubs points at, and is pointed at by, records hidden in every way; where
    ``has_controls``, also records that readers see, in the very same relations. Where it
    ``is_bare``, there is nothing but the hubs, with no more than they need.
    """

    def __init__(
        self,
        *,
        hub_status: str = "published",
        has_controls: bool = True,
        is_bare: bool = False,
    ):
        self.words: dict[str, Model] = {}
        self._words: dict[int, str] = {}
        self.records: list[Any] = []
        # Of each record: the record and its parts, by model.
        self.instances: dict[str, dict[Any, Any]] = {}
        # Pairs of rows of which the first points at the second.
        self.controls: dict[str, tuple[Any, Any]] = {}
        self.spoken: Any = None
        self._numbers = count(1)
        self._hub_status = hub_status
        self._needed: dict[Any, Any] = {}
        self.hubs = {kind: self._record(kind, status=hub_status) for kind in kinds()}
        if is_bare:
            return
        for hub in self.hubs.values():
            self._complete(hub, with_headings=True)
        if has_controls:
            self._add_controls()
        self._add_hidden()
        self._mention()

    # What there is

    @property
    def seen(self) -> list[Any]:
        return [record for record in self.records if record.is_published()]

    @property
    def hidden(self) -> list[Any]:
        return [record for record in self.records if not record.is_published()]

    def word(self, row: Any) -> str:
        return self._words[id(row)]

    def root(self, row: Any) -> Any:
        """The record of which ``row`` is a part; itself if it is none."""
        for record in self.records:
            if any(row is one for one in self.instances[self.word(record)].values()):
                return record
        return row

    # Making rows

    def _record(self, kind: Any, **given: Any) -> Any:
        given = {"status": "published"} | given
        for field in _relations(kind):
            is_needed = not (field.many_to_many or field.null)
            if is_needed and field.name not in given:
                given[field.name] = self._one_needed(field.related_model)
        # What it depends on may hide it too.
        record = self._row(kind, is_seen=kind(**given).is_published(), **given)
        self.records.append(record)
        self.instances[self.word(record)] = {kind: record}
        return record

    def _one_needed(self, kind: Any) -> Any:
        if kind not in self._needed:
            self._needed[kind] = self._record(kind, status=self._hub_status)
        return self._needed[kind]

    def _row(self, model: Any, *, is_seen: bool, **given: Any) -> Any:
        word = f"{SEEN if is_seen else HIDDEN}{next(self._numbers)}"
        values = _FACTS.get(model._meta.label_lower, {}) | given
        row = model(**_filled(model, word, values, is_seen=is_seen), **values)
        row.save()
        self.words[word], self._words[id(row)] = row, word
        return row

    def _heading(self, model: Any, *, is_seen: bool) -> Any:
        """A topic, source, unit … with its own parts."""
        row = self._row(model, is_seen=is_seen)
        for part, owner in _parts_of(model):
            self._row(part, is_seen=is_seen, **{owner.name: row})
        return row

    def _complete(
        self, record: Any, *, with_headings: bool, pointed_at: dict[Any, Any] | None = None
    ) -> None:
        """Give ``record`` all its parts and what they point at.

        ``with_headings`` each relation to topics, sources and such gets one of its own.
        ``pointed_at`` are the records that it and its parts refer to, by kind.
        """
        made = self.instances[self.word(record)]
        is_seen = record.is_published()

        def value(field: Any) -> Any:
            target = root_of(field.related_model)
            if target is None:
                if not with_headings:
                    return None
                heading = self._heading(field.related_model, is_seen=is_seen)
                if is_seen:
                    self.controls[label(field)] = (record, heading)
                return heading
            if pointed_at is None or target not in pointed_at:
                return None
            return self._instance(field.related_model, pointed_at[target])

        def add_parts(owner: Any) -> None:
            for part, owner_field in _parts_of(type(owner)):
                others = [
                    field
                    for field in _relations(part)
                    if not field.many_to_many and field not in _owner_fields(part)
                ]
                values = {field.name: value(field) for field in others}
                is_whole = all(field.null or values[field.name] for field in others)
                if part not in made and is_whole:
                    made[part] = self._row(
                        part, is_seen=is_seen, **{owner_field.name: owner} | values
                    )
                    if is_seen:
                        self.controls.setdefault(part._meta.label, (record, made[part]))
                    add_parts(made[part])

        for field in _relations(type(record)):
            if field.many_to_many:
                if found := value(field):
                    getattr(record, field.name).add(found)
            elif field.null and (found := value(field)):
                setattr(record, field.name, found)
        record.save()
        add_parts(record)

    def _instance(self, model: Any, record: Any) -> Any:
        return self.instances[self.word(record)].get(model)

    # What hangs on the hubs

    def _add_controls(self) -> None:
        def control(kind: Any) -> Any:
            record = self._record(kind)
            self._complete(record, with_headings=False)
            return record

        self.spoken = self._record(apps.get_model("glossary.Term"))
        for place, target_kind in self._places():
            place(control(target_kind))

    def _add_hidden(self) -> None:
        for kind, way in product(kinds(), WAYS_TO_HIDE.values()):
            needed = {
                field.name: self.hubs[field.related_model]
                for field in _relations(kind)
                if not (field.many_to_many or field.null)
            }
            self._record(kind, **needed, **way)
        for record in self._hidden_besides_hubs():
            self._complete(record, with_headings=True, pointed_at=self.hubs)
        for place, target_kind in self._places():
            for record in self._hidden_besides_hubs():
                if type(record) is target_kind:
                    place(record)

    def _hidden_besides_hubs(self) -> list[Any]:
        return [record for record in self.hidden if record not in self.hubs.values()]

    def _places(self) -> list[tuple[Callable[[Any], None], Any]]:
        """Ways to hang a record on a hub, each with the kind of record that it takes."""
        places: list[tuple[Callable[[Any], None], Any]] = []
        for model in _our_models():
            if root_of(model) is None:
                continue
            owners = _owner_fields(model)
            by_kind: dict[Any, list[Any]] = {}
            for field in _relations(model):
                if field not in owners and root_of(field.related_model):
                    by_kind.setdefault(root_of(field.related_model), []).append(field)
            for kind, fields in by_kind.items():
                if issubclass(model, PublishedRecord):
                    places += [(self._from_record(field), kind) for field in fields]
                else:
                    places.append((self._from_part(model, owners[0], fields), kind))
        return places

    def _from_record(self, field: Any) -> Callable[[Any], None]:
        """By a field of a record: the hub's own where it takes many, else another record's."""

        def place(record: Any) -> None:
            target = self._instance(field.related_model, record)
            holder = self.hubs[field.model]
            if field.many_to_many:
                getattr(holder, field.name).add(target)
            else:
                holder = self._record(field.model, **{field.name: target})
                self._complete(holder, with_headings=False)
            self._note(field, holder, target)

        return place

    def _from_part(self, model: Any, owner: Any, fields: list[Any]) -> Callable[[Any], None]:
        """By one more part of the hub."""

        def place(record: Any) -> None:
            hub = self.hubs[root_of(model)]
            targets = {field.name: self._instance(field.related_model, record) for field in fields}
            holder = self._instance(owner.related_model, hub)
            part = self._row(model, is_seen=True, **{owner.name: holder}, **targets)
            self.instances[self.word(hub)][part.pk, model] = part
            for field in fields:
                self._note(field, part, targets[field.name])

        return place

    def _note(self, field: Any, holder: Any, target: Any) -> None:
        if self.word(target).startswith(SEEN):
            self.controls[label(field)] = (holder, target)

    def _mention(self) -> None:
        """Let texts that readers see name hidden terms, and hidden texts name one they see."""
        forms = {}
        for number, term in enumerate(one for one in self.records if hasattr(one, "extra_forms")):
            if term is self.spoken or not term.is_published():
                forms[term.pk] = f"mowa{number}"
                type(term).objects.filter(pk=term.pk).update(extra_forms_pl=forms[term.pk])
        hubs = {id(hub) for hub in self.hubs.values()}
        spoken = forms.get(self.spoken.pk, "") if self.spoken else ""
        for record in self.records:
            if id(record) in hubs or not record.is_published():
                said = " ".join(forms.values()) if id(record) in hubs else spoken
                caution = f"{self.word(record)} {said}"
                type(record).objects.filter(pk=record.pk).update(caution_pl=caution)


def _filled(model: Any, word: str, given: dict[str, Any], *, is_seen: bool) -> dict[str, Any]:
    """A value for every field of ``model`` that is not ``given``; its texts have ``word``."""
    translated, unseen = _translated_fields(model)
    values = {}
    for field in model._meta.concrete_fields:
        original = field.translated_field.name if isinstance(field, TranslationField) else None
        is_left_out = field.name in translated | given.keys() or original in unseen
        if not (is_left_out or field.primary_key or field.is_relation):
            value = _value(field, word, is_part=root_of(model) is not model, is_seen=is_seen)
            if value is not None:
                values[field.name] = value
    return values


def _value(field: Any, word: str, *, is_part: bool, is_seen: bool) -> Any:
    """A value for ``field``; None leaves it as it is by default.

    What is hidden chooses what nothing that is seen chooses.
    """
    original = getattr(field, "translated_field", field)
    kind = type(original)
    if isinstance(field, ArrayField):
        choices = [choice for choice, _ in field.base_field.flatchoices]
        return None if is_part and is_seen else [choices[0 if is_seen else -1]]
    if field.choices and not (field.has_default() or field.null or field.blank):
        return field.flatchoices[0 if is_seen or is_part else -1][0]
    texts = {
        SlugField: word,
        models.URLField: f"https://example.org/{word}",
        models.EmailField: f"{word}@example.org",
        models.CharField: word,
        models.TextField: word,
        RichTextField: f"<p>{word}</p>",
    }
    if kind in texts and not (field.choices or original.has_default()):
        text = texts[kind]
        return text if not field.max_length or len(text) <= field.max_length else None
    if field.null or field.has_default() or field.blank:
        return None
    if isinstance(field, models.DateField):
        moment = datetime(2020, 1, 1, tzinfo=UTC)
        return moment if isinstance(field, models.DateTimeField) else moment.date()
    return 1
