from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from glossary import declension, vocabulary
from glossary.models import Declension, Term
from glossary.vocabulary import current_vocabulary, with_vocabulary_state
from tests.factories import make_procedure, make_term

pytestmark = pytest.mark.usefixtures("no_content")


def page(client, text, language="en"):
    """The page of a procedure with ``text`` in ``language``."""
    procedure = make_procedure(
        summary_pl="Tekst.", **{f"summary_{language}": text}, **{f"name_{language}": "Name"}
    )
    return client.get(f"/{language}/procedures/{procedure.slug}/").content.decode()


def state():
    make_procedure()
    model = Term if Term.objects.exists() else type(make_procedure())
    return with_vocabulary_state(model.objects.all())[0].vocabulary_state


def words_of(language, text):
    found = current_vocabulary(state(), timezone.now()).index(language).find(text)
    return [text[match.start : match.end] for match in found]


def test_a_name_is_found_in_its_own_language_and_in_polish():
    make_term(name_pl="karta pobytu", name_en="residence card", name_uk="карта побиту")
    assert words_of("en", "residence cards, kartę pobytu") == ["residence cards", "kartę pobytu"]
    assert words_of("uk", "карти побиту, residence card") == ["карти побиту"]


def test_short_polish_words_are_not_looked_for_in_english():
    make_term(name_pl="most", name_en="bridge")
    make_term(name_pl="wezwanie", name_en="summons")
    make_term(name_pl="ZUS", name_en="Social Insurance Institution")
    make_term(name_pl="urząd", name_en="office")
    text = "most of the wezwanie from ZUS, urząd"
    assert words_of("en", text) == ["wezwanie", "ZUS", "urząd"]
    assert words_of("uk", "most") == ["most"]


def test_what_an_editor_says_of_a_term_holds():
    make_term(name_pl="mandat", is_linked_automatically=False)
    make_term(name_pl="wniosek", extra_forms_pl="wniosku o kartę\n\n  podanie ")
    make_term(name_pl="recepta", never_forms_pl="receptą")
    text = "mandat, wnioskiem, podanie, recepta, receptą"
    assert words_of("pl", text) == ["wnioskiem", "podanie", "recepta"]


@pytest.mark.parametrize("status", ["draft", "in_review", "archived"])
def test_only_published_terms_are_linked(status):
    make_term(name_pl="karta pobytu", status=status)
    assert words_of("pl", "karta pobytu") == []


def test_a_term_is_linked_from_the_moment_of_its_publication_until_its_end():
    now = timezone.now()
    make_term(
        name_pl="karta pobytu",
        publish_from=now + timedelta(hours=1),
        publish_until=now + timedelta(hours=2),
    )

    def is_found(at):
        return bool(list(current_vocabulary(state(), at).index("pl").find("karta pobytu")))

    hours = [0.9, 1, 1.9, 2]
    assert [is_found(now + timedelta(hours=hour)) for hour in hours] == [False, True, True, False]


@pytest.mark.parametrize(
    "change",
    [
        lambda term: make_term(name_pl="policja"),
        lambda term: Term.objects.filter(pk=term.pk).update(name_pl="paszport"),
        lambda term: term.delete(),
        lambda term: Term.objects.bulk_create([Term(slug="x", name_pl="X", status="published")]),
        lambda term: term.save(),
    ],
    ids=["new", "update", "delete", "bulk", "save"],
)
def test_every_change_gives_the_glossary_another_state(change):
    term = make_term(name_pl="karta pobytu")
    make_term(name_pl="dowód osobisty")
    before = state()
    assert state() == before
    change(term)
    assert state() != before


def test_a_saved_term_shows_at_the_next_request(client):
    assert "data-term" not in page(client, "A residence card.")
    term = make_term(name_pl="karta pobytu", name_en="residence card")
    assert f'data-term="{term.slug}">residence card</a>' in page(client, "A residence card.")
    Term.objects.update(name_en="stay card")
    assert "data-term" not in page(client, "A residence card.")
    assert f'data-term="{term.slug}">stay cards</a>' in page(client, "Two stay cards.")


def test_linking_costs_a_page_no_query(client):
    procedure = make_procedure(summary_pl="Tekst.", summary_en="A residence card.")
    path = f"/en/procedures/{procedure.slug}/"
    client.get(path)
    with CaptureQueriesContext(connection) as without:
        client.get(path)
    make_term(name_pl="karta pobytu", name_en="residence card")
    client.get(path)
    with CaptureQueriesContext(connection) as linked:
        assert "data-term" in client.get(path).content.decode()
    assert len(linked) == len(without)


def test_forms_are_worked_out_once(monkeypatch):
    term = make_term(name_pl="karta pobytu", name_en="residence card", name_uk=None, name_ru=None)
    assert words_of("pl", "kartami pobytu") == ["kartami pobytu"]
    assert Declension.objects.filter(name="karta pobytu", language="pl").count() == 1
    monkeypatch.setattr(declension, "forms", None)
    monkeypatch.setattr(vocabulary, "_kept", None)
    Term.objects.filter(pk=term.pk).update(meaning_pl="Inne znaczenie.")
    assert words_of("pl", "kartami pobytu") == ["kartami pobytu"]


def test_a_database_that_may_only_be_read_knows_forms_all_the_same(read_only, caplog):
    name = declension.Name("pl", "nowa karta pobytu")
    read_only()
    assert declension.declensions([name])[name].words
    (line,) = caplog.messages
    assert line.startswith("Forms of words could not be kept: ")


def test_another_dictionary_works_forms_out_anew(monkeypatch):
    make_term(name_pl="karta pobytu", name_en=None, name_uk=None, name_ru=None)
    assert words_of("pl", "karty pobytu")
    monkeypatch.setattr(declension, "dictionary_name", lambda language: "another 1.0")
    monkeypatch.setattr(vocabulary, "_kept", None)
    assert words_of("pl", "karty pobytu")
    assert Declension.objects.filter(name="karta pobytu").count() == 2
