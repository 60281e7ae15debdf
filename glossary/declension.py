"""The forms of names, as they are kept in the database."""

from collections.abc import Iterable
from typing import NamedTuple

from languages.available import LANGUAGE_CODES, SOURCE_LANGUAGE
from languages.dictionaries import dictionary_name
from languages.words import forms, paradigm

from .models import Declension


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
        if one.dictionary == dictionaries[one.language]
    }
    new = [_worked_out(name, dictionaries[name.language]) for name in wanted - found.keys()]
    # Another process may have kept the same in the meantime.
    Declension.objects.bulk_create(new, ignore_conflicts=True)
    return found | {Name(one.language, one.name): one for one in new}


def _worked_out(name: Name, dictionary: str) -> Declension:
    return Declension(
        language=name.language,
        name=name.text,
        dictionary=dictionary,
        words=[sorted(word) for word in forms(name.text, name.language)],
        paradigm=paradigm(name.text, name.language) if name.language == SOURCE_LANGUAGE else [],
    )
