"""The glossary for programs: SKOS and schema.org, checked against the vocabularies."""

import json
import re
from itertools import combinations

import pytest
from rdflib import DCTERMS, RDF, SDO, SKOS, XSD, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from glossary.models import Alias, Term
from languages.available import LANGUAGE_CODES
from tests.factories import make_term

pytestmark = [
    pytest.mark.django_db,
    # Told by rdflib of its own reader of JSON-LD.
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]

ADDRESS = "/glossary.jsonld"
SCHEME = URIRef(f"http://testserver{ADDRESS}")
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
HOSTILE = "</script><b>\"'&"


def glossary(client):
    response = client.get(ADDRESS)
    assert response.status_code == 200
    # Its context is inline: nothing is fetched to read it.
    assert isinstance(response.json()["@context"], dict)
    return Graph().parse(data=response.content, format="json-ld")


def concept(term):
    return URIRef(f"{SCHEME}#{term.slug}")


def labels(graph, kind):
    return set(graph.subject_objects(kind))


@pytest.fixture
def starter(client):
    """The starter content, and a term that means no good."""
    term = make_term(name_pl=HOSTILE, name_en=HOSTILE, meaning_en=HOSTILE, name_ru="")
    Alias.objects.create(term=term, language="en", text=HOSTILE)
    Alias.objects.create(term=term, language="en", kind="cyrillic", text="хостайл")
    return glossary(client)


def test_only_words_of_the_vocabularies_are_used(starter):
    namespaces = (SKOS, SDO, DCTERMS)
    for _subject, predicate, thing in starter:
        word = thing if predicate == RDF.type else predicate
        assert any(word in namespace for namespace in namespaces), word


def test_the_document_is_the_same_in_turtle(starter):
    assert isomorphic(starter, Graph().parse(data=starter.serialize(format="turtle")))


def test_every_published_term_is_in_it(starter):
    terms = {concept(term) for term in Term.objects.published()}
    assert len(terms) > 50
    assert set(starter.subjects(RDF.type, SKOS.Concept)) == terms
    assert set(starter.subjects(RDF.type, SDO.DefinedTerm)) == terms
    assert set(starter.objects(SCHEME, SKOS.hasTopConcept)) == terms
    assert set(starter.objects(SCHEME, SDO.hasDefinedTerm)) == terms
    for link in (SKOS.inScheme, SKOS.topConceptOf, SDO.inDefinedTermSet):
        assert set(starter.subjects(link, SCHEME)) == terms
    assert {SKOS.ConceptScheme, SDO.DefinedTermSet} == set(starter.objects(SCHEME, RDF.type))


def test_skos_s13_a_label_is_of_one_kind_only(starter):
    kinds = [labels(starter, kind) for kind in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)]
    assert all(kinds)
    for one, other in combinations(kinds, 2):
        assert not one & other


def test_skos_s14_there_is_one_preferred_label_for_each_language(starter):
    tagged = [(subject, label.language) for subject, label in labels(starter, SKOS.prefLabel)]
    assert len(tagged) == len(set(tagged))
    assert {language for _subject, language in tagged} == set(LANGUAGE_CODES)


def test_texts_have_a_language_and_dates_a_type(starter):
    for kind in (SKOS.altLabel, SKOS.hiddenLabel, SKOS.definition, SDO.name, SDO.description):
        assert {label.language for _subject, label in labels(starter, kind)} <= {*LANGUAGE_CODES}
    for kind in (DCTERMS.issued, DCTERMS.modified):
        assert {date.datatype for _subject, date in labels(starter, kind)} == {XSD.date}


def test_related_is_symmetric_and_leads_to_no_concept_itself(starter):
    pairs = labels(starter, SKOS.related)
    assert pairs
    assert pairs == {(other, one) for one, other in pairs}
    assert all(one != other for one, other in pairs)
    assert {one for one, _other in pairs} <= set(starter.subjects(RDF.type, SKOS.Concept))


def test_a_term_in_full(client, no_content):
    term = make_term(
        slug="karta-pobytu",
        name_pl="karta pobytu",
        name_en="residence card",
        name_uk="",
        name_ru="",
        meaning_en="A card.",
        published_on="2026-01-02",
        changed_on="2026-03-04",
    )
    for language, kind, text in [
        ("en", "synonym", "residence card"),
        ("en", "abbreviation", "TRC"),
        ("uk", "cyrillic", "карта побуту"),
    ]:
        Alias.objects.create(term=term, language=language, kind=kind, text=text)
    # A relation to itself, and one to a term that readers do not see.
    term.related_terms.add(term, make_term(status="draft"))
    graph, uri = glossary(client), concept(term)
    assert set(graph.objects(uri, SKOS.prefLabel)) == {
        Literal("karta pobytu", "pl"),
        Literal("residence card", "en"),
    }
    assert set(graph.objects(uri, SKOS.altLabel)) == {Literal("TRC", "en")}
    assert set(graph.objects(uri, SKOS.hiddenLabel)) == {Literal("карта побуту", "uk")}
    assert Literal("A card.", "en") in set(graph.objects(uri, SKOS.definition))
    assert set(graph.objects(uri, SKOS.related)) == set()
    assert graph.value(uri, SDO.termCode) == Literal("karta-pobytu")
    assert set(graph.objects(uri, SDO.url)) == {
        URIRef(f"http://testserver/{code}/glossary/karta-pobytu/") for code in ("pl", "en")
    }
    assert graph.value(uri, DCTERMS.issued) == Literal("2026-01-02", datatype=XSD.date)
    assert graph.value(uri, DCTERMS.modified) == Literal("2026-03-04", datatype=XSD.date)


def test_an_empty_glossary_is_still_a_scheme(client, no_content):
    assert (SCHEME, RDF.type, SKOS.ConceptScheme) in glossary(client)


def test_the_document_is_for_all_languages_and_can_be_kept(client, django_assert_num_queries):
    with django_assert_num_queries(3):
        response = client.get(ADDRESS, headers={"Accept-Language": "uk"})
    assert response["Content-Type"] == "application/ld+json"
    # As its pages: a word that is withdrawn is not read an hour longer.
    assert int(re.search(r"max-age=(\d+)", response["Cache-Control"])[1]) <= 60
    assert response["Content-Language"] == "pl, en, uk, ru"
    assert response.content == client.get(ADDRESS, headers={"Accept-Language": "pl"}).content
    assert not response.cookies
    again = client.get(ADDRESS, headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304
    assert client.post(ADDRESS).status_code == 405


def test_the_list_of_terms_leads_to_the_document(client):
    assert (
        f'href="{ADDRESS}" type="application/ld+json"'
        in client.get("/uk/glossary/").content.decode()
    )


def on_page(client, path):
    """The JSON-LD of a page, as it stands there and as a graph."""
    (block,) = BLOCK.findall(client.get(path).content.decode())
    data = json.loads(block)
    assert data["@context"] == "https://schema.org"
    local = json.dumps(data | {"@context": {"@vocab": "https://schema.org/"}})
    return data, block, Graph().parse(data=local, format="json-ld")


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_the_page_of_a_term_tells_it_in_its_language(client, language):
    data, _block, graph = on_page(client, f"/{language}/glossary/karta-pobytu/")
    term = Term.objects.get(slug="karta-pobytu")
    assert data["name"] == getattr(term, f"name_{language}")
    assert data["description"] == getattr(term, f"meaning_{language}")
    assert data["url"] == f"http://testserver/{language}/glossary/karta-pobytu/"
    assert ("karta pobytu" in data["alternateName"]) == (language != "pl")
    assert data["name"] not in data["alternateName"]
    assert graph.value(concept(term), SDO.inDefinedTermSet) == SCHEME
    for _subject, predicate, thing in graph:
        assert (thing if predicate == RDF.type else predicate) in SDO


def test_hostile_text_stays_inside_the_block(client, no_content):
    term = make_term(name_en=HOSTILE, meaning_en=HOSTILE)
    data, block, _graph = on_page(client, term.get_absolute_url())
    assert not set("<>&") & set(block)
    assert data["name"] == data["description"] == HOSTILE


def test_spellings_for_search_alone_are_no_other_names(client):
    term = make_term(name_uk="управління")
    for kind, text in [("cyrillic", "ужонд"), ("synonym", "відомство")]:
        term.aliases.create(language="uk", kind=kind, text=text)
    data, _block, _graph = on_page(client, f"/uk/glossary/{term.slug}/")
    assert "ужонд" not in data["alternateName"]
    assert "відомство" in data["alternateName"]
