"""Dated notices: what is different at a service point for a while."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from languages.fallback import translated
from publishing.fields import ChoiceSetField
from publishing.models import Source

from .. import schedule as pure
from ..dates import DatedRecord
from ..stored_hours import read
from .channels import ChannelKind
from .service_points import ServicePoint


class Notice(DatedRecord):
    """A change at a service point between two days, or until further notice."""

    first_day_field, last_day_field = "starts_on", "ends_on"

    service_point = models.ForeignKey(
        ServicePoint, models.CASCADE, related_name="notices", verbose_name=_("service point")
    )
    text = models.TextField(
        _("text"), help_text=_("What is different, why, and what people should do meanwhile.")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(
        _("until"),
        null=True,
        blank=True,
        help_text=_("The last day. Empty means until further notice."),
    )
    affects = ChoiceSetField(
        models.CharField(max_length=12, choices=ChannelKind),
        default=list,
        blank=True,
        verbose_name=_("out of use meanwhile"),
        help_text=_("The ways that do not work as usual. None: the text alone says it all."),
    )
    state = models.CharField(
        _("they are then"),
        max_length=7,
        choices=[
            (pure.Kind.CLOSED.value, _("closed")),
            (pure.Kind.UNKNOWN.value, _("not known: call first")),
        ],
        default=pure.Kind.CLOSED.value,
    )
    reason = models.CharField(
        _("reason in a few words"),
        max_length=150,
        blank=True,
        help_text=_("Shown beside the hours: renovation, a new operator is being chosen."),
    )
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("source"),
    )

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="offices_notice_period",
                violation_error_message=_("The last day is before the first day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_point} ({self.starts_on})"

    @property
    def as_value(self) -> pure.Notice:
        """The notice as :mod:`offices.schedule` works on it; its text is for the page."""
        is_closed = read(pure.Kind, self, "Notice", "state") == pure.Kind.CLOSED
        kind = pure.Kind.CLOSED if is_closed else pure.Kind.UNKNOWN
        return pure.Notice(self.period, kind, translated(self, "reason") or "")
