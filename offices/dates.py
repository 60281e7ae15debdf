"""Records that hold between two days, and dates that can only be slips of the keyboard."""

from collections.abc import Collection
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .schedule import ALWAYS, Period


def refuse_unlikely_dates(record: models.Model, exclude: Collection[str] | None = None) -> None:
    """Refuse years that can only be a slip, each at its field; for ``clean_fields``.

    Also a date for "never", such as 9999-12-31: days are counted on from every date. Fields in
    ``exclude`` are not on the page, so nothing can be said at them.
    """
    names = [field.name for field in record._meta.fields if isinstance(field, models.DateField)]
    message = _("The year must be between 2000 and 2100.")
    errors = {
        name: message
        for name in names
        if name not in (exclude or ()) and not _is_likely(getattr(record, name))
    }
    if errors:
        raise ValidationError(errors)


def _is_likely(day: object) -> bool:
    return not isinstance(day, date) or 2000 <= day.year <= 2100


class DatedRecord(models.Model):
    """A record that holds from one day to another, both included; an empty one leaves it open."""

    # The fields of the two days.
    first_day_field, last_day_field = "valid_from", "valid_until"

    class Meta:
        abstract = True

    def clean_fields(self, exclude=None):
        super().clean_fields(exclude=exclude)
        refuse_unlikely_dates(self, exclude)

    def clean(self):
        super().clean()
        first, last = self.period.first, self.period.last
        if first and last and last < first:
            raise ValidationError({self.last_day_field: _("The last day is before the first day.")})

    @property
    def period(self) -> Period:
        """The days on which it holds."""
        first, last = getattr(self, self.first_day_field), getattr(self, self.last_day_field)
        return Period(first, last) if first or last else ALWAYS

    def is_past(self, on: date | None = None) -> bool:
        """Whether it ended before the day ``on`` (today by default)."""
        return self.period.ends_before(on or timezone.localdate())

    def is_yet_to_come(self, on: date | None = None) -> bool:
        """Whether it begins only after the day ``on`` (today by default)."""
        return self.period.begins_after(on or timezone.localdate())
