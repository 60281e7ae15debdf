"""What a reader does on a phone: without JavaScript, with it, with a keyboard, on paper."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect


def test_every_page_works_without_javascript(portal, open_page):
    page = open_page(f"{portal}/uk/", java_script_enabled=False, width=390)
    page.click("main a.tile >> nth=0")
    page.click("main .card__title a >> nth=0")
    assert page.locator("h1").count() == 1
    box = page.locator(".check input >> nth=0")
    box.check()
    assert box.is_checked()


def test_ticks_of_the_checklist_stay_on_the_device(portal, open_page):
    page = open_page(f"{portal}/en/procedures/meldunek-czasowy/")
    page.locator(".check input >> nth=1").check()
    page.reload()
    assert not page.locator(".check input >> nth=0").is_checked()
    assert page.locator(".check input >> nth=1").is_checked()
    assert page.context.cookies() == []


def test_first_tab_leads_to_the_content(portal, open_page):
    page = open_page(f"{portal}/en/offices/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_switcher_keeps_the_page(portal, open_page):
    page = open_page(f"{portal}/en/offices/?kind=state")
    page.click(".languages a[lang=uk]")
    assert page.url == f"{portal}/uk/offices/?kind=state"


def test_first_visit_is_light(portal, open_page):
    requests = []
    page = open_page("about:blank", width=390)
    page.on("response", lambda response: requests.append(response))  # noqa: PLW0108
    page.goto(f"{portal}/uk/procedures/meldunek-czasowy/", wait_until="networkidle")
    assert len(requests) <= 8
    assert all(response.url.startswith(portal) for response in requests)
    sizes = [response.request.sizes() for response in requests]
    assert sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes) <= 60_000
    assert sizes[0]["responseBodySize"] <= 20_000


def test_paper_gets_the_facts_and_not_the_navigation(portal, open_page):
    page = open_page(f"{portal}/pl/procedures/meldunek-czasowy/")
    page.emulate_media(media="print")
    assert page.locator(".qr").is_visible()
    for hidden in (".masthead", ".sections", ".foot", ".contents"):
        assert not page.locator(hidden).is_visible()


# Whether each folded part of the page shows what is in it.
SHOWN = """[...document.querySelectorAll("details")].map(
    folded => [...folded.children].every(child => child.checkVisibility({
        contentVisibilityAuto: true
    }))
)"""


@pytest.mark.parametrize("path", ["service-points/odbior-karty-pobytu/", "offices/usc/"])
def test_paper_gets_what_is_folded_on_the_screen(portal, open_page, path):
    page = open_page(f"{portal}/en/{path}", java_script_enabled=False)
    assert not any(page.evaluate(SHOWN))
    page.emulate_media(media="print")
    assert page.evaluate(SHOWN)
    assert all(page.evaluate(SHOWN))


def test_what_was_opened_for_paper_is_folded_again(portal, open_page):
    """For browsers without ``::details-content``."""
    page = open_page(f"{portal}/en/service-points/odbior-karty-pobytu/")
    page.locator("summary").first.click()
    are_open = """event => {
        dispatchEvent(new Event(event));
        return [...document.querySelectorAll("details")].map(folded => folded.open);
    }"""
    opened, folded = (page.evaluate(are_open, event) for event in ("beforeprint", "afterprint"))
    assert opened == [True, True]
    assert folded == [True, False]


def test_nothing_moves_while_a_page_loads(portal, open_page):
    page = open_page(f"{portal}/en/procedures/meldunek-czasowy/", width=390)
    shift = page.evaluate(
        """new Promise(resolve => {
            let sum = 0;
            new PerformanceObserver(list => { for (const e of list.getEntries()) sum += e.value; })
                .observe({type: "layout-shift", buffered: true});
            setTimeout(() => resolve(sum), 300);
        })"""
    )
    assert shift == 0


def test_a_page_that_is_left_open_changes_its_states_by_itself(portal, open_page):
    address = f"{portal}/en/service-points/zus-pedzichow/"
    page = open_page("about:blank")
    page.clock.install()
    page.goto(address)
    state = page.locator(".state").first
    before = state.inner_text()
    later = page.request.get(address).text().replace(before, "Open until 23:59 of the test")
    later = later.replace('<th scope="row">Monday', '<th scope="row">Monday of the test')
    page.route(address, lambda route: route.fulfill(body=later, content_type="text/html"))
    page.clock.fast_forward("24:00:10")
    expect(state).to_have_text("Open until 23:59 of the test")
    expect(page.locator(".week th").first).to_contain_text("Monday of the test")
    assert page.locator("h1").count() == 1


def test_a_page_that_came_from_a_cache_is_fetched_anew_in_time(portal, open_page):
    address = f"{portal}/en/service-points/zus-pedzichow/"
    page = open_page("about:blank")
    page.clock.install()
    html = page.request.get(address).text()
    now, half_a_minute = datetime.now(UTC), timedelta(seconds=30)
    until, served = (now + half_a_minute).isoformat(), (now - half_a_minute).isoformat()
    kept = re.sub('fresh-until" content="[^"]+"', f'fresh-until" content="{until}"', html)
    headers = {"Content-Type": "text/html", "Server-Timing": f'clock;desc="{served}"'}
    page.route(address, lambda route: route.fulfill(body=kept, headers=headers))
    page.goto(address)
    state = page.locator(".state").first
    later = html.replace(state.inner_text(), "Open until 23:59 of the test")
    page.route(address, lambda route: route.fulfill(body=later, content_type="text/html"))
    page.clock.fast_forward("00:40")
    expect(state).to_have_text("Open until 23:59 of the test")
