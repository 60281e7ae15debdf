"""The admin of procedures: one page for the procedure and all its parts."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from publishing.admin import PUBLISHING, PartInline, PublishedRecordAdmin, TranslatedAdmin
from publishing.forgiving import ForgivingForm

from .models import (
    ApplicationChannel,
    Document,
    Exclusion,
    Fee,
    LegalBasis,
    LifeEvent,
    Location,
    Procedure,
    RelatedProcedure,
    Step,
    TimeLimit,
)


class ExclusionInline(PartInline):
    model = Exclusion
    fk_name = "procedure"
    autocomplete_fields = ["see"]


class DocumentInline(PartInline):
    model = Document


class LocationInline(PartInline):
    model = Location
    autocomplete_fields = ["service_point"]


class ApplicationChannelInline(PartInline):
    model = ApplicationChannel


class FeeInline(PartInline):
    model = Fee
    autocomplete_fields = ["source"]


class TimeLimitInline(PartInline):
    model = TimeLimit


class StepInline(PartInline):
    model = Step
    fk_name = "procedure"
    autocomplete_fields = ["service_point", "term", "procedure_to_follow"]

    def get_formset(self, request, obj=None, **kwargs):
        """A step asks only for documents of its own procedure."""
        formset = super().get_formset(request, obj, **kwargs)
        field = formset.form.base_fields["document"]
        field.queryset = Document.objects.filter(procedure=obj) if obj else Document.objects.none()
        return formset


class LegalBasisInline(PartInline):
    model = LegalBasis


class RelatedProcedureInline(ForgivingForm, admin.TabularInline):
    model = RelatedProcedure
    fk_name = "procedure"
    extra = 0
    classes = ["collapse"]
    autocomplete_fields = ["other"]


@admin.register(Procedure)
class ProcedureAdmin(PublishedRecordAdmin):
    list_display = [*PublishedRecordAdmin.list_display, "official_name", "symbol"]
    list_filter = [*PublishedRecordAdmin.list_filter, "topics", "life_events"]
    search_fields = [*PublishedRecordAdmin.search_fields, "official_name", "symbol"]
    autocomplete_fields = [
        *PublishedRecordAdmin.autocomplete_fields,
        "topics",
        "life_events",
        "terms",
    ]
    inlines = [
        ExclusionInline,
        DocumentInline,
        ApplicationChannelInline,
        LocationInline,
        FeeInline,
        TimeLimitInline,
        StepInline,
        LegalBasisInline,
        RelatedProcedureInline,
    ]
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "name",
                    "slug",
                    ("official_name", "symbol"),
                    "summary",
                    "caution",
                    "topics",
                    "life_events",
                    "keywords",
                    "terms",
                )
            },
        ),
        (_("Is it for me?"), {"fields": ("audience", "eligibility")}),
        (
            _("Where, documents, fees"),
            {"fields": ("online_url", "where_note", "documents_note", "fees_note")},
        ),
        (
            _("Result and appeal"),
            {
                "fields": (
                    "result",
                    "appeal_to",
                    "appeal_through",
                    "appeal_within_days",
                    "appeal_note",
                    "good_to_know",
                )
            },
        ),
        PUBLISHING,
    )


@admin.register(LifeEvent)
class LifeEventAdmin(TranslatedAdmin):
    list_display = ["name", "position"]
    list_editable = ["position"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
