"""Translated fields of this app."""

from modeltranslation.translator import TranslationOptions, register

from publishing.translation import PublishedRecordOptions

from .models import (
    ApplicationChannel,
    Document,
    Exclusion,
    Fee,
    LegalBasis,
    LifeEvent,
    Location,
    Procedure,
    Step,
    TimeLimit,
)


@register(LifeEvent)
class LifeEventOptions(TranslationOptions):
    fields = ("name", "description")
    required_languages = {"pl": ("name",)}


@register(Procedure)
class ProcedureOptions(PublishedRecordOptions):
    fields = (
        "name",
        "summary",
        "keywords",
        "eligibility",
        "where_note",
        "documents_note",
        "fees_note",
        "result",
        "appeal_to",
        "appeal_through",
        "appeal_note",
        "good_to_know",
    )
    unseen_fields = (*PublishedRecordOptions.unseen_fields, "keywords")
    required_languages = {"pl": ("name", "summary")}


@register(Exclusion)
class ExclusionOptions(TranslationOptions):
    fields = ("condition",)
    required_languages = ("pl",)


@register(Location)
class LocationOptions(TranslationOptions):
    fields = ("note",)


@register(ApplicationChannel)
class ApplicationChannelOptions(TranslationOptions):
    fields = ("conditions",)


@register(Document)
class DocumentOptions(TranslationOptions):
    fields = ("name", "note")
    required_languages = {"pl": ("name",)}


@register(Fee)
class FeeOptions(TranslationOptions):
    fields = ("purpose", "due", "note")
    required_languages = {"pl": ("purpose",)}


@register(TimeLimit)
class TimeLimitOptions(TranslationOptions):
    fields = ("description", "consequence")


@register(Step)
class StepOptions(TranslationOptions):
    fields = ("title", "text")
    required_languages = {"pl": ("title",)}


@register(LegalBasis)
class LegalBasisOptions(TranslationOptions):
    fields = ("meaning",)
