"""Text that is found however it is spelled."""

import pytest
from django.db.models import Q

from glossary.models import Alias, Term
from tests.factories import make_term

PAIRS = [
    ("Żabiej Woli", "zabiej wol"),
    ("ŁÓŻKO", "łóżko"),
    ("Łóżko", "lozko"),
    ("łóżko", "LOZKO"),
    ("lozko", "Łóżko"),
    ("zażółć gęślą jaźń", "ZAZOLC GESLA JAZN"),
    ("обов’язок", "обов'язок"),
    ("обовʼязок", "обов`язок"),
    ("обов'язок", "обов′язок"),
    ("ПРИЁМ", "прием"),
    ("прием", "приём"),
    ("ґанок", "ганок"),
    ("ЗАМОК", "за́мок"),
    ("за́мок", "замок"),
    ("Київ", "київ"),
    ("Ки\u0438\u0306", "кий"),
    ("z\u0307abka", "żabka"),
    ("Karta\u00a0Polaka", "karta polaka"),
    ("„Karta”", '"karta"'),
    ("8–16", "8-16"),
    ("zamel\u00addowanie", "zameldowanie"),
    ("100% _a\\b", "0% _A\\B"),
]
DIFFERENT = [
    ("мій", "мии"),
    ("Київ", "киів"),
    ("карта", "karta"),
    ("abc", "a_c"),
    ("abc", "a%c"),
    ("kąt", "kat "),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("stored", "typed"), PAIRS)
def test_one_spelling_finds_the_other(stored, typed):
    term = make_term(name_uk=f"a {stored} z")
    assert Term.objects.filter(name_uk__alike=typed, pk=term.pk).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("stored", "typed"), DIFFERENT)
def test_other_letters_are_others(stored, typed):
    term = make_term(name_uk=stored)
    assert not Term.objects.filter(name_uk__alike=typed, pk=term.pk).exists()


@pytest.mark.django_db
def test_every_character_finds_itself():
    characters = "".join(map(chr, [*range(0x20, 0x590), *range(0x2000, 0x2070)]))
    for start in range(0, len(characters), 100):
        piece = characters[start : start + 100]
        alias = Alias.objects.create(term=make_term(), language="pl", text=piece)
        each = [Q(text__alike=one) for one in piece]
        assert Alias.objects.filter(*each, pk=alias.pk, text__alike=piece).exists()
