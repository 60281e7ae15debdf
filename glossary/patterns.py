"""Declined names as a regular expression of PostgreSQL, to find the records that have them.

It finds what :class:`glossary.phrases.PhraseIndex` finds, in a text without tags and without what
is not seen. Case is spelled out letter by letter, since it matters for acronyms only.
"""

import re
from collections.abc import Iterable
from itertools import takewhile

from languages.words import ACRONYM_ENDING, is_acronym

from .phrases import HYPHENS, Phrase

_BLANK = rf"(?:[\s\u00a0{HYPHENS}]|&nbsp;|&shy;)"
_NO_PART_BEFORE = rf"(?<![[:alnum:]][{HYPHENS}])"
_NO_PART_AFTER = rf"(?![{HYPHENS}][[:alnum:]])"
# As languages.words.normal takes them for one.
_ALIKE = {"'": "['’ʼ]", "е": "[еЕёЁ]"}
_IN_HTML = {"&": "&(?:amp;)?", "<": "(?:<|&lt;)", ">": "(?:>|&gt;)"}


def pattern(phrases: Iterable[Phrase], never: Iterable[Phrase] = ()) -> str:
    """An expression that matches where one of ``phrases`` stands; empty if there are none.

    Not where the whole phrase is one of ``never``.
    """
    forbidden = list(never)
    return "|".join(dict.fromkeys(_phrase(one, forbidden) for one in phrases if one.words))


def rough_pattern(phrases: Iterable[Phrase]) -> str:
    """A quicker expression, which matches where :func:`pattern` does and in some places more."""
    return "|".join(dict.fromkeys(rf"\m{_words(one)}\M" for one in phrases if one.words))


def _phrase(one: Phrase, never: list[Phrase]) -> str:
    forbidden = [_words(other) for other in never if len(other.words) == len(one.words)]
    not_these = rf"(?!(?:{'|'.join(forbidden)})\M)" if forbidden else ""
    first, last = one.words[0], one.words[-1]
    before = "" if _is_of_acronyms(first) else _NO_PART_BEFORE
    after = "" if _is_of_acronyms(last) else _NO_PART_AFTER
    return rf"{before}\m{not_these}{_words(one)}\M{after}"


def _words(one: Phrase) -> str:
    gaps = [_gap(signs) for signs in one.signs]
    pieces = [_alternatives(forms) for forms in one.words]
    return "".join(
        piece for pair in zip(pieces, [*gaps, ""], strict=True) for piece in pair if piece
    )


def _gap(signs: str) -> str:
    if not signs:
        return f"{_BLANK}+"
    spelled = [_IN_HTML.get(sign, re.escape(sign)) for sign in signs]
    return f"{_BLANK}*" + f"{_BLANK}*".join(spelled) + f"{_BLANK}*"


def _alternatives(forms: frozenset[str]) -> str:
    """One of the ``forms``; what they begin with in common stands once."""
    acronyms = sorted(form for form in forms if is_acronym(form))
    others = sorted(forms.difference(acronyms))
    start = _common_start(others)
    ways = [f"{re.escape(one)}{ACRONYM_ENDING}?" for one in acronyms]
    if others:
        ends = "|".join(_any_case(form[len(start) :]) for form in others)
        ways.append(f"{_any_case(start)}(?:{ends})" if len(others) > 1 else _any_case(start))
    return f"(?:{'|'.join(ways)})"


def _common_start(words: list[str]) -> str:
    """What all the sorted ``words`` begin with."""
    if not words:
        return ""
    first, last = words[0], words[-1]
    same = takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))
    return "".join(letter for letter, _other in same)


def _any_case(word: str) -> str:
    return "".join(map(_any_case_of, word))


def _any_case_of(letter: str) -> str:
    if alike := _ALIKE.get(letter):
        return alike
    capital = letter.upper()
    if capital == letter or len(capital) > 1:
        return re.escape(letter)
    return f"[{letter}{capital}]"


def _is_of_acronyms(forms: frozenset[str]) -> bool:
    return any(is_acronym(form) for form in forms)
