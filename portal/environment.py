"""What the environment and ``.env`` say; a slip in them is told with the variable's name."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

_TRUE, _FALSE = set(environ.Env.BOOLEAN_TRUE_STRINGS), {"false", "off", "n", "no", "0"}
# A name, a number, or all names below one; * admits all.
_HOST = re.compile(r"\*|\.?[\w-]+(\.[\w-]+)*|\[[0-9a-fA-F:.]+\]")
_POSTGRES = {"postgres", "postgresql", "pgsql"}


def read_file(path: Path) -> None:
    """Take in an ``.env``; what the environment itself says goes before it."""
    try:
        env.read_env(path, encoding="utf-8-sig")  # some editors begin a file with a mark
    except UnicodeDecodeError as error:
        raise ImproperlyConfigured(f"{path} is no text in UTF-8. Save it as such.") from error


def _read(name: str, kind: Callable[[str], Any], default: Any, must_be: str) -> Any:
    """A variable as what it must be; an empty one is as one that is not set."""
    text = env.str(name, "").strip()
    try:
        return kind(text) if text else default
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is {text!r}; it must be {must_be}.") from error


def whole_number(name: str, default: int) -> int:
    return _read(name, int, default, "a whole number")


def yes_or_no(name: str, default: bool) -> bool:
    return _read(name, _boolean, default, "true or false")


def _boolean(text: str) -> bool:
    if text.lower() not in _TRUE | _FALSE:
        raise ValueError(text)
    return text.lower() in _TRUE


def hosts(name: str, default: list[str]) -> list[str]:
    must_be = "names or numbers alone, without http:// and port, with commas between them"
    return _read(name, _hosts, default, must_be)


def _hosts(text: str) -> list[str]:
    found = [one.strip() for one in text.split(",") if one.strip()]
    if not all(map(_HOST.fullmatch, found)):
        raise ValueError(text)
    return found


def database(name: str) -> dict[str, Any] | None:
    """Django's settings for a PostgreSQL that a URL names; None where it is not set."""
    return _read(name, _database, None, "the address of a PostgreSQL: postgres://…")


def _database(text: str) -> dict[str, Any]:
    if urlsplit(text).scheme not in _POSTGRES:
        raise ValueError(text)
    return env.db_url_config(text)
