"""The production server as a process: it answers whoever waits, and ends when it is told to."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress

import psutil
import pytest
from django.conf import settings

from portal.management.commands.serve import greeting

EVERYWHERE = "0.0.0.0"  # noqa: S104 - nothing listens there
LOCAL = ["localhost", "127.0.0.1", "[::1]"]


@pytest.mark.parametrize(
    ("host", "allowed", "told"),
    [
        ("127.0.0.1", LOCAL, "is at http://127.0.0.1:80/"),
        ("::1", LOCAL, "is at http://[::1]:80/"),
        (EVERYWHERE, LOCAL, "is at http://localhost:80/"),
        ("::", [".example.pl"], "is at http://example.pl:80/"),
        (EVERYWHERE, ["*"], "is at http://127.0.0.1:80/"),
        (EVERYWHERE, LOCAL, "set ALLOWED_HOSTS"),
        ("10.1.2.3", LOCAL, "ALLOWED_HOSTS=10.1.2.3"),
        ("fd00::1", LOCAL, "ALLOWED_HOSTS=[fd00::1]"),
    ],
)
def test_the_address_that_is_told_answers_or_the_setting_is_named(host, allowed, told):
    lines = " ".join(greeting(host, 80, allowed))
    assert told in lines
    assert f"//{EVERYWHERE}" not in lines
    assert "//[::]" not in lines


class Server:
    """A server in a session of its own, as in a terminal."""

    def __init__(self, folder, **environment):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.log = folder / "log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve"],
                cwd=settings.BASE_DIR,
                env=os.environ | environment | {"PORT": str(self.port)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        main = psutil.Process(self.process.pid)
        deadline = time.monotonic() + 60
        while not self.answers():
            self.processes = [main, *main.children(recursive=True)]
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                pytest.fail(self.log.read_text())
            time.sleep(0.1)
        self.processes = [main, *main.children(recursive=True)]

    def send(self, text):
        """An open connection on which ``text`` was sent."""
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        connection.sendall(text.replace("\n", "\r\n").encode())
        return connection

    def ask(self, text):
        with self.send(text) as connection:
            return b"".join(iter(lambda: connection.recv(65536), b"")).decode()

    def answers(self):
        try:
            return " 200 OK" in self.ask("GET /health/ HTTP/1.0\n\n")
        except OSError:
            return False

    def kill(self):
        for process in self.processes:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        self.process.wait()


@pytest.fixture(scope="module")
def environment(database_url):
    """That of a production server over the test database."""
    return {"DATABASE_URL": database_url, "CONN_MAX_AGE": "0", "WORKERS": "1"}


@pytest.fixture(scope="module")
def server(environment, tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("server"), **environment, USE_HTTPS="1")
    yield server
    server.kill()


CSRF = "Cookie: csrftoken=abcdefghijklmnopqrstuvwxyzabcdef"
FORM = "Content-Type: application/x-www-form-urlencoded\nContent-Length: 200"


def test_idle_and_slow_connections_hold_up_nobody(server):
    slow = [
        *("GET /health/ HTTP/1.1\nHost: a\n\n" for _ in range(100)),
        *("GET /health/ HTTP/1.1\nX-Slow: " for _ in range(20)),
        *(
            f"POST /en/admin/login/ HTTP/1.1\nHost: localhost\n{CSRF}\n{FORM}\n\nc"
            for _ in "x" * 20
        ),
    ]
    connections = [server.send(text) for text in slow]
    started = time.monotonic()
    assert server.answers()
    assert time.monotonic() - started < 5
    for one in connections:
        one.close()


@pytest.mark.parametrize(
    "headers",
    ["HTTP/1.0\n", "HTTP/1.1\nHost: 10.0.0.7:8000\nConnection: close\n"],
)
def test_a_balancer_is_answered_from_within(server, headers):
    answer = server.ask(f"GET /health/ {headers}\n")
    assert " 200 OK" in answer.splitlines()[0]
    assert answer.endswith("ok\n")


def test_a_wrong_host_is_refused_in_silence(server):
    before = server.log.read_text()
    for path in ("/", "/en/", "/health", "/health/x/", "//health/"):
        answer = server.ask(f"GET {path} HTTP/1.1\nHost: evil.example\nConnection: close\n\n")
        assert " 400 " in answer.splitlines()[0], path
        assert "evil.example" not in answer
    assert server.log.read_text() == before


@pytest.mark.parametrize("ends", [signal.SIGINT, signal.SIGHUP])
def test_one_signal_ends_all_with_connections_open(environment, tmp_path, ends):
    server = Server(tmp_path, **environment | {"WORKERS": "2"})
    idle = [server.send("GET /health/ HTTP/1.1\nHost: a\n\n") for _ in range(20)]
    started = time.monotonic()
    # As a terminal sends it: to all of them.
    os.killpg(server.process.pid, ends)
    try:
        assert server.process.wait(timeout=20) == 0
        assert time.monotonic() - started < 10
    finally:
        server.kill()
    assert not server.answers()
    assert "Traceback" not in server.log.read_text()
    for one in idle:
        one.close()


def test_workers_end_when_the_main_process_is_killed(environment, tmp_path):
    server = Server(tmp_path, **environment)
    server.process.kill()
    _, alive = psutil.wait_procs(server.processes, timeout=10)
    server.kill()
    assert alive == []
    assert not server.answers()


def test_a_worker_that_is_killed_is_replaced_and_the_end_is_quiet(environment, tmp_path):
    server = Server(tmp_path, **environment)
    try:
        (worker,) = [one for one in server.processes if "spawn_main" in str(one.cmdline())]
        worker.kill()
        psutil.wait_procs([worker], timeout=10)
        deadline = time.monotonic() + 60
        while not server.answers():
            assert time.monotonic() < deadline, server.log.read_text()
            time.sleep(0.1)
    finally:
        server.process.terminate()
    assert server.process.wait(timeout=20) == 0
    assert "Traceback" not in server.log.read_text()
