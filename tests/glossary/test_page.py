import html5lib
import pytest

from tests.factories import make_office, make_procedure, make_service_point, make_term

pytestmark = pytest.mark.usefixtures("no_content")


def page(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return html5lib.parse(response.content, namespaceHTMLElements=False)


def links(element):
    """Text and attributes of the links to terms in running text."""
    found = [link for link in element.iter("a") if link.get("class") == "term"]
    return [("".join(link.itertext()), link.attrib) for link in found]


def words(element):
    """The list of words at the end of a page: headwords by the slug of their term."""
    entries = [one for one in element.iter("div") if one.get("data-entry")]
    return {one.get("data-entry"): "".join(one.itertext()) for one in entries}


def section(element, name):
    return next(one for one in element.iter("section") if one.get("aria-labelledby") == name)


@pytest.fixture
def card(no_content):
    return make_term(
        slug="karta-pobytu",
        name_pl="karta pobytu",
        name_en="residence card",
        name_uk="карта побиту",
        meaning_pl="Dokument cudzoziemca.",
        meaning_en="A document of a foreigner.",
    )


def test_words_link_in_every_long_text_of_a_procedure(client, card):
    procedure = make_procedure(
        summary_pl="x",
        summary_en="Your residence card.",
        eligibility_en="<p>For <strong>residence cards</strong>.</p>",
        documents_note_en="A residence card.",
        result_en="<p>You get a residence card.</p>",
        good_to_know_en="<ul><li>kartę pobytu</li></ul>",
    )
    procedure.documents.create(name_pl="x", name_en="residence card", note_en="Your residence card")
    procedure.steps.create(title_pl="x", title_en="residence card", text_en="<p>residence card</p>")
    procedure.exclusions.create(condition_pl="x", condition_en="you have a residence card")
    found = page(client, f"/en/procedures/{procedure.slug}/")
    texts = [text for text, _ in links(found)]
    # One in the summary, one in each section.
    assert texts == [
        "residence card",
        "residence cards",
        "residence card",
        "residence card",
        "residence card",
        "kartę pobytu",
    ]
    for name in ("for-me", "bring", "steps", "result", "good-to-know"):
        assert len(links(section(found, name))) == 1


def test_a_link_leads_to_the_term_without_javascript(client, card):
    procedure = make_procedure(summary_pl="Twoja karta pobytu.")
    ((text, attributes),) = links(page(client, f"/pl/procedures/{procedure.slug}/"))
    assert text == "karta pobytu"
    assert attributes == {
        "class": "term",
        "href": "/pl/glossary/karta-pobytu/",
        "data-term": "karta-pobytu",
    }


def test_a_polish_word_in_another_language_says_so(client, card):
    procedure = make_procedure(summary_pl="x", summary_en="Ask for the karta pobytu.")
    ((_text, attributes),) = links(page(client, f"/en/procedures/{procedure.slug}/"))
    assert attributes["lang"] == "pl"


def test_a_text_in_another_language_than_the_page_is_read_in_its_own(client, card):
    procedure = make_procedure(
        summary_pl="x", summary_en="Your residence cards.", summary_uk=None, name_uk="Назва"
    )
    found = page(client, f"/uk/procedures/{procedure.slug}/")
    ((text, attributes),) = links(found)
    assert text == "residence cards"
    assert attributes["href"] == "/uk/glossary/karta-pobytu/"


def test_a_procedure_ends_with_its_words(client, card):
    chosen = make_term(slug="odcisk", name_pl="odcisk palca", name_en="print", meaning_en="A mark.")
    make_term(slug="other", name_pl="inny", name_en="other")
    procedure = make_procedure(summary_pl="x", summary_en="A residence card.")
    procedure.terms.add(chosen)
    found = words(page(client, f"/en/procedures/{procedure.slug}/"))
    assert list(found) == ["karta-pobytu", "odcisk"]
    assert "residence card" in found["karta-pobytu"]
    assert "karta pobytu" in found["karta-pobytu"]
    assert "A document of a foreigner." in found["karta-pobytu"]


def test_words_of_the_checklist_are_listed_though_labels_link_nothing(client, card):
    procedure = make_procedure(summary_pl="x")
    procedure.documents.create(name_pl="x", name_en="Residence card")
    found = page(client, f"/en/procedures/{procedure.slug}/")
    assert links(found) == []
    assert list(words(found)) == ["karta-pobytu"]


def test_a_page_without_words_has_no_list(client):
    procedure = make_procedure(summary_pl="x")
    found = page(client, f"/en/procedures/{procedure.slug}/")
    assert words(found) == {}
    assert not any(script.get("src", "").endswith("words.js") for script in found.iter("script"))


def test_offices_and_service_points_link_words_too(client, card):
    office = make_office(summary_en="Residence cards.", description_en="<p>residence card</p>")
    point = make_service_point(office=office, description_en="<p>Collect a residence card.</p>")
    assert len(links(page(client, f"/en/offices/{office.slug}/"))) == 2
    assert len(links(page(client, f"/en/service-points/{point.slug}/"))) == 1


def test_a_term_links_to_others_and_not_to_itself(client, card):
    make_term(
        slug="odcisk",
        name_pl="odcisk",
        name_en="fingerprint",
        details_en="<p>fingerprint, residence card</p>",
    )
    texts = [text for text, _ in links(page(client, "/en/glossary/odcisk/"))]
    assert texts == ["residence card"]


def test_a_hostile_name_is_shown_as_text(client):
    hostile = "<script>alert=1</script> karta"
    make_term(
        slug="x", name_pl=hostile, name_en=hostile, meaning_en='"><img src=x onerror=alert(1)>'
    )
    procedure = make_procedure(
        summary_pl="x", summary_en="See <script>alert=1</script> karta & more."
    )
    found = page(client, f"/en/procedures/{procedure.slug}/")
    assert "alert" not in "".join("".join(one.itertext()) for one in found.iter("script"))
    assert not any("onerror" in one.attrib for one in found.iter())
    assert hostile in words(found)["x"]
