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
    """Spans of one day as text, kept in one spelling; empty means none.

    What is not hours is refused however it is written: by forms, ``save`` and ``update`` here, by
    the database with :class:`HoursAreReadable`. What is stored already is read as it stands.
    """

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 120)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("help_text", HOURS_HELP)
        super().__init__(*args, **kwargs)

    def to_python(self, value):
        """``value`` in its one spelling; ValidationError for what is not hours.

        All that is written passes here: ``CharField.get_prep_value`` asks it too.
        """
        value = super().to_python(value)
        if value is None:
            return None
        validate_hours(value)
        return format_hours(parse_hours(value))

    def readable(self) -> models.Func:
        """What the database must hold."""
        return HoursAreReadable(models.F(self.name))


class HoursAreReadable(models.Func):
    """Whether a column holds hours in their one spelling: ``offices.notation`` in the database."""

    function = "offices_hours_are_readable"
    arity = 1
    output_field = models.BooleanField()
