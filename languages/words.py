"""Words of the four languages: folding, tokens, lemmas, inflected forms, and a key by sound.

No dictionary is loaded before one of its words is looked up; see :mod:`languages.dictionaries`.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from .dictionaries import dictionary

_APOSTROPHES = "'’ʼ"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_ACUTE = "\u0301"  # a stress mark in Cyrillic text

_UNSEEN = re.compile(rf"[{_INVISIBLE}]")

_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[A-Za-z]")
_LOOK_ALIKES = str.maketrans("aceiopxyABCEHIKMOPTXY", "асеіорхуАВСЕНІКМОРТХУ")
_NORMAL = str.maketrans({"’": "'", "ʼ": "'", "ё": "е", _ACUTE: None} | dict.fromkeys(_INVISIBLE))
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "ґ": "г"})

# NFZ, ЗУС, ePUAP; declined ones end in small letters: PIT-u, ZUSie, ЗАГСом.
_ACRONYM = re.compile(r"(?:[^\W\d_a-zżźćńółęąśа-яіїєґё]{2,}|[a-z][A-Z]{2,})\d*")
_ENDINGS = (
    "a u y i e ie em owi om ami ach ów owie cie ze "
    "а у ю о ом ем ем ові еві і е ы и ов ів ам ами ах ою"
)
_ANY_ENDING = "|".join(_ENDINGS.split())
_DECLINED_ACRONYM = re.compile(rf"({_ACRONYM.pattern})-?(?:{_ANY_ENDING})")

# Letters and digits; inside a word also apostrophes, what is not seen, the hyphen of PIT-u.
_WORD = re.compile(
    rf"[^\W_](?:[^\W_]|[{_APOSTROPHES}](?=[^\W_])|[{_INVISIBLE}\u0300-\u036f]"
    rf"|(?<=[A-ZĄĆĘŁŃÓŚŹŻА-ЯІЇЄҐ])-(?=(?:{_ANY_ENDING})\b))*"
)


class Token(NamedTuple):
    """A word in a text, from ``start`` to ``end``."""

    start: int
    end: int
    text: str


def tokens(text: str) -> Iterator[Token]:
    """The words of ``text`` in order: letters and digits, with apostrophes inside them."""
    for match in _WORD.finditer(text):
        yield Token(match.start(), match.end(), match.group())


def normal(word: str) -> str:
    """``word`` as words are compared in running text: in small letters, apostrophes alike.

    Marks stay: ``pracę`` is another word than ``prace``. What is not seen goes, as do stress
    marks; ё is е. Where both scripts meet in a word, Latin look-alikes become Cyrillic.
    """
    if word.isascii():
        return word.lower()
    word = unicodedata.normalize("NFC", word)
    if _CYRILLIC.search(word) and _LATIN.search(word):
        word = word.translate(_LOOK_ALIKES)
    return word.lower().translate(_NORMAL)


def fold(word: str) -> str:
    """``word`` as people type it: as :func:`normal`, and without marks on Latin letters.

    й and ї keep theirs: they are letters of their own.
    """
    letters = normal(word).translate(_PLAIN)
    return "".join(
        base if (base := unicodedata.normalize("NFD", letter)[0]).isascii() else letter
        for letter in letters
    )


def is_acronym(word: str) -> bool:
    """Whether ``word`` is written in capitals, so that its case matters: PIT is not ``pity``."""
    return bool(_ACRONYM.fullmatch(word))


def acronym_of(word: str) -> str | None:
    """The acronym that ``word`` is, or is a declined form of as in ``ZUSie``; None of others."""
    word = _UNSEEN.sub("", word)
    if is_acronym(word):
        return word
    match = _DECLINED_ACRONYM.fullmatch(word)
    return match.group(1) if match else None


@lru_cache(maxsize=4096)
def lemmas(word: str, language: str) -> frozenset[str]:
    """All base forms that ``word`` can have in ``language``; itself, if it is not known."""
    return frozenset(dictionary(language).lemmas(normal(word)))


@lru_cache(maxsize=4096)
def nouns(word: str, language: str) -> frozenset[str]:
    """The base forms of ``word`` if it is a noun in ``language`` and can be nothing else.

    Without the extra ``[morphology]``, and in English, those of any word.
    """
    return frozenset(dictionary(language).nouns(normal(word)))


@lru_cache(maxsize=4096)
def forms(name: str, language: str) -> tuple[frozenset[str], ...]:
    """The forms that each word of ``name`` takes in ``language`` when it is declined.

    Nouns and adjectives only; all words are :func:`normal`, but acronyms stay as they are.
    """
    words = [token.text.translate(_NORMAL) for token in tokens(name)]
    declined = dictionary(language).positions(words)
    return tuple(
        frozenset({word if is_acronym(word) else normal(word), *map(normal, others)})
        | _SOUND_ALIKE.get((language, word), frozenset())
        for word, others in zip(words, declined, strict=True)
    )


def paradigm(name: str, language: str) -> list[str]:
    """``name`` in its other cases and numbers, as it stands in texts; empty if not known."""
    words = list(tokens(name))
    found = dictionary(language).paradigm([word.text for word in words])
    gaps = [name[one.end : other.start] for one, other in pairwise(words)]
    phrases = ["".join(chain(*zip(phrase, [*gaps, ""], strict=True))) for phrase in found]
    return [phrase for phrase in dict.fromkeys(phrases) if phrase != name]


# Little words that change with the sound of their neighbours.
_SOUND_ALIKE = {
    (language, word): frozenset(group.split())
    for language, groups in {
        "pl": ("w we", "z ze", "od ode", "pod pode", "przed przede", "oraz i"),
        "uk": ("у в", "з із зі", "і й та", "від од", "під піді"),
        "ru": ("в во", "с со", "к ко", "о об обо", "от ото"),
    }.items()
    for group in groups
    for word in group.split()
}
