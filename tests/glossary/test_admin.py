"""What editors see and do in the admin of the glossary."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from glossary.models import Alias, Declension, Term
from glossary.vocabulary import vocabulary_at
from languages import dictionaries, words
from tests.factories import (
    delete_all_content,
    fill_portal,
    make_channel,
    make_editor,
    make_office,
    make_procedure,
    make_schedule,
    make_service_point,
    make_term,
)
from tests.forms import filled, text

pytestmark = pytest.mark.django_db

# Resolved in the language of the test.
PREVIEW = reverse_lazy("admin:glossary_term_preview")
REPORT = reverse_lazy("admin:glossary_term_report")
LIST = reverse_lazy("admin:glossary_term_changelist")
ADD = reverse_lazy("admin:glossary_term_add")

needs_morphology = pytest.mark.skipif(
    "morfeusz2" not in dictionaries.dictionary_name("pl"), reason="without the extra [morphology]"
)


def page_of(term):
    return reverse("admin:glossary_term_change", args=[term.pk])


def change(editor, term, **fields):
    return editor.post(page_of(term), filled(editor.get(page_of(term))) | fields)


def found_forms(response, language):
    """What the read-only field for a language says."""
    pattern = rf'<div class="found-forms mt mt-field-found_forms-{language}">(.*?)</div>'
    inside = re.search(pattern, text(response), re.DOTALL)[1]
    return " ".join(re.sub(r"<[^>]*>", " ", inside).split())


@pytest.fixture
def no_dictionary(monkeypatch):
    """From here on, a word that is looked up in a dictionary fails the test."""

    def stop():
        def refuse(language):
            raise AssertionError(f"a dictionary of {language} was loaded")

        words.forms.cache_clear()
        monkeypatch.setattr(words, "dictionary", refuse)

    return stop


# The forms on a term's page


@needs_morphology
def test_a_term_shows_the_forms_that_are_found_in_each_language(editor):
    term = make_term(name_pl="karta pobytu", name_en="residence card", name_uk="карта побиту")
    response = editor.get(page_of(term))
    assert "karta pobytu, karty pobytu, karcie pobytu, kartę pobytu" in found_forms(response, "pl")
    assert "each of its words" in found_forms(response, "en")
    assert "card, card's, cards, cards'" in found_forms(response, "en")
    assert "карту" in found_forms(response, "uk")


def test_forms_leave_out_what_is_in_brackets_and_split_alternatives(editor):
    term = make_term(name_pl="urząd (ważny) / biuro", name_en="", name_uk="", name_ru="")
    forms = found_forms(editor.get(page_of(term)), "pl")
    assert "urzędu" in forms
    assert "biurze" in forms
    assert "ważny" not in forms
    assert "no name in this language" in found_forms(editor.get(page_of(term)), "en")


def test_a_forbidden_form_is_not_among_those_that_are_found(editor):
    term = make_term(name_pl="urząd", never_forms_pl="Urzędu")
    forms = found_forms(editor.get(page_of(term)), "pl")
    assert "urzędem" in forms
    assert not re.search(r"\burzędu\b", forms)


def test_a_term_that_does_not_link_says_so(editor):
    term = make_term(is_linked_automatically=False)
    assert "linking is switched off" in found_forms(editor.get(page_of(term)), "pl")
    assert "switched off" not in found_forms(editor.get(page_of(make_term())), "pl")


def test_a_new_term_says_when_its_forms_appear(editor):
    response = editor.get(ADD)
    for language in ("pl", "en", "uk", "ru"):
        assert found_forms(response, language) == "They appear here after the first save."


@pytest.mark.parametrize("field", ["extra_forms_uk", "never_forms_en"])
def test_a_line_without_a_word_is_refused_at_its_field(editor, field):
    response = change(editor, make_term(), **{field: "word\n–\n"})
    errors = response.context["adminform"].form.errors
    assert list(errors) == [field]
    assert "“–”" in errors[field][0]


def test_a_form_cannot_be_extra_and_forbidden(editor):
    term = make_term()
    response = change(
        editor, term, extra_forms_pl="kartka\nKarta  stała", never_forms_pl="karta stała"
    )
    errors = response.context["adminform"].form.errors
    assert list(errors) == ["never_forms_pl"]
    # In another language it is another word.
    assert change(editor, term, extra_forms_pl="fine", never_forms_en="fine").status_code == 302


# Forms are kept at once


def test_saving_a_term_works_out_its_forms_at_once(editor, no_content, no_dictionary):
    term = make_term()
    names = {"name_pl": "wniosek", "name_en": "request", "name_uk": "заява", "name_ru": "заявление"}
    assert change(editor, term, **names).status_code == 302
    no_dictionary()
    index = vocabulary_at(timezone.now()).index("pl")
    assert list(index.find("Złóż wniosek."))


def test_starter_content_comes_with_its_forms(no_dictionary):
    no_dictionary()
    assert vocabulary_at(timezone.now()).terms
    names = set(Declension.objects.values_list("language", "name"))
    assert {("pl", name) for term in Term.objects.all() for name in term.spellings("pl")} <= names


# A text on trial


def try_text(editor, pasted, language="pl"):
    return editor.post(PREVIEW, {"text": pasted, "language": language})


def marked(response):
    """The marked words with what stands in brackets after each."""
    marks = re.findall(r"<mark[^>]*>(.*?)</mark>", text(response))
    return [" ".join(re.sub(r"<[^>]*>", "", mark).split()) for mark in marks]


def test_a_pasted_text_shows_what_would_link(editor, no_content):
    make_term(name_pl="wniosek", name_en="application")
    make_term(name_pl="urząd", name_en="office")
    make_term(name_pl="mandat", name_en="fine", is_linked_automatically=False)
    make_term(name_pl="opłata", name_en="fee", status="draft")
    response = try_text(editor, "File your applications (wniosek) and pay a fine or fee.", "en")
    assert marked(response) == ["applications (wniosek, English)", "wniosek (wniosek, Polski)"]
    assert [(one.term.name_pl, one.count) for one in response.context["preview"].findings] == [
        ("wniosek", 1),
        ("wniosek", 1),
    ]
    assert "Nothing in this text would link." in text(try_text(editor, "Dzień dobry."))


def test_a_pasted_text_is_shown_as_it_stands(editor, no_content):
    make_term(name_pl="wniosek")
    response = try_text(editor, "<script>x</script> & wniosek\nwniosek")
    page = text(response)
    assert "<script>x" not in page
    assert "&lt;script&gt;x&lt;/script&gt; &amp; <mark" in page
    pieces = response.context["preview"].pieces
    assert "".join(piece.text for piece in pieces) == "<script>x</script> & wniosek\nwniosek"


@pytest.mark.parametrize(("length", "error"), [(100_000, ""), (100_001, "by 1 character.")])
def test_a_text_may_be_long_but_not_without_end(editor, length, error):
    # A browser sends each end of line as two characters; they count as one.
    rows = "słowo\r\n" * 10_000
    response = try_text(editor, rows + "x" * (length - 60_000))
    errors = response.context["form"].errors.get("text", [""])
    assert error in errors[0]
    assert bool(errors[0]) == bool(error)


def test_an_empty_text_or_another_language_is_refused_in_words(editor):
    assert set(try_text(editor, "").context["form"].errors) == {"text"}
    assert set(try_text(editor, "x", "de").context["form"].errors) == {"language"}


# Terms and texts


def report(editor, language="pl"):
    response = editor.get(REPORT, {"language": language})
    assert response.status_code == 200
    context = response.context
    never = [term.name_pl for term in context["never_found"]]
    return never, {word.text: (word.count, examples) for word, examples in context["words"]}


def test_the_report_names_terms_that_no_published_text_has(editor, no_content):
    make_term(name_pl="wniosek", meaning_pl="Wniosek to pismo.")
    make_term(name_pl="urząd", name_en="bureau")
    make_term(name_pl="mandat", is_linked_automatically=False)
    make_term(name_pl="opłata", status="draft")
    make_procedure(summary_pl="Idź do urzędu.", summary_en="Go to the office.")
    make_procedure(summary_pl="Złóż wniosek.", status="draft")
    # A term's own text does not count, nor does a draft's.
    assert report(editor)[0] == ["wniosek"]
    assert report(editor, "en")[0] == ["urząd", "wniosek"]


def test_texts_of_parts_count_and_names_are_not_found_across_tags(editor, no_content):
    for name in ("wniosek", "urząd", "opłata", "karta pobytu", "legitymacja"):
        make_term(name_pl=name)
    procedure = make_procedure()
    procedure.steps.create(title_pl="Krok", text_pl="<p>Złóż wniosek. Karta</p><p>pobytu</p>")
    point = make_service_point()
    make_channel(point, note_pl="W urzędzie")
    make_schedule("08:00–12:00", channel=point.channels.get())
    point.channels.get().schedule.rules.update(note_pl="Tylko opłaty")
    hidden = make_service_point(office=make_office(status="draft"))
    hidden.notices.create(
        text_pl="legitymacja", starts_on="2026-01-01", source=hidden.sources.get()
    )
    assert report(editor)[0] == ["karta pobytu", "legitymacja"]


def test_the_report_counts_frequent_words_without_a_term(editor, no_content):
    make_term(name_pl="wniosek")
    make_term(name_pl="mandat", is_linked_automatically=False)
    Alias.objects.create(term=make_term(name_pl="zgłoszenie"), language="pl", text="notyfikacja")
    summaries = [
        "Przelew, wniosek, mandat, notyfikacja, 77, Kraków, dzień, a@przelew.pl, www.przelew.pl/x.",
        "Do przelewu dołącz wniosek, mandat i notyfikację. Kraków, dzień.",
        "Po przelewie: wniosek, mandat, notyfikacja. Kraków, dzień.",
    ]
    records = [
        make_procedure(name_en=f"Way {n}", summary_pl=one) for n, one in enumerate(summaries)
    ]
    records[0].documents.create(name_pl="<5 legitymacji, legitymacja")
    found = report(editor)[1]
    count, examples = found["przelew"]
    assert count == 3
    addresses = [f"/pl/procedures/{record.slug}/" for record in records[:2]]
    assert [address for _name, address in examples] == addresses
    assert not {"wniosek", "mandat", "notyfikacja", "kraków", "dzień", "77", "legitymacja"} & {
        *found
    }


@needs_morphology
def test_only_nouns_count_as_words_of_the_report(editor, no_content):
    make_procedure(summary_pl="Natychmiast zapłać przelewem. " * 5, summary_uk="швидко платіж " * 5)
    assert {*report(editor)[1]} == {"przelew"}
    assert {*report(editor, "uk")[1]} == {"платіж"}


def test_the_report_costs_no_query_for_each_record(editor, no_content):
    costs = []
    for size in (2, 6):
        delete_all_content()
        fill_portal(size)
        report(editor)
        with CaptureQueriesContext(connection) as captured:
            report(editor)
        costs.append(len(captured))
    assert costs[0] == costs[1]


def test_the_report_takes_an_unknown_language_for_the_editors_own(editor):
    response = editor.get(REPORT, {"language": "de"})
    assert response.context["language"].code == "en"


# Who sees the pages, and where they are linked


def test_the_pages_are_linked_where_editors_work(editor):
    assert f'href="{PREVIEW}"' in text(editor.get(LIST))
    assert f'href="{REPORT}"' in text(editor.get(LIST))
    assert f'href="{PREVIEW}"' in text(editor.get(page_of(make_term())))


@pytest.mark.parametrize("address", [PREVIEW, REPORT])
def test_only_who_may_see_terms_sees_the_pages(client, address):
    user = get_user_model().objects.create_user("staff", password="not a secret", is_staff=True)
    assert client.get(address).status_code == 302
    client.force_login(user)
    assert client.get(address).status_code == 403
    user.user_permissions.add(Permission.objects.get(codename="view_term"))
    assert client.get(address).status_code == 200


def test_a_text_is_only_taken_from_our_own_form():
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_editor())
    assert client.post(PREVIEW, {"text": "x", "language": "pl"}).status_code == 403
