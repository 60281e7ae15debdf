"""What a browser keeps never hides what editors have done since."""

import pytest
from django.db import connection


@pytest.fixture
def by_another(portal):
    """Carry out SQL outside the test's transaction, as another process would."""
    other = connection.copy()

    def execute(sql, *parameters):
        with other.cursor() as cursor:
            cursor.execute(sql, parameters)

    yield execute
    execute("UPDATE glossary_term SET status = 'published', slug = 'pesel' WHERE name_pl = 'PESEL'")
    execute("DELETE FROM django_redirect")
    other.close()


@pytest.fixture
def visit(browser, portal):
    """Go to an address in one and the same browser: the status, and where that ended."""
    context = browser.new_context()
    page = context.new_page()

    def visit(address):
        response = page.goto(portal + address)
        return response.status, response.url.removeprefix(portal)

    yield visit
    context.close()


def test_a_record_that_is_published_again_is_seen_at_once(visit, by_another):
    address = "/en/glossary/pesel/"
    by_another("UPDATE glossary_term SET status = 'archived' WHERE slug = 'pesel'")
    assert visit(address) == (410, address)
    by_another("UPDATE glossary_term SET status = 'published' WHERE slug = 'pesel'")
    assert visit(address) == (200, address)


def test_a_name_that_is_given_back_leads_in_no_circle(visit, by_another):
    def rename(old, new):
        by_another("DELETE FROM django_redirect")
        by_another("UPDATE glossary_term SET slug = %s WHERE slug = %s", new, old)
        by_another(
            "INSERT INTO django_redirect (site_id, old_path, new_path) VALUES (1, %s, %s)",
            f"/en/glossary/{old}/",
            f"/en/glossary/{new}/",
        )

    rename("pesel", "number")
    assert visit("/en/glossary/pesel/") == (200, "/en/glossary/number/")
    rename("number", "pesel")
    assert visit("/en/glossary/pesel/") == (200, "/en/glossary/pesel/")
