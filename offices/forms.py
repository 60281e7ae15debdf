"""Forms that edit a record together with its hours."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from languages.available import AVAILABLE_LANGUAGES
from publishing.admin import PublishedRecordForm
from publishing.models import Source

from .models import Channel, Office, Schedule, WeeklyRule
from .week_field import WeekField

_NOTES = {f"hours_note_{language.code}": language for language in AVAILABLE_LANGUAGES}


class HoursForm(forms.ModelForm):
    """A channel or an office with the base week of its own schedule."""

    # The field of Schedule that points at the record of this form.
    schedule_owner: str

    week = WeekField(
        label=_("hours"),
        required=False,
        help_text=_(
            "07:30–15:30 in the line of its day; two spans: 08:00–12:00, 13:00–16:00; a star for "
            "hours by appointment: 15:30–17:00*. An empty day is closed. All days empty means "
            "that the hours are not known."
        ),
    )
    hours_source = forms.ModelChoiceField(
        Source.objects.all(), label=_("source of the hours"), required=False
    )
    hours_checked_on = forms.DateField(
        label=_("hours checked on"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        schedule = getattr(self.instance, "schedule", None) if self.instance.pk else None
        if schedule is not None:
            self.initial.setdefault("week", schedule.week)
            self.initial.setdefault("hours_source", schedule.source_id)
            self.initial.setdefault("hours_checked_on", schedule.checked_on)
            for name, language in _NOTES.items():
                self.initial.setdefault(name, getattr(schedule, f"note_{language.code}"))

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        week = cleaned.get("week")
        if week and week.rules and cleaned.get("follows_office_hours"):
            self.add_error(
                "week", _("Either the same hours as the office or hours of its own, not both.")
            )
        return cleaned

    def _save_m2m(self):
        """Write the hours once the record itself is saved."""
        super()._save_m2m()  # type: ignore[misc]
        week = self.cleaned_data["week"]
        details = {
            "source": self.cleaned_data["hours_source"],
            "checked_on": self.cleaned_data["hours_checked_on"],
            **{
                f"note_{language.code}": self.cleaned_data[name] or None
                for name, language in _NOTES.items()
            },
        }
        owner = {self.schedule_owner: self.instance}
        rules = week.rules if week else ()
        if not rules and not any(details.values()):
            Schedule.objects.filter(**owner).delete()
            return
        schedule, _created = Schedule.objects.update_or_create(**owner, defaults=details)
        schedule.rules.all().delete()
        WeeklyRule.objects.bulk_create(
            WeeklyRule(
                schedule=schedule,
                weekday=rule.weekday,
                opens=rule.opens,
                closes=rule.closes,
                kind=rule.kind.value,
            )
            for rule in rules
        )


for _name, _language in _NOTES.items():
    # The classes are those by which the language tabs know a translated field.
    HoursForm.base_fields[_name] = HoursForm.declared_fields[_name] = forms.CharField(
        label=format_lazy("{} [{}]", _("note on the hours"), _language.code),
        required=False,
        widget=forms.Textarea({"rows": 2, "class": f"mt mt-field-hours_note-{_language.code}"}),
        help_text=_("For example that sources disagree, and what each of them says."),
    )


class ChannelForm(HoursForm):
    """A channel of a service point, with its hours."""

    schedule_owner = "channel"

    class Meta:
        model = Channel
        fields = "__all__"


class OfficeForm(HoursForm, PublishedRecordForm):
    """An office, with the hours that its channels may share."""

    schedule_owner = "office"

    class Meta:
        model = Office
        fields = "__all__"
