"""A word in a text is explained where it stands: by touch, keyboard and pointer."""

import pytest
from playwright.sync_api import expect

from tests.browser import axe

PATH = "procedures/meldunek-czasowy/"
TERM = "a[data-term=karta-pobytu]"


@pytest.fixture
def explained(portal, open_page):
    """A page with the explanation of a word open, and what belongs to it."""

    def open_explanation(language="en", width=1280, **options):
        page = open_page(f"{portal}/{language}/{PATH}", width=width, **options)
        page.locator(TERM).first.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        return page

    return open_explanation


def test_an_explanation_has_the_word_its_meaning_and_the_official_word(explained):
    page = explained("uk")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("карта побиту")
    expect(dialog.locator("[lang=pl]").first).to_have_text("karta pobytu")
    entry = page.locator("[data-entry=karta-pobytu] dd")
    assert entry.inner_text() in dialog.inner_text()
    link = dialog.get_by_role("link")
    assert link.get_attribute("href").endswith("/uk/glossary/karta-pobytu/")
    link.click()
    assert page.url.endswith("/uk/glossary/karta-pobytu/")


def test_a_word_that_is_the_same_in_polish_says_that_it_is_polish(portal, open_page):
    page = open_page(f"{portal}/en/{PATH}")
    page.locator("a[data-term=pesel]").first.click()
    dialog = page.get_by_role("dialog", name="PESEL")
    expect(dialog.locator("[lang=pl]").first).to_have_text("PESEL")


def test_a_screen_reader_hears_it_once(explained):
    page = explained()
    # The focus is in the dialog, whose name and description are the word and its meaning.
    dialog = page.get_by_role("dialog", name="residence card karta pobytu")
    expect(dialog).to_be_focused()
    expect(dialog).to_have_accessible_description(
        page.locator("[data-entry=karta-pobytu] dd").inner_text()
    )
    assert page.locator("[aria-live], [role=alert], [role=status]").count() == 0
    # What opens is announced, and the link has no description of its own.
    expect(page.locator(TERM).first).to_have_accessible_description("")
    assert page.locator(TERM).first.get_attribute("aria-haspopup") == "dialog"


def test_a_walk_by_keyboard(portal, open_page):
    page = open_page(f"{portal}/en/{PATH}")
    link = page.locator(TERM).first
    link.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_focused()
    page.keyboard.press("Tab")
    expect(dialog.get_by_role("link")).to_be_focused()
    page.keyboard.press("Tab")
    expect(dialog.get_by_role("button")).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(link).to_be_focused()
    assert page.url.endswith(PATH)


def test_a_tap_elsewhere_closes_it_and_leaves_the_focus_there(explained):
    page = explained()
    page.mouse.click(5, 5)
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_another_word_takes_its_place(explained):
    page = explained()
    page.locator("a[data-term=umowa-najmu]").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_have_count(1)
    expect(dialog).to_contain_text("umowa najmu")


def test_nothing_moves_when_it_opens(portal, open_page):
    page = open_page(f"{portal}/en/{PATH}", width=390)
    link = page.locator(TERM).first
    link.scroll_into_view_if_needed()
    places = "[...document.querySelectorAll('main *')].slice(0, 400).map(e => e.offsetTop)"
    before, scrolled = page.evaluate(places), page.evaluate("scrollY")
    link.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert page.evaluate(places) == before
    assert page.evaluate("scrollY") == scrolled


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("language", "width"), [("ru", 390), ("pl", 1280)])
def test_axe_finds_nothing_with_an_explanation_open(explained, language, width, dark):
    page = explained(language, width, dark=dark)
    assert axe.faults(page, axe.OF_COLOURS if dark else axe.RULES) == []


@pytest.mark.parametrize(("width", "text"), [(320, "100%"), (390, "200%"), (1280, "200%")])
def test_it_fits_narrow_screens_and_large_text(portal, open_page, width, text):
    page = open_page(f"{portal}/uk/{PATH}", width=width)
    page.evaluate(f"document.documentElement.style.fontSize = '{text}'")
    page.locator(TERM).first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_in_viewport(ratio=0.99)
    box = dialog.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    # What does not fit is reached by scrolling inside of it.
    dialog.get_by_role("button").scroll_into_view_if_needed()
    expect(dialog.get_by_role("button")).to_be_in_viewport()


def test_without_javascript_a_word_is_a_link(portal, open_page):
    page = open_page(f"{portal}/en/{PATH}", java_script_enabled=False)
    page.locator(TERM).first.click()
    assert page.url == f"{portal}/en/glossary/karta-pobytu/"


def test_a_word_opens_in_a_new_tab_where_that_is_asked_for(portal, open_page):
    page = open_page(f"{portal}/en/{PATH}")
    with page.context.expect_page() as opened:
        page.locator(TERM).first.click(modifiers=["ControlOrMeta"])
    assert opened.value.url.endswith("/glossary/karta-pobytu/")
    expect(page.get_by_role("dialog")).to_be_hidden()
