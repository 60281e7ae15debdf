"""The database of development: it runs in any folder, and outlives whatever is killed."""

import json
import os
import pwd
import select
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from django.conf import settings
from django.db import connection

from portal import embedded_postgres
from portal.embedded_postgres import EmbeddedPostgresError

# Each sign in it has broken something once; the length is more than a socket's address holds.
UNUSUAL = 'it\'s an, "unusual" $HOME ґ ż ' + "long " * 15
OLD_LOCALE = (
    "UPDATE pg_database SET datlocprovider = 'c', datlocale = NULL "
    "WHERE datname = 'open_krakow' RETURNING true"
)
LOCALE = "SELECT datlocprovider, datlocale FROM pg_database WHERE datname = current_database()"
WORDS = r"SELECT 'zł, ґанок' ~ '\mґанок\M', lower('ŁЇҐ'), 'Їжак' ILIKE 'їЖАК'"


def modes(folder):
    return {path: path.stat().st_mode for path in folder.parents}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """Another checkout: the code without its data, where only its owner may enter."""
    private = tmp_path_factory.mktemp("private")
    private.chmod(0o700)
    copy = private / UNUSUAL / "checkout"
    ignore = shutil.ignore_patterns(".venv", "var", ".git", ".*_cache", "__pycache__", "fixtures")
    shutil.copytree(settings.BASE_DIR, copy, ignore=ignore)
    # In a checkout of one's own PostgreSQL itself is there too.
    for package in embedded_postgres._programs().parents[2].glob("embedded_postgres*"):
        shutil.copytree(package, copy / "packages" / package.name)
    return copy


# Without Django, which takes longer to start than the server does.
CONNECT = """
import json, os, pathlib, sys, time
import psycopg2
from portal import embedded_postgres
place = embedded_postgres.database(pathlib.Path("var"))
def connect():
    connection = psycopg2.connect(
        host=place["HOST"], port=place["PORT"], user=place["USER"], dbname=place["NAME"]
    )
    connection.autocommit = True
    return connection.cursor()
cursor = connect()
"""


def start(checkout, then="print('up', flush=True); input()", before=CONNECT, **environment):
    process = subprocess.Popen(
        [sys.executable, "-c", before + then],
        cwd=checkout,
        # What stands there already moves the clock.
        env=os.environ
        | {"PYTHONPATH": os.pathsep.join(["packages", os.environ.get("PYTHONPATH", "")])}
        | environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    if "'up'" in then:
        assert process.stdout.readline() == "up\n", process.stderr.read()
    return process


def end(process):
    out, errors = process.communicate("\n", timeout=60)
    assert process.returncode == 0, errors
    return out


def ask(checkout, question, **environment):
    then = f"cursor.execute({question!r}); print(json.dumps(cursor.fetchone()))"
    return json.loads(end(start(checkout, then, **environment)))


def postmaster(checkout: Path) -> int | None:
    try:
        return int((checkout / "var/postgres/postmaster.pid").read_text().splitlines()[0])
    except FileNotFoundError:
        return None


def test_it_runs_in_any_folder_and_leaves_the_machine_as_it_was(checkout):
    before, accounts = modes(checkout), pwd.getpwall()
    # An initdb that was killed half way.
    (checkout / "var/postgres.new/base").mkdir(parents=True)
    # A locale that the machine has not generated.
    assert ask(checkout, LOCALE, LC_ALL="uk_UA.KOI8-U") == ["b", "C.UTF-8"]
    assert modes(checkout) == before
    assert pwd.getpwall() == accounts


@pytest.mark.parametrize("locale", ["C", "pl_PL.UTF-8"])
def test_words_are_the_same_under_every_locale(checkout, locale):
    assert ask(checkout, WORDS, LC_ALL=locale, LANG=locale) == [True, "łїґ", True]


def test_it_serves_many_and_stops_with_the_last(checkout):
    first, second = start(checkout), start(checkout)
    assert ask(checkout, "SELECT 1") == [1]
    end(first)
    assert postmaster(checkout), "stopped under the feet of the second"
    end(second)
    assert postmaster(checkout) is None, "left running"


def test_a_killed_process_or_server_leaves_nothing_broken(checkout):
    process = start(checkout)
    process.kill()
    process.communicate()
    server = postmaster(checkout)
    assert server
    os.kill(server, signal.SIGKILL)
    assert ask(checkout, "SELECT 1") == [1]
    assert postmaster(checkout) is None


@pytest.mark.parametrize("written", [2, 7])
def test_a_server_that_is_still_starting_is_waited_for(checkout, written):
    """Whoever started it was killed, and its pid file is not whole yet or says "starting"."""
    first = start(checkout)
    first.kill()
    first.communicate()
    file = checkout / "var/postgres/postmaster.pid"
    ready = file.read_text()
    file.write_text("".join(ready.splitlines(keepends=True)[:written]) + "starting\n")
    then = "print('joined', flush=True); input()"
    second = start(checkout, then)
    with suppress(subprocess.TimeoutExpired):
        second.wait(2)
        pytest.fail(second.stderr.read())
    assert select.select([second.stdout], [], [], 0)[0] == []
    aside = file.with_suffix(".whole")
    aside.write_text(ready)
    aside.replace(file)
    assert end(second) == "joined\n"
    assert postmaster(checkout) is None


@pytest.mark.parametrize("step", ["wait", "make_database"])
def test_a_start_that_is_interrupted_leaves_no_server(checkout, step):
    interrupted = CONNECT.replace(
        "place =",
        "def interrupt(server): raise KeyboardInterrupt\n"
        f"embedded_postgres._Server.{step} = interrupt\nplace =",
    )
    process = start(checkout, before=interrupted, then="")
    assert "KeyboardInterrupt" in process.communicate(timeout=60)[1]
    folder = str(checkout / "var/postgres")
    commands = [one.info["cmdline"] or [] for one in psutil.process_iter(["cmdline"])]
    assert not [command for command in commands if folder in command]


def test_a_server_that_is_killed_comes_back_by_itself(checkout):
    then = """
embedded_postgres.watch()
pid = int(pathlib.Path("var/postgres/postmaster.pid").read_text().splitlines()[0])
os.kill(pid, 9)
while True:
    time.sleep(0.1)
    try:
        connect().execute("SELECT 1")
        break
    except psycopg2.OperationalError:
        pass
"""
    end(start(checkout, then))
    assert postmaster(checkout) is None, "brought back while it was stopped"


@pytest.mark.django_db
@pytest.mark.parametrize("other", ["a process", "another PostgreSQL"])
def test_a_number_that_now_is_another_process_is_no_server(checkout, other):
    assert ask(checkout, "SELECT 1") == [1]
    stale = checkout / "var/postgres/postmaster.pid"
    owner = stale.parent.stat().st_uid
    # PostgreSQL minds those that it may send a signal to.
    with subprocess.Popen(
        ["/bin/sleep", "60"], user=owner if os.geteuid() == 0 else None
    ) as process:
        pid = process.pid
        if other == "another PostgreSQL":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                (pid,) = cursor.fetchone()
        left = f"{pid}\n{stale.parent}\n1700000000\n5432\n/tmp\n"
        stale.write_text(f"{left}\n  1 1\nready   \n")
        lock = embedded_postgres._socket_folder(stale.parent) / ".s.PGSQL.5432.lock"
        lock.write_text(left)
        assert ask(checkout, "SHOW data_directory") == [str(stale.parent)]
        process.kill()


def test_an_empty_pid_file_is_no_server(checkout):
    """As a full disk leaves one."""
    assert ask(checkout, "SELECT 1") == [1]
    (checkout / "var/postgres/postmaster.pid").write_text("")
    assert ask(checkout, "SELECT 1") == [1]


def test_a_database_of_an_earlier_version_under_the_locale_c_learns_our_letters(checkout):
    ask(checkout, OLD_LOCALE)
    assert ask(checkout, LOCALE) == ["b", "C.UTF-8"]
    assert ask(checkout, WORDS) == [True, "łїґ", True]


def test_a_folder_in_which_nothing_can_be_kept_is_said_in_a_sentence(tmp_path, checkout):
    copy = tmp_path / "checkout"
    ignore = shutil.ignore_patterns("var", "fixtures", "packages")
    shutil.copytree(checkout, copy, ignore=ignore)
    (copy / "var").write_text("no folder")
    for environment in ({}, {"SECRET_KEY": "k" * 50}):
        result = subprocess.run(
            [sys.executable, "manage.py", "check"],
            cwd=copy,
            env=os.environ | {"ENVIRONMENT": "local", "DATABASE_URL": ""} | environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert result.returncode == 1
        assert result.stderr.startswith(("Cannot keep a key", "The embedded PostgreSQL cannot"))
        assert str(copy / "var") in result.stderr
        assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("output", "told"),
    [
        (
            "LOG:  starting\nFATAL:  could not write lock file: No space left on device\n",
            "could not write lock file: No space left on device. Free some space",
        ),
        (
            "initdb: error: could not create directory: Permission denied\n",
            "Permission denied. The portal keeps its database under",
        ),
        (
            "FATAL:  database files are incompatible with server\nDETAIL:  Made by version 17.\n",
            "incompatible with server Made by version 17. Its log is",
        ),
        ("Segmentation fault\n", "Segmentation fault. Its log is"),
        ("", "it does not answer. Its log is"),
    ],
)
def test_what_went_wrong_is_said_with_what_to_do_and_never_to_delete(tmp_path, output, told):
    said = str(embedded_postgres._Server(tmp_path).failed(output))
    assert told in said
    assert "delete" not in said


@pytest.mark.parametrize(
    ("name", "is_its_own"), [("x y ż", True), ("x" * 100, False), ("ż" * 52, False), ("a,b", False)]
)
def test_the_socket_is_with_the_data_where_its_address_can_be_said(tmp_path, name, is_its_own):
    short = Path(tempfile.mkdtemp(dir=tmp_path.anchor + "tmp"))
    try:
        data = short / name
        data.mkdir()
        folder = embedded_postgres._socket_folder(data)
        assert (folder == data) == is_its_own
        if not is_its_own:
            folder.rmdir()
    finally:
        shutil.rmtree(short)


def test_what_the_user_prefers_changes_nothing(monkeypatch):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE", "PGDATA", "PGOPTIONS"):
        monkeypatch.setenv(name, "other")
    monkeypatch.setenv("LD_PRELOAD", "")
    environment = embedded_postgres._environment()
    assert environment["LC_ALL"] == "C"
    assert not {"LC_MESSAGES", "LANG", "LANGUAGE", "PGDATA", "PGOPTIONS"} & set(environment)
    assert "LD_PRELOAD" in environment, "by it a clock is moved"


def test_a_folder_of_somebody_else_is_no_place_for_the_socket(tmp_path, monkeypatch):
    data = tmp_path / ("x" * 100)
    data.mkdir()
    monkeypatch.setattr(embedded_postgres.tempfile, "gettempdir", lambda: str(tmp_path))
    folder = embedded_postgres._socket_folder(data)
    assert folder.stat().st_mode & 0o777 == 0o700
    folder.chmod(0o755)
    with pytest.raises(EmbeddedPostgresError, match="belongs to somebody else"):
        embedded_postgres._socket_folder(data)
