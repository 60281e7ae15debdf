"""What the glossary and the texts of the portal do not have in common.

Terms that stand in no text, and frequent words of the texts that no term explains.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from languages.available import SOURCE_LANGUAGE
from languages.collation import sort_key
from languages.words import acronym_of, is_acronym, lemmas, normal, nouns, spans, words
from publishing.models import PublishedRecord

from .everyday import EVERYDAY_WORDS
from .models import Alias, Term
from .phrases import PhraseIndex
from .texts import published_texts
from .vocabulary import Vocabulary, lines, vocabulary_at

# A word is frequent that stands this often, or in as many records.
MANY_TIMES, MANY_RECORDS = 5, 3
LONGEST_LIST = 60

_UNBROKEN = re.compile(r"\S+")
_DOMAIN = re.compile(r"\w\.(?:pl|eu|com|org)\b")
_ROMAN_NUMERAL = re.compile(r"[IVXLC]+")
_DIGIT = re.compile(r"\d")


@dataclass
class Word:
    """A word that no term explains: how often it stands in texts, and in which records."""

    text: str
    count: int = 0
    records: set[PublishedRecord] = field(default_factory=set)
    # Never written in small letters: Kraków, Monday.
    is_name: bool = True

    @property
    def is_frequent(self) -> bool:
        return self.count >= MANY_TIMES or len(self.records) >= MANY_RECORDS

    @property
    def examples(self) -> list[PublishedRecord]:
        """Two of the records, the same ones each time."""
        return sorted(self.records, key=lambda one: (one._meta.label, one.pk))[:2]

    def add(self, other: "Word") -> None:
        self.count += other.count
        self.records |= other.records
        self.is_name = self.is_name and other.is_name


class Coverage(NamedTuple):
    """How the glossary covers the texts in one language."""

    never_found: list[Term]
    words: list[Word]


def coverage(language: str, now: datetime) -> Coverage:
    """Compare the glossary with all published texts in ``language``; takes a second or two."""
    vocabulary = vocabulary_at(now)
    index = vocabulary.index(language)
    spellings: dict[str, Word] = {}
    found: set[object] = set()
    for record, text in published_texts(language):
        covered, keys = _matches(index, text)
        # A term's own page does not count: it is not linked to itself.
        found |= keys - ({record.pk} if isinstance(record, Term) else set())
        for start, word in _words(text):
            if start in covered:
                continue
            key = word if is_acronym(word) else normal(word)
            is_name = not (word.islower() or is_acronym(word))
            spellings.setdefault(key, Word(key)).add(Word(key, 1, {record}, is_name))
    return Coverage(
        [term for term in _looked_for(vocabulary, language) if term.pk not in found],
        _frequent(spellings.values(), vocabulary, language),
    )


def _matches(index: PhraseIndex, text: str) -> tuple[set[int], set[object]]:
    """Where words begin that belong to a term, and the terms."""
    covered: set[int] = set()
    keys: set[object] = set()
    for match in index.find(text):
        covered.update(range(match.start, match.end))
        keys.add(match.phrase.key)
    return covered, keys


def _words(text: str) -> Iterator[tuple[int, str]]:
    """The words with their places, acronyms in their base form; no numbers, no addresses."""
    plain = _UNBROKEN.sub(_without_address, text)
    for start, end in spans(plain):
        word = acronym_of(plain[start:end]) or plain[start:end]
        if len(word) > 1 and not _DIGIT.search(word) and not _ROMAN_NUMERAL.fullmatch(word):
            yield start, word


def _without_address(unbroken: re.Match[str]) -> str:
    """Blanks in place of an e-mail or web address."""
    is_address = "@" in unbroken[0] or _DOMAIN.search(unbroken[0])
    return " " * len(unbroken[0]) if is_address else unbroken[0]


def _looked_for(vocabulary: Vocabulary, language: str) -> list[Term]:
    """The terms that link and have a name or a form in ``language``."""
    terms: list[Any] = [
        term
        for term in vocabulary.linked
        if term.spellings(language) or lines(term, "extra_forms", language)
    ]
    return sorted(terms, key=lambda term: sort_key(term.name_pl, SOURCE_LANGUAGE))


def _frequent(candidates: Collection[Word], vocabulary: Vocabulary, language: str) -> list[Word]:
    """The frequent nouns among ``candidates`` by their base forms, the most frequent first."""
    unwanted = _explained(vocabulary, language) | EVERYDAY_WORDS[language]
    bases = {one.text: _bases(one.text, language) for one in candidates}
    weight = Counter[str]()
    for one in candidates:
        for base in bases[one.text]:
            weight[base] += one.count
    found: dict[str, Word] = {}
    for one in candidates:
        if not bases[one.text] or (bases[one.text] | {one.text}) & unwanted:
            continue
        # A form of two words (lat: rok, lato) counts for the one that is more frequent.
        base = max(sorted(bases[one.text]), key=lambda base: (weight[base], -len(base)))
        found.setdefault(base, Word(base)).add(one)
    frequent = [one for one in found.values() if one.is_frequent and not one.is_name]
    frequent.sort(key=lambda one: (-one.count, sort_key(one.text, language)))
    return frequent[:LONGEST_LIST]


def _bases(word: str, language: str) -> frozenset[str]:
    return frozenset({word}) if is_acronym(word) else nouns(word, language)


def _explained(vocabulary: Vocabulary, language: str) -> set[str]:
    """The base forms of words that have a term though it does not link them.

    Those of aliases, of terms with an everyday meaning, and of terms not published yet.
    """
    codes = {language, SOURCE_LANGUAGE}
    names = [*Alias.objects.filter(language__in=codes).values_list("text", flat=True)]
    for term in Term.objects.all():
        spellings = [one for code in codes for one in term.spellings(code)]
        names += (
            [one for one in spellings if " " not in one]
            if vocabulary.is_linked(term)
            else spellings
        )
    explained = {acronym_of(word) or word for name in names for word in words(name)}
    return {base for word in explained for base in _bases(word, language) | lemmas(word, language)}
