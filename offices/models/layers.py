"""The layers of stored hours: weekly rules, seasons, exceptions."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from languages.spoken import SignLanguage, SpokenLanguage
from publishing.fields import ChoiceSetField

from .. import schedule as pure
from ..dates import DatedRecord
from ..fields import HoursField
from ..notation import HoursError, parse_hours
from ..stored_hours import admission_within
from .hours import Schedule


class SeasonQuerySet(models.QuerySet):
    """Seasons, known by their days and their hours."""

    def get_by_natural_key(self, starts_on: str, ends_on: str, *schedule: str):
        owner = Schedule.objects.get_by_natural_key(*schedule)
        return self.get(starts_on=starts_on, ends_on=ends_on, schedule=owner)


class Season(DatedRecord):
    """A part of the year with weekly hours of its own, which replace the base week."""

    first_day_field, last_day_field = "starts_on", "ends_on"

    schedule = models.ForeignKey(
        Schedule, models.CASCADE, related_name="seasons", verbose_name=_("hours")
    )
    name = models.CharField(
        _("name"),
        max_length=120,
        help_text=_(
            "As readers see it: summer holidays, Advent. Save it first (“Save and continue "
            "editing”), then choose it in rows of weekly hours. Without such rows readers see that "
            "the hours are not known."
        ),
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))

    objects = SeasonQuerySet.as_manager()

    class Meta:
        verbose_name = _("season")
        verbose_name_plural = _("seasons")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="offices_season_period",
                violation_error_message=_("The last day is before the first day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({_days(self.starts_on, self.ends_on)})"

    def natural_key(self) -> tuple[str, ...]:
        return (str(self.starts_on), str(self.ends_on), *self.schedule.natural_key())

    natural_key.dependencies = ["offices.schedule"]  # type: ignore[attr-defined]


class WeeklyRule(DatedRecord):
    """The hours of some weekdays, in the base week or in a season."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    class Week(models.IntegerChoices):
        FIRST = 1, _("first")
        SECOND = 2, _("second")
        THIRD = 3, _("third")
        FOURTH = 4, _("fourth")
        FIFTH = 5, _("fifth")
        LAST = -1, _("last")

    schedule = models.ForeignKey(
        Schedule, models.CASCADE, related_name="rules", verbose_name=_("hours")
    )
    season = models.ForeignKey(
        Season,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="rules",
        verbose_name=_("season"),
        help_text=_("Empty: the whole year. A new season is saved first, then chosen here."),
    )
    weekdays = ChoiceSetField(
        models.PositiveSmallIntegerField(choices=Weekday), verbose_name=_("weekdays")
    )
    weeks = ChoiceSetField(
        models.SmallIntegerField(choices=Week),
        default=list,
        blank=True,
        verbose_name=_("only the … of the month"),
        help_text=_("First and Saturday: the first Saturday of each month. None: every week."),
    )
    hours = HoursField(
        _("hours"),
        help_text=_(
            "07:30–15:30; two spans: 08:00–12:00, 13:00–16:00; after midnight: 22:00–02:00; a "
            "star for hours by appointment: 15:30–17:00*. Empty: closed on these days."
        ),
    )
    last_admission = models.TimeField(
        _("last admission"),
        null=True,
        blank=True,
        help_text=_("The time after which nobody is let in any more."),
    )
    languages = ChoiceSetField(
        models.CharField(max_length=3, choices=[*SpokenLanguage.choices, *SignLanguage.choices]),
        default=list,
        blank=True,
        verbose_name=_("languages in these hours"),
        help_text=_("Only where they differ from day to day."),
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(
        _("valid until"),
        null=True,
        blank=True,
        help_text=_("The last day. Afterwards the hours are not known, unless others follow."),
    )

    class Meta:
        verbose_name = _("weekly hours")
        verbose_name_plural = _("weekly hours")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weekdays__contained_by=[0, 1, 2, 3, 4, 5, 6]) & Q(weekdays__len__gt=0),
                name="offices_weeklyrule_weekdays",
                violation_error_message=_("Choose at least one day from Monday to Sunday."),
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="offices_weeklyrule_period",
                violation_error_message=_("The last day is before the first day."),
            ),
            models.CheckConstraint(
                condition=Q(season__isnull=True)
                | Q(valid_from__isnull=True, valid_until__isnull=True),
                name="offices_weeklyrule_season_has_the_dates",
                violation_error_message=_("The dates of a season stand with the season."),
            ),
        ]

    def __str__(self) -> str:
        text = f"{_weekday_names(self.weekdays)} {self.hours or _('closed')}"
        if not self.weeks:
            return text
        weeks = ", ".join(str(self.Week(week).label) for week in self.weeks)
        return f"{text} ({_('only the %(weeks)s in the month') % {'weeks': weeks}})"

    def clean(self):
        super().clean()
        errors = {}
        if self.season_id and (self.valid_from or self.valid_until):
            errors["valid_from"] = _("The dates of a season stand with the season.")
        if self.season and self.season.schedule_id != self.schedule_id:
            errors["season"] = _("This season belongs to other hours.")
        if self.last_admission and not self._is_admission_within_hours():
            errors["last_admission"] = _("The last admission is not within the hours.")
        if errors:
            raise ValidationError(errors)

    def _is_admission_within_hours(self) -> bool:
        try:
            spans = parse_hours(self.hours)
            return any(admission_within(one, self.last_admission) is not None for one in spans)
        except HoursError:
            return True  # the hours themselves are refused at their field


def _weekday_names(weekdays: Iterable[int]) -> str:
    """``Monday–Friday, Sunday``: three and more in a row are written as one."""
    names: list[str] = []
    for _start, run in groupby(enumerate(sorted(weekdays)), lambda pair: pair[1] - pair[0]):
        labels = [str(WeeklyRule.Weekday(day).label) for _place, day in run]
        names += [f"{labels[0]}–{labels[-1]}"] if len(labels) > 2 else labels
    return ", ".join(names)


def _days(first: date, last: date | None) -> str:
    """One day, or the first and the last, as editors read dates."""
    if last in {None, first}:
        return date_format(first)
    return f"{date_format(first)} – {date_format(last)}"


class DayException(DatedRecord):
    """A day, or some days, on which the hours are not as in the week."""

    first_day_field, last_day_field = "starts_on", "ends_on"

    class Effect(models.TextChoices):
        REPLACES = pure.Effect.REPLACES.value, _("only these hours on the day (none: closed)")
        ADDS = pure.Effect.ADDS.value, _("also open in these hours")
        REMOVES = pure.Effect.REMOVES.value, _("closed in these hours")

    schedule = models.ForeignKey(
        Schedule, models.CASCADE, related_name="exceptions", verbose_name=_("hours")
    )
    starts_on = models.DateField(_("day"))
    ends_on = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Empty: this one day.")
    )
    effect = models.CharField(
        _("what is different"),
        max_length=8,
        choices=Effect,
        default=Effect.REPLACES,
    )
    hours = HoursField(_("hours"))
    reason = models.CharField(
        _("reason"),
        max_length=150,
        blank=True,
        help_text=_("As readers see it, in a few words: staff training, election day."),
    )

    class Meta:
        verbose_name = _("exception")
        verbose_name_plural = _("exceptions")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="offices_dayexception_period",
                violation_error_message=_("The last day is before the first day."),
            ),
            models.CheckConstraint(
                condition=Q(effect="replaces") | ~Q(hours=""),
                name="offices_dayexception_has_hours",
                violation_error_message=_("Say which hours are added or removed."),
            ),
        ]

    def __str__(self) -> str:
        days = _days(self.starts_on, self.ends_on)
        if self.effect == self.Effect.REPLACES:
            return f"{days}: {self.hours or _('closed')}"
        return f"{days}: {self.get_effect_display()} {self.hours}"

    def clean(self):
        super().clean()
        if self.effect != self.Effect.REPLACES and not self.hours:
            raise ValidationError({"hours": _("Say which hours are added or removed.")})
        if self.effect == self.Effect.REMOVES and "*" in self.hours:
            raise ValidationError({"hours": _("A star means nothing where hours are removed.")})

    @property
    def period(self) -> pure.Period:
        return pure.Period(self.starts_on, self.ends_on or self.starts_on)
