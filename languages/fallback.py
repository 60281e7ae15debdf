"""Which language a text is really shown in."""

from dataclasses import dataclass

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


def localized(record: models.Model, field: str, language: str | None = None) -> LocalizedText:
    """The text of a translated ``field`` for a reader of ``language``.

    The first language of the fallback order that has a text wins; where none
    has, the text is empty and in the language asked for.
    """
    language = language or current_language()
    for code in resolution_order(language):
        text = getattr(record, f"{field}_{code}")
        if text:
            return LocalizedText(text, code)
    return LocalizedText("", language)
