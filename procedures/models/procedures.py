"""Procedures, shaped like the public services of the EU's CPSV-AP."""

from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from glossary.models import Term
from publishing.fields import RichTextField
from publishing.models import NaturalKeyQuerySet, PublishedQuerySet, PublishedRecord, Slugged, Topic

from .audience import Audience, AudienceField, concerns


class LifeEvent(Slugged):
    """A situation in life that brings several procedures with it."""

    name = models.CharField(
        _("name"), max_length=80, help_text=_("In the reader's words: I have just arrived.")
    )
    description = models.CharField(_("description"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = NaturalKeyQuerySet.as_manager()

    class Meta(Slugged.Meta):
        verbose_name = _("life situation")
        verbose_name_plural = _("life situations")
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.name or self.slug


class ProcedureQuerySet(PublishedQuerySet):
    """Procedures that readers look for."""

    def for_audience(self, group: str):
        """Those that concern the audience ``group``."""
        return self.filter(Q(audience__contains=[group]) | Q(audience=[]))

    def audiences(self) -> list[tuple[str, Any]]:
        """The groups that some of them concern, as choices in the order of their definition."""
        found = list(self.values_list("audience", flat=True))
        return [
            choice
            for choice in Audience.choices
            if any(concerns(audience, choice[0]) for audience in found)
        ]


class Procedure(PublishedRecord):
    """Something that a person settles with an office, from first question to result."""

    detail_url_name = "procedures:detail"

    name = models.CharField(
        _("plain name"),
        max_length=150,
        help_text=_("As someone would say it: Register your address."),
    )
    official_name = models.CharField(
        _("official Polish name"),
        max_length=300,
        help_text=_("As the office calls it. It stays Polish in every language."),
    )
    symbol = models.CharField(
        _("symbol"), max_length=20, blank=True, help_text=_("The city's code of the card: SA-12.")
    )
    summary = models.TextField(
        _("summary"), help_text=_("Two or three sentences: what it is, why it matters.")
    )
    topics = models.ManyToManyField(
        Topic, blank=True, related_name="procedures", verbose_name=_("topics")
    )
    life_events = models.ManyToManyField(
        LifeEvent, blank=True, related_name="procedures", verbose_name=_("life situations")
    )
    keywords = models.TextField(
        _("other words for it"),
        blank=True,
        help_text=_("What people type when they look for it, one word or phrase per line."),
    )
    audience = AudienceField(verbose_name=_("for whom"))
    eligibility = RichTextField(
        _("conditions"), blank=True, help_text=_("Who may or must do this, in plain words.")
    )
    online_url = models.URLField(
        _("online service"),
        max_length=300,
        blank=True,
        help_text=_("Where it is done online, if it can be."),
    )
    where_note = models.TextField(
        _("note on where"),
        blank=True,
        help_text=_("For example that the place depends on the district that you live in."),
    )
    documents_note = models.TextField(_("note on documents"), blank=True)
    fees_note = models.TextField(_("note on fees"), blank=True)
    result = RichTextField(
        _("result"), blank=True, help_text=_("What the person has in hand at the end.")
    )
    appeal_to = models.CharField(_("appeal goes to"), max_length=200, blank=True)
    appeal_through = models.CharField(
        _("appeal is handed in at"),
        max_length=200,
        blank=True,
        help_text=_("Usually the office that decided, which passes it on."),
    )
    appeal_within_days = models.PositiveSmallIntegerField(
        _("appeal within (days)"), null=True, blank=True
    )
    appeal_note = RichTextField(_("note on appeals"), blank=True)
    good_to_know = RichTextField(_("good to know"), blank=True)
    terms = models.ManyToManyField(
        Term,
        blank=True,
        related_name="procedures",
        verbose_name=_("glossary terms"),
        help_text=_("Official words that people meet on the way."),
    )

    objects = ProcedureQuerySet.as_manager()

    class Meta(PublishedRecord.Meta):
        verbose_name = _("procedure")
        verbose_name_plural = _("procedures")
        ordering = ["name_pl"]
        indexes = [GinIndex(fields=["audience"], name="procedures_audience")]
