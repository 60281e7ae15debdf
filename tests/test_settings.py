"""What the environment decides."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

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
@pytest.mark.parametrize("value", [None, "", "  "])
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
