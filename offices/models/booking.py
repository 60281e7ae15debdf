"""Booking policies: how to get an appointment at a service point, and how to lose it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from publishing.fields import RichTextField
from publishing.models import Source

from ..dates import DatedRecord
from .channels import Channel
from .service_points import ServicePoint


class BookingPolicy(DatedRecord):
    """The rules of one kind of appointment at a service point."""

    service_point = models.ForeignKey(
        ServicePoint,
        models.CASCADE,
        related_name="booking_policies",
        verbose_name=_("service point"),
    )
    name = models.CharField(_("what the appointment is for"), max_length=200)
    channel = models.ForeignKey(
        Channel,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("booked through"),
        help_text=_("The channel that takes bookings; its hours are the hours for booking."),
    )
    who_may_book = models.TextField(_("who may book"), blank=True)
    who_may_not_book = models.TextField(
        _("who may not book"),
        blank=True,
        help_text=_("And why: which other way these people take instead."),
    )
    booked_days = models.TextField(
        _("which days can be booked"),
        blank=True,
        help_text=_("For example: Monday to Wednesday of the following week."),
    )
    max_per_call = models.PositiveSmallIntegerField(
        _("appointments per call"), null=True, blank=True
    )
    data_to_give = models.TextField(_("what to tell when booking"), blank=True)
    what_to_bring = RichTextField(_("what to bring to the visit"), blank=True)
    arrive_minutes_early = models.PositiveSmallIntegerField(
        _("come early by (minutes)"), null=True, blank=True
    )
    lost_after_minutes = models.PositiveSmallIntegerField(
        _("lost when late by more than (minutes)"), null=True, blank=True
    )
    if_late = models.TextField(_("what happens when you are late"), blank=True)
    if_absent = models.TextField(_("what happens when you do not come"), blank=True)
    if_duplicate = models.TextField(
        _("what happens to a second booking or application"), blank=True
    )
    is_transferable = models.BooleanField(
        _("may be passed to another person"), null=True, blank=True
    )
    full_rules = RichTextField(_("the rest of the rules"), blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("document it comes from"),
    )

    class Meta:
        verbose_name = _("booking policy")
        verbose_name_plural = _("booking policies")
        ordering = ["service_point", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="offices_bookingpolicy_valid_period",
                violation_error_message=_("The last day is before the first day."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or ""

    def clean(self):
        super().clean()
        if self.channel and self.channel.service_point_id != self.service_point_id:
            raise ValidationError({"channel": _("This channel belongs to another service point.")})

    @property
    def booking_channel(self) -> Channel | None:
        """The channel that takes bookings, out of those fetched with the service point."""
        channels = self.service_point.channels.all()
        return next((channel for channel in channels if channel.pk == self.channel_id), None)
