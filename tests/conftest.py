"""The database of the tests holds the starter content; a test that wants less deletes it."""

import os

import pytest
from django.core.management import call_command

# Playwright's synchronous interface runs an event loop; our database calls are not on it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    call_command("compile_catalogues")
    with django_db_blocker.unblock():
        call_command("load_starter_content", verbosity=0)


@pytest.fixture(autouse=True)
def _english():
    """Tests read English unless they say otherwise, and leave no language behind."""
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.fixture
def no_content(db):
    """An empty portal."""
    from tests.factories import delete_all_content

    delete_all_content()


@pytest.fixture
def editor(client, db):
    """A browser that is logged in as someone who may do everything in the admin."""
    from tests.factories import make_editor

    client.force_login(make_editor())
    return client


@pytest.fixture
def as_on_the_server(db):
    """A query that fails spoils no later one, as outside of the transaction that a test is."""
    from django.db import connection, transaction

    def in_itself(execute, sql, params, many, context):
        if sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            return execute(sql, params, many, context)
        with transaction.atomic():
            return execute(sql, params, many, context)

    with connection.execute_wrapper(in_itself):
        yield
