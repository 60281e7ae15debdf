"""Dictionary order in each language's own alphabet (Polish ł after l, Ukrainian ґ after г)."""

import unicodedata

from .available import get_language


def _rank(letter: str, alphabet: str) -> tuple[int, int]:
    position = alphabet.find(letter)
    if position >= 0:
        return (1, position)
    base = unicodedata.normalize("NFD", letter)[0]
    position = alphabet.find(base)
    if position >= 0:
        return (1, position)
    # Digits before the alphabet, letters of other scripts after it.
    return (2 if letter.isalpha() else 0, ord(base))


def sort_key(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """A key that puts ``text`` in the dictionary order of ``language``.

    Punctuation is passed over, so that ``„Karta Polaka”`` stands under K.
    """
    alphabet = get_language(language).alphabet
    letters = unicodedata.normalize("NFC", text).casefold()
    return tuple(
        _rank(letter, alphabet) if letter.strip() else (-1, 0)
        for letter in letters
        if letter.isalnum() or letter.isspace()
    )


def initial(text: str, language: str) -> str:
    """The letter under which ``text`` stands in an A–Z list of ``language``."""
    alphabet = get_language(language).alphabet
    for letter in unicodedata.normalize("NFC", text).casefold():
        if letter in alphabet:
            return letter.upper()
        if letter.isdigit():
            return "0–9"
        if letter.isalpha():
            base = unicodedata.normalize("NFD", letter)[0]
            # PESEL in a Cyrillic list: one heading, not look-alikes of its own letters.
            return base.upper() if base in alphabet else "A–Z"
    return "0–9"
