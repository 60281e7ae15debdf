"""Hours as stored: a schedule of a channel or an office, and its weekly rules.

What the stored hours mean at a moment is decided in :mod:`offices.schedule`.
"""

from typing import cast

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from publishing.models import Source

from .. import schedule as pure
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
        return str(self.channel or self.office)

    def natural_key(self) -> tuple[str, ...]:
        if self.channel is not None:
            return ("channel", *self.channel.natural_key())
        return ("office", *cast("Office", self.office).natural_key())

    natural_key.dependencies = ["offices.office", "offices.channel"]  # type: ignore[attr-defined]

    @property
    def week(self) -> pure.Week:
        """The stored rules as the value that :mod:`offices.schedule` works on."""
        return pure.Week(tuple(rule.as_value() for rule in self.rules.all()))


class WeeklyRule(models.Model):
    """A span of hours on one weekday of the base week."""

    WEEKDAYS = [
        (0, _("Monday")),
        (1, _("Tuesday")),
        (2, _("Wednesday")),
        (3, _("Thursday")),
        (4, _("Friday")),
        (5, _("Saturday")),
        (6, _("Sunday")),
    ]
    KINDS = [
        (pure.Kind.OPEN.value, _("open")),
        (pure.Kind.BY_APPOINTMENT.value, _("by appointment")),
    ]

    schedule = models.ForeignKey(
        Schedule, models.CASCADE, related_name="rules", verbose_name=_("hours")
    )
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=WEEKDAYS)
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))
    kind = models.CharField(_("kind"), max_length=14, choices=KINDS, default=pure.Kind.OPEN.value)

    class Meta:
        verbose_name = _("weekly hours")
        verbose_name_plural = _("weekly hours")
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")),
                name="offices_weeklyrule_closes_after_opens",
                violation_error_message=_("The closing time must be later than the opening time."),
            ),
            models.CheckConstraint(
                condition=Q(weekday__lte=6),
                name="offices_weeklyrule_weekday",
                violation_error_message=_("Choose a day from Monday to Sunday."),
            ),
            models.UniqueConstraint(
                fields=["schedule", "weekday", "opens"],
                name="offices_weeklyrule_unique",
                violation_error_message=_("Two spans of one day start at the same time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"

    def as_value(self) -> pure.WeeklyRule:
        return pure.WeeklyRule(self.weekday, self.opens, self.closes, pure.Kind(self.kind))
