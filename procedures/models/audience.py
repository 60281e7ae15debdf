"""Groups of foreigners for whom the law differs."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.fields import ChoiceSetField


class Audience(models.TextChoices):
    """A group that a procedure, or a part of one, may be limited to."""

    EU = "eu", _("Citizens of the EU, EEA or Switzerland, and their family")
    NON_EU = "non_eu", _("Citizens of other countries")
    UKR = "ukr", _("Ukrainians with PESEL UKR")
    UK_WA = "uk_wa", _("UK nationals under the Withdrawal Agreement, and their family")


# For marks beside a part, where the full name would drown the part itself.
SHORT_LABELS = {
    Audience.EU: _("EU, EEA, Switzerland"),
    Audience.NON_EU: _("other countries"),
    Audience.UKR: _("PESEL UKR"),
    Audience.UK_WA: _("UK nationals, Withdrawal Agreement"),
}


class AudienceField(ChoiceSetField):
    """The groups that something is for; none means everyone."""

    def __init__(self, base_field=None, **kwargs):
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("verbose_name", _("only for"))
        kwargs.setdefault("help_text", _("None ticked means everyone."))
        super().__init__(base_field or models.CharField(max_length=6, choices=Audience), **kwargs)


def concerns(audience: list[str], group: str | None) -> bool:
    """Whether something for ``audience`` concerns a reader of ``group`` (None: any reader)."""
    return group is None or not audience or group in audience
