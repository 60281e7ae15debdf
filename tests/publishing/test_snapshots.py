"""Digests are equal for equal values, wherever these come from, and tell what differs."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from publishing.snapshots import WHOLE, Change, changed_fields, changes, digest

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("one", "same"),
    [
        ("a\r\nb", "a\nb"),
        (" a ", "a"),
        (None, ""),
        ([], ""),
        (Decimal("17.00"), Decimal(17)),
        (Decimal("170.0"), Decimal("1.7E2")),
        ([2, 1], [1, 2]),
        (("b", "a"), {"a", "b"}),
        (NOON, NOON.astimezone(ZoneInfo("Europe/Warsaw"))),
    ],
)
def test_values_that_mean_the_same_have_one_digest(one, same):
    assert digest(one) == digest(same)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a", "b"),
        ("a b", "a  b"),
        ("", "0"),
        (None, False),
        (None, 0),
        (False, True),
        (Decimal("17.00"), Decimal("17.01")),
        (Decimal(17), Decimal(170)),
        ([1, 2], [12]),
        ([1], [1, 1]),
        (date(2026, 11, 30), date(2026, 12, 1)),
        (time(7, 30), time(7, 31)),
        (NOON, NOON.replace(second=1)),
    ],
)
def test_values_that_differ_have_two(one, other):
    assert digest(one) != digest(other)


def test_what_happened_between_two_snapshots_is_told_by_row_and_field():
    before = {
        "": {"1": {"name": "a", "note": "b"}},
        "fees": {"1": {"amount": "a"}, "2": {"amount": "b", WHOLE: "x"}, "3": {"amount": "c"}},
    }
    after = {
        "": {"1": {"name": "c", "caution": "d"}},
        "fees": {"2": {"amount": "b", WHOLE: "y"}, "3": {"amount": "d"}, "4": {}},
    }
    assert set(changes(before, after)) == {
        Change("", "1", fields=frozenset({"name", "note", "caution"})),
        Change("fees", "1", is_deleted=True),
        Change("fees", "3", fields=frozenset({"amount"})),
        Change("fees", "4", is_added=True),
    }
    assert changes(before, before) == []
    assert changed_fields({WHOLE: "a"}, {WHOLE: "b"}) == set()
