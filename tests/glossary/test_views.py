"""The pages of the glossary."""

import re

import pytest

from glossary.declension import Name, declensions
from glossary.models import Declension
from languages.available import LANGUAGE_CODES
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


def section(page, name):
    """The part of ``page`` under the heading with this id."""
    return page.split(f'id="{name}"')[1].split("</section>")[0]


def test_a_long_list_of_where_a_term_is_met_is_grouped_by_kind(client, no_content):
    term = make_term(name_pl="wniosek")
    for _ in range(8):
        make_procedure(summary_pl="Złóż wniosek.")
    page = html(client, term.get_absolute_url())
    assert section(page, "used").count("<li>") == 8
    assert "<h3>" not in section(page, "used")
    make_service_point(summary_pl="Przyjmujemy wnioski.")
    page = html(client, term.get_absolute_url())
    assert section(page, "used").count("<li>") == 9
    assert re.findall("<h3>(.*?)</h3>", section(page, "used")) == ["Procedures", "Service points"]


def test_a_term_that_is_met_nowhere_says_nothing_of_it(client, no_content):
    assert 'id="used"' not in html(client, make_term().get_absolute_url())


@pytest.mark.parametrize("is_linked", [True, False])
def test_a_term_shows_its_polish_forms(client, no_content, is_linked):
    term = make_term(name_pl="karta pobytu", is_linked_automatically=is_linked)
    Declension.objects.all().delete()
    kept = declensions([Name("pl", "karta pobytu")])[Name("pl", "karta pobytu")]
    kept.paradigm = [f"forma {number}" for number in range(9)]
    Declension.objects.filter(name="karta pobytu").update(paradigm=kept.paradigm)
    page = html(client, term.get_absolute_url())
    forms = ", ".join(f"forma {number}" for number in range(8))
    assert f'<dt>You will see it as</dt><dd lang="pl">{forms}</dd>' in page


def test_a_name_without_other_forms_promises_none(client, no_content):
    assert "You will see it as" not in html(client, make_term(name_pl="PIT").get_absolute_url())


def test_a_page_loads_no_dictionary_for_forms_that_are_kept(client, monkeypatch):
    address = "/en/glossary/karta-pobytu/"
    html(client, address)
    monkeypatch.setattr("glossary.vocabulary._kept", None)
    monkeypatch.setattr("languages.words.dictionary", pytest.fail)
    html(client, address)


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_the_polish_word_can_be_read_aloud_but_only_with_a_script(client, language):
    page = html(client, f"/{language}/glossary/karta-pobytu/")
    place = re.search(r"<span [^>]*data-read-aloud[^>]*>(.*?)</button></span>", page)
    assert " hidden>" in place[0]
    assert f'lang="{language}"' in place[0]
    assert place[1].startswith('<button type="button"')
    # Its name for assistive technology has the word; the script reads what is marked as Polish.
    assert place[1].endswith(' lang="pl">karta pobytu</span>')
    assert "portal/js/read_aloud" in page


def test_a_term_that_is_met_in_records_of_all_kinds_costs_little(
    client, django_assert_max_num_queries
):
    address = "/en/glossary/karta-pobytu/"
    page = html(client, address)
    assert section(page, "used").count("<h3>") == 4
    with django_assert_max_num_queries(10):
        html(client, address)
