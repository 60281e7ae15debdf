"""The parts of a procedure, each of which may concern only some groups of people."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from glossary.models import Term
from offices.models import BookingPolicy, ChannelKind, ServicePoint
from publishing.fields import ChoiceSetField, RichTextField
from publishing.models import Source

from .audience import AudienceField
from .procedures import Procedure


class Part(models.Model):
    """What all parts share: their place in the order and whom they concern."""

    position = models.PositiveSmallIntegerField(_("position"), default=0)
    audience = AudienceField()

    class Meta:
        abstract = True
        ordering = ["position", "pk"]


class Exclusion(Part):
    """A case in which the procedure is the wrong one, and what to do instead."""

    procedure = models.ForeignKey(
        Procedure, models.CASCADE, related_name="exclusions", verbose_name=_("procedure")
    )
    condition = models.TextField(
        _("not for you if"), help_text=_("Finish the sentence: Not for you if …")
    )
    see = models.ForeignKey(
        Procedure,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("then see"),
    )

    class Meta(Part.Meta):
        verbose_name = _("exclusion")
        verbose_name_plural = _("not for you if")

    def __str__(self) -> str:
        return self.condition or ""


class Location(Part):
    """A service point that handles the procedure."""

    procedure = models.ForeignKey(
        Procedure, models.CASCADE, related_name="locations", verbose_name=_("procedure")
    )
    service_point = models.ForeignKey(
        ServicePoint, models.PROTECT, related_name="locations", verbose_name=_("service point")
    )
    note = models.TextField(
        _("note"), blank=True, help_text=_("What is special for this procedure at this point.")
    )
    booking_policy = models.ForeignKey(
        BookingPolicy,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("booking rules"),
    )

    class Meta(Part.Meta):
        verbose_name = _("place")
        verbose_name_plural = _("where")
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "service_point"],
                name="procedures_location_unique",
                violation_error_message=_("This service point stands here already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.service_point)

    def clean(self):
        super().clean()
        policy = self.booking_policy
        if policy and policy.service_point_id != self.service_point_id:
            raise ValidationError(
                {"booking_policy": _("These booking rules belong to another service point.")}
            )


class ApplicationChannel(Part):
    """A way to hand the matter in: in person, online, by post, through someone else."""

    KINDS = [
        *[choice for choice in ChannelKind.choices if choice[0] in {"in_person", "post"}],
        ("online", _("Online")),
        ("proxy", _("Through another person")),
    ]

    procedure = models.ForeignKey(
        Procedure,
        models.CASCADE,
        related_name="application_channels",
        verbose_name=_("procedure"),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=KINDS)
    is_available = models.BooleanField(
        _("possible"), default=True, help_text=_("Untick to say plainly that it is not possible.")
    )
    conditions = models.TextField(_("conditions"), blank=True)
    url = models.URLField(_("web address"), max_length=300, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("way to apply")
        verbose_name_plural = _("ways to apply")

    def __str__(self) -> str:
        return self.get_kind_display()


class Document(Part):
    """A paper or file to bring or send."""

    class Need(models.TextChoices):
        REQUIRED = "required", _("required")
        IF_APPLICABLE = "if_applicable", _("if it applies to you")
        ONE_OF = "one_of", _("one of several")

    class Form(models.TextChoices):
        ORIGINAL = "original", _("original")
        COPY = "copy", _("copy")
        ORIGINAL_AND_COPY = "original_and_copy", _("original and copy")
        SCAN = "scan", _("scan or digital file")

    class Translation(models.TextChoices):
        SWORN = "sworn", _("sworn translation into Polish, if it is in another language")
        NONE = "none", _("no translation needed")

    FORM_LANGUAGES = [
        ("pl", _("Polish")),
        ("en", _("English")),
        ("uk", _("Ukrainian")),
        ("ru", _("Russian")),
    ]

    procedure = models.ForeignKey(
        Procedure, models.CASCADE, related_name="documents", verbose_name=_("procedure")
    )
    name = models.CharField(_("document"), max_length=250)
    need = models.CharField(_("needed"), max_length=13, choices=Need, default=Need.REQUIRED)
    alternative_group = models.PositiveSmallIntegerField(
        _("group of alternatives"),
        null=True,
        blank=True,
        help_text=_("For “one of several”: the same number for all that can stand for each other."),
    )
    form = models.CharField(
        _("original or copy"),
        max_length=17,
        choices=Form,
        blank=True,
        help_text=_("Leave empty if not known."),
    )
    translation = models.CharField(
        _("translation"),
        max_length=5,
        choices=Translation,
        blank=True,
        help_text=_("Leave empty if not known."),
    )
    form_code = models.CharField(_("form code"), max_length=60, blank=True)
    form_url = models.URLField(_("form to download"), max_length=300, blank=True)
    form_languages = ChoiceSetField(
        models.CharField(max_length=2, choices=FORM_LANGUAGES),
        default=list,
        blank=True,
        verbose_name=_("languages of the form"),
    )
    note = models.TextField(_("note"), blank=True)

    class Meta(Part.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [
            models.CheckConstraint(
                condition=~Q(need="one_of") | Q(alternative_group__isnull=False),
                name="procedures_document_alternative_group",
                violation_error_message=_("“One of several” needs the number of its group."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or ""

    @property
    def form_language_names(self) -> list[str]:
        """The languages of the form in words."""
        return [str(name) for code, name in self.FORM_LANGUAGES if code in self.form_languages]


class Fee(Part):
    """A sum to pay; it may change by itself on a day known ahead."""

    procedure = models.ForeignKey(
        Procedure, models.CASCADE, related_name="fees", verbose_name=_("procedure")
    )
    purpose = models.CharField(_("what for"), max_length=200)
    amount = models.DecimalField(
        _("amount in PLN"),
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("0 means free of charge. Empty means not known."),
    )
    due = models.CharField(
        _("when to pay"), max_length=200, blank=True, help_text=_("For example: when you apply.")
    )
    is_refundable = models.BooleanField(_("paid back after a refusal"), null=True, blank=True)
    is_optional = models.BooleanField(
        _("only if you want it"), default=False, help_text=_("A certificate on request, say.")
    )
    note = models.TextField(_("note"), blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(
        _("valid until"), null=True, blank=True, help_text=_("The last day.")
    )
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("source"),
    )

    class Meta(Part.Meta):
        verbose_name = _("fee")
        verbose_name_plural = _("fees")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                name="procedures_fee_amount_not_negative",
                violation_error_message=_("A fee cannot be negative."),
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="procedures_fee_valid_period",
                violation_error_message=_("The last day is before the first day."),
            ),
        ]

    def __str__(self) -> str:
        return self.purpose or ""

    def is_valid(self, on: date | None = None) -> bool:
        """Whether this is the sum to pay on the day ``on`` (today by default)."""
        on = on or timezone.localdate()
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_until is None or self.valid_until >= on
        )

    def is_to_come(self, on: date | None = None) -> bool:
        """Whether this sum holds only after the day ``on`` (today by default)."""
        return self.valid_from is not None and self.valid_from > (on or timezone.localdate())


class TimeLimit(Part):
    """How long something takes or lasts, or by when it must be done."""

    class Kind(models.TextChoices):
        DEADLINE = "deadline", _("your deadline")
        OFFICE = "office", _("time limit of the office")
        IN_PRACTICE = "in_practice", _("how long it really takes")
        VALIDITY = "validity", _("how long the result is valid")

    class Unit(models.TextChoices):
        DAYS = "days", _("days")
        WORKING_DAYS = "working_days", _("working days")
        MONTHS = "months", _("months")
        YEARS = "years", _("years")

    procedure = models.ForeignKey(
        Procedure, models.CASCADE, related_name="time_limits", verbose_name=_("procedure")
    )
    kind = models.CharField(_("kind"), max_length=11, choices=Kind)
    amount = models.PositiveSmallIntegerField(
        _("number"), null=True, blank=True, help_text=_("0 of any unit means: at once.")
    )
    unit = models.CharField(_("unit of time"), max_length=12, choices=Unit, blank=True)
    on_date = models.DateField(_("or a date"), null=True, blank=True)
    description = models.TextField(
        _("counted how, for what"),
        blank=True,
        help_text=_("For example: from the day you arrive at the address."),
    )
    consequence = models.TextField(
        _("what happens otherwise"), blank=True, help_text=_("If someone misses it.")
    )

    class Meta(Part.Meta):
        verbose_name = _("time limit")
        verbose_name_plural = _("time limits")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True, unit="") | (Q(amount__isnull=False) & ~Q(unit="")),
                name="procedures_timelimit_amount_and_unit",
                violation_error_message=_("Give both the number and its unit, or neither."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Step(Part):
    """One thing to do, in its order."""

    procedure = models.ForeignKey(
        Procedure, models.CASCADE, related_name="steps", verbose_name=_("procedure")
    )
    title = models.CharField(_("what to do"), max_length=200)
    text = RichTextField(_("how"), blank=True)
    is_optional = models.BooleanField(_("optional"), default=False)
    alternative_group = models.PositiveSmallIntegerField(
        _("group of alternatives"),
        null=True,
        blank=True,
        help_text=_("The same number for steps of which only one is done."),
    )
    url = models.URLField(_("web address"), max_length=300, blank=True)
    service_point = models.ForeignKey(
        ServicePoint,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("at this service point"),
    )
    document = models.ForeignKey(
        Document,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("with this document"),
    )
    term = models.ForeignKey(
        Term,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("glossary term"),
    )
    procedure_to_follow = models.ForeignKey(
        Procedure,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("through this procedure"),
    )

    class Meta(Part.Meta):
        verbose_name = _("step")
        verbose_name_plural = _("steps")

    def __str__(self) -> str:
        return self.title or ""


class LegalBasis(Part):
    """An act that the procedure rests on."""

    procedure = models.ForeignKey(
        Procedure, models.CASCADE, related_name="legal_bases", verbose_name=_("procedure")
    )
    act = models.CharField(
        _("act"), max_length=300, help_text=_("Its Polish title with the date, as published.")
    )
    meaning = models.CharField(
        _("in other words"),
        max_length=200,
        blank=True,
        help_text=_("What the act is about, for people who do not read Polish."),
    )
    article = models.CharField(_("article"), max_length=80, blank=True)
    journal = models.CharField(
        _("Journal of Laws"),
        max_length=80,
        blank=True,
        help_text=_("As cited: Dz.U. 2010 nr 217 poz. 1427"),
    )
    url = models.URLField(_("web address"), max_length=300, blank=True)

    class Meta(Part.Meta):
        verbose_name = _("legal basis")
        verbose_name_plural = _("legal basis")

    def __str__(self) -> str:
        return self.act


class RelatedProcedure(Part):
    """Another procedure that comes before, after, instead of or with this one."""

    class Relation(models.TextChoices):
        BEFORE = "before", _("do this first")
        AFTER = "after", _("do this next")
        INSTEAD = "instead", _("instead of this")
        TOGETHER = "together", _("often done together")

    procedure = models.ForeignKey(
        Procedure, models.CASCADE, related_name="related", verbose_name=_("procedure")
    )
    other = models.ForeignKey(
        Procedure, models.CASCADE, related_name="+", verbose_name=_("other procedure")
    )
    relation = models.CharField(_("relation"), max_length=8, choices=Relation)

    class Meta(Part.Meta):
        verbose_name = _("related procedure")
        verbose_name_plural = _("related procedures")
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "other"],
                name="procedures_related_unique",
                violation_error_message=_("This procedure stands here already."),
            ),
            models.CheckConstraint(
                condition=~Q(procedure=F("other")),
                name="procedures_related_not_itself",
                violation_error_message=_("A procedure cannot be related to itself."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.other)
