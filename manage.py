#!/usr/bin/env python
"""Django's command line for Open Kraków."""

import errno
import os
import sys

_FULL = {errno.ENOSPC, errno.EDQUOT}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_AWAY = (
    "The database did not do what was asked: {}\n"
    "See that PostgreSQL runs, that DATABASE_URL names it, and that its disk has space."
)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
        from django.db import OperationalError
    except ImportError as error:
        raise SystemExit(
            "Django is not installed here. Run `make setup`, then use .venv/bin/python manage.py."
        ) from error
    try:
        execute_from_command_line(sys.argv)
    except KeyboardInterrupt as error:
        raise SystemExit(130) from error
    # These say what to do; where in the code it was noticed helps nobody who does not ask for it.
    except (ImproperlyConfigured, OperationalError, OSError) as error:
        told = str(error)
        if isinstance(error, OperationalError):
            told = _AWAY.format(told.strip())
        elif isinstance(error, OSError):
            told = _refused(error)
        if not told or "--traceback" in sys.argv:
            raise
        raise SystemExit(told) from error


def _refused(error: OSError) -> str:
    """What the system does not let us do, and what to do about it; empty where it is our fault."""
    if error.errno not in _FULL | _FORBIDDEN:
        return ""
    advice = (
        "Free some space on its disk"
        if error.errno in _FULL
        else "See that your account may use it and owns what is in its folder"
    )
    return f"Cannot use {error.filename or 'a file'}: {error.strerror}. {advice}, then try again."


if __name__ == "__main__":
    main()
