"""The filters of the lists of offices and service points."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from languages.spoken import SignLanguage, SpokenLanguage
from publishing.filters import FilterForm
from publishing.models import Topic

from .availability import When, Wish
from .models import Office, ServicePoint, WeeklyRule

ANY = [("", _("Any"))]

WHEN = [(When.NOW.value, _("open now")), (When.AFTER_16.value, _("open today after 16:00"))]


def _languages_on_offer() -> list[tuple[str, Any]]:
    """Only languages in which somebody is really served, in the order of their definition."""
    points = ServicePoint.objects.published().in_service()
    of_points = points.values_list("spoken_languages", "signed_languages")
    by_hours = WeeklyRule.objects.filter(schedule__channel__service_point__in=points)
    offered = {code for columns in of_points for codes in columns for code in codes}
    offered.update(code for codes in by_hours.values_list("languages", flat=True) for code in codes)
    return [
        choice
        for choice in (*SpokenLanguage.choices, *SignLanguage.choices)
        if choice[0] in offered
    ]


class ServicePointFilters(FilterForm):
    """By subject and by language spoken or signed."""

    topic = forms.ModelChoiceField(
        Topic.objects.all(),
        to_field_name="slug",
        required=False,
        label=_("Subject"),
        empty_label=_("Any"),
    )
    language = forms.ChoiceField(required=False, label=_("Language spoken"))
    when = forms.ChoiceField(
        choices=[("", _("at any time")), *WHEN], required=False, label=_("When")
    )

    def __init__(self, *args, **kwargs):
        """Offer only subjects and languages for which there is a service point."""
        super().__init__(*args, **kwargs)
        points = ServicePoint.objects.published().in_service()
        used = Topic.objects.filter(service_points__in=points).distinct()
        self.fields["topic"].queryset = used  # type: ignore[attr-defined]
        # Not a callable: a form asks one three times.
        self.fields["language"].choices = [*ANY, *_languages_on_offer()]  # type: ignore[attr-defined]

    @property
    def wish(self) -> Wish | None:
        """When the reader wants to come; hours are worked out by the view, not the database."""
        value = self.chosen.get("when")
        return Wish(When(value), self.chosen.get("language", "")) if value else None

    def narrow_when(self, queryset, _value):
        return queryset

    def narrow_topic(self, queryset, topic):
        return queryset.filter(topics=topic)

    def narrow_language(self, queryset, code):
        return queryset.speaking(code)


class OfficeFilters(ServicePointFilters):
    """By kind of office, and by what its service points offer."""

    kind = forms.ChoiceField(required=False, label=_("Run by"))
    field_order = ["kind", "topic", "language", "when"]

    def __init__(self, *args, **kwargs):
        """Offer only kinds of which there is an office."""
        super().__init__(*args, **kwargs)
        kinds = Office.objects.published().kinds()
        self.fields["kind"].choices = [*ANY, *kinds]  # type: ignore[attr-defined]

    def narrow(self, queryset):
        """One and the same service point must offer the subject in the language."""
        if kind := self.chosen.get("kind"):
            queryset = queryset.filter(kind=kind)
        narrows_points = self.chosen.keys() & {"topic", "language"}
        return queryset.with_service_point(self.points()) if narrows_points else queryset

    def points(self):
        """The service points that offer what the reader chose, at whatever time."""
        points = ServicePoint.objects.all()
        for name in self.chosen.keys() & {"topic", "language"}:
            points = getattr(self, f"narrow_{name}")(points, self.chosen[name])
        return points
