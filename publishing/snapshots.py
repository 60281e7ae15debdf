"""What was stored of a record with its parts, as short digests, and how two such differ.

A page carries a snapshot of what it shows; what an editor sends is stored only where the snapshot
still holds. Digests, because they must be small and because a page must not show all that is
stored.
"""

from base64 import urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from hashlib import blake2b

# Kind of part (``RECORD`` is the record itself) → key of the row → field → digest.
Row = dict[str, str]
Rows = dict[str, dict[str, Row]]

RECORD = ""
# Stands beside the fields of a row for all that would be deleted with it.
WHOLE = "*"


def digest(value: object) -> str:
    """A short text that is another for another value; empty for an empty value."""
    content = _spelled(value)
    if not content:
        return ""
    return urlsafe_b64encode(blake2b(content.encode(), digest_size=6).digest()).decode()


def _spelled(value: object) -> str:
    """``value`` in one spelling, whether it comes from a form, from a row or from JSON."""
    match value:
        case None:
            text = ""
        case str():
            # A browser sends each end of line as two characters, and forms cut white space off.
            text = value.replace("\r\n", "\n").strip()
        case Decimal():
            text = f"{value.normalize():f}"
        case datetime():
            text = value.astimezone(UTC).isoformat()
        case date() | time():
            text = value.isoformat()
        case Iterable():  # sets of choices and of related records have no order
            text = "\x1f".join(sorted(_spelled(one) for one in value))
        case _:
            text = str(value)
    return text


@dataclass(frozen=True)
class Change:
    """What happened to one row between two snapshots: added, deleted, or some fields changed."""

    kind: str
    key: str
    is_added: bool = False
    is_deleted: bool = False
    fields: frozenset[str] = frozenset()


def changed_fields(before: Row, after: Row) -> set[str]:
    """The fields of a row that differ; what would be deleted with it is not a field."""
    return {
        name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
    } - {WHOLE}


def changes(before: Rows, after: Rows) -> list[Change]:
    """All that happened from ``before`` to ``after``."""
    found = []
    for kind in before.keys() | after.keys():
        old, new = before.get(kind, {}), after.get(kind, {})
        for key in old.keys() | new.keys():
            if key not in old or key not in new:
                found.append(Change(kind, key, is_added=key in new, is_deleted=key in old))
            elif fields := changed_fields(old[key], new[key]):
                found.append(Change(kind, key, fields=frozenset(fields)))
    return found
