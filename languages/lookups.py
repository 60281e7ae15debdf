"""``field__alike``: text that contains what somebody typed, however it is spelled.

Large and small letters, missing marks, and the apostrophes, quotation marks, dashes and spaces
that keyboards do not have are one. What is typed becomes a regular expression that names every
spelling, so the answer depends neither on PostgreSQL's locale nor on an extension of it.
"""

import re
import unicodedata

from django.db import models
from django.db.models.lookups import Contains

from .words import INVISIBLE, fold

_LETTERS = [
    *map(chr, range(ord("A"), ord("Z") + 1)),
    *map(chr, range(0xC0, 0x180)),  # Latin of Europe
    *map(chr, range(0x400, 0x460)),  # Cyrillic of Europe
    *"ґҐșȘțȚ",
]
_PUNCTUATION = {
    "'": "ʼ’‘‛`´′ʹ＇",
    '"': "„”“‟«»″",
    "-": "‐‑‒–—―−",
    " ": "\t\n\r\u00a0\u2007\u2009\u202f",
}
_PLAIN = {
    **{one: plain for one in _LETTERS if len(plain := fold(one)) == 1 and plain != one},
    **{typed: plain for plain, others in _PUNCTUATION.items() for typed in others},
}
# Stress marks and others that make no letter with the one before, and what nobody sees.
_UNSEEN = f"[{INVISIBLE}\u0300-\u036f]"
_NOT_SEEN = re.compile(_UNSEEN)


def _spellings() -> dict[str, str]:
    found: dict[str, str] = {}
    for typed, plain in _PLAIN.items():
        found[plain] = found.get(plain, plain) + typed
    # A hyphen stands first in its brackets, so it is no range; nothing else in them is special.
    return {plain: f"[{every}]" for plain, every in found.items()}


_SPELLINGS = _spellings()


def pattern(typed: str) -> str:
    """A regular expression of PostgreSQL that finds ``typed`` in any spelling, in NFC text."""
    visible = _NOT_SEEN.sub("", unicodedata.normalize("NFC", typed))
    letters = (_PLAIN.get(letter, letter) for letter in visible)
    return f"{_UNSEEN}*".join(_SPELLINGS.get(one) or _escaped(one) for one in letters)


def _escaped(letter: str) -> str:
    return letter if letter.isalnum() else f"\\{letter}"


@models.CharField.register_lookup
@models.TextField.register_lookup
class Alike(Contains):
    """Whether a text contains another, in any spelling."""

    lookup_name = "alike"

    def process_lhs(self, compiler, connection, lhs=None):
        sql, params = super().process_lhs(compiler, connection, lhs)
        return f"normalize({sql})", params

    def get_rhs_op(self, connection, rhs):
        return f"~ {rhs}"

    def process_rhs(self, compiler, connection):
        return "%s", [pattern(str(self.rhs))]
