"""An editor at work in a real browser, under the real content security policy."""

import subprocess
import sys

import pytest
from django.conf import settings

from offices.models import ServicePoint

from .conftest import opening_pages


@pytest.fixture(scope="session")
def logged_in(portal, server_environment, browser):
    """What a browser keeps that is logged in as a new administrator."""
    command = [sys.executable, "manage.py", "create_admin", "editor"]
    printed = subprocess.run(
        command,
        cwd=settings.BASE_DIR,
        env=server_environment,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    with opening_pages(browser) as open_page:
        page = open_page(f"{portal}/en/admin/login/?next=/en/admin/")
        page.fill("#id_username", "editor")
        page.fill("#id_password", printed.split("Password: ")[1].split()[0])
        page.click("[type=submit]")
        page.wait_for_url(f"{portal}/en/admin/first-password/")
        for field in ("#id_new_password1", "#id_new_password2"):
            page.fill(field, "tramwaj-na-Salwator")
        page.click(".submit-row [type=submit]")
        page.wait_for_url(f"{portal}/en/admin/")
        return page.context.storage_state()


@pytest.fixture
def editor_page(portal, logged_in, open_page):
    """A page of an administrator."""
    return open_page(f"{portal}/en/admin/", storage_state=logged_in)


def test_language_tabs_show_one_language_at_a_time(portal, editor_page):
    page = editor_page
    page.goto(f"{portal}/en/admin/glossary/term/add/")
    assert page.locator("#id_name_pl").is_visible()
    assert not page.locator("#id_name_uk").is_visible()
    page.click(".language-tabs button[data-language=uk]")
    assert page.locator("#id_name_uk").is_visible()
    assert not page.locator("#id_name_pl").is_visible()
    page.click(".language-tabs button[data-language=all]")
    assert page.locator("#id_name_pl").is_visible()
    assert page.locator("#id_name_uk").is_visible()


def test_a_mistake_opens_the_language_that_it_is_in(portal, editor_page):
    page = editor_page
    page.goto(f"{portal}/en/admin/glossary/term/add/")
    page.fill("#id_slug", "browser-word")
    page.click(".language-tabs button[data-language=uk]")
    page.locator("[name=_save]").first.click()
    page.wait_for_selector(".errornote")
    assert page.locator("#id_name_pl").is_visible()
    assert page.input_value("#id_slug") == "browser-word"


def test_the_rich_text_editor_works_under_the_policy(portal, editor_page):
    page = editor_page
    page.goto(f"{portal}/en/admin/glossary/term/add/")
    editor = page.locator(".field-details_pl .ProseMirror")
    editor.click()
    page.keyboard.type("Zwykłe słowo")
    assert "<p>Zwykłe słowo</p>" in page.locator("#id_details_pl").input_value()


def test_added_parts_follow_the_chosen_language(portal, editor_page):
    page = editor_page
    page.goto(f"{portal}/en/admin/procedures/procedure/add/")
    page.click(".language-tabs button[data-language=ru]")
    page.click("#fees-group summary")
    page.click("#fees-group .add-row a")
    assert page.locator("#id_fees-0-purpose_ru").is_visible()
    assert not page.locator("#id_fees-0-purpose_pl").is_visible()


@pytest.fixture
def hours_page(portal, editor_page):
    """The hours of a counter, reached from the page of its service point."""
    point = ServicePoint.objects.get(slug="pid-basztowa")
    editor_page.goto(f"{portal}/en/admin/offices/servicepoint/{point.pk}/change/")
    editor_page.get_by_role("link", name="Edit the hours").first.click()
    editor_page.wait_for_selector("[data-hours-preview]")
    return editor_page


def test_the_preview_of_hours_follows_what_is_typed(hours_page):
    page = hours_page
    shown = page.locator(".hours-preview__body")
    assert shown.locator("[lang]").count() == 4
    for day in range(7):
        page.check(f"input[name=rules-0-weekdays][value='{day}']")
    page.fill("#id_rules-1-hours", "")
    page.fill("#id_rules-0-hours", "1:07-23:53")
    shown.get_by_text("01:07–23:53").first.wait_for()
    page.fill("#id_rules-0-hours", "23:53-1:07 or so")
    shown.get_by_text("weekly hours 1").wait_for()
    # A date out of the calendar comes without an event of its own.
    page.click("#exceptions-group .add-row a")
    page.fill("#id_rules-0-hours", "1:07-23:53")
    page.click("#exceptions-0 .field-starts_on .datetimeshortcuts a >> nth=0")
    page.fill("#id_exceptions-0-reason_pl", "Szkolenie")
    shown.get_by_text("Szkolenie").first.wait_for()


def test_the_preview_stays_when_the_server_is_away(hours_page):
    page = hours_page
    before = page.locator(".hours-preview__body").inner_text()
    # Answered as for someone who is logged out; a lost connection would be told in the console.
    page.route("**/preview/*", lambda route: route.fulfill(status=302, headers={"Location": "/"}))
    page.fill("#id_rules-0-hours", "1:07-23:53")
    page.get_by_text("could not be refreshed").wait_for()
    assert page.locator(".hours-preview__body").inner_text() == before
    assert page.input_value("#id_rules-0-hours") == "1:07-23:53"


def test_what_is_set_in_a_row_is_unfolded(hours_page):
    page = hours_page
    rare = page.locator("#rules-0 details")
    assert rare.get_attribute("open") is None
    rare.locator("summary").click()
    page.fill("#id_rules-0-last_admission", "17:30")
    page.fill("#id_rules-1-hours", "16-8")
    page.locator("[name=_save]").first.click()
    page.wait_for_selector(".errornote")
    assert page.input_value("#id_rules-1-hours") == "16-8"
    assert rare.get_attribute("open") is not None
    assert page.locator("#rules-1 details").get_attribute("open") is None
