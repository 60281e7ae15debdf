"""Hours as stored: a schedule of a channel or an office, and where it comes from.

What the stored hours mean at a moment is decided in :mod:`offices.schedule`.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cached_property
from typing import cast

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.models import Source
from publishing.prefetching import rows_together

from .. import schedule as pure
from ..dates import refuse_unlikely_dates
from ..stored_hours import as_value
from .channels import Channel
from .offices import Office


class ScheduleQuerySet(models.QuerySet):
    """Schedules, known by what they belong to."""

    def get_by_natural_key(self, owner: str, *key: str):
        """By ``"office", slug`` or by ``"channel"`` and the channel's natural key."""
        if owner == "office":
            return self.get(office__slug=key[0])
        service_point, kind, value = key
        return self.get(
            channel__service_point__slug=service_point, channel__kind=kind, channel__value=value
        )

    def checked_long_ago(self, on: date | None = None):
        """Those that nobody has checked for longer than the portal allows."""
        oldest = (on or timezone.localdate()) - timedelta(days=settings.HOURS_CHECK_DAYS)
        return self.filter(Q(checked_on__isnull=True) | Q(checked_on__lt=oldest))


class Schedule(models.Model):
    """The hours of one channel, or of an office as a whole, and where they come from."""

    channel = models.OneToOneField(
        Channel,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="schedule",
        verbose_name=_("channel"),
    )
    office = models.OneToOneField(
        Office,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="schedule",
        verbose_name=_("office"),
    )
    observes_holidays = models.BooleanField(
        _("follows the holiday calendar of the office"),
        default=True,
        help_text=_("Untick it only for what works on holidays too, such as a line at all hours."),
    )
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("source of the hours"),
    )
    checked_on = models.DateField(_("hours checked on"), null=True, blank=True)
    note = models.TextField(
        _("note on the hours"),
        blank=True,
        help_text=_("For example that sources disagree, and what each of them says."),
    )

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        verbose_name = _("hours")
        verbose_name_plural = _("hours")
        constraints = [
            models.CheckConstraint(
                condition=Q(channel__isnull=False, office__isnull=True)
                | Q(channel__isnull=True, office__isnull=False),
                name="offices_schedule_one_owner",
                violation_error_message=_("Hours belong to one channel or to one office."),
            ),
        ]

    def __str__(self) -> str:
        if self.channel is not None:
            return f"{self.channel.service_point} – {self.channel}"
        return str(self.office)

    def natural_key(self) -> tuple[str, ...]:
        if self.channel is not None:
            return ("channel", *self.channel.natural_key())
        return ("office", *cast("Office", self.office).natural_key())

    natural_key.dependencies = ["offices.office", "offices.channel"]  # type: ignore[attr-defined]

    def clean_fields(self, exclude=None):
        super().clean_fields(exclude=exclude)
        refuse_unlikely_dates(self, exclude)

    @property
    def owner_office(self) -> Office:
        """The office whose holiday calendar holds."""
        return self.channel.service_point.office if self.channel else cast("Office", self.office)

    def is_checked_long_ago(self, on: date | None = None) -> bool:
        """Whether nobody has checked the hours for longer than the portal allows."""
        allowed = timedelta(days=settings.HOURS_CHECK_DAYS)
        return self.checked_on is None or (on or timezone.localdate()) - self.checked_on > allowed

    @cached_property
    def layers(self) -> pure.Schedule:
        """The stored layers as :mod:`offices.schedule` works on them, holidays aside."""
        return as_value(self.rules.all(), self.seasons.all(), self.exceptions.all())

    @property
    def hours(self) -> pure.Schedule:
        """The stored layers under the holidays that hold for them."""
        return self.under_holidays(self.layers)

    def under_holidays(self, layers: pure.Schedule) -> pure.Schedule:
        """``layers`` of these hours under the holidays of the office, where they follow them."""
        return layers.under(self.owner_office.holidays) if self.observes_holidays else layers

    def is_empty(self) -> bool:
        """Whether nothing is said of the hours yet."""
        return not any(part.exists() for part in (self.rules, self.seasons, self.exceptions))


def fetch_hours(points: Iterable, offices: Iterable[Office] = ()) -> None:
    """Fetch all layers of the hours of service ``points`` and ``offices``, in one query.

    The points come ``with_channels``, the offices ``with_schedule``. No model instances are made
    of the rows: a list of a thousand points has many.
    """
    points = list(points)
    owners = [*offices, *{id(point.office): point.office for point in points}.values()]
    for point in points:
        channels = point.channels.all()
        point.live_channels = [channel for channel in channels if channel.is_live]
        owners += channels
    schedules = [owner.effective_schedule for owner in owners if owner.effective_schedule]
    if not schedules:
        return
    rows = rows_together(Schedule, {one.pk for one in schedules}, *_LAYERS)
    values: dict[int, pure.Schedule] = {}
    # Equal hours become one and the same value, so that their states are worked out once.
    equal: dict[pure.Schedule, pure.Schedule] = {}
    for schedule in schedules:
        if schedule.pk not in values:
            layers = as_value(*(rows.get((name, schedule.pk), ()) for name in _LAYERS))
            values[schedule.pk] = equal.setdefault(layers, layers)
        schedule.layers = values[schedule.pk]


# Reverse relations of a schedule, in the order in which ``as_value`` takes them.
_LAYERS = ("rules", "seasons", "exceptions")
