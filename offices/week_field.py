"""A form field for the base week: one line of hours for each weekday."""

import re
from datetime import time
from itertools import pairwise

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .models.hours import WeeklyRule as StoredRule
from .schedule import Kind, Week, WeeklyRule

_SPAN = re.compile(
    r"(?P<opens>\d{1,2}([:.]\d{2})?)\s*[-–—]\s*(?P<closes>\d{1,2}([:.]\d{2})?)\s*(?P<star>\*?)"
)


def _clock(text: str) -> time:
    hours, _separator, minutes = text.replace(".", ":").partition(":")
    return time(int(hours), int(minutes or 0))


def parse_day(weekday: int, text: str) -> list[WeeklyRule]:
    """The rules in ``7:30-12, 13:00–15:30*`` for one weekday (0 is Monday).

    A star marks hours by appointment. Raises ValidationError in words for an editor.
    """
    rules = []
    for part in filter(None, (piece.strip() for piece in text.replace(";", ",").split(","))):
        match = _SPAN.fullmatch(part)
        try:
            opens, closes = _clock(match["opens"]), _clock(match["closes"])  # type: ignore[index]
        except (TypeError, ValueError):
            raise ValidationError(
                _("“%(text)s” is not a span of hours. Write it as 07:30–15:30."),
                params={"text": part},
            ) from None
        if closes <= opens:
            raise ValidationError(
                _("In “%(text)s” the closing time is not later than the opening time."),
                params={"text": part},
            )
        kind = Kind.BY_APPOINTMENT if match["star"] else Kind.OPEN  # type: ignore[index]
        rules.append(WeeklyRule(weekday, opens, closes, kind))
    rules.sort()
    for earlier, later in pairwise(rules):
        if later.opens < earlier.closes:
            raise ValidationError(_("The spans of one day overlap."))
    return rules


def format_day(rules: tuple[WeeklyRule, ...]) -> str:
    """The text that :func:`parse_day` reads back."""
    return ", ".join(
        f"{rule.opens:%H:%M}–{rule.closes:%H:%M}"
        + ("*" if rule.kind == Kind.BY_APPOINTMENT else "")
        for rule in rules
    )


class WeekWidget(forms.MultiWidget):
    """Seven lines, each under the name of its day."""

    template_name = "offices/week_widget.html"

    def __init__(self, attrs=None):
        super().__init__([forms.TextInput({"size": 28}) for _day in range(7)], attrs)

    def decompress(self, value: Week | None) -> list[str]:
        return [format_day(value.on(day)) for day in range(7)] if value else [""] * 7

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        days = zip(StoredRule.WEEKDAYS, context["widget"]["subwidgets"], strict=True)
        context["days"] = [(label, widget) for (_number, label), widget in days]
        return context


class WeekField(forms.MultiValueField):
    """The base week as a :class:`offices.schedule.Week`; an error names its day."""

    widget = WeekWidget

    def __init__(self, **kwargs):
        fields = [forms.CharField(required=False) for _day in range(7)]
        super().__init__(fields, require_all_fields=False, **kwargs)

    def compress(self, data_list: list[str]) -> Week:
        rules: list[WeeklyRule] = []
        errors = []
        for (number, name), text in zip(StoredRule.WEEKDAYS, data_list or [], strict=False):
            try:
                rules += parse_day(number, text)
            except ValidationError as error:
                errors += [f"{name}: {message}" for message in error.messages]
        if errors:
            raise ValidationError(errors)
        return Week(tuple(rules))
