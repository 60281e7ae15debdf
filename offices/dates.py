"""Dates of records that can only be slips of the keyboard."""

from collections.abc import Collection
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


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
