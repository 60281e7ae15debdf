"""A translation in which there is nothing to see is stored as empty, so that the fallback shows.

However it is saved: by a form, ``save()``, ``update()``, a fixture. The classes of translated
fields are made by modeltranslation, which offers no other place for this.
"""

from typing import Any

from modeltranslation.fields import TranslationField

from .words import is_blank


def without_blank(value: Any) -> Any:
    """``value``, or an empty text where nothing is seen of it."""
    return "" if isinstance(value, str) and is_blank(value) else value


def _to_python(self, value):
    return without_blank(super(TranslationField, self).to_python(value))


def _get_prep_value(self, value):
    return without_blank(super(TranslationField, self).get_prep_value(value))


TranslationField.to_python = _to_python  # type: ignore[attr-defined]
TranslationField.get_prep_value = _get_prep_value  # type: ignore[attr-defined]
