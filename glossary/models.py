"""Official Polish words and what they mean."""

import re

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from languages.available import AVAILABLE_LANGUAGES, SOURCE_LANGUAGE, Language
from publishing.fields import RichTextField
from publishing.models import PublishedQuerySet, PublishedRecord, Topic
from publishing.readable import Readable

# What explains a name and is no part of it.
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)")


def spellings(name: str, language: str) -> list[str]:
    """The names in what an editor wrote as one: ``urząd (ужонд)``, ``opening / reception hours``.

    What stands in brackets explains. A word before a slash stands for itself in Polish, where the
    noun comes first; in the other languages it shares the noun of the last name.
    """
    *others, last = _IN_BRACKETS.sub("", name).strip().split(" / ")
    shared = "" if language == SOURCE_LANGUAGE else " ".join(last.split()[1:])
    names = [one if " " in one.strip() else f"{one} {shared}" for one in others]
    return [stripped for one in (*names, last) if (stripped := one.strip())]


class Term(PublishedRecord):
    """An official Polish word or phrase that people meet on forms and in letters."""

    detail_url_name = "glossary:detail"

    name = models.CharField(
        _("term"),
        max_length=150,
        help_text=_(
            "In Polish the official word as it stands on forms; in the other languages its usual "
            "equivalent."
        ),
    )
    meaning = models.TextField(
        _("plain meaning"),
        help_text=_("One to three sentences that someone understands who has never met the word."),
    )
    details = RichTextField(
        _("details"), blank=True, help_text=_("What follows from it, exceptions, examples.")
    )
    topics = models.ManyToManyField(
        Topic, blank=True, related_name="terms", verbose_name=_("topics")
    )
    related_terms = models.ManyToManyField("self", blank=True, verbose_name=_("related terms"))
    is_linked_automatically = models.BooleanField(
        _("link in running text"),
        default=True,
        help_text=_("Switch off for words that also have an everyday meaning (mandat, fine)."),
    )
    extra_forms = models.TextField(
        _("extra forms"),
        blank=True,
        help_text=_("Forms of the word that should be found in text too, one per line."),
    )
    never_forms = models.TextField(
        _("forbidden forms"),
        blank=True,
        help_text=_("Forms that must not be taken for this word, one per line."),
    )

    objects = PublishedQuerySet.as_manager()

    class Meta(PublishedRecord.Meta):
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["name_pl"]

    def spellings(self, language: str) -> list[str]:
        """The names in ``language`` by which the term is found in text, its aliases aside."""
        return spellings(getattr(self, f"name_{language}") or "", language)

    @property
    def names(self) -> list[tuple[Language, str]]:
        """The Polish word and its equivalents, in the languages that have one."""
        pairs = [
            (language, getattr(self, f"name_{language.code}")) for language in AVAILABLE_LANGUAGES
        ]
        return [(language, name) for language, name in pairs if name]


class Section(models.Model):
    """A part of a long entry, under its own heading."""

    term = models.ForeignKey(Term, models.CASCADE, related_name="sections", verbose_name=_("term"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    heading = models.CharField(_("heading"), max_length=200)
    body = RichTextField(_("text"))

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.heading or ""


class AliasKind(models.TextChoices):
    """How another word for a term came about."""

    SYNONYM = "synonym", _("synonym")
    COLLOQUIAL = "colloquial", _("colloquial")
    ABBREVIATION = "abbreviation", _("abbreviation")
    CYRILLIC = "cyrillic", _("Polish spelled in Cyrillic")


class Alias(models.Model):
    """Another word by which people call or look for a term."""

    term = models.ForeignKey(Term, models.CASCADE, related_name="aliases", verbose_name=_("term"))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    kind = models.CharField(_("kind"), max_length=12, choices=AliasKind, default=AliasKind.SYNONYM)
    text = models.CharField(_("word or phrase"), max_length=150)

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        ordering = ["language", "text"]
        constraints = [
            models.UniqueConstraint(
                fields=["term", "language", "text"],
                name="glossary_alias_unique",
                violation_error_message=_("This word stands here already."),
            ),
        ]

    def __str__(self) -> str:
        return self.text


def _are_strings(column: str, path: str) -> Coalesce:
    """Whether a JSON ``column`` is a list, and all that a ``path`` finds in it are strings."""
    no_other = f'strict $.type() == "array" && !exists({path} ? (@.type() != "string"))'
    matches = Func(F(column), Value(no_other), function="jsonb_path_match")
    return Coalesce(matches, False, output_field=models.BooleanField())


class Declension(models.Model):
    """The forms of a name, worked out once and kept: a page looks up and loads no dictionary.

    It depends on nothing but the name and the ``dictionary``, which names our own rules too.
    """

    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    name = models.CharField(max_length=150)
    dictionary = models.CharField(max_length=80)
    # The forms of each word.
    words = models.JSONField()
    # The whole name in other cases and numbers; Polish names only.
    paradigm = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["language", "name", "dictionary"], name="glossary_declension_unique"
            ),
            Readable(condition=_are_strings("words", "$[*][*]"), name="glossary_declension_words"),
            Readable(
                condition=_are_strings("paradigm", "$[*]"), name="glossary_declension_paradigm"
            ),
        ]

    def __str__(self) -> str:
        return self.name
