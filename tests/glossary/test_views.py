"""The pages of the glossary."""

import re

import pytest

from tests.factories import make_procedure, make_service_point, make_term

pytestmark = pytest.mark.django_db


def html(client, path):
    return client.get(path).content.decode()


def letters(page):
    return re.findall(r'<h2 id="letter-\d+">([^<]+)</h2>', page)


def test_each_language_has_its_own_alphabet(client, no_content):
    for pl, uk in [
        ("łaska", "ґанок"),
        ("lis", "гора"),
        ("ćma", "дім"),
        ("cło", "іній"),
        ("PIT", "PIT"),
    ]:
        make_term(name_pl=pl, name_uk=uk)
    assert letters(html(client, "/pl/glossary/")) == ["C", "Ć", "L", "Ł", "P"]
    assert letters(html(client, "/uk/glossary/")) == ["Г", "Ґ", "Д", "І", "A–Z"]


def test_a_reader_with_a_form_in_hand_finds_the_polish_word(client, no_content):
    for pl, uk in [("łaska", "ґанок"), ("lis", "гора")]:
        make_term(name_pl=pl, name_uk=uk)
    page = html(client, "/uk/glossary/?by=polish")
    assert letters(page) == ["L", "Ł"]
    assert page.index("lis") < page.index("гора") < page.index("łaska")


def test_the_polish_word_stands_beside_its_equivalent(client, no_content):
    make_term(name_pl="meldunek", name_en="registration")
    assert '<span lang="pl">meldunek</span>' in html(client, "/en/glossary/")
    assert html(client, "/pl/glossary/").count("meldunek") == 1


def test_a_term_shows_where_it_is_met(client, no_content):
    term = make_term()
    procedure, draft = (
        make_procedure(name_en="Do it"),
        make_procedure(name_en="Hidden", status="draft"),
    )
    point = make_service_point(name_en="Desk")
    for record in (procedure, draft, point):
        record.terms.add(term)
    page = html(client, term.get_absolute_url())
    assert "Do it" in page
    assert "Desk" in page
    assert "Hidden" not in page


def test_a_long_entry_has_sections_and_aliases(client):
    page = html(client, "/en/glossary/zachowanie-prawa-pobytu/")
    assert page.count('<section aria-labelledby="section-') >= 3
    page = html(client, "/uk/glossary/karta-pobytu/")
    assert page.index('<dt lang="uk">', page.index('id="aliases"')) > 0
