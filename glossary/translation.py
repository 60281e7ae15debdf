"""Translated fields of this app."""

from modeltranslation.translator import TranslationOptions, register

from publishing.translation import PublishedRecordOptions

from .models import Section, Term


@register(Term)
class TermOptions(PublishedRecordOptions):
    fields = ("name", "meaning", "details", "extra_forms", "never_forms")
    unseen_fields = (*PublishedRecordOptions.unseen_fields, "extra_forms", "never_forms")
    required_languages = {"pl": ("name", "meaning")}


@register(Section)
class SectionOptions(TranslationOptions):
    fields = ("heading", "body")
    required_languages = ("pl",)
