"""Where a term is met: whatever the linker would find, in all apps."""

import re
from html import unescape

import pytest
from django.utils import timezone, translation
from modeltranslation.translator import translator

from glossary import usage
from glossary.models import Section, Term
from glossary.phrases import PhraseIndex, exact_phrase
from glossary.texts import text_sources
from glossary.usage import by_kind, records_with
from glossary.vocabulary import current_vocabulary, never_forms, with_vocabulary_state
from procedures.models import Step
from tests.factories import make_office, make_procedure, make_service_point, make_term

pytestmark = pytest.mark.django_db


def met(term, language="en"):
    """The records in which a reader of ``language`` meets ``term``."""
    now = timezone.now()
    state = with_vocabulary_state(Term.objects.filter(pk=term.pk)).get().vocabulary_state
    with translation.override(language):
        return records_with(term, current_vocabulary(state, now), language, now)


@pytest.fixture
def card(no_content):
    return make_term(name_pl="karta pobytu", name_en="residence card", name_uk="карта побиту")


@pytest.mark.parametrize(
    "text",
    [
        "Bez karty pobytu nie wyjedziesz.",
        "KARTĄ POBYTU zapłacisz",
        "karta\u00a0pobytu",
        "karta-pobytu",
        "kar\u00adty po\u200bbytu",
        "<p>Weź <strong>kartę&nbsp;pobytu</strong>!</p>",
    ],
)
def test_a_declined_name_is_found_in_a_text(card, text):
    office = make_office(description_pl=text)
    assert met(card) == [office]


@pytest.mark.parametrize(
    "text",
    [
        "karta stałego pobytu",
        "e-karta pobytu",
        "kartapobytu",
        '<a href="https://example.org/karta-pobytu">tutaj</a>',
        "<p>karta</p><p>pobytu</p>",
    ],
)
def test_what_only_looks_like_it_is_not(card, text):
    make_office(description_pl=text)
    assert met(card) == []


def test_a_name_does_not_reach_from_one_text_into_the_next(card):
    make_office(summary_pl="karta", description_pl="pobytu")
    make_office(name_pl="pobytu karta")
    assert met(card) == []


def test_parts_count_for_their_record_in_every_app(card):
    procedure = make_procedure(name_en="A procedure")
    Step.objects.create(procedure=procedure, title_pl="Krok", text_pl="Odbierz kartę pobytu.")
    point = make_service_point(name_en="B desk")
    point.notices.create(text_pl="Nie wydajemy kart pobytu.", starts_on="2026-01-01")
    other = make_term(name_en="c word")
    Section.objects.create(term=other, heading_pl="Część", body_pl="<p>karty pobytu</p>")
    office = make_office(name_en="D office", summary_pl="Wnioski o kartę pobytu")
    assert met(card) == [procedure, point, other, office]
    kinds = [(kind, len(records)) for kind, records in by_kind(met(card))]
    assert kinds == [("procedures", 1), ("offices", 1), ("service points", 1), ("terms", 1)]


def test_every_translated_text_of_a_record_or_its_part_is_looked_through():
    models = {source.model for source in text_sources()}
    parts_of_nothing = {
        *{"publishing.Unit", "publishing.Topic", "procedures.LifeEvent"},
        *{"offices.HolidayCalendar", "offices.CalendarDay"},
    }
    others = set(translator.get_registered_models(abstract=False)) - models
    assert {model._meta.label for model in others} == parts_of_nothing


def test_what_readers_never_see_does_not_count(card):
    make_procedure(keywords_pl="karta pobytu")
    make_office(withdrawal_note_pl="karta pobytu")
    make_term(never_forms_pl="karta pobytu", extra_forms_en="residence card")
    assert met(card) == []


def test_only_the_language_of_the_page_and_polish_count(card):
    office = make_office(summary_en="Bring your residence cards.")
    assert met(card, "en") == [office]
    assert met(card, "pl") == met(card, "uk") == []
    ukrainian = make_office(summary_uk="Візьміть карту побиту і kartę pobytu")
    assert met(card, "uk") == [ukrainian]


def test_an_acronym_keeps_its_case_and_takes_endings(no_content):
    pit = make_term(name_pl="PIT", name_en="PIT")
    found = [make_office(summary_pl=text) for text in ("Złóż PIT-37.", "Do PIT-u dołącz")]
    make_office(summary_pl="Orange pit i pity")
    assert sorted(met(pit), key=lambda one: one.pk) == found


def test_signs_in_a_name_are_only_signs(no_content):
    term = make_term(name_pl="umowa (a|b) c.d*", name_en="x' OR 1=1 [[:alpha:]] \\m")
    make_office(summary_pl="umowa", summary_en="x OR 2")
    assert met(term) == []
    assert met(make_term(name_pl="+++", name_en="((")) == []


def test_forbidden_forms_are_not_found_and_extra_ones_are(no_content):
    term = make_term(name_pl="wniosek", never_forms_pl="wniosków", extra_forms_pl="podanko")
    make_office(summary_pl="Nie wyciągaj wniosków.")
    office = make_office(summary_pl="Twoje podanko")
    assert met(term) == [office]
    office.summary_pl = "Do wniosku"
    office.save()
    assert met(term) == [office]


def test_a_word_that_is_not_linked_is_only_met_where_editors_say(no_content):
    term = make_term(name_pl="mandat", is_linked_automatically=False)
    make_office(summary_pl="mandat")
    chosen = make_procedure()
    chosen.terms.add(term)
    assert met(term) == [chosen]


def test_only_what_is_published_and_not_past_is_shown_once(card):
    make_office(summary_pl="karta pobytu", status="draft")
    make_service_point(summary_pl="karta pobytu", valid_until="2020-01-01")
    procedure = make_procedure(summary_pl="karta pobytu", summary_en="residence card")
    procedure.terms.add(card)
    assert met(card) == [procedure]


def test_a_term_is_not_met_in_itself(card):
    card.details_pl = "<p>Karta pobytu to karta.</p>"
    card.save()
    assert met(card) == []


def test_records_are_in_dictionary_order_over_all_kinds(card):
    names = ["Ćma", "Cud", "Łan", "Lis", "Żuk"]
    for number, name in enumerate(names):
        make = make_office if number % 2 else make_procedure
        make(name_pl=name, caution_pl="karta pobytu")
    assert [one.name_pl for one in met(card, "pl")] == ["Cud", "Ćma", "Lis", "Łan", "Żuk"]


def test_two_queries_and_one_for_each_kind_found(card, django_assert_num_queries):
    met(card)
    make_office(summary_pl="karta pobytu")
    make_procedure(summary_pl="karta pobytu")
    now = timezone.now()
    state = with_vocabulary_state(Term.objects.filter(pk=card.pk)).get().vocabulary_state
    vocabulary = current_vocabulary(state, now)
    with django_assert_num_queries(4):
        assert len(records_with(card, vocabulary, "uk", now)) == 2


def test_many_long_extra_forms_do_not_break_the_page(no_content):
    forms = "\n".join(f"słowo numer {number} po polsku" for number in range(300))
    term = make_term(name_pl="słowo", extra_forms_pl=forms)
    office = make_office(summary_pl="Słowo numer 299 po polsku")
    assert met(term) == [office]


@pytest.mark.parametrize("language", ["pl", "uk"])
def test_the_database_finds_in_the_starter_content_what_the_linker_finds(language):
    now = timezone.now()
    terms = list(with_vocabulary_state(Term.objects.published(now)))
    vocabulary = current_vocabulary(terms[0].vocabulary_state, now)
    texts = {code: _texts_of_records(code) for code in {language, "pl"}}
    for term in terms:
        if not vocabulary.is_linked(term):
            continue
        expected = set()
        for code, pieces in texts.items():
            index = PhraseIndex(
                vocabulary.phrases(code, [term]),
                [(term.pk, form) for form in never_forms(term, code)],
            )
            expected |= {owner for owner, text in pieces if any(index.find(text))}
        found = {
            (one["label"], one["key"]) for one in usage._mentioning(term, vocabulary, language)
        }
        assert found == expected, term


def _texts_of_records(code):
    """Owners and their texts in one language, cut at tags."""
    return [
        ((owner._meta.label, key), unescape(piece))
        for model, owners, fields in text_sources()
        for path, owner in owners
        for key, *texts in model._base_manager.exclude(**{path: None}).values_list(
            path, *(f"{field}_{code}" for field in fields)
        )
        for text in texts
        for piece in re.split("<[^>]*>", text or "")
    ]


def test_what_is_forbidden_is_the_whole_phrase():
    one = exact_phrase(1, "karta")
    assert "(?!" in usage.pattern([one], [exact_phrase(1, "karty")])
    assert "(?!(?:" not in usage.pattern([one], [exact_phrase(1, "karta pobytu")])
