"""The forms of names, as they are kept in the database."""

import logging
from collections.abc import Iterable
from typing import NamedTuple

from django.db import DatabaseError, transaction

from languages.available import LANGUAGE_CODES, SOURCE_LANGUAGE
from languages.dictionaries import dictionary_name
from languages.words import forms, paradigm, words

from .models import Declension
from .phrases import spelling

logger = logging.getLogger(__name__)


class Name(NamedTuple):
    """A name in a language."""

    language: str
    text: str


def declensions(names: Iterable[Name]) -> dict[Name, Declension]:
    """The forms of ``names`` by the dictionaries installed here; one query where all are known.

    What is not known yet is worked out, which loads a dictionary, and is kept.
    """
    wanted = set(names)
    dictionaries = {code: dictionary_name(code) for code in LANGUAGE_CODES}
    known = Declension.objects.filter(
        name__in={name.text for name in wanted}, dictionary__in=set(dictionaries.values())
    )
    found = {
        Name(one.language, one.name): one
        for one in known
        if one.dictionary == dictionaries[one.language] and _fits(one)
    }
    new = [_worked_out(name, dictionaries[name.language]) for name in wanted - found.keys()]
    if new:
        _keep(new)
    return found | {Name(one.language, one.name): one for one in new}


def _keep(new: list[Declension]) -> None:
    try:
        with transaction.atomic():
            # Another process may have kept the same in the meantime.
            Declension.objects.bulk_create(new, ignore_conflicts=True)
    except DatabaseError as error:
        # Whatever it is that refuses, a full disk or a database that may only be read: readers
        # have their page all the same.
        logger.warning("Forms of words could not be kept: %s", error)


class FoundForms(NamedTuple):
    """The forms in which a name is found: the whole name's, or else those of each word."""

    name: str
    phrases: list[str]
    words: list[list[str]]


def forms_in_text(names: Iterable[Name], never: Iterable[str] = ()) -> list[FoundForms]:
    """What is found of each of ``names``, as people read it; without the forms ``never``."""
    names = list(names)
    known = declensions(names)
    forbidden = {spelling(form) for form in never}

    def allowed(forms: Iterable[str]) -> list[str]:
        return [form for form in forms if spelling(form) not in forbidden]

    found = []
    for name in names:
        of_words, phrases = known[name].words, []
        if known[name].paradigm:
            phrases = allowed([name.text, *known[name].paradigm])
        elif len(of_words) == 1:
            phrases = allowed(of_words[0])
        found.append(FoundForms(name.text, phrases, of_words if len(of_words) > 1 else []))
    return found


def _fits(one: Declension) -> bool:
    """Whether there are forms for each word of the name; other hands may have been at the row."""
    return len(one.words) == len(words(one.name)) and all(one.words)


def _worked_out(name: Name, dictionary: str) -> Declension:
    return Declension(
        language=name.language,
        name=name.text,
        dictionary=dictionary,
        words=[sorted(word) for word in forms(name.text, name.language)],
        paradigm=paradigm(name.text, name.language) if name.language == SOURCE_LANGUAGE else [],
    )
