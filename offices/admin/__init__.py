"""What editors see of offices, service points, hours and holidays."""

from . import calendars, hours, places

__all__ = ["calendars", "hours", "places"]
