"""The database of the tests holds the starter content; a test that wants less deletes it."""

import fcntl
import gc
import os
import time
from contextlib import contextmanager
from urllib.parse import quote, urlencode

import hypothesis
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from pytest_django.plugin import blocking_manager_key
from xdist.scheduler import LoadScopeScheduling

from tests.examples import PROFILE

# Playwright's synchronous interface runs an event loop; our database calls are not on it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

hypothesis.settings.load_profile(PROFILE)

# Garbage in circles is little here; to look for it as often as usual takes a tenth of all time.
gc.set_threshold(100_000, 50, 50)

# What takes longest, longest first: so nobody waits for it in the end. While the first one makes
# the database, the next two do without.
_LONG = [
    "tests/browser/",
    "tests/offices/test_schedule.py",
    "tests/offices/test_osm.py",
    "tests/test_crawl.py",
    "tests/offices/test_surfaces_agree.py",
    "tests/test_drafts.py",
    "tests/offices/test_forms.py",
    "tests/publishing/test_guard.py",
    "tests/test_bad_input.py",
    "tests/test_bad_values.py",
    "tests/test_queries.py",
    "tests/portal/test_embedded_postgres.py",
]


def _group(test: str) -> str:
    """What stays together: a file, which shares what it makes; browser tests, which share more."""
    file = test.partition("::")[0]
    return next((long for long in _LONG if file.startswith(long)), file)


def pytest_collection_modifyitems(items):
    assert all((settings.BASE_DIR / long).exists() for long in _LONG)
    rank = {long: number for number, long in enumerate(_LONG)}
    items.sort(key=lambda item: rank.get(_group(item.nodeid), len(rank)))


class _Scheduling(LoadScopeScheduling):
    def _split_scope(self, nodeid):
        return _group(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    config.option.loadscopereorder = False
    return _Scheduling(config, log)


@pytest.hookimpl(wrapper=True, optionalhook=True)
def pytest_xdist_auto_num_workers():
    """One more than there are cores: some tests wait, for a browser or a server of their own."""
    return (yield) + 1


@pytest.fixture(scope="session")
def django_db_modify_db_settings_xdist_suffix(worker_id):
    """What is copied has the same name for all, but not that of a run without copies."""
    if worker_id != "master":
        connection.settings_dict["TEST"]["NAME"] = _original()


def _original():
    return f"{connection.creation._get_test_db_name()}_original"


@pytest.fixture(scope="session")
def django_db_setup(
    worker_id,
    tmp_path_factory,
    django_test_environment,
    django_db_modify_db_settings,
    django_db_blocker,
):
    """A database with the starter content: made once, and each worker has a copy."""
    creation, is_alone = connection.creation, worker_id == "master"
    folder = tmp_path_factory.getbasetemp()
    with django_db_blocker.unblock(), _turn(folder if is_alone else folder.parent) as is_first:
        if is_first:
            call_command("compile_catalogues")
            creation.create_test_db(verbosity=0, autoclobber=True)
            call_command("load_starter_content", verbosity=0)
        else:
            connection.settings_dict["NAME"] = creation._get_test_db_name()
        if not is_alone:
            creation.clone_test_db(suffix=worker_id, verbosity=0, autoclobber=True)
            connection.settings_dict.update(creation.get_test_db_clone_settings(worker_id))
    yield
    with django_db_blocker.unblock():
        connection.close()
        _drop_database(connection.settings_dict["NAME"])


@contextmanager
def _turn(folder):
    """One process after the other; whether this is the first one that comes through."""
    with (folder / "turn").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield not file.seek(0, os.SEEK_END)
        file.write("done")


def _drop_database(name):
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(name)}")


def pytest_sessionfinish(session):
    """Whoever has distributed the tests drops what the copies were made from."""
    if session.config.getoption("numprocesses", None):
        with session.config.stash[blocking_manager_key].unblock():
            _drop_database(_original())


@pytest.fixture(scope="session")
def database_url(django_db_setup):
    """The test database, for a server of its own process."""
    database = connection.settings_dict
    assert database["NAME"].startswith("test_")
    # The embedded server is reached through a socket, which a URL names as an option.
    place = {
        "host": database["HOST"] or database["OPTIONS"].get("host", ""),
        "port": database["PORT"] or database["OPTIONS"].get("port", ""),
        "password": database["PASSWORD"],
    }
    options = urlencode({name: value for name, value in place.items() if value})
    return f"postgres://{database['USER']}@/{quote(database['NAME'])}?{options}"


@pytest.fixture(autouse=True)
def _english():
    """Tests read English unless they say otherwise, and leave no language behind."""
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _within_one_day():
    """A test may ask twice what day it is: none begins in the last seconds of one."""
    from django.utils import timezone

    now = timezone.localtime()
    if (now.hour, now.minute) == (23, 59) and now.second >= 50:
        time.sleep(60 - now.second)


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
def read_only(db):
    """Makes the database one that may only be read, until the test ends."""

    def make_read_only():
        with connection.cursor() as cursor:
            # What is deferred would be looked at in the end, and locks rows.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET TRANSACTION READ ONLY")

    return make_read_only


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
