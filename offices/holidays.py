"""The public holidays of Poland."""

from datetime import date
from functools import lru_cache

import holidays


@lru_cache(maxsize=16)
def _holidays_of(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("PL", years=year))


def is_public_holiday(day: date) -> bool:
    """Whether ``day`` is one of the statutory days off, Sundays aside."""
    return day in _holidays_of(day.year)
