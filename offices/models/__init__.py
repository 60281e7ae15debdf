"""Where to go and when: offices, service points, their channels and hours."""

from .booking import BookingPolicy
from .calendars import CalendarDay, HolidayCalendar
from .channels import Channel, ChannelKind
from .hours import Schedule, fetch_hours
from .layers import DayException, Season, WeeklyRule
from .notices import Notice
from .offices import Office, OfficeKind
from .service_points import ServicePoint
from .told_events import ToldEvent

__all__ = [
    "BookingPolicy",
    "CalendarDay",
    "Channel",
    "ChannelKind",
    "DayException",
    "HolidayCalendar",
    "Notice",
    "Office",
    "OfficeKind",
    "Schedule",
    "Season",
    "ServicePoint",
    "ToldEvent",
    "WeeklyRule",
    "fetch_hours",
]
