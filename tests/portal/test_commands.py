"""The commands: they do what they say, and fail in words."""

import errno
import os
import re
import socket
import subprocess
import sys
from io import StringIO
from unittest.mock import Mock

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.core import management
from django.core.management import CommandError, call_command
from django.core.management.commands import runserver
from django.db import OperationalError

from glossary.models import Term
from manage import main
from portal import embedded_postgres
from portal.management.commands import load_starter_content, serve
from publishing.models import Source, Topic
from tests.factories import make_term


def run(*arguments, **options):
    out = StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def fixture(tmp_path, monkeypatch):
    """Make the starter content one file with this text."""

    def write(text):
        path = tmp_path / "word.yaml"
        path.write_text(text)
        monkeypatch.setattr(load_starter_content, "fixture_files", lambda: [path])
        return path

    return write


@pytest.mark.django_db
def test_starter_content_is_never_loaded_over_work(no_content):
    term = make_term(name_pl="Moje słowo")
    assert "nothing loaded" in run("load_starter_content")
    assert list(Term.objects.all()) == [term]


@pytest.mark.django_db
def test_checking_starter_content_keeps_nothing(no_content, fixture):
    fixture("- model: publishing.topic\n  fields: {slug: yours, name_pl: Temat}\n")
    make_term(slug="mine")
    assert "Valid" in run("load_starter_content", check=True)
    assert [term.slug for term in Term.objects.all()] == ["mine"]
    assert not Topic.objects.exists()


@pytest.mark.django_db
def test_starter_content_is_as_large_as_it_should_be():
    from offices.models import Office, ServicePoint
    from procedures.models import Procedure

    assert Office.objects.published().count() >= 10
    assert ServicePoint.objects.published().count() >= 12
    assert Procedure.objects.published().count() >= 12
    assert Term.objects.published().count() >= 40
    for model in (Office, ServicePoint, Procedure, Term):
        assert not model.objects.filter(sources=None).exists(), "a record without a source"
        for code in ("en", "uk", "ru"):
            assert not model.objects.missing_language(code).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("verbosity", [0, 1])
def test_loading_says_how_far_it_is(no_content, fixture, monkeypatch, verbosity):
    fixture(
        "".join(f"- model: publishing.source\n  fields: {{slug: {a}, title: T}}\n" for a in "ab")
    )
    monkeypatch.setattr(load_starter_content, "SILENCE", 0)
    lines = run("load_starter_content", verbosity=verbosity).splitlines()
    steps = [
        "Reading the starter content, 1 files",
        "  files read: 0 of 1",
        "  records saved: 0 of 2",
        "  records saved: 1 of 2",
        "  records checked: 0 of 2",
        "  records checked: 1 of 2",
        "Working out the forms of the words",
    ]
    assert lines == [*(steps if verbosity else []), "Loaded: 2 objects from 1 files."]


TERM = "- model: glossary.term\n  fields: {slug: a, name_pl: A, meaning_pl: B"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("- model: [", "not valid YAML"),
        ("- fields: {}", "needs model: and fields:"),
        ("- model: auth.user\n  fields: {}", "must be one of"),
        (
            f"{TERM}, owner: [nobody]}}",
            "there is no Unit",
        ),
        (
            f"{TERM}, sources: [[gone]]}}",
            "there is no Source",
        ),
        (
            f"{TERM}, wishes: 1}}",
            "wishes",
        ),
        ("- model: publishing.source\n  fields: {slug: a b, title: X}", "slug"),
        ("- model: publishing.source\n  fields: {slug: a, title: X, url: nonsense}", "url"),
    ],
)
def test_a_faulty_file_is_named_with_its_fault_and_nothing_is_kept(
    no_content, fixture, text, reason
):
    path = fixture(text)
    with pytest.raises(CommandError, match=reason) as error:
        run("load_starter_content")
    assert str(path) in str(error.value)
    assert not Term.objects.exists()
    assert not Source.objects.exists()


@pytest.mark.django_db
def test_rich_text_of_fixtures_is_sanitised(no_content, fixture):
    fixture(
        "- model: glossary.term\n"
        "  fields: {slug: a, name_pl: A, meaning_pl: B, details_pl: '<p>x<script>y</script></p>'}"
    )
    run("load_starter_content")
    assert Term.objects.get().details_pl == "<p>x</p>"


@pytest.mark.django_db
def test_an_administrator_gets_a_password_of_their_own():
    first, second = run("create_admin", "anna"), run("create_admin", "jan")
    passwords = [out.split("Password: ")[1].split()[0] for out in (first, second)]
    assert passwords[0] != passwords[1]
    user = authenticate(username="anna", password=passwords[0])
    assert user.is_superuser


@pytest.mark.django_db
def test_an_account_is_not_overwritten_but_can_be_reset():
    run("create_admin", "anna")
    with pytest.raises(CommandError, match="--reset"):
        run("create_admin", "anna")
    password = run("create_admin", "anna", reset=True).split("Password: ")[1].split()[0]
    assert authenticate(username="anna", password=password)


@pytest.mark.django_db
def test_a_one_time_password_works_once_and_asks_for_ones_own(client):
    password = run("create_admin", "anna").split("Password: ")[1].split()[0]
    login = {"username": "anna", "password": password}
    own = {"new_password1": "tramwaj-na-Salwator", "new_password2": "tramwaj-na-Salwator"}

    response = client.post("/en/admin/login/?next=/en/admin/glossary/term/", login, follow=True)
    assert response.redirect_chain[-1][0] == "/en/admin/first-password/"
    assert client.get("/en/admin/auth/user/")["Location"] == "/en/admin/first-password/"
    assert authenticate(**login) is None, "the password is spent"

    wrong = client.post("/en/admin/first-password/", own | {"new_password2": "x"})
    assert "didn’t match" in wrong.content.decode()
    assert client.post("/en/admin/first-password/", own)["Location"] == "/en/admin/"
    assert client.get("/en/admin/").status_code == 200
    assert authenticate(username="anna", password=own["new_password1"])
    assert client.get("/en/admin/first-password/")["Location"] == "/en/admin/password_change/"


# Whatever database the tests themselves run on.
EMBEDDED = {"ENVIRONMENT": "local", "DATABASE_URL": ""}


def manage(*arguments, cwd=settings.BASE_DIR, **environment):
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=cwd,
        env=os.environ | EMBEDDED | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


# Nothing ever listens on the first port.
AWAY = {"DATABASE_URL": "postgres://portal@127.0.0.1:1/portal"}


@pytest.mark.parametrize(
    ("command", "told"),
    [("migrate", "portal cannot be reached"), ("create_admin", "did not do what was asked")],
)
def test_a_database_that_is_away_is_said_with_what_to_do(command, told):
    result = manage(command, **AWAY)
    assert result.returncode == 1
    assert told in result.stderr
    assert "See that PostgreSQL runs" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            OSError(errno.ENOSPC, "No space left", "/var/a"),
            "Cannot use /var/a: No space left. Free",
        ),
        (
            PermissionError(errno.EACCES, "Denied", "/var/a"),
            "/var/a: Denied. See that your account",
        ),
        (OSError(errno.EDQUOT, "Quota exceeded"), "Cannot use a file: Quota exceeded. Free"),
        (
            OperationalError("could not extend file\nHINT: x\n"),
            "could not extend file\nHINT: x\nSee",
        ),
    ],
)
def test_what_the_machine_refuses_is_said_in_a_sentence(monkeypatch, error, told):
    monkeypatch.setattr(management, "execute_from_command_line", Mock(side_effect=error))
    with pytest.raises(SystemExit, match=re.escape(told)):
        main()


@pytest.mark.parametrize(
    ("error", "arguments"),
    [
        (FileNotFoundError(errno.ENOENT, "No such file", "/var/a"), []),
        (PermissionError(errno.EACCES, "Denied", "/var/a"), ["--traceback"]),
    ],
)
def test_the_stack_trace_is_there_for_an_error_of_ours_and_for_who_asks(
    monkeypatch, error, arguments
):
    monkeypatch.setattr(sys, "argv", ["manage.py", "migrate", *arguments])
    monkeypatch.setattr(management, "execute_from_command_line", Mock(side_effect=error))
    with pytest.raises(type(error)):
        main()


@pytest.mark.parametrize("port", ["http", "0", "70000", "-1"])
def test_a_wrong_port_is_said(port):
    result = manage("serve", PORT=port)
    assert result.returncode != 0
    assert "PORT is" in result.stderr


def test_a_taken_port_is_said_with_what_to_do():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = manage("serve", PORT=str(port))
    assert result.returncode != 0
    assert f"PORT={port + 1} make run" in result.stderr


@pytest.mark.parametrize(
    ("environment", "argument", "address"),
    [
        ({"HOST": "", "PORT": ""}, [], ("127.0.0.1", "8000")),
        ({"HOST": "localhost", "PORT": "8080"}, [], ("localhost", "8080")),
        ({"HOST": "::1", "PORT": ""}, [], ("::1", "8000")),
        ({"HOST": "::1", "PORT": "8080"}, ["8001"], ("127.0.0.1", "8001")),
    ],
)
def test_the_development_server_listens_where_the_environment_says(
    monkeypatch, environment, argument, address
):
    listened = []
    monkeypatch.setattr(
        runserver.Command, "run", lambda self, **_: listened.append((self.addr, self.port))
    )
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    call_command("runserver", *argument)
    assert listened == [address]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cores", "wanted", "workers"), [(2, "", 2), (64, "", 8), (64, "30", 30), (None, "", 1)]
)
def test_the_servers_processes_are_not_too_many_for_the_database(
    monkeypatch, cores, wanted, workers
):
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    monkeypatch.setattr(serve.Command, "_free_address", lambda self, host, port: host)
    monkeypatch.setattr(serve, "serve", served := Mock())
    monkeypatch.setenv("WORKERS", wanted)
    run("serve")
    assert served.call_args.args[2] == workers


def test_the_development_server_brings_its_database_back_too(monkeypatch):
    done = []
    monkeypatch.setattr(embedded_postgres, "watch", lambda: done.append("watches"))
    monkeypatch.setattr(runserver.Command, "inner_run", lambda self: done.append("serves"))
    management.load_command_class("portal", "runserver").inner_run()
    assert done == ["watches", "serves"]
