"""Forms of the admin that look at several parts of a schedule at once."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import BaseInlineFormSet, inlineformset_factory
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from publishing.forgiving import KeySelect

from . import schedule as pure
from .conflicts import (
    exception_conflicts,
    notice_conflicts,
    periods_meet,
    rule_conflicts,
    season_conflicts,
)
from .hours_preview import Rows
from .models import Channel, Office, Schedule, Season, WeeklyRule
from .models.channels import ChannelKind, cleaned_value
from .stored_hours import exception_value, rule_value


def _is_deleted(form: forms.BaseForm) -> bool:
    form.is_valid()  # an invalid row can be deleted too, so only what it has cleaned matters
    return bool(form.cleaned_data.get(DELETION_FIELD_NAME))


def _is_there(form: forms.BaseModelForm) -> bool:
    """Whether the row is saved or filled in, and is to stay."""
    return bool(form.instance.pk or form.has_changed()) and not _is_deleted(form)


class PartFormSet(BaseInlineFormSet, ABC):
    """Rows of one kind in a schedule, checked against each other as they were sent."""

    # Where a row is told that the schedule should have no rows at all.
    first_field = "starts_on"

    @property
    def sent_forms(self) -> list:
        """The rows that are saved or filled in and not to be deleted, right or wrong."""
        return [form for form in self.forms if _is_there(form)]

    @property
    def standing_forms(self) -> list:
        """The rows that will be there once the page is saved; those not sent are as saved."""
        if not self.is_bound:
            return self.initial_forms
        return [form for form in self.sent_forms if form.is_valid()]

    def clean(self):
        super().clean()
        forms_ = self.standing_forms
        for form, field, message in [*self.conflicts(forms_)]:
            form.add_error(field, message)
        channel = self.instance.channel
        if forms_ and channel is not None and channel.follows_office_hours:
            message = _(
                "This channel has the same hours as the office. Untick that on the page of the "
                "service point first, or delete this row."
            )
            forms_[0].add_error(self.first_field, message)

    @abstractmethod
    def conflicts(self, rows: list) -> Iterator[tuple]:
        """Form, field and message for each of ``rows`` that contradicts one before it."""


class RuleFormSet(PartFormSet):
    """Weekly hours; those of one season, or of the base week, may not overlap."""

    first_field = "hours"
    # The seasons on the same page, which may be on their way out.
    seasons: "SeasonFormSet | None" = None

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "season" in form.fields:
            field = form.fields["season"]
            field.queryset = Season.objects.filter(schedule=self.instance.pk)
            field.choices = self.season_choices

    @cached_property
    def season_choices(self) -> list[tuple]:
        """What each row offers, fetched once for all of them."""
        seasons = Season.objects.filter(schedule=self.instance.pk)
        return [("", _("the whole year")), *((season.pk, str(season)) for season in seasons)]

    def clean(self):
        super().clean()
        leaving = self.seasons.leaving_keys if self.seasons else set()
        for form in self.standing_forms:
            if form.instance.season_id in leaving:
                message = _(
                    "This season is to be deleted: choose another, or delete these hours too."
                )
                form.add_error("season", message)

    def conflicts(self, rows):
        by_season: dict[int | None, list] = {}
        for form in rows:
            by_season.setdefault(form.instance.season_id, []).append(form)
        for group in by_season.values():
            values = [rule_value(form.instance) for form in group]
            for place, other in rule_conflicts(values):
                yield group[other], "hours", _rule_message(group[place], group[other])


_RUNS_INTO_NEXT_DAY = _("These hours run into those of the next day.")
_OVERLAPS = _("Overlaps with: %(row)s.")


def _rule_message(earlier, later):
    if earlier is later:
        return _RUNS_INTO_NEXT_DAY
    message = _OVERLAPS
    if not later.instance.hours:
        message = _(
            "These days are closed here, but have hours in: %(row)s. Choose other weeks for one "
            "of the two."
        )
    elif not earlier.instance.hours:
        message = _(
            "These days have hours here, but are closed in: %(row)s. Choose other weeks for one "
            "of the two."
        )
    return ValidationError(message, params={"row": earlier.instance})


class SeasonFormSet(PartFormSet):
    """Seasons; one may lie within another, but not reach over its edge."""

    @property
    def leaving_keys(self) -> set:
        """The keys of the seasons that are to be deleted."""
        return {form.instance.pk for form in self.initial_forms if _is_deleted(form)}

    def conflicts(self, rows):
        values = [pure.Season(form.instance.period, ()) for form in rows]
        for place, other in season_conflicts(values):
            message = _(
                "Overlaps with: %(row)s. A season may lie within a longer one, but not have the "
                "same dates or reach over its edge."
            )
            params = {"row": rows[place].instance}
            yield rows[other], "starts_on", ValidationError(message, params=params)


class ExceptionFormSet(PartFormSet):
    """Exceptions; those of one day may not contradict each other."""

    def conflicts(self, rows):
        values = [exception_value(form.instance) for form in rows]
        for place, other in exception_conflicts(values):
            params = {"row": rows[place].instance}
            if place == other:
                yield rows[other], "hours", _RUNS_INTO_NEXT_DAY
            elif _one_must_stand_alone(values[place], values[other]):
                message = _(
                    "Contradicts: %(row)s. Where an exception says all hours of a day, it must be "
                    "the only one on that day."
                )
                yield rows[other], "starts_on", ValidationError(message, params=params)
            else:
                yield rows[other], "hours", ValidationError(_OVERLAPS, params=params)


def _one_must_stand_alone(one: pure.DayException, other: pure.DayException) -> bool:
    """Whether they have a day in common, of which one says all hours."""
    is_whole_day = pure.Effect.REPLACES in {one.effect, other.effect}
    return is_whole_day and periods_meet(one.period, other.period)


class RuleForm(forms.ModelForm):
    """Hours of some weekdays."""

    class Meta:
        model = WeeklyRule
        fields = "__all__"
        error_messages = {
            "weekdays": {"required": _("Choose at least one day from Monday to Sunday.")}
        }


def owner_field(owner: Channel | Office) -> str:
    """The field of a schedule that names ``owner``; also what addresses call it."""
    return "channel" if isinstance(owner, Channel) else "office"


class ScheduleForm(forms.ModelForm):
    """What holds for all hours of one channel or office, and where to copy the week from."""

    # Whose hours they are, where they are new.
    owner: Channel | Office | None = None

    copy_from = forms.ModelChoiceField(
        Schedule.objects.all(),
        required=False,
        label=_("Copy the weekly hours and seasons from"),
        help_text=_(
            "They are added when you save. Exceptions are not copied. Only while there are no "
            "weekly hours and no seasons here."
        ),
        error_messages={"invalid_choice": _("Choose the hours of another channel or office.")},
    )

    class Meta:
        model = Schedule
        fields = "__all__"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.owner is not None and self.instance.pk is None:
            setattr(self.instance, owner_field(self.owner), self.owner)
        if "copy_from" in self.fields:
            self._offer_other_hours(self.fields["copy_from"])

    def _offer_other_hours(self, field):
        # Made anew for each page: the widget keeps the language in which it was made. It searches
        # through a relation, and any that leads to a schedule will do.
        relation = WeeklyRule._meta.get_field("schedule")
        field.widget = KeySelect(relation, admin.site)
        others = Schedule.objects.select_related("office", "channel__service_point")
        field.queryset = others.exclude(pk=self.instance.pk)

    def clean_copy_from(self):
        original = self.cleaned_data["copy_from"]
        if original is None:
            return None
        if not original.rules.exists() and not original.seasons.exists():
            raise ValidationError(_("There are no weekly hours to copy."))
        if any(self._sent_rows()):
            raise ValidationError(
                _("There are weekly hours or seasons here already. Delete those rows first.")
            )
        return original

    def _sent_rows(self) -> Iterator[forms.BaseForm]:
        """The weekly hours and seasons that come with this form."""
        for model, base in ((WeeklyRule, RuleFormSet), (Season, SeasonFormSet)):
            formset: Any = inlineformset_factory(Schedule, model, formset=base, fields="__all__")
            yield from formset(self.data, instance=self.instance).sent_forms

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk is None and self._has_hours_already():
            raise ValidationError(
                _("Someone has added these hours meanwhile. Open them from the list of hours.")
            )
        return cleaned

    def _has_hours_already(self) -> bool:
        if self.owner is None:
            return False
        return Schedule.objects.filter(**{owner_field(self.owner): self.owner}).exists()


class ChannelForm(forms.ModelForm):
    """A channel, which has hours of its own or those of the office."""

    class Meta:
        model = Channel
        fields = "__all__"

    def clean(self):
        """Spell a telephone as it is kept, so that one that stands here twice is told."""
        cleaned = super().clean() or self.cleaned_data
        # What it cannot be is told by the channel itself.
        with suppress(ValidationError):
            cleaned["value"] = cleaned_value(cleaned.get("kind", ""), cleaned.get("value", ""))
        return cleaned

    def clean_follows_office_hours(self):
        follows = self.cleaned_data["follows_office_hours"]
        own_hours = getattr(self.instance, "schedule", None)
        if follows and own_hours is not None and not own_hours.is_empty():
            raise ValidationError(
                _("This channel has hours of its own. Delete those first, or leave this unticked.")
            )
        return follows


class NoticeFormSet(BaseInlineFormSet):
    """Notices; those that are not over put out of use what is there, each way in one manner."""

    # The channels on the same page, which may be new or on their way out.
    channels: BaseInlineFormSet | None = None

    def clean(self):
        super().clean()
        forms_ = [
            form
            for form in self.forms
            if form.is_valid() and _is_there(form) and not form.instance.is_past()
        ]
        values = [(frozenset(form.instance.affects), form.instance.as_value) for form in forms_]
        for place, other in notice_conflicts(values):
            earlier, later = forms_[place].instance, forms_[other].instance
            both = set(earlier.affects) & set(later.affects)
            message = _("Another notice of these days, from %(day)s, says otherwise of: %(kinds)s.")
            params = {"day": date_format(earlier.starts_on), "kinds": _kind_names(both)}
            forms_[other].add_error("starts_on", ValidationError(message, params=params))
        kinds = self._kinds_there()
        for form in forms_:
            if missing := set(form.instance.affects) - kinds:
                message = _("This service point has no such way: %(kinds)s.")
                params = {"kinds": _kind_names(missing)}
                form.add_error("affects", ValidationError(message, params=params))

    def _kinds_there(self) -> set[str]:
        """The kinds of channels that the point will have once the page is saved."""
        if self.channels is None:
            return {channel.kind for channel in self.instance.channels.all()}
        return {form.instance.kind for form in self.channels.forms if _is_there(form)}


def _kind_names(kinds: Iterable[str]) -> str:
    return ", ".join(str(kind.label) for kind in ChannelKind if kind in kinds)


class CalendarDayFormSet(BaseInlineFormSet):
    """Days of a calendar, each of them once."""

    def validate_unique(self):
        """Name a repeated day at its date."""
        dates = set()
        for form in self.forms:
            if not form.is_valid() or not _is_there(form):
                continue
            if form.instance.date in dates:
                form.add_error("date", _("This day stands in the calendar already."))
            dates.add(form.instance.date)


def standing_rows(formsets) -> Rows:
    """The rows that ``formsets`` of a schedule's page will leave."""
    parts: dict[str, Any] = {
        formset.prefix: [form.instance for form in formset.standing_forms] for formset in formsets
    }
    return Rows(**parts)


def left_out(form, formsets) -> list[str]:
    """What does not count yet, of the form and of its rows, and what is wrong with each."""
    rows = [
        f"{formset.model._meta.verbose_name} {number}: {_first_error(row)}"
        for formset in formsets
        if formset.is_bound
        for number, row in enumerate(formset.forms, 1)
        if _is_there(row) and not row.is_valid()
    ]
    return [_first_error(form), *rows] if form.errors else rows


def _first_error(form: forms.BaseForm) -> str:
    name, messages = next(iter(form.errors.items()))
    label = form[name].label if name in form.fields else ""
    return f"{label} – {messages[0]}" if label else str(messages[0])
