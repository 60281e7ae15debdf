"""Whether the database answers, and knows the letters that we write with."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import NotSupportedError, OperationalError, connections

# Older ones get no mends any more, and nobody tries the portal with them.
_OLDEST = 15
# Word boundaries and the case of letters, upon which searches rest; a Turkish locale fails by "I".
_KNOWS_OUR_LETTERS = r"""
    SELECT 'zł, ґанок' ~ '\mґанок\M' AND 'Łódź Їжак' ~ '^[[:alpha:]]+ [[:alpha:]]+$'
       AND lower('IŁŻЇҐЁ') = 'iłżїґё' AND upper('iłżїґё') = 'IŁŻЇҐЁ'
"""


@register(Tags.database)
def database_knows_our_letters(
    *, databases: Iterable[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Under the locale C, for one, searches would find less and lists lose records in silence."""
    return [problem for alias in databases or () for problem in _problems(connections[alias])]


def _problems(connection: Any) -> Iterator[Error]:
    name = connection.settings_dict["NAME"]
    try:
        with connection.cursor() as cursor:
            if connection.pg_version < _OLDEST * 10_000:
                yield _too_old(name, f"it is PostgreSQL {connection.pg_version // 10_000}")
                return
            cursor.execute("SHOW server_encoding")
            (encoding,) = cursor.fetchone()
            if encoding == "UTF8":
                cursor.execute(_KNOWS_OUR_LETTERS)
                if cursor.fetchone() == (True,):
                    return
    except OperationalError as error:
        yield Error(
            f"The database {name} cannot be reached: {str(error).strip()}",
            hint="See that PostgreSQL runs, and that DATABASE_URL names it.",
            id="portal.E002",
        )
        return
    except NotSupportedError as error:  # Django's own limit
        yield _too_old(name, str(error))
        return
    yield Error(
        f"The database {name} does not know Polish and Cyrillic letters: its encoding is "
        f"{encoding}, its locale another language's or none.",
        hint=(
            "Create it anew and move the data with pg_dump and psql: CREATE DATABASE portal "
            "TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'; pl_PL.UTF-8 and en_US.UTF-8 "
            "serve as well."
        ),
        id="portal.E001",
    )


def _too_old(name: str, reason: str) -> Error:
    return Error(
        f"The database {name} is too old: {reason}",
        hint=f"The portal works with PostgreSQL {_OLDEST} or newer: set DATABASE_URL to one.",
        id="portal.E003",
    )
