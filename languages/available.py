"""The one list of languages that the portal speaks. Everything else derives from it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the portal.

    ``alphabet`` is its lower-case alphabet in dictionary order; ``fallbacks``
    are the codes in which a missing text is shown instead, best first.
    """

    code: str
    endonym: str
    alphabet: str
    fallbacks: tuple[str, ...]


# Polish is the source of every text and the only legally binding version.
SOURCE_LANGUAGE = "pl"

# Never Ukrainian for Russian or the other way round: a reader of one must not
# be handed the other unasked.
AVAILABLE_LANGUAGES = (
    Language("pl", "Polski", "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż", ()),
    Language("en", "English", "abcdefghijklmnopqrstuvwxyz", ("pl",)),
    Language("uk", "Українська", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", ("en", "pl")),
    Language("ru", "Русский", "абвгдеёжзийклмнопрстуфхцчшщъыьэюя", ("en", "pl")),
)

LANGUAGE_CODES = tuple(language.code for language in AVAILABLE_LANGUAGES)

_BY_CODE = {language.code: language for language in AVAILABLE_LANGUAGES}


def get_language(code: str) -> Language:
    """The portal language with this code; ``KeyError`` for any other code."""
    return _BY_CODE[code]


def resolution_order(code: str) -> tuple[str, ...]:
    """The codes to try, in order, for a reader of the language ``code``."""
    return (code, *_BY_CODE[code].fallbacks)
