"""When nobody reaches the database: readers are told to come again, the log says it in a line."""

import logging
from copy import copy

from django.db import InterfaceError, OperationalError

# Seconds after which to ask again.
RETRY_AFTER = 10
# PostgreSQL is shutting down, or starting; without a code it said nothing any more.
_CODES = {None, "57P01", "57P02", "57P03"}


def is_outage(error: BaseException | None) -> bool:
    """Whether ``error`` says that the database is away, not that a query was wrong."""
    if isinstance(error, InterfaceError):
        return "connection already closed" in str(error)  # a closed cursor is a fault of ours
    return isinstance(error, OperationalError) and (
        getattr(error.__cause__, "pgcode", None) in _CODES
    )


class Formatter(logging.Formatter):
    """Tells an outage in one line for each request: where in the code it was met says nothing."""

    def format(self, record: logging.LogRecord) -> str:
        if record.exc_info and is_outage(record.exc_info[1]):
            reason = str(record.exc_info[1]).strip().partition("\n")[0]
            record = copy(record)  # others may tell it otherwise
            record.msg, record.args = f"{record.getMessage()} (no database: {reason})", ()
            record.exc_info = record.exc_text = None
        return super().format(record)
