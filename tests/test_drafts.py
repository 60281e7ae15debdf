"""What readers must not see is met on no page, in no feed and in no file, whatever refers to it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib
import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from languages.available import LANGUAGE_CODES

from .addresses import public_addresses
from .factories import delete_all_content
from .relations import HIDDEN, WORD, World, relations_of_records, root_of

pytestmark = pytest.mark.django_db

# Relations and parts of which no page shows anything, though both ends are published, and why.
SHOWN_NOWHERE = {
    "glossary.Term.topics": "for editors, who filter by it",
    "offices.BookingPolicy.channel": "a channel of another point; its own is shown",
    "offices.DayException": "its day is long past",
    "offices.Office.holiday_calendar": "its days are shown, its name is for editors",
    "offices.Season": "its days are long past",
    "offices.ToldEvent": "what the calendar feed told last",
    "procedures.Fee.source": "for editors; the sources of the procedure are shown",
    "procedures.Step.document": "a document of another procedure; its own are shown",
}

# Addresses that answer with another one.
LEAD_ELSEWHERE = {"first_password", "language_gateway"}

_LINK = re.compile(r'<a[^>]*\shref="([^"]+)"')
_SELECT = re.compile(r'<select name="(\w+)"(.*?)</select>', re.DOTALL)
_OPTION = re.compile(r'<option value="([^"]+)"')


@dataclass
class Page:
    """What an address answered."""

    address: str
    # The word of the record that it is about.
    subject: str | None
    text: str
    is_html: bool

    @cached_property
    def words(self) -> set[str]:
        return set(WORD.findall(self.text))

    @cached_property
    def choices(self) -> list[str]:
        """Where each choice of its filters leads, taken alone."""
        path = self.address.partition("?")[0]
        return [
            f"{path}?{name}={value}"
            for name, options in _SELECT.findall(self.text)
            for value in _OPTION.findall(options)
        ]

    @cached_property
    def links(self) -> list[str]:
        found = map(unescape, _LINK.findall(self.text))
        return [urljoin(self.address, link).partition("#")[0] for link in found]


@dataclass
class Crawl:
    """What readers can find of a world, and how its rows hang together."""

    pages: dict[str, Page] = field(default_factory=dict)
    # How the pages of hidden records answer.
    hidden: dict[str, int] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    controls: dict[str, "Control"] = field(default_factory=dict)

    def shows(self, control: "Control") -> bool:
        """Whether a page of the one has the other; a topic and such may be met on any."""
        return any(
            bool(control.holder & page.words)
            if page.subject == control.held
            else control.held in page.words
            for page in self.pages.values()
            if control.is_heading or page.subject in {control.held, *control.holder}
        )


@dataclass
class Control:
    """A relation or part of which both ends are published."""

    # The words of what holds it, and of the record that this is a part of.
    holder: set[str]
    held: str
    # Whether what is held is no record and no part of one: a topic, a source.
    is_heading: bool


def addresses(records):
    """All public addresses in the active language, with the word of the record that each is of."""
    for name, model in public_addresses():
        if model is None and name not in LEAD_ELSEWHERE:
            yield reverse(name), None
        for record in records if model else ():
            if type(record) is model:
                yield reverse(name, kwargs={"slug": record.slug}), record.slug


def crawl(world, languages):
    """All pages that links and filters lead to, and those that nothing links to."""
    client, found = Client(), Crawl()
    for language in languages:
        with translation.override(language):
            subjects = dict(addresses(world.seen))
            hidden = list(addresses(world.hidden))
        for address, word in hidden if language == languages[0] else ():
            if word:
                found.hidden[address] = client.get(address).status_code
        waiting = list(subjects)
        while waiting:
            address = waiting.pop()
            if address in found.pages:
                continue
            response = client.get(address)
            assert response.status_code == 200, f"{address} answers {response.status_code}"
            # Lines of a calendar are folded anywhere.
            text = response.content.decode().replace("\r\n ", "")
            is_html = response["Content-Type"].startswith("text/html")
            page = Page(address, subjects.get(urlsplit(address).path), text, is_html)
            found.pages[address] = page
            if is_html:
                targets = page.links + page.choices
                waiting += [one for one in targets if one.startswith(f"/{language}/")]
    found.names = {word: f"{row._meta.label} {row}" for word, row in world.words.items()}
    found.controls = {
        name: Control(
            {world.word(holder), world.word(world.root(holder))},
            world.word(held),
            root_of(type(held)) is None,
        )
        for name, (holder, held) in world.controls.items()
    }
    return found


@pytest.fixture(scope="module")
def crawled(django_db_setup, django_db_blocker):
    """Crawls a world that is gone afterwards."""

    def crawl_world(languages=LANGUAGE_CODES, **options):
        with django_db_blocker.unblock(), transaction.atomic():
            delete_all_content()
            found = crawl(World(**options), languages)
            transaction.set_rollback(True)
        return found

    return crawl_world


# Elements that say something by what is in them.
_TELLING = {"a", "dd", "dl", "dt", "li", "nav", "ol", "p", "section", "table", "td", "th", "ul"}
_HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6", "summary"]


def _text(elements: Iterable[Element]) -> str:
    return "".join(piece for one in elements for piece in one.itertext()).strip()


def hollow(html: str) -> Iterator[str]:
    """Elements of a page without content, and headings that stand over none."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    for parent in tree.iter():
        for template in parent.findall("template"):  # filled by a script
            parent.remove(template)
    parents = {child: parent for parent in tree.iter() for child in parent}
    for element in tree.iter():
        if element.tag in {*_TELLING, *_HEADINGS} and not _text([element]):
            yield f"an empty {element.tag}"
        if element.tag in _HEADINGS and not _text(_under(element, parents)):
            yield f"nothing under “{_text([element])}”"


def _under(heading: Element, parents: dict[Element, Element]) -> Iterator[Element]:
    """What follows a heading, up to the next one that is not below it."""
    place, level = heading, _HEADINGS.index(heading.tag)
    while parents[place].tag in {"header", "div"} and place is parents[place][-1]:
        place = parents[place]
    siblings = list(parents[place])
    for sibling in siblings[siblings.index(place) + 1 :]:
        if any(one.tag in _HEADINGS[: level + 1] for one in sibling.iter()):
            return
        yield sibling


@pytest.fixture(scope="module")
def portal(crawled):
    """All pages of a portal in which everything refers to what is seen and to what is not."""
    return crawled()


def test_nothing_that_is_hidden_is_met_anywhere(portal):
    met = {
        f"{page.address} shows {portal.names[word]}"
        for page in portal.pages.values()
        for word in page.words
        if word.startswith(HIDDEN)
    }
    assert not met


def test_pages_of_what_is_hidden_are_not_there(portal):
    assert set(portal.hidden.values()) == {404, 410}


def test_every_relation_shows_what_is_published(portal):
    """So the draft beside it stood where a draft could be met."""
    unseen = {name for name, one in portal.controls.items() if not portal.shows(one)}
    assert unseen == SHOWN_NOWHERE.keys()
    assert relations_of_records() <= portal.controls.keys()


def test_every_choice_and_every_link_to_one_leads_to_a_record(portal):
    lists = [page for page in portal.pages.values() if page.choices]
    assert {choice for page in lists for choice in page.choices} <= portal.pages.keys()
    assert any("?" in page.address for page in lists)
    for page in lists:
        assert 'role="alert"' not in page.text, page.address
        assert "<article" in page.text, page.address


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("<h2>A</h2><ul><li>B</li></ul>", []),
        ("<h2>A</h2><ul> </ul>", ["nothing under “A”", "an empty ul"]),
        ("<h2>A</h2><h2>B</h2><p>C</p>", ["nothing under “A”"]),
        ("<h2>A</h2><section><h3>B</h3><p>C</p></section>", []),
        ("<section><h2>A</h2></section><p>B</p>", ["nothing under “A”"]),
        ("<header><p>K</p><h1>A</h1></header><p>B</p>", []),
        ("<dl><dt>A</dt><dd></dd></dl>", ["an empty dd"]),
        ("<details><summary>A</summary></details>", ["nothing under “A”"]),
    ],
)
def test_hollow_parts_of_a_page_are_found(markup, found):
    assert list(hollow(markup)) == found


@pytest.mark.parametrize(
    "options",
    [
        pytest.param({"has_controls": False}, id="one record of a kind refers to drafts alone"),
        pytest.param({"has_controls": False, "hub_status": "draft"}, id="there are drafts alone"),
        pytest.param({"is_bare": True}, id="one record of a kind refers to nothing"),
    ],
)
def test_no_heading_and_no_list_stands_over_nothing(crawled, options):
    found = crawled(["en"], **options)
    assert {
        f"{page.address}: {fault}"
        for page in found.pages.values()
        if page.is_html
        for fault in hollow(page.text)
    } == set()
    met = {word for page in found.pages.values() for word in page.words if word.startswith(HIDDEN)}
    assert not met
