"""What the admin bears: other spellings in a search, nonsense in an address or a hidden field.

Django leaves some of it to the database, or to whoever renders a form, and then breaks.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django import forms
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import (
    BaseModelAdmin,
    IncorrectLookupParameters,
    ModelAdmin,
)
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import DataError
from django.db.models import Model
from django.utils.text import capfirst
from modeltranslation.utils import get_translation_fields

from languages.blank import without_blank
from languages.words import without_unseen

from .stored_records import is_edited

# No name is longer; each word more is a condition more for every field.
LONGEST_SEARCH = 300


def is_key(value: Any) -> bool:
    """Whether ``value`` can be the primary key of a record."""
    text = str(value)
    return text.isascii() and text.isdigit() and len(text) < 19


def key_of(model: type[Model], text: str) -> Any:
    """The key that Django reads in ``text`` of an address; None if no record can have it.

    It reads `` 1`` and ``+1`` too.
    """
    try:
        key = model._meta.pk.to_python(unquote(text))
    except ValidationError:
        return None
    return None if isinstance(key, int) and abs(key) >= 2**63 else key


class _KeysOnly:
    """A choice by search, which shows what is no key as nothing chosen."""

    def optgroups(self, name, value, attrs=None):
        return super().optgroups(name, [key for key in value if is_key(key)], attrs)  # type: ignore[misc]


class KeySelect(_KeysOnly, AutocompleteSelect):
    """One record."""


class KeySelectMultiple(_KeysOnly, AutocompleteSelectMultiple):
    """Several records."""


def _then(first: Callable[[Any], Any], second: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: second(first(value) if isinstance(value, str) else value)


class ForgivingForm(BaseModelAdmin):
    """A form, of a record or of its parts, that can be shown with whatever was sent."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Addresses without marks that nobody sees; a text of such marks alone is empty."""
        formfield: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(formfield, forms.CharField):
            is_address = isinstance(formfield, forms.URLField | forms.EmailField)
            seen = without_unseen if is_address else without_blank
            formfield.to_python = _then(seen, formfield.to_python)  # type: ignore
        return formfield

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KeySelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KeySelectMultiple(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)


def _without(starts: tuple[str, ...], nested: list) -> list:
    """A tree of lines, each followed by the list of what is below it, without some lines."""
    kept: list[Any] = []
    for line in nested:
        if isinstance(line, list):
            if below := _without(starts, line):
                kept.append(below)
        elif not str(line).startswith(starts):
            kept.append(line)
    return kept


def _in_languages(model: type[Model], path: str) -> list[str]:
    """The field at ``path``; of a translated one, that of each language."""
    *way, name = path.split("__")
    for step in way:
        model = model._meta.get_field(step).related_model  # type: ignore[assignment]
    translations = get_translation_fields(name)
    has_translations = translations[0] in {field.name for field in model._meta.get_fields()}
    return ["__".join([*way, one]) for one in (translations if has_translations else [name])]


class _ForgivingList(ChangeList):
    """A list that treats what only the database refuses as any other wrong filter."""

    def get_results(self, request):
        try:
            super().get_results(request)
        except (DataError, ArithmeticError, LookupError, TypeError, ValueError) as error:
            raise IncorrectLookupParameters(error) from error


class ForgivingAdmin(ForgivingForm, ModelAdmin):
    """The admin of any model of ours, or of Django's."""

    def get_search_fields(self, request):
        """Any spelling in any language is found: zabiej finds Żabiej, п'ять finds п’ять."""
        fields = super().get_search_fields(request)
        return [f"{one}__alike" for path in fields for one in _in_languages(self.model, path)]

    def get_search_results(self, request, queryset, search_term):
        # Between two straight apostrophes Django would see one phrase: пам'ять обов'язок.
        term = search_term[:LONGEST_SEARCH].replace("'", "’")
        return super().get_search_results(request, queryset, term)

    def get_object(self, request, object_id, from_field=None):
        # An address may say that it is asked by no field in particular.
        return super().get_object(request, object_id, from_field or None)

    def get_deleted_objects(self, objs, request):
        """Without links between records and what nobody edits: Django names them by their class."""
        found, counts, lacking, protected = super().get_deleted_objects(objs, request)
        tables = [
            model._meta
            for model in apps.get_models(include_auto_created=True)
            if model._meta.auto_created or not is_edited(model)
        ]
        names = tuple(f"{capfirst(table.verbose_name)}: " for table in tables)
        # With an account its history goes: how much of it is said, not each entry.
        plurals = {one.verbose_name_plural for one in tables if one is not LogEntry._meta}
        counts = {name: count for name, count in counts.items() if name not in plurals}
        return _without(names, found), counts, lacking, protected

    def get_changelist(self, request, **kwargs):
        return _ForgivingList

    def get_changeform_initial_data(self, request):
        """What the address fills in, without what its field cannot hold."""
        held = {}
        for name, value in super().get_changeform_initial_data(request).items():
            with suppress(ValidationError, ValueError, TypeError):
                held[name] = self._held(name, value)
        return held

    def _held(self, name: str, value: Any) -> Any:
        """``value`` as the field holds it; raises if it cannot."""
        try:
            field: Any = self.opts.get_field(name)
        except FieldDoesNotExist:
            return value  # of the form alone
        if not field.is_relation:
            return field.clean(value, None)
        if not all(map(is_key, value if isinstance(value, list) else [value])):
            raise ValueError
        return value
