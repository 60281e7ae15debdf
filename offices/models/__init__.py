"""Where to go and when: offices, service points, their channels and hours."""

from .booking import BookingPolicy
from .channels import Channel, ChannelKind
from .hours import Schedule, WeeklyRule
from .notices import Notice
from .offices import Office, OfficeKind
from .service_points import ServicePoint

__all__ = [
    "BookingPolicy",
    "Channel",
    "ChannelKind",
    "Notice",
    "Office",
    "OfficeKind",
    "Schedule",
    "ServicePoint",
    "WeeklyRule",
]
