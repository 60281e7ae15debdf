"""A real browser on the production server with the starter content."""

import fcntl
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.db import connections
from playwright.sync_api import sync_playwright

from tests import chromium


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)
            # Without the mark pytest-django makes no test database, and the server would be
            # pointed at the real one.
            item.add_marker(pytest.mark.django_db)
            if not chromium.find():
                item.add_marker(pytest.mark.skip(reason="Chromium is not installed, see README"))


@pytest.fixture(scope="session")
def browser(django_db_setup, django_db_blocker):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(),
            # Containers have no user namespaces; the flags keep Chromium from calling home.
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
            ],
        )
        yield browser
        browser.close()
        with django_db_blocker.unblock():
            # Beside Playwright's event loop Django opens a connection of its own.
            connections.close_all()


@pytest.fixture(scope="session")
def server_environment(database_url):
    """The environment of a production server over the test database."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    environment = os.environ | {
        "DATABASE_URL": database_url,
        "PORT": port,
        "WORKERS": "1",
        # The test database can be dropped only when nobody is connected to it.
        "CONN_MAX_AGE": "0",
    }
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    return environment


@pytest.fixture(scope="session")
def portal(server_environment, tmp_path_factory):
    """The address of the production server over the starter content of the test database."""
    environment = server_environment
    manage = [sys.executable, "manage.py"]
    with (settings.VAR_DIR / "collectstatic.lock").open("w") as lock:
        # Test processes side by side share the folder of collected files.
        fcntl.flock(lock, fcntl.LOCK_EX)
        command = [*manage, "collectstatic", "--noinput", "-v0"]
        subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=True)
    log = (tmp_path_factory.mktemp("server") / "log").open("w+")
    server = subprocess.Popen(
        [*manage, "serve"], cwd=settings.BASE_DIR, env=environment, stdout=log, stderr=log
    )
    url = f"http://127.0.0.1:{environment['PORT']}"
    try:
        for _ in range(600):
            try:
                urlopen(f"{url}/health/").close()  # noqa: S310 - our own server
                break
            except OSError:
                time.sleep(0.1)
        else:
            log.seek(0)
            pytest.fail(f"The server did not start: {log.read()}")
        yield url
    finally:
        server.terminate()
        server.wait(timeout=10)
        log.close()


@contextmanager
def opening_pages(browser):
    """Opens pages in fresh contexts; console messages and page errors are faults."""
    contexts = []
    problems = []

    def open_page(url, *, width=1280, height=900, dark=False, **options):
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: problems.append(f"{url}: {message.text}"))
        page.on("pageerror", lambda error: problems.append(f"{url}: {error}"))
        page.goto(url)
        return page

    try:
        yield open_page
    finally:
        for context in contexts:
            context.close()
    assert problems == []


@pytest.fixture
def open_page(browser):
    with opening_pages(browser) as open_page:
        yield open_page
