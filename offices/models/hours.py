"""Hours as stored: the layers of a channel's or an office's schedule.

What the stored hours mean at a moment is decided in :mod:`offices.schedule`.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time, timedelta
from functools import cached_property
from hashlib import sha256
from itertools import groupby
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from languages.fallback import translated
from languages.spoken import SignLanguage, SpokenLanguage
from publishing.fields import ChoiceSetField
from publishing.models import Source
from publishing.prefetching import rows_together

from .. import schedule as pure
from ..dates import refuse_unlikely_dates
from ..fields import HoursField
from ..notation import HoursError, parse_hours
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

    def checked_long_ago(self, on: date | None = None):
        """Those that nobody has checked for longer than the portal allows."""
        oldest = (on or timezone.localdate()) - timedelta(days=settings.HOURS_CHECK_DAYS)
        return self.filter(Q(checked_on__isnull=True) | Q(checked_on__lt=oldest))


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
    observes_holidays = models.BooleanField(
        _("follows the holiday calendar of the office"),
        default=True,
        help_text=_("Untick it only for what works on holidays too, such as a line at all hours."),
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
        if self.channel is not None:
            return f"{self.channel.service_point} – {self.channel}"
        return str(self.office)

    def natural_key(self) -> tuple[str, ...]:
        if self.channel is not None:
            return ("channel", *self.channel.natural_key())
        return ("office", *cast("Office", self.office).natural_key())

    natural_key.dependencies = ["offices.office", "offices.channel"]  # type: ignore[attr-defined]

    def clean_fields(self, exclude=None):
        super().clean_fields(exclude=exclude)
        refuse_unlikely_dates(self, exclude)

    @property
    def owner_office(self) -> Office:
        """The office whose holiday calendar holds."""
        return self.channel.service_point.office if self.channel else cast("Office", self.office)

    def is_checked_long_ago(self, on: date | None = None) -> bool:
        """Whether nobody has checked the hours for longer than the portal allows."""
        allowed = timedelta(days=settings.HOURS_CHECK_DAYS)
        return self.checked_on is None or (on or timezone.localdate()) - self.checked_on > allowed

    @cached_property
    def layers(self) -> pure.Schedule:
        """The stored layers as :mod:`offices.schedule` works on them, holidays aside."""
        return as_value(self.rules.all(), self.seasons.all(), self.exceptions.all())

    def fingerprint(self) -> str:
        """A text that is another as soon as anything stored of these hours is."""
        # As the tables have it: what attributes say depends on the language of the moment.
        own = [self.__dict__.get(field.attname) for field in self._meta.concrete_fields]
        rows = rows_together(Schedule, [self.pk], *_LAYERS)
        content = repr([own, *(rows.get((name, self.pk)) for name in _LAYERS)])
        return sha256(content.encode()).hexdigest()

    def is_empty(self) -> bool:
        """Whether nothing is said of the hours yet."""
        return not any(part.exists() for part in (self.rules, self.seasons, self.exceptions))


def as_value(rules: Iterable, seasons: Iterable, exceptions: Iterable) -> pure.Schedule:
    """The layers that rows make: model instances, saved or not, or plain rows of the tables."""
    base: list[pure.WeeklyRule] = []
    by_season: dict[int, list[pure.WeeklyRule]] = {}
    for rule in rules:
        into = base if rule.season_id is None else by_season.setdefault(rule.season_id, [])
        into.append(rule_value(rule))
    return pure.Schedule(
        rules=tuple(base),
        seasons=tuple(
            pure.Season(
                pure.Period(season.starts_on, season.ends_on),
                tuple(by_season.get(season.id, ())),
                translated(season, "name"),
            )
            for season in seasons
        ),
        exceptions=tuple(exception_value(exception) for exception in exceptions),
    )


def rule_value(row: Any) -> pure.WeeklyRule:
    """A weekly rule as :mod:`offices.schedule` works on it."""
    hours = parse_hours(row.hours)
    note = translated(row, "note")
    if row.last_admission or row.languages or note:
        hours = tuple(
            replace(
                span,
                last_admission=_admission_within(span, row.last_admission),
                languages=tuple(row.languages),
                note=note or "",
            )
            for span in hours
        )
    is_dated = row.valid_from or row.valid_until
    return pure.WeeklyRule(
        frozenset(row.weekdays),
        hours,
        frozenset(row.weeks),
        pure.Period(row.valid_from, row.valid_until) if is_dated else pure.ALWAYS,
    )


def _admission_within(span: pure.Hours, last_admission: time | None) -> int | None:
    """The time in minutes, where it lies in ``span``; it may be after midnight."""
    if last_admission is None:
        return None
    minutes = last_admission.hour * 60 + last_admission.minute
    for candidate in (minutes, minutes + pure.DAY_MINUTES):
        if span.opens < candidate <= span.closes:
            return candidate
    return None


def exception_value(row: Any) -> pure.DayException:
    """A day exception as :mod:`offices.schedule` works on it."""
    period = pure.Period(row.starts_on, row.ends_on or row.starts_on)
    reason = translated(row, "reason") or ""
    return pure.DayException(period, pure.Effect(row.effect), parse_hours(row.hours), reason)


def fetch_hours(points: Iterable, offices: Iterable[Office] = ()) -> None:
    """Fetch all layers of the hours of service ``points`` and ``offices``, in one query.

    The points come ``with_channels``, the offices ``with_schedule``. No model instances are made
    of the rows: a list of a thousand points has many.
    """
    points = list(points)
    owners = [*offices, *{id(point.office): point.office for point in points}.values()]
    for point in points:
        channels = point.channels.all()
        point.live_channels = [channel for channel in channels if channel.is_live]
        owners += channels
    schedules = [owner.schedule for owner in owners if hasattr(owner, "schedule")]
    if not schedules:
        return
    rows = rows_together(Schedule, {one.pk for one in schedules}, *_LAYERS)
    values: dict[int, pure.Schedule] = {}
    for schedule in schedules:
        if schedule.pk not in values:
            values[schedule.pk] = as_value(*(rows.get((name, schedule.pk), ()) for name in _LAYERS))
        schedule.layers = values[schedule.pk]


# Reverse relations of a schedule, in the order in which ``as_value`` takes them.
_LAYERS = ("rules", "seasons", "exceptions")


class DatedPart(models.Model):
    """A part of a schedule that holds between two days."""

    class Meta:
        abstract = True

    def clean_fields(self, exclude=None):
        super().clean_fields(exclude=exclude)
        refuse_unlikely_dates(self, exclude)

    def clean(self):
        super().clean()
        first, last = self.period.first, self.period.last
        if first and last and last < first:
            name = "valid_until" if hasattr(self, "valid_until") else "ends_on"
            raise ValidationError({name: _("The last day is before the first day.")})

    @property
    def period(self) -> pure.Period:
        raise NotImplementedError


class SeasonQuerySet(models.QuerySet):
    """Seasons, known by their days and their hours."""

    def get_by_natural_key(self, starts_on: str, ends_on: str, *schedule: str):
        owner = Schedule.objects.get_by_natural_key(*schedule)
        return self.get(starts_on=starts_on, ends_on=ends_on, schedule=owner)


class Season(DatedPart):
    """A part of the year with weekly hours of its own, which replace the base week."""

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

    @property
    def period(self) -> pure.Period:
        return pure.Period(self.starts_on, self.ends_on)


class WeeklyRule(DatedPart):
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
        if self.season_id and self.season.schedule_id != self.schedule_id:
            errors["season"] = _("This season belongs to other hours.")
        if self.last_admission and not self._is_admission_within_hours():
            errors["last_admission"] = _("The last admission is not within the hours.")
        if errors:
            raise ValidationError(errors)

    def _is_admission_within_hours(self) -> bool:
        try:
            return any(one.last_admission is not None for one in rule_value(self).hours)
        except HoursError:
            return True  # the hours themselves are refused at their field

    @property
    def period(self) -> pure.Period:
        return pure.Period(self.valid_from, self.valid_until)


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


class DayException(DatedPart):
    """A day, or some days, on which the hours are not as in the week."""

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
