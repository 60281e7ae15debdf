"""Translated fields of this app, and the options that published records inherit."""

from modeltranslation.translator import TranslationOptions, register

from .models import Topic, Unit


class PublishedRecordOptions(TranslationOptions):
    fields: tuple[str, ...] = ("caution", "withdrawal_note")
    # Those that no reader of the record meets on its page.
    unseen_fields: tuple[str, ...] = ("withdrawal_note",)


@register(Unit)
class UnitOptions(TranslationOptions):
    fields = ("name",)
    required_languages = ("pl",)


@register(Topic)
class TopicOptions(TranslationOptions):
    fields = ("name", "description")
    required_languages = {"pl": ("name",)}
