"""An editor at work in a real browser, under the real content security policy."""

import subprocess
import sys
from itertools import count

import pytest
from django.conf import settings

_numbers = count(1)


@pytest.fixture
def editor_page(portal, server_environment, open_page):
    """A browser that is logged in as a new administrator."""
    name = f"editor-{next(_numbers)}"
    command = [sys.executable, "manage.py", "create_admin", name]
    printed = subprocess.run(
        command,
        cwd=settings.BASE_DIR,
        env=server_environment,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    page = open_page(f"{portal}/en/admin/login/?next=/en/admin/")
    page.fill("#id_username", name)
    page.fill("#id_password", printed.split("Password: ")[1].split()[0])
    page.click("[type=submit]")
    page.wait_for_url(f"{portal}/en/admin/first-password/")
    for field in ("#id_new_password1", "#id_new_password2"):
        page.fill(field, "tramwaj-na-Salwator")
    page.click(".submit-row [type=submit]")
    page.wait_for_url(f"{portal}/en/admin/")
    return page


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
