"""What a page that can overwrite something says of itself: a signed snapshot in a hidden field."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.core import signing
from django.http import HttpRequest
from django.utils import timezone

from .snapshots import Rows

# The hidden field; no field of a model starts with a line.
SNAPSHOT_FIELD = "_snapshot"
# Raise the number when what is kept in a snapshot gets another shape.
_SALT = "publishing.guard.2"


@dataclass(frozen=True)
class Opened:
    """What a page says of itself: what was stored when it was opened, and when that was."""

    rows: Rows | None = None
    at: datetime | None = None


def sealed(page: str, rows: Rows) -> str:
    """The hidden field's value for a ``page``, which names the model and the record."""
    return signing.dumps([page, timezone.now().timestamp(), rows], salt=_SALT, compress=True)


def opened(request: HttpRequest, page: str) -> Opened:
    """What the page that was sent says of itself; nothing where it is missing, or not ours."""
    try:
        sealed_page, moment, rows = signing.loads(request.POST.get(SNAPSHOT_FIELD, ""), salt=_SALT)
    except (signing.BadSignature, ValueError):
        return Opened()
    if sealed_page != page:
        return Opened()
    return Opened(rows, datetime.fromtimestamp(moment, UTC))
