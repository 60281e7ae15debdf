"""Words in Latin letters inside Ukrainian and Russian text: they are Polish, and say so.

Official names, addresses and words on forms stand in Polish there. With ``lang`` a screen
reader speaks them as Polish and a browser does not try to translate them.
"""

import re

CYRILLIC = frozenset({"uk", "ru"})

_POLISH_LETTERS = frozenset("ąćęłńśźż")

# Tags and entities are left as they are; what stands between them is text.
_MARKUP = re.compile(r"(<[^>]*>|&[#\w]+;)")
_LATIN = re.compile(r"\b[A-Za-zÀ-ž][A-Za-zÀ-ž0-9]+(?:[ .,/’'@:-]+[A-Za-zÀ-ž0-9]+)*")


def is_polish(name: str) -> bool:
    """Whether a name has letters that no other language of the portal's sources has."""
    return not _POLISH_LETTERS.isdisjoint(name.lower())


def mark_polish(html: str, language: str) -> str:
    """``html`` in ``language`` with Latin words in ``<span lang="pl">``; safe input stays safe."""
    if language not in CYRILLIC:
        return html
    pieces = _MARKUP.split(html)
    # The separators of a split with a group stand at the odd places.
    pieces[::2] = [_LATIN.sub(r'<span lang="pl">\g<0></span>', text) for text in pieces[::2]]
    return "".join(pieces)
