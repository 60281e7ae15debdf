"""Finding declined names in running text, longest first; one walk over the words of the text.

Nothing here knows of records or pages: a name stands for a ``key`` that the caller chose.
"""

import re
from collections.abc import Hashable, Iterable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from languages.words import INVISIBLE, acronym_of, gaps, normal, spans, words


class Phrase(NamedTuple):
    """A name, declined: the forms of each of its words, and the signs between them."""

    key: Hashable
    words: tuple[frozenset[str], ...]
    signs: tuple[str, ...]
    language: str = ""


class Match(NamedTuple):
    """A name in a text, from ``start`` to ``end``."""

    start: int
    end: int
    phrase: Phrase


def phrase(key: Hashable, name: str, forms: Iterable[Iterable[str]], language: str = "") -> Phrase:
    """``name`` with the ``forms`` of each of its words, as :func:`languages.words.forms` has it."""
    return Phrase(key, tuple(map(frozenset, forms)), tuple(map(_sign, gaps(name))), language)


def exact_phrase(key: Hashable, text: str, language: str = "") -> Phrase:
    """``text`` as it stands, in no other form."""
    return phrase(key, text, [{word} for word in spelling(text)], language)


def spelling(text: str) -> tuple[str, ...]:
    """The words of ``text`` as they are compared; two texts with the same are the same name."""
    return tuple(_keys(word)[0] for word in words(text))


class PhraseIndex:
    """Names that are looked for together; ``never`` are spellings that are none of them."""

    def __init__(self, phrases: Iterable[Phrase], never: Iterable[tuple[Hashable, str]] = ()):
        self._by_first: dict[str, list[Phrase]] = {}
        # The longest first; of equally long ones the first given.
        for one in sorted(phrases, key=lambda one: -len(one.words)):
            for form in one.words[0] if one.words else ():
                self._by_first.setdefault(form, []).append(one)
        self._never = {(key, spelling(text)) for key, text in never}
        # The texts of pages come again and again.
        self._kept = lru_cache(maxsize=2048)(self._matches)

    def find(self, text: str) -> tuple[Match, ...]:
        """The names in ``text`` in order, none within another."""
        return self._kept(text) if len(text) < _LONGEST_KEPT else self._matches(text)

    def _matches(self, text: str) -> tuple[Match, ...]:
        places = spans(text)
        keys = [
            _keys(text[start:end]) if end - start <= _LONGEST_WORD else _NO_KEYS
            for start, end in places
        ]
        found: list[Match] = []
        following = 0
        for number, word_keys in enumerate(keys):
            candidates = self._by_first.get(word_keys[0], _NONE)
            if len(word_keys) > 1:
                candidates = [*candidates, *self._by_first.get(word_keys[1], _NONE)]
            if number < following:
                continue
            for one in candidates:
                after = number + len(one.words)
                if _has_words(one, keys, number) and self._fits(one, places[number:after], text):
                    found.append(Match(places[number][0], places[after - 1][1], one))
                    following = after
                    break
        return tuple(found)

    def _fits(self, one: Phrase, run: list[tuple[int, int]], text: str) -> bool:
        """Whether a ``run`` of the right words is the name, and not only looks like it."""
        for (before, after), sign in zip(pairwise(run), one.signs, strict=False):
            if _sign(text[before[1] : after[0]]) != sign:
                return False
        start, end = run[0][0], run[-1][1]
        if not _stands_alone(text, run[0], run[-1]):
            return False
        return not self._never or (one.key, spelling(text[start:end])) not in self._never


_LONGEST_KEPT = 10_000
# Beyond it, it is none of a name; to compare it could take long.
_LONGEST_WORD = 400
_NO_KEYS = ("",)
_NONE: list[Phrase] = []


@lru_cache(maxsize=16384)
def _keys(word: str) -> tuple[str, ...]:
    """What a word of a text is looked up as; an acronym first as it is written."""
    acronym = acronym_of(word)
    return (acronym, normal(word)) if acronym else (normal(word),)


def _has_words(one: Phrase, keys: list[tuple[str, ...]], start: int) -> bool:
    """Whether the words from ``start`` on are forms of those of the name."""
    if start + len(one.words) > len(keys):
        return False
    for number, forms in enumerate(one.words, start):  # noqa: SIM110 - all() is slower
        if forms.isdisjoint(keys[number]):
            return False
    return True


def _stands_alone(text: str, first: tuple[int, int], last: tuple[int, int]) -> bool:
    """Whether no hyphen makes it a part of a longer word; PIT-37 is still a PIT."""
    start, end = first[0], last[1]
    is_part = start > 1 and text[start - 1] in HYPHENS and text[start - 2].isalnum()
    if is_part and not acronym_of(text[start : first[1]]):
        return False
    goes_on = end + 1 < len(text) and text[end] in HYPHENS and text[end + 1].isalnum()
    return not goes_on or acronym_of(text[last[0] : end]) is not None


def _sign(gap: str) -> str:
    """What of a gap tells names apart: a full stop or a sign, but no blank and no hyphen."""
    return "" if gap == " " else _BLANK.sub("", gap)


HYPHENS = "\u2010\u2011-"
_BLANK = re.compile(rf"[\s{INVISIBLE}{HYPHENS}]+")
