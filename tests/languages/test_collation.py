"""Dictionary order and initials in four alphabets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from languages.available import AVAILABLE_LANGUAGES, LANGUAGE_CODES
from languages.collation import initial, sort_key


@pytest.mark.parametrize(
    ("language", "ordered"),
    [
        (
            "pl",
            ["ala", "ąb", "bal", "cło", "ćma", "lis", "łan", "oni", "ósmy", "żak", "2 kopie"][:-1],
        ),
        ("uk", ["вік", "гора", "ґрати", "дім", "зуб", "ива", "іван", "їжак", "йод", "яма"]),
        ("ru", ["дом", "ель", "ёлка", "жар", "эхо", "юг", "яма"]),
        ("en", ["apple", "éclair", "fee", "naïve", "nave"]),
        ("pl", ["karta", "karta pobytu", "kartka"]),
        ("uk", ["112", "адреса", "PESEL"]),
    ],
)
def test_words_stand_in_the_order_of_the_alphabet(language, ordered):
    shuffled = ordered[1:] + ordered[:1]
    assert sorted(shuffled, key=lambda word: sort_key(word, language)) == ordered


@pytest.mark.parametrize(
    ("text", "language", "letter"),
    [
        ("łaska", "pl", "Ł"),
        ("Karta Polaka", "pl", "K"),
        ("„Ósmy”", "pl", "Ó"),
        ("éclair", "en", "E"),
        ("ґрати", "uk", "Ґ"),
        ("PESEL", "uk", "A–Z"),
        ("адреса", "pl", "A–Z"),
        ("112", "ru", "0–9"),
        ("", "ru", "0–9"),
    ],
)
def test_initial_is_a_letter_of_the_alphabet(text, language, letter):
    assert initial(text, language) == letter


@given(st.text(), st.sampled_from(LANGUAGE_CODES))
def test_any_text_has_a_key_and_an_initial(text, language):
    assert sort_key(text, language) <= sort_key(text + "a", language)
    assert initial(text, language)


@given(st.text(), st.sampled_from(LANGUAGE_CODES))
def test_case_makes_no_difference_in_the_alphabets(text, language):
    alphabet = next(one.alphabet for one in AVAILABLE_LANGUAGES if one.code == language)
    word = "".join(letter for letter in text if letter in alphabet)
    assert sort_key(word.upper(), language) == sort_key(word, language)
