"""Finding declined names in running text, longest first; one walk over the words of the text.

Nothing here knows of records or pages: a name stands for a ``key`` that the caller chose.
"""

import re
from collections.abc import Hashable, Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from languages.words import Token, acronym_of, normal, tokens


class Phrase(NamedTuple):
    """A name, declined: the forms of each of its words, and what stands between them."""

    key: Hashable
    words: tuple[frozenset[str], ...]
    gaps: tuple[str, ...] = ()
    language: str = ""


class Match(NamedTuple):
    """A name in a text, from ``start`` to ``end``."""

    start: int
    end: int
    phrase: Phrase


def phrase(key: Hashable, name: str, words: Iterable[Iterable[str]], language: str = "") -> Phrase:
    """``name`` with the forms of each of its ``words``, as :func:`languages.words.forms` has it."""
    positions = list(tokens(name))
    gaps = tuple(_between(name[one.end : other.start]) for one, other in pairwise(positions))
    return Phrase(key, tuple(map(frozenset, words)), gaps, language)


def exact_phrase(key: Hashable, text: str, language: str = "") -> Phrase:
    """``text`` as it stands, in no other form."""
    return phrase(key, text, [{word} for word in spelling(text)], language)


def spelling(text: str) -> tuple[str, ...]:
    """The words of ``text`` as they are compared; two texts with the same are the same name."""
    return tuple(_Word(token).keys[0] for token in tokens(text))


class PhraseIndex:
    """Names that are looked for together; ``never`` are spellings that are none of them."""

    def __init__(self, phrases: Iterable[Phrase], never: Iterable[tuple[Hashable, str]] = ()):
        self._by_first: dict[str, list[Phrase]] = {}
        # The longest first; of equally long ones the first given.
        for one in sorted(phrases, key=lambda one: -len(one.words)):
            for form in one.words[0] if one.words else ():
                self._by_first.setdefault(form, []).append(one)
        self._never = {(key, spelling(text)) for key, text in never}

    def find(self, text: str) -> Iterator[Match]:
        """The names in ``text`` in order, none within another."""
        words = [_Word(token) for token in tokens(text)]
        number = 0
        while number < len(words):
            one = self._phrase_at(text, words, number)
            if one is None:
                number += 1
                continue
            following = number + len(one.words)
            yield Match(words[number].start, words[following - 1].end, one)
            number = following

    def _phrase_at(self, text: str, words: list["_Word"], number: int) -> Phrase | None:
        first = words[number]
        for key in first.keys:
            for one in self._by_first.get(key, ()):
                run = words[number : number + len(one.words)]
                if _fits(one, run, text) and not self._is_forbidden(one, run, text):
                    return one
        return None

    def _is_forbidden(self, one: Phrase, run: list["_Word"], text: str) -> bool:
        if not self._never:
            return False
        return (one.key, spelling(text[run[0].start : run[-1].end])) in self._never


class _Word:
    """A word of a text, and all that it is looked up as."""

    __slots__ = ("end", "is_acronym", "keys", "start")

    def __init__(self, token: Token):
        self.start, self.end = token.start, token.end
        acronym = acronym_of(token.text)
        self.is_acronym = acronym is not None
        self.keys = (acronym, normal(token.text)) if acronym else (normal(token.text),)


def _fits(one: Phrase, run: list[_Word], text: str) -> bool:
    if len(run) < len(one.words):
        return False
    for word, forms in zip(run, one.words, strict=True):
        if not any(key in forms for key in word.keys):
            return False
    for word, following, gap in zip(run, run[1:], one.gaps, strict=False):
        if _between(text[word.end : following.start]) != gap:
            return False
    return _stands_alone(run, text)


def _stands_alone(run: list[_Word], text: str) -> bool:
    """Whether no hyphen makes it a part of a longer word; PIT-37 is still a PIT."""
    first, last = run[0], run[-1]
    before, after = text[max(0, first.start - 2) : first.start], text[last.end : last.end + 2]
    is_part = len(before) == 2 and before[1] in _HYPHENS and before[0].isalnum()
    goes_on = len(after) == 2 and after[0] in _HYPHENS and after[1].isalnum()
    return (first.is_acronym or not is_part) and (last.is_acronym or not goes_on)


def _between(gap: str) -> str:
    """What of a gap tells names apart: a full stop or a sign, but no blank and no hyphen."""
    return "" if gap == " " else _BLANK.sub("", gap)


_HYPHENS = "\u2010\u2011-"
_BLANK = re.compile(rf"[\s\u00ad{_HYPHENS}]+")
