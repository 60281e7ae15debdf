from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.models import spellings
from glossary.phrases import PhraseIndex, exact_phrase, phrase
from languages.available import LANGUAGE_CODES
from languages.dictionaries import LemmaDictionary, dictionary
from languages.words import forms
from tests.glossary.sentences import sentences, terms


def index_of(*names, language="pl", **options):
    phrases = [phrase(name, name, forms(name, language), language) for name in names]
    return PhraseIndex(phrases, **options)


def found_in(index, text):
    return [text[match.start : match.end] for match in index.find(text)]


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        (
            "karta pobytu",
            "Weź kartę pobytu, bez karty pobytu nie.",
            ["kartę pobytu", "karty pobytu"],
        ),
        ("karta pobytu", "KARTA\u00a0POBYTU", ["KARTA\u00a0POBYTU"]),
        ("karta pobytu", "kar\u00adty pobytu", ["kar\u00adty pobytu"]),
        ("karta pobytu", "karta, pobytu", []),
        ("karta pobytu", "karta. Pobytu", []),
        ("karta pobytu", "karta", []),
        ("umowa o pracę", "umowę o prace porządkowe", []),
        ("PIT", "PIT-u, PIT-37 i PITem, ale nie pity ani pit", ["PIT-u", "PIT", "PITem"]),
        ("PIT", "PITs, PIT’s, PITbull", ["PITs", "PIT’s"]),
        ("karta pobytu", "karta \u200bpobytu", ["karta \u200bpobytu"]),
        ("e-recepta", "Masz e-receptę?", ["e-receptę"]),
        ("policja", "auto-policja i policja-auto", []),
        ("Diia.pl", "w Diia.pl, nie Diia pl", ["Diia.pl"]),
        ("załącznik nr 1", "do załącznika nr 1", ["załącznika nr 1"]),
        ("załącznik nr 1", "do załącznika nr 12", []),
    ],
)
def test_where_a_name_stands(name, text, found):
    assert found_in(index_of(name), text) == found


def test_the_longest_name_wins():
    index = index_of("karta", "karta pobytu", "karta pobytu członka rodziny")
    text = "karty pobytu członka rodziny, karty pobytu, karty"
    assert [match.phrase.key for match in index.find(text)] == [
        "karta pobytu członka rodziny",
        "karta pobytu",
        "karta",
    ]


def test_a_spelling_can_be_forbidden():
    index = index_of("mandat", never=[("mandat", "mandatem")])
    assert found_in(index, "mandat, Mandatem, mandatu") == ["mandat", "mandatu"]


def test_an_extra_form_has_no_others():
    index = PhraseIndex([exact_phrase(1, "karta stałego")])
    assert found_in(index, "Karta stałego, kartą stałego") == ["Karta stałego"]


@given(st.text("karta pobytu,.-\u00ad\u00a0KPIT<&", max_size=80))
def test_matches_are_in_order_and_apart(text):
    index = index_of("karta pobytu", "karta", "PIT")
    matches = list(index.find(text))
    assert all(0 <= match.start < match.end <= len(text) for match in matches)
    ordered = pairwise(matches)
    assert all(one.end <= other.start for one, other in ordered)


@pytest.mark.parametrize(
    ("name", "language", "expected"),
    [
        ("urząd (gmina)", "pl", ["urząd"]),
        ("numer (znak) sprawy", "pl", ["numer sprawy"]),
        ("przedszkole / oddział przedszkolny", "pl", ["przedszkole", "oddział przedszkolny"]),
        ("opening / reception hours", "en", ["opening hours", "reception hours"]),
        ("", "en", []),
    ],
)
def test_what_an_editor_wrote_as_one_name(name, language, expected):
    assert spellings(name, language) == expected


# With and without dictionaries of cases, see design/search.md.
RECALL, RECALL_BY_LEMMAS = 0.99, 0.9


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_declined_names_in_sentences(language):
    names = {
        slug: [
            (code, name)
            for code in dict.fromkeys((language, "pl"))
            for name in spellings(by_language[code], code)
        ]
        for slug, by_language in terms().items()
    }
    index = PhraseIndex(
        phrase(slug, name, forms(name, code), code)
        for slug, spelled in names.items()
        for code, name in spelled
    )
    # Two terms with a name in common are as good as each other.
    known = {slug: {name.lower() for _code, name in spelled} for slug, spelled in names.items()}
    missed, wrong = [], []
    for sentence in sentences(language):
        matches = list(index.find(sentence.text))
        for start, end, slug in sentence.marks:
            hits = [match for match in matches if match.start < end and start < match.end]
            if not any(known[slug] & known[match.phrase.key] for match in hits):
                missed.append((sentence.text, slug))
        wrong += [
            (sentence.text, sentence.text[match.start : match.end])
            for match in matches
            if not any(match.start < end and start < match.end for start, end, _ in sentence.marks)
        ]
    is_by_lemmas = isinstance(dictionary(language), LemmaDictionary)
    expected = sum(len(sentence.marks) for sentence in sentences(language))
    assert wrong == []
    assert 1 - len(missed) / expected >= (RECALL_BY_LEMMAS if is_by_lemmas else RECALL), missed
