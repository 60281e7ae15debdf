"""The model field for hours as editors write them."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from .notation import HoursError, format_hours, parse_hours

_MESSAGES = {
    "not_a_span": _("“%(text)s” is not a span of hours. Write it as 07:30–15:30."),
    "not_a_time": _("“%(text)s” is not a time of day. Write it as 07:30."),
    "ends_before_start": _(
        "“%(text)s” ends before it starts. Hours that go on after midnight end by 06:00 "
        "(22:00–02:00); a later end is written on, as 20:00–32:00."
    ),
    "too_long": _("“%(text)s” is longer than a day."),
    "overlap": _("These spans overlap: %(text)s."),
}

HOURS_HELP = _(
    "07:30–15:30; two spans: 08:00–12:00, 13:00–16:00; after midnight: 22:00–02:00; a star for "
    "hours by appointment: 15:30–17:00*."
)


def validate_hours(text: str) -> None:
    """Refuse what is not hours, in words for an editor."""
    try:
        parse_hours(text)
    except HoursError as error:
        message, params = _MESSAGES[error.code], {"text": error.text}
        raise ValidationError(message, code=error.code, params=params) from error


class HoursField(models.CharField):
    """Spans of one day as text, kept in one spelling; empty means none."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 120)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("help_text", HOURS_HELP)
        super().__init__(*args, **kwargs)

    def clean(self, value, model_instance):
        value = super().clean(value, model_instance)
        validate_hours(value)
        return format_hours(parse_hours(value))
