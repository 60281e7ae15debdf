"""What would link in a text, before it stands on any page."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from languages.available import Language, get_language

from .models import Term
from .vocabulary import Vocabulary


class Piece(NamedTuple):
    """A piece of a text, and the term found in it: by a name in ``language``."""

    text: str
    term: Term | None = None
    language: Language | None = None


@dataclass
class Finding:
    """A term in a text: the names under which it stands there, in a language, and how often."""

    term: Term
    language: Language
    texts: list[str]
    count: int = 0


class Preview(NamedTuple):
    """A text in pieces, and the terms in it in the order in which they come."""

    pieces: list[Piece]
    findings: list[Finding]


def preview(text: str, language: str, vocabulary: Vocabulary) -> Preview:
    """``text`` in ``language`` with all that pages would find in it."""
    pieces = list(_pieces(text, language, vocabulary))
    findings: dict[tuple[int, str], Finding] = {}
    for piece in pieces:
        if piece.term and piece.language:
            key = piece.term.pk, piece.language.code
            finding = findings.setdefault(key, Finding(piece.term, piece.language, []))
            finding.count += 1
            if piece.text not in finding.texts:
                finding.texts.append(piece.text)
    return Preview(pieces, list(findings.values()))


def _pieces(text: str, language: str, vocabulary: Vocabulary) -> Iterator[Piece]:
    position = 0
    for match in vocabulary.index(language).find(text):
        if match.start > position:
            yield Piece(text[position : match.start])
        key: Any = match.phrase.key
        found = text[match.start : match.end]
        yield Piece(found, vocabulary.terms[key], get_language(match.phrase.language))
        position = match.end
    if position < len(text):
        yield Piece(text[position:])
