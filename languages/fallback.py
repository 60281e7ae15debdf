"""Which language a text is really shown in."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models
from django.utils.translation import get_language

from .available import LANGUAGE_CODES, SOURCE_LANGUAGE, resolution_order


@dataclass(frozen=True, slots=True)
class LocalizedText:
    """A text and the code of the language that it is written in."""

    text: str
    language: str

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


def current_language() -> str:
    """The code of the active portal language; Polish outside of the four."""
    code = (get_language() or SOURCE_LANGUAGE).split("-")[0]
    return code if code in LANGUAGE_CODES else SOURCE_LANGUAGE


@dataclass(frozen=True, slots=True)
class TranslatedText:
    """A text in all languages, by the order of ``LANGUAGE_CODES``; empty where there is none.

    Which one is shown is decided when it is shown, as with a lazy translation.
    """

    texts: tuple[str | None, ...]

    def localized(self, language: str | None = None) -> LocalizedText:
        """The text for a reader of ``language``, as :func:`localized` finds it."""
        language = language or current_language()
        texts = dict(zip(LANGUAGE_CODES, self.texts, strict=True))
        for code in resolution_order(language):
            if text := texts[code]:
                return LocalizedText(text, code)
        return LocalizedText("", language)

    def __str__(self) -> str:
        return self.localized().text

    def __bool__(self) -> bool:
        return any(self.texts)


def translated(record: Any, field: str) -> TranslatedText:
    """A translated ``field`` of ``record`` in all languages."""
    return TranslatedText(tuple(getattr(record, name) for name in _columns(field)))


@cache
def _columns(field: str) -> tuple[str, ...]:
    return tuple(f"{field}_{code}" for code in LANGUAGE_CODES)


def localized(record: models.Model, field: str, language: str | None = None) -> LocalizedText:
    """The text of a translated ``field`` for a reader of ``language``.

    The first language of the fallback order that has a text wins; where none
    has, the text is empty and in the language asked for.
    """
    return translated(record, field).localized(language)
