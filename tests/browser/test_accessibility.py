"""axe-core finds nothing on any type of page, light and dark, narrow and wide."""

import pytest

from languages.available import LANGUAGE_CODES
from tests.browser import axe

PATHS = [
    "",
    "procedures/",
    "procedures/?topic=residence&who=ukr",
    "procedures/meldunek-czasowy/",
    "procedures/meldunek-czasowy/?who=eu",
    "procedures/meldunek-czasowy/?when=now",
    "procedures/meldunek-czasowy/beside-polish/",
    "offices/",
    "offices/?kind=castle",
    "offices/?when=now",
    "offices/muw-cudzoziemcy/",
    "service-points/",
    "service-points/?when=after-16",
    "service-points/pid-basztowa/",
    "service-points/pid-basztowa/days/",
    "service-points/usc-zgony/days/",
    "service-points/rezerwacja-opole/",
    "glossary/",
    "glossary/zachowanie-prawa-pobytu/",
    "about/",
    "privacy/",
    "accessibility/",
]


@pytest.mark.parametrize(("language", "width"), [("uk", 390), ("en", 1280)])
def test_axe_finds_nothing(portal, open_page, language, width):
    page = open_page(f"{portal}/{language}/", width=width)
    found = []
    for path in PATHS:
        page.goto(f"{portal}/{language}/{path}")
        for colours, rules in (("light", axe.RULES), ("dark", axe.OF_COLOURS)):
            page.emulate_media(color_scheme=colours)
            found += [f"/{path} {colours} {fault}" for fault in axe.faults(page, rules)]
    assert found == []


def test_axe_finds_nothing_on_a_page_that_does_not_exist(portal, browser):
    page = browser.new_page()
    assert page.goto(f"{portal}/pl/no/such/page/").status == 404
    assert axe.faults(page) == []
    page.close()


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_nothing_is_wider_than_a_narrow_screen(portal, open_page, language):
    page = open_page(f"{portal}/{language}/", width=320, height=700)
    for path in PATHS:
        page.goto(f"{portal}/{language}/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_touch_targets_are_large_enough(portal, open_page):
    """Navigation, buttons and form fields are at least 44 CSS pixels high."""
    page = open_page(f"{portal}/uk/offices/", width=390)
    heights = page.eval_on_selector_all(
        "header a, nav a, button, select",
        "all => all.map(one => [one.textContent, one.getBoundingClientRect().height])",
    )
    assert [one for one in heights if one[1] < 44] == []
