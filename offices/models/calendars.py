"""Holiday calendars: which days a group of offices takes off, or works other hours."""

from datetime import date, timedelta
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from languages.available import SOURCE_LANGUAGE
from languages.fallback import translated
from publishing.models import NaturalKeyQuerySet, Slugged, Source

from .. import schedule as pure
from ..dates import refuse_unlikely_dates
from ..fields import HoursField
from ..holidays import HolidayCalendar as HolidayCalendarValue
from ..holidays import statutory_holidays
from ..notation import parse_hours
from ..stored_hours import read

# How far ahead editors are asked to confirm what offices do on a holiday.
CONFIRM_DAYS_AHEAD = 60


class HolidayCalendar(Slugged):
    """The holidays of a group of offices: the statutory ones, and what they set themselves."""

    name = models.CharField(_("name"), max_length=120)

    objects = NaturalKeyQuerySet.as_manager()

    class Meta(Slugged.Meta):
        verbose_name = _("holiday calendar")
        verbose_name_plural = _("holiday calendars")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name or self.slug

    @cached_property
    def as_value(self) -> HolidayCalendarValue:
        """The calendar as :mod:`offices.schedule` asks it."""
        return HolidayCalendarValue({day.date: day.as_value for day in self.days.all()})


class CalendarDayQuerySet(models.QuerySet):
    """Days of calendars."""

    def unconfirmed(self):
        """Those of which nobody has said yet whether offices work."""
        return self.filter(status=CalendarDay.Status.UNCONFIRMED)

    def to_confirm(self, on: date | None = None):
        """The unconfirmed ones that come soon, from the day ``on`` (today by default)."""
        on = on or timezone.localdate()
        last = on + timedelta(days=CONFIRM_DAYS_AHEAD)
        return self.unconfirmed().filter(date__range=(on, last))


class CalendarDay(models.Model):
    """One day of a calendar: a day off that the law does not know, or one that is different."""

    class Status(models.TextChoices):
        CLOSED = "closed", _("closed")
        SPECIAL = "special", _("special hours")
        UNCONFIRMED = "unconfirmed", _("not confirmed")

    calendar = models.ForeignKey(
        HolidayCalendar, models.CASCADE, related_name="days", verbose_name=_("holiday calendar")
    )
    date = models.DateField(_("day"))
    status = models.CharField(
        _("offices are"),
        max_length=12,
        choices=Status,
        default=Status.CLOSED,
        help_text=_("Not confirmed: readers are told to call first."),
    )
    hours = HoursField(_("special hours"))
    name = models.CharField(
        _("name of the day"),
        max_length=150,
        blank=True,
        help_text=_("As readers see it. A statutory holiday has its name already."),
    )
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source")
    )

    objects = CalendarDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("day of a holiday calendar")
        verbose_name_plural = _("days of holiday calendars")
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(
                fields=["calendar", "date"],
                name="offices_calendarday_unique",
                violation_error_message=_("This day stands in the calendar already."),
            ),
            models.CheckConstraint(
                condition=Q(status="special") & ~Q(hours="") | ~Q(status="special") & Q(hours=""),
                name="offices_calendarday_special_hours",
                violation_error_message=_("Special hours, and only they, need hours."),
            ),
        ]

    def __str__(self) -> str:
        return f"{date_format(self.date)}: {self.label}"

    def clean_fields(self, exclude=None):
        """Ask for a name too, in forms that have one: the list of days has none."""
        super().clean_fields(exclude=exclude)
        refuse_unlikely_dates(self, exclude)
        if self.date is None or "name_pl" in (exclude or ()):
            return
        is_named = translated(self, "name").localized(SOURCE_LANGUAGE)
        if not is_named and self.date not in statutory_holidays(self.date.year):
            message = _("This is not a statutory holiday: say what readers should call it.")
            raise ValidationError({"name_pl": message})

    def clean(self):
        super().clean()
        errors = {}
        if self.status == self.Status.SPECIAL and not self.hours:
            errors["hours"] = _("Write the special hours, or choose “closed”.")
        if self.status != self.Status.SPECIAL and self.hours:
            errors["hours"] = _("Hours belong to the choice “special hours” only.")
        if errors:
            raise ValidationError(errors)

    def validate_constraints(self, exclude=None):
        """Name a repeated day at its date: ``clean`` has told all else that constraints refuse."""
        try:
            super().validate_constraints(exclude=exclude)
        except ValidationError as error:
            raise ValidationError({"date": error.messages}) from None

    @property
    def label(self) -> object:
        """The name of the day: its own, else that of the statutory holiday."""
        name = translated(self, "name")
        statutory = statutory_holidays(self.date.year).get(self.date)
        return name if name or statutory is None else statutory.label

    def _hours_of_status(self, stored: str) -> tuple[pure.Hours, ...]:
        hours = parse_hours(stored)
        if bool(hours) != (self.status == self.Status.SPECIAL):
            raise ValueError(stored)
        return hours

    @property
    def as_value(self) -> pure.Holiday:
        """The day as :mod:`offices.schedule` works on it."""
        status = read(self.Status, self, "CalendarDay", "status")
        hours = read(self._hours_of_status, self, "CalendarDay", "hours")
        if status is None or hours is None:
            return pure.Holiday(self.label, is_known=False)
        return pure.Holiday(self.label, hours, status != self.Status.UNCONFIRMED)
