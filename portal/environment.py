"""What the environment and ``.env`` say; a slip in them is told with the variable's name."""

import os
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

_TRUE, _FALSE = set(environ.Env.BOOLEAN_TRUE_STRINGS), {"false", "off", "n", "no", "0"}
# A name, a number, or all names below one; * admits all.
_HOST = re.compile(r"\*|\.?[\w-]+(\.[\w-]+)*|\[[0-9a-fA-F:.]+\]")
_POSTGRES = {
    scheme
    for scheme, engine in environ.Env.DB_SCHEMES.items()
    if engine == "django.db.backends.postgresql"
}


def read_file(path: Path) -> None:
    """Take in an ``.env``, if there is one; what the environment itself says goes before it."""
    try:
        # Some editors begin a file with a mark.
        with suppress(FileNotFoundError), path.open(encoding="utf-8-sig") as file:
            environ.Env.read_env(file)
    except UnicodeDecodeError as error:
        raise ImproperlyConfigured(f"{path} is no text in UTF-8. Save it as such.") from error
    except IsADirectoryError as error:
        raise ImproperlyConfigured(f"{path} is a folder; it must be a file.") from error


def text(name: str, default: str = "") -> str:
    """A variable as it stands; an empty one is as one that is not set."""
    return os.environ.get(name, "").strip() or default


def _read(name: str, kind: Callable[[str], Any], default: Any, must_be: str) -> Any:
    found = text(name)
    try:
        return kind(found) if found else default
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is {found!r}; it must be {must_be}.") from error


def whole_number(name: str, default: int, within: range) -> int:
    def kind(found: str) -> int:
        if not (found.isascii() and found.isdecimal() and int(found) in within):
            raise ValueError(found)
        return int(found)

    return _read(name, kind, default, f"a whole number from {within[0]} to {within[-1]}")


def yes_or_no(name: str, default: bool) -> bool:
    return _read(name, _boolean, default, "true or false")


def _boolean(found: str) -> bool:
    if found.lower() not in _TRUE | _FALSE:
        raise ValueError(found)
    return found.lower() in _TRUE


def several(name: str) -> list[str]:
    """What stands between commas."""
    return [one.strip() for one in text(name).split(",") if one.strip()]


def host() -> str:
    """Where to listen; an address of IPv6 without its brackets."""
    return text("HOST", "127.0.0.1").strip("[]")


def port() -> int:
    return whole_number("PORT", 8000, range(1, 65_536))


def hosts(name: str, default: list[str]) -> list[str]:
    """Names and numbers by which the portal is called."""
    found = several(name)
    if not all(map(_HOST.fullmatch, found)):
        raise ImproperlyConfigured(
            f"{name} is {text(name)!r}; it must be names or numbers alone, without http:// and "
            "port, with commas between them."
        )
    return found or default


def database(name: str) -> dict[str, Any] | None:
    """Django's settings for a PostgreSQL that a URL names; None where it is not set."""
    url = text(name)
    if not url:
        return None
    try:
        if urlsplit(url).scheme in _POSTGRES:
            found = environ.Env.db_url_config(url)
            # Behind a sign in a password all that follows would be read as something else.
            if found["USER"] or "@" not in url:
                return found
    except ValueError:
        pass
    # Without the value: a password is in it.
    raise ImproperlyConfigured(
        f"{name} is no address of a PostgreSQL, such as postgres://user:password@host:5432/name. "
        "Signs such as / ? # @ in a password are written as %2F %3F %23 %40."
    )
