"""Texts that are not translated: shown by fallback, marked, and never hidden."""

import pytest
from django.template import Context, Template
from django.utils import translation

from tests.factories import make_office, make_term

pytestmark = pytest.mark.django_db


def render(source, language="en", **context):
    with translation.override(language):
        return Template("{% load localized %}" + source).render(Context(context)).strip()


def test_a_translated_text_stands_alone():
    office = make_office(name_pl="Urząd", name_en="Office")
    assert render('{% localized_name record "name" %}', record=office) == "Office"


def test_a_missing_translation_carries_its_language_and_a_note():
    office = make_office(name_pl="Urząd <A>", name_en=None)
    html = render('{% localized_name record "name" %}', record=office)
    assert '<span lang="pl">Urząd &lt;A&gt;</span>' in html
    assert "Only in Polish so far" in html


def test_rich_text_is_marked_as_a_block():
    term = make_term(details_pl="<p>Treść</p>", details_en="")
    html = render('{% localized_html record "details" %}', record=term)
    assert '<div data-text class="prose" lang="pl"><p>Treść</p></div>' in html
    assert "Only in Polish so far" in html


def test_plain_text_is_escaped_and_split_into_paragraphs():
    term = make_term(meaning_en="One <b>\r\n\r\nTwo")
    html = render('{% localized_block record "meaning" %}', record=term)
    assert html == "<div data-text><p>One &lt;b&gt;</p><p>Two</p></div>"


def test_an_empty_text_leaves_nothing_behind():
    term = make_term()
    assert render('{% localized_html record "details" %}', record=term) == ""


def test_the_polish_name_stands_beside_the_translation_and_only_there():
    office = make_office(name_pl="Urząd", name_en="Office", name_uk=None)
    tag = "{% polish_name record %}"
    assert render(tag, "en", record=office) == '<span lang="pl">Urząd</span>'
    assert render(tag, "pl", record=office) == ""
    untranslated = make_office(name_pl="Urząd", name_en=None)
    assert render(tag, "en", record=untranslated) == ""


def test_a_page_is_offered_only_in_languages_in_which_it_exists(client):
    office = make_office(name_ru=None, name_uk=None)
    html = client.get(f"/en/offices/{office.slug}/").content.decode()
    assert f'href="/pl/offices/{office.slug}/"' in html
    assert f'href="/ru/offices/{office.slug}/"' not in html
    assert 'hreflang="uk" href="http' not in html


def test_a_page_in_a_language_in_which_it_does_not_exist_points_at_one_that_does(client):
    office = make_office(name_ru=None)
    html = client.get(f"/ru/offices/{office.slug}/").content.decode()
    assert 'rel="alternate"' not in html
    assert f'rel="canonical" href="http://testserver/en/offices/{office.slug}/"' in html
    assert f'<span lang="en">{office.name_en}</span>' in html
