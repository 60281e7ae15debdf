"""The Polish word of a term is read aloud by a Polish voice of the device, where there is one."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import axe

PATH = "glossary/karta-pobytu/"

# A browser with the voices of ``window.voices``, which it learns of when told to.
SPEECH = """
window.voices = %s;
window.said = [];
let current = null;
const synthesis = Object.assign(new EventTarget(), {
  getVoices: () => window.voices,
  speak: (utterance) => { current = utterance; window.said.push(utterance); },
  cancel: () => { if (current) window.said.push("stop"); current = null; },
});
window.finish = () => { const one = current; current = null; one.dispatchEvent(new Event("end")); };
Object.defineProperty(window, "speechSynthesis", { value: synthesis });
window.SpeechSynthesisUtterance = class extends EventTarget {
  constructor(text) { super(); this.text = text; }
};
"""
LOCAL = '{name: "Zosia", lang: "pl-PL", localService: true}'
OF_A_SERVICE = '{name: "Cloud", lang: "pl-PL", localService: false}'
ENGLISH = '{name: "Sam", lang: "en-GB", localService: true}'
SAID = "said.map((one) => one.text ? `${one.text} (${one.voice.name}, ${one.lang})` : one)"


@pytest.fixture
def term_page(portal, open_page):
    def open_term(*voices, language="en"):
        page = open_page(f"{portal}/{language}/about/")
        page.add_init_script(SPEECH % f"[{', '.join(voices)}]")
        page.goto(f"{portal}/{language}/{PATH}")
        return page

    return open_term


def listen(page):
    return page.locator("[data-read-aloud] button")


@pytest.mark.parametrize("language", ["pl", "en", "uk", "ru"])
def test_the_polish_word_and_nothing_else_is_said(term_page, language):
    page = term_page(ENGLISH, OF_A_SERVICE, LOCAL, language=language)
    expect(listen(page)).to_have_accessible_name(re.compile(r"^\S+ karta pobytu$"))
    listen(page).focus()
    page.keyboard.press("Enter")
    assert page.evaluate(SAID) == ["karta pobytu (Zosia, pl-PL)"]


@pytest.mark.parametrize("voices", [[], [ENGLISH], [OF_A_SERVICE]])
def test_without_a_polish_voice_on_the_device_there_is_no_button(term_page, voices):
    page = term_page(*voices)
    expect(page.locator("#languages")).to_be_visible()
    expect(listen(page)).to_be_hidden()


def test_a_second_press_stops_and_a_third_begins_anew(term_page):
    page = term_page(LOCAL)
    for _ in range(3):
        listen(page).click()
    word = "karta pobytu (Zosia, pl-PL)"
    assert page.evaluate(SAID) == [word, "stop", word]
    page.evaluate("finish()")
    listen(page).click()
    assert page.evaluate(SAID) == [word, "stop", word, word]


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_moves_when_a_voice_is_found_late(term_page, width):
    page = term_page()
    page.set_viewport_size({"width": width, "height": 800})
    places = "[...document.querySelectorAll('h2, dt, dd')].map((e) => e.getBoundingClientRect().y)"
    before = page.evaluate(places)
    page.evaluate(f"voices = [{LOCAL}]; speechSynthesis.dispatchEvent(new Event('voiceschanged'))")
    expect(listen(page)).to_be_visible()
    assert page.evaluate(places) == pytest.approx(before, abs=0.5)
    box = listen(page).bounding_box()
    assert box["height"] >= 44
    assert box["x"] + box["width"] <= width


def test_the_button_is_accessible(term_page):
    page = term_page(LOCAL)
    expect(listen(page)).to_be_visible()
    assert axe.faults(page) == []
