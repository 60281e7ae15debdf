"""What the environment decides."""

import os
import subprocess
import sys
from functools import partial

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

import portal.settings
from portal import environment

PRODUCTION = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": "k" * 20 + "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJ",
    "DATABASE_URL": "postgres://portal@localhost/portal",
    "ALLOWED_HOSTS": "otwarty.example",
}


def manage(*arguments, **environment):
    """Run manage.py with nothing but ``environment`` set, as on a server."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"]} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL", "ALLOWED_HOSTS"])
@pytest.mark.parametrize("value", [None, "", "  ", ","])
def test_production_refuses_to_start_without(name, value):
    environment = {key: text for key, text in PRODUCTION.items() if key != name}
    if value is not None:
        environment[name] = value
    # An empty variable also hides what an .env of this checkout may say.
    result = manage("check", **({name: ""} | environment))
    assert result.returncode != 0
    assert f"Not set: {name}." in result.stderr


def test_all_missing_names_are_said_at_once():
    empty = dict.fromkeys(("SECRET_KEY", "DATABASE_URL", "ALLOWED_HOSTS"), "")
    result = manage("check", ENVIRONMENT="production", **empty)
    assert "Not set: SECRET_KEY, DATABASE_URL, ALLOWED_HOSTS." in result.stderr


def test_check_deploy_is_clean_in_production():
    result = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


def test_unknown_environment_is_refused():
    result = manage("check", ENVIRONMENT="staging")
    assert "must be production or local" in result.stderr


def test_https_is_the_rule_in_production():
    code = (
        "from django.conf import settings as s;"
        "print(s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS > 31536000, s.SESSION_COOKIE_SECURE,"
        " s.CSRF_COOKIE_SECURE, s.DEBUG)"
    )
    result = manage("shell", "-v0", "-c", code, **PRODUCTION)
    assert result.stdout.split() == ["True", "True", "True", "True", "False"]


@pytest.mark.parametrize(
    ("typed", "shown"), [("12\N{NO-BREAK SPACE}616-55-55", "+48 12 616 55 55"), ("12 616", None)]
)
def test_the_operators_telephone_is_one_that_can_be_called(typed, shown):
    script = "from django.conf import settings; print(settings.OPERATOR_PHONE)"
    result = manage("shell", "--no-imports", "-c", script, **PRODUCTION, OPERATOR_PHONE=typed)
    assert (result.stdout.strip() or None) == shown
    assert ("OPERATOR_PHONE is '12 616'" in result.stderr) == (shown is None)


def test_a_slip_in_a_variable_is_told_with_its_name():
    result = manage("check", **(PRODUCTION | {"HOURS_CHECK_DAYS": "x"}))
    assert result.returncode == 1
    assert result.stderr == "HOURS_CHECK_DAYS is 'x'; it must be a whole number from 1 to 3650.\n"


@pytest.mark.parametrize(
    ("read", "value", "must_be"),
    [
        (partial(environment.whole_number, default=1, within=range(1, 9)), "9", "from 1 to 8"),
        (partial(environment.whole_number, default=1, within=range(1, 9)), "-1", "from 1 to 8"),
        (partial(environment.whole_number, default=1, within=range(1, 9)), "1.5", "from 1 to 8"),
        (partial(environment.yes_or_no, default=True), "maybe", "true or false"),
        (partial(environment.hosts, default=[]), "http://my.host:8315", "names or numbers alone"),
        (partial(environment.hosts, default=[]), "my.host, other.host:80", "names or numbers"),
    ],
)
def test_what_a_variable_cannot_be_is_refused(monkeypatch, read, value, must_be):
    monkeypatch.setenv("ANY", value)
    with pytest.raises(ImproperlyConfigured, match=f"^ANY is '{value}'; it must be .*{must_be}"):
        read("ANY")


@pytest.mark.parametrize("value", ["", "  "])
def test_an_empty_variable_is_as_one_that_is_not_set(monkeypatch, value):
    monkeypatch.setenv("CONN_MAX_AGE", value)
    assert environment.whole_number("CONN_MAX_AGE", 60, range(100)) == 60


@pytest.mark.parametrize(
    ("value", "expected"), [("true", True), ("Yes", True), ("0", False), ("off", False)]
)
def test_yes_and_no(monkeypatch, value, expected):
    monkeypatch.setenv("USE_HTTPS", value)
    assert environment.yes_or_no("USE_HTTPS", not expected) is expected


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:///s3cret",
        "s3cret",
        "postgres://u:s3cret@db:54x2/x",
        "postgres://u:s3/cret@h/d",
        "postgres://u:33/s3cret@h/d",
        "postgres://u:/s3cret@h/d",
        "postgres://u:?s3cret@h/d",
        "postgres://u:33/s3?cret@h/d",
        "postgres://u:33/s3#cret@h/d",
    ],
)
def test_an_address_of_no_postgresql_is_told_without_its_password(monkeypatch, url):
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(ImproperlyConfigured, match=r"^DATABASE_URL is no address .*%2F") as told:
        environment.database("DATABASE_URL")
    assert "s3" not in str(told.value)


@pytest.mark.parametrize(
    ("url", "name"),
    [("postgres://u:p%2Fq@h/na%40me", "na@me"), ("postgres:///d?host=/run", "d")],
)
def test_an_address_of_a_postgresql_is_read(monkeypatch, url, name):
    monkeypatch.setenv("DATABASE_URL", url)
    assert environment.database("DATABASE_URL")["NAME"] == name


def test_a_value_may_begin_with_any_sign(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "$x y")
    assert environment.text("SECRET_KEY") == "$x y"


def test_spaces_between_several_are_none_of_them(monkeypatch):
    monkeypatch.setenv("CSRF_TRUSTED_ORIGINS", "https://a, https://b ,")
    assert environment.several("CSRF_TRUSTED_ORIGINS") == ["https://a", "https://b"]
    monkeypatch.setenv("ALLOWED_HOSTS", ",")
    assert environment.hosts("ALLOWED_HOSTS", ["localhost"]) == ["localhost"]


def test_names_and_numbers_of_hosts(monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", "my.host, .example.org,127.0.0.1,[::1],*")
    expected = ["my.host", ".example.org", "127.0.0.1", "[::1]", "*"]
    assert environment.hosts("ALLOWED_HOSTS", []) == expected


def test_an_env_that_begins_with_a_mark_is_read_and_one_in_no_text_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("MARKED", "")  # so that it is gone afterwards
    monkeypatch.delenv("MARKED")
    (tmp_path / ".env").write_bytes("\ufeffMARKED=1\n".encode())
    environment.read_file(tmp_path / ".env")
    assert os.environ["MARKED"] == "1"
    (tmp_path / ".env").write_bytes(b"\xff\xfe")
    with pytest.raises(ImproperlyConfigured, match="no text in UTF-8"):
        environment.read_file(tmp_path / ".env")
    with pytest.raises(ImproperlyConfigured, match="is a folder"):
        environment.read_file(tmp_path)


@pytest.mark.parametrize("kept", [b"", b"\n", b"\xff\xfe", b"short", b"\0" * 67])
def test_a_key_that_is_none_is_told(tmp_path, monkeypatch, kept):
    monkeypatch.setattr(portal.settings, "VAR_DIR", tmp_path)
    (tmp_path / "secret_key").write_bytes(kept)
    with pytest.raises(ImproperlyConfigured, match="is no key"):
        portal.settings._local_secret_key()
    (tmp_path / "secret_key").unlink()
    assert portal.settings._local_secret_key() == portal.settings._local_secret_key()
