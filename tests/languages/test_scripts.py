"""Polish words in Cyrillic text are marked, and nothing else is touched."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from languages.scripts import is_polish, mark_polish


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("Карта (karta pobytu) тут", 'Карта (<span lang="pl">karta pobytu</span>) тут'),
        ("ul. Przy Rondzie 6, Краків", '<span lang="pl">ul. Przy Rondzie 6</span>, Краків'),
        ("номер PESEL", 'номер <span lang="pl">PESEL</span>'),
        (
            '<p>Це <em>opłata</em> &amp; <a href="https://a.pl/b">c</a></p>',
            '<p>Це <em><span lang="pl">opłata</span></em> &amp; <a href="https://a.pl/b">c</a></p>',
        ),
        ("лише кирилиця", "лише кирилиця"),
    ],
)
def test_latin_words_are_marked(html, expected):
    assert mark_polish(html, "uk") == expected
    assert mark_polish(html, "en") == html


@given(
    st.lists(st.sampled_from(["<p>", "</p>", "&lt;", "karta", "łan", "слово", " ", "-", "6", "."]))
)
def test_only_marks_are_added(pieces):
    html = "".join(pieces)
    assert re.sub(r'<span lang="pl">(.*?)</span>', r"\1", mark_polish(html, "ru")) == html


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Urząd Miasta Krakowa", True), ("ŚWIAT", True), ("PCS Legal", False), ("Xopoko", False)],
)
def test_a_name_with_polish_letters_is_polish(name, expected):
    assert is_polish(name) is expected
