"""The filters of the list of procedures."""

from django import forms
from django.utils.translation import gettext_lazy as _

from publishing.filters import FilterForm
from publishing.models import Topic

from .models import LifeEvent, Procedure


class ProcedureFilters(FilterForm):
    """By subject, by situation in life, and by who the reader is."""

    topic = forms.ModelChoiceField(
        Topic.objects.all(),
        to_field_name="slug",
        required=False,
        label=_("Subject"),
        empty_label=_("Any"),
    )
    situation = forms.ModelChoiceField(
        LifeEvent.objects.all(),
        to_field_name="slug",
        required=False,
        label=_("Your situation"),
        empty_label=_("Any"),
    )
    who = forms.ChoiceField(required=False, label=_("Who you are"))

    def __init__(self, *args, **kwargs):
        """Offer only choices under which something is published."""
        super().__init__(*args, **kwargs)
        published = Procedure.objects.published()
        for name, model in (("topic", Topic), ("situation", LifeEvent)):
            used = model.objects.filter(procedures__in=published).distinct()
            self.fields[name].queryset = used  # type: ignore[attr-defined]
        groups = [("", _("Everyone")), *published.audiences()]
        self.fields["who"].choices = groups  # type: ignore[attr-defined]

    def narrow_topic(self, queryset, topic):
        return queryset.filter(topics=topic)

    def narrow_situation(self, queryset, event):
        return queryset.filter(life_events=event)

    def narrow_who(self, queryset, group):
        return queryset.for_audience(group)
