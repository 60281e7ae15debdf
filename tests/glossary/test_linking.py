from html import escape
from html.parser import HTMLParser

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glossary.linking import mark_names
from glossary.models import spellings
from glossary.phrases import PhraseIndex, exact_phrase, phrase
from languages.scripts import mark_polish
from languages.words import forms
from tests.glossary.sentences import sentences, terms

INDEXES = {
    "pl": PhraseIndex(
        [
            phrase("karta", "karta pobytu", forms("karta pobytu", "pl"), "pl"),
            exact_phrase("b", "<b>", "pl"),
            exact_phrase("amp", "amp", "pl"),
            exact_phrase("policja", "policja", "pl"),
        ]
    ),
    "en": PhraseIndex([exact_phrase("card", "residence card", "en")]),
}


def linked(html, language="pl"):
    def find(text, language):
        return INDEXES[language].find(text) if language in INDEXES else ()

    def mark(match, content, language):
        return f"[{match.phrase.key}:{content}]"

    return mark_names(html, language, find, mark)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p data-text>Kartę pobytu</p>", "<p data-text>[karta:Kartę pobytu]</p>"),
        ("<p>Kartę pobytu</p>", "<p>Kartę pobytu</p>"),
        (
            "<div data-text><p>kartę&nbsp;pobytu &lt;i&gt; &amp;c</p></div>",
            "<div data-text><p>[karta:kartę\u00a0pobytu] &lt;i&gt; &amp;c</p></div>",
        ),
        (
            "<div data-text>kar&shy;ty pobytu</div>",
            "<div data-text>[karta:kar\u00adty pobytu]</div>",
        ),
        (
            "<div data-text>karta <b>pobytu</b> policja</div>",
            "<div data-text>karta <b>pobytu</b> [policja:policja]</div>",
        ),
        (
            "<div data-text>policja<br>karta pobytu</div>",
            "<div data-text>[policja:policja]<br>[karta:karta pobytu]</div>",
        ),
        (
            '<div data-text><a title="> policja">x</a> karta pobytu</div>',
            '<div data-text><a title="> policja">x</a> [karta:karta pobytu]</div>',
        ),
        (
            '<div data-text><p lang="en">residence card policja</p> policja</div>',
            '<div data-text><p lang="en">[card:residence card] policja</p> [policja:policja]</div>',
        ),
        (
            '<div data-text lang="de">karta pobytu</div>',
            '<div data-text lang="de">karta pobytu</div>',
        ),
        ("<div data-textual>karta pobytu</div>", "<div data-textual>karta pobytu</div>"),
        ("karta pobytu", "karta pobytu"),
        ("", ""),
    ],
)
def test_what_is_marked(html, expected):
    assert linked(html) == expected


@pytest.mark.parametrize(
    "element",
    [
        *("a", "button", "code", "form", "h1", "h2", "h3", "h4", "h5", "h6", "kbd", "label"),
        *("legend", "option", "pre", "script", "select", "style", "summary", "textarea"),
    ],
)
def test_nothing_is_marked_inside(element):
    html = f"<div data-text><{element}>karta <b>policja</b> pobytu karta pobytu</{element}></div>"
    assert linked(html) == html
    after = f"<div data-text><{element}>x</{element}> policja</div>"
    assert "[policja:" in linked(after)


def test_only_the_first_in_each_section():
    html = (
        "<div data-text>policja policja"
        "<section>policja <b>policja</b><section>policja</section> policja</section>"
        "<section>policja</section> policja</div>"
    )
    assert linked(html) == (
        "<div data-text>[policja:policja] policja"
        "<section>[policja:policja] <b>policja</b><section>[policja:policja]</section> policja"
        "</section><section>[policja:policja]</section> policja</div>"
    )


def test_texts_of_one_section_are_one():
    html = "<section><p data-text>policja</p><p data-text>policja</p></section>"
    assert linked(html).count("[policja:") == 1


def test_what_the_caller_does_not_want_is_left_for_later():
    calls = []

    def mark(match, content, language):
        calls.append(content)
        return None if len(calls) == 1 else "X"

    html = mark_names(
        "<p data-text>policja i policja</p>", "pl", lambda text, _: INDEXES["pl"].find(text), mark
    )
    assert html == "<p data-text>policja i X</p>"


@pytest.mark.parametrize(
    "html",
    [
        "<div data-text></i></p>policja</div></div></div>",
        "<div data-text><b>policja</div>",
        "<div data-text><br/><img src='x'>policja</div>",
    ],
)
def test_stray_and_missing_end_tags_do_no_harm(html):
    assert linked(html).replace("[policja:policja]", "policja") == html
    assert "[policja:" in linked(html)


@pytest.mark.parametrize("html", ["<p data-text>policja <", "<p data-text>policja <a href='"])
def test_markup_that_never_ends_is_left_as_it_is(html):
    assert linked(html) == html.replace("policja", "[policja:policja]")


PIECES = [
    *("karta pobytu", "policja", " ", "&amp;", "&lt;b&gt;", "&nbsp;", "&shy;", "x", "„", "&#39;"),
    *("<b>", "</b>", "<p>", "</p>", "<br>", '<a href="?a=1&amp;b=policja">', "</a>", "<section>"),
    *("</section>", '<p lang="en">', "<h2>", "</h2>", "<code>", "</code>"),
]
TEXTS = st.lists(st.sampled_from(PIECES)).map("".join)


class _Text(HTMLParser):
    def __init__(self):
        super().__init__()
        self.text = ""

    def handle_data(self, data):
        self.text += data


def text_of(html):
    parser = _Text()
    parser.feed(html)
    parser.close()
    return parser.text


@given(TEXTS)
def test_nothing_but_marks_is_added(html):
    html = f"<div data-text>{html}</div>"
    found = mark_names(
        html,
        "pl",
        lambda text, language: INDEXES.get(language, INDEXES["en"]).find(text),
        lambda match, content, language: f"<mark>{content}</mark>",
    )
    assert text_of(found) == text_of(html)
    without = found.replace("<mark>", "").replace("</mark>", "")
    assert html5lib.serialize(html5lib.parse(without)) == html5lib.serialize(html5lib.parse(html))


# A quadratic way through one of these takes minutes and not a fraction of a second.
MANY = 100_000


@pytest.mark.parametrize(
    "hostile",
    [
        "<" * MANY,
        "<a " * MANY,
        '<a "' * MANY,
        "<div data-text>" + "<b>" * MANY + "policja" + "</i>" * MANY,
        "<div data-text>" + "</i>" * MANY,
        "<div data-text>" + "&amp" * MANY,
        "<div data-text>p" + "\u00ad" * MANY,
        "<div data-text>" + "a'" * MANY,
        "<div data-text>" + "PIT-" * MANY,
        "<div data-text>" + "karta " * MANY,
        "<div data-text>a" + "\u0316\u0301" * MANY,
        "<div data-text>" + "karta pobytu " * MANY,
    ],
    ids=lambda hostile: hostile[:24],
)
def test_hostile_texts_take_no_longer_than_others(hostile):
    assert len(linked(hostile)) >= len(hostile)


MIXED = PhraseIndex(
    [exact_phrase("cukr", "карту CUKR", "uk"), exact_phrase("pesel", "PESEL", "pl")]
)


def linked_in_ukrainian(text):
    return mark_names(
        f"<p data-text>{mark_polish(text, 'uk')}</p>",
        "uk",
        lambda text, _language: MIXED.find(text),
        lambda match, content, _language: f"[{content}]",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Візьміть карту CUKR.", 'Візьміть [карту <span lang="pl">CUKR</span>].'),
        ("Номер PESEL тут", "Номер [PESEL] тут"),
        (
            "Вулиця Wielicka і карту CUKR",
            'Вулиця <span lang="pl">Wielicka</span> і [карту <span lang="pl">CUKR</span>]',
        ),
        ("Вулиця Wielicka", 'Вулиця <span lang="pl">Wielicka</span>'),
        ("\ue000 і \ue001", " і "),
    ],
)
def test_a_name_in_both_scripts_is_found_and_latin_words_stay_polish(text, expected):
    assert linked_in_ukrainian(text) == f"<p data-text>{expected}</p>"


def test_polish_in_a_text_that_is_not_cyrillic_stays_marked():
    html = '<div data-text><p lang="en">residence card <span lang="pl">policja</span></p></div>'
    found = mark_names(html, "uk", lambda text, language: INDEXES["en"].find(text), lambda *_: "X")
    assert found == html


@pytest.mark.parametrize("language", ["uk", "ru"])
def test_marking_polish_words_hides_no_name(language):
    index = PhraseIndex(
        phrase(slug, name, forms(name, code), code)
        for slug, names in terms().items()
        for code in (language, "pl")
        for name in spellings(names[code], code)
    )

    def find(text, _language):
        return index.find(text)

    for sentence in sentences(language):
        hits = []

        def mark(match, content, _language, hits=hits):
            hits.append(match.phrase.key)

        mark_names(
            f"<p data-text>{mark_polish(escape(sentence.text), language)}</p>", language, find, mark
        )
        assert hits == [match.phrase.key for match in index.find(sentence.text)], sentence.text
