"""What every published record shares: workflow, dates, sources and its owner."""

from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from languages.available import LANGUAGE_CODES, SOURCE_LANGUAGE
from languages.scripts import is_polish

from .fields import SLUG_MESSAGE, SLUG_PATTERN, SlugField
from .readable import Readable
from .renames import keep_redirects


class NaturalKeyQuerySet(models.QuerySet):
    """Records that are known by their slug, in fixtures and in addresses."""

    def get_by_natural_key(self, slug: str):
        # A reference needs the key alone, and some records have a hundred columns.
        return self.only("slug").get(slug=slug)


def _address_name(help_text: Any) -> SlugField:
    return SlugField(_("address name"), max_length=80, unique=True, help_text=help_text)


class Slugged(models.Model):
    """Anything that has a permanent ASCII name in addresses and fixtures."""

    slug = _address_name(
        _(
            "The name by which addresses and data refer to it: small Latin letters, digits and "
            "hyphens. Do not change it once it is in use: what refers to it would not find it."
        )
    )

    class Meta:
        abstract = True
        constraints = [
            Readable(  # the field has told a form already
                condition=Q(slug__regex=SLUG_PATTERN),
                name="%(app_label)s_%(class)s_slug",
                violation_error_message=SLUG_MESSAGE,
            ),
        ]

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class Unit(Slugged):
    """A part of the city administration that answers for records."""

    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"), blank=True)

    objects = NaturalKeyQuerySet.as_manager()

    class Meta(Slugged.Meta):
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["name_pl"]

    def __str__(self) -> str:
        return self.name or self.slug


class Topic(Slugged):
    """A subject under which readers look for procedures and places."""

    name = models.CharField(_("name"), max_length=80)
    description = models.CharField(
        _("description"),
        max_length=200,
        blank=True,
        help_text=_("One line under the name on the home page: what the reader finds here."),
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("Topics stand in this order; smaller is first.")
    )

    objects = NaturalKeyQuerySet.as_manager()

    class Meta(Slugged.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.name or self.slug


class Confidence(models.TextChoices):
    """How far a source can be trusted."""

    OFFICIAL = "official", _("official and current")
    DATED = "dated", _("official, but old or superseded")
    SECONDARY = "secondary", _("second-hand: not from the office itself")


class Source(Slugged):
    """A page, act or document from which facts were taken."""

    title = models.CharField(
        _("title"), max_length=300, help_text=_("As it stands on the page itself.")
    )
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)
    language = models.CharField(
        _("language"),
        max_length=3,
        default="pl",
        help_text=_("The language that the source is written in, as a code: pl, en, uk, ru, de…"),
    )
    dated_on = models.DateField(
        _("date of the source"),
        null=True,
        blank=True,
        help_text=_("The date that the source gives for itself, if it gives one."),
    )
    checked_on = models.DateField(
        _("checked on"),
        null=True,
        blank=True,
        help_text=_("When someone of us last read it."),
    )
    confidence = models.CharField(
        _("confidence"), max_length=10, choices=Confidence, default=Confidence.OFFICIAL
    )

    objects = NaturalKeyQuerySet.as_manager()

    class Meta(Slugged.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    @property
    def publisher_language(self) -> str:
        """A Polish office keeps its name when it writes in English."""
        return SOURCE_LANGUAGE if is_polish(self.publisher) else self.language


class Status(models.TextChoices):
    """Where a record stands on its way to the reader."""

    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    PUBLISHED = "published", _("published")
    ARCHIVED = "archived", _("archived")


class PublishedQuerySet(NaturalKeyQuerySet):
    """Records with a workflow."""

    def published(self, at: datetime | None = None):
        """Those that readers see at the moment ``at`` (now by default)."""
        at = at or timezone.now()
        return self.filter(
            Q(publish_from__isnull=True) | Q(publish_from__lte=at),
            Q(publish_until__isnull=True) | Q(publish_until__gt=at),
            status=Status.PUBLISHED,
        )

    def withdrawn(self, at: datetime | None = None):
        """Those that readers could see once and no longer can."""
        at = at or timezone.now()
        return self.filter(
            Q(status=Status.ARCHIVED) | Q(status=Status.PUBLISHED, publish_until__lte=at),
            published_on__lte=timezone.localdate(at),
        )

    def overdue_for_review(self, on: date | None = None):
        """Those whose review-by date has passed on the day ``on`` (today by default)."""
        return self.filter(review_by__lt=on or timezone.localdate())

    def missing_language(self, code: str):
        """Those without a name in the language ``code``."""
        return self.filter(Q(**{f"name_{code}__isnull": True}) | Q(**{f"name_{code}": ""}))


class PublishedRecord(Slugged):
    """A record that goes from draft to readers, with an owner, sources and dates."""

    slug = _address_name(
        _(
            "The last part of the page's address, the same in all languages: small Latin letters, "
            "digits and hyphens. Once the page is public, change it only if it is wrong: the old "
            "address will keep leading here."
        )
    )
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=Status,
        default=Status.DRAFT,
        help_text=_(
            "Only a published record is seen by readers. Archive a record instead of deleting it: "
            "its address then says that the page was withdrawn, and why."
        ),
    )
    publish_from = models.DateTimeField(
        _("publish from"), null=True, blank=True, help_text=_("Leave empty to publish at once.")
    )
    publish_until = models.DateTimeField(
        _("publish until"), null=True, blank=True, help_text=_("Leave empty if there is no end.")
    )
    owner = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("owner unit"),
        help_text=_("The unit that answers for this record. Readers see it at the foot."),
    )
    sources = models.ManyToManyField(
        Source,
        blank=True,
        verbose_name=_("sources"),
        help_text=_("Where the facts come from. A fact without a source is not published."),
    )
    caution = models.TextField(
        _("caution"),
        blank=True,
        help_text=_(
            "Shown to readers in a box on top: what is past, in doubt, or in conflict between "
            "sources, and what to do about it."
        ),
    )
    withdrawal_note = models.TextField(
        _("reason for withdrawal"),
        blank=True,
        help_text=_("For an archived record: why it was withdrawn and what to read instead."),
    )
    published_on = models.DateField(
        _("first published on"), null=True, blank=True, help_text=_("Filled in by itself.")
    )
    changed_on = models.DateField(
        _("last substantial change"),
        null=True,
        blank=True,
        help_text=_("Change it when a fact changes, not when a typing error is mended."),
    )
    checked_on = models.DateField(
        _("last checked on"),
        null=True,
        blank=True,
        help_text=_("When someone last compared the whole record with its sources."),
    )
    review_by = models.DateField(
        _("review by"),
        null=True,
        blank=True,
        help_text=_("After this date readers are told that the record waits for a check."),
    )

    class Meta:
        abstract = True
        constraints = [
            *Slugged.Meta.constraints,
            models.CheckConstraint(
                condition=Q(publish_from__isnull=True)
                | Q(publish_until__isnull=True)
                | Q(publish_until__gt=F("publish_from")),
                name="%(app_label)s_%(class)s_publish_period",
                violation_error_message=_("“Publish until” must be later than “publish from”."),
            ),
            models.CheckConstraint(
                condition=Q(name_pl__isnull=False) & ~Q(name_pl=""),
                name="%(app_label)s_%(class)s_name_pl",
                violation_error_message=_("The Polish name is required: it is the source text."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.slug

    def save(self, *args, **kwargs):
        """Also keep the old address of a renamed record leading to the new one."""
        if self.status == Status.PUBLISHED and not self.published_on:
            start = self.publish_from or timezone.now()
            self.published_on = max(timezone.localdate(), timezone.localdate(start))
            if (fields := kwargs.get("update_fields")) is not None:
                kwargs["update_fields"] = {*fields, "published_on"}
        with transaction.atomic():
            former_slug = self._slug_before(kwargs.get("update_fields"))
            super().save(*args, **kwargs)
            keep_redirects(self, former_slug)

    # The URL name of the record's own page, set by each concrete model.
    detail_url_name: str
    # A translated field of each concrete model.
    name: str

    def get_absolute_url(self) -> str:
        return reverse(self.detail_url_name, kwargs={"slug": self.slug})

    def _slug_before(self, update_fields) -> str | None:
        """The slug that the save of ``update_fields`` takes the place of; None for a new record."""
        if update_fields is not None and "slug" not in update_fields:
            return self.slug
        stored = type(self)._base_manager.filter(pk=self.pk)
        return stored.values_list("slug", flat=True).first()

    def is_published(self, at: datetime | None = None) -> bool:
        """Whether readers see the record at the moment ``at`` (now by default)."""
        at = at or timezone.now()
        return (
            self.status == Status.PUBLISHED
            and (self.publish_from is None or self.publish_from <= at)
            and (self.publish_until is None or self.publish_until > at)
        )

    def is_past(self, on: date | None = None) -> bool:
        """Whether what it tells of is over on the day ``on``, though it is still published."""
        return False

    @property
    def languages(self) -> list[str]:
        """The codes of the languages in which the record has a name, and so a page."""
        return [code for code in LANGUAGE_CODES if getattr(self, f"name_{code}")]

    def is_overdue_for_review(self, on: date | None = None) -> bool:
        """Whether the review-by date has passed on the day ``on`` (today by default)."""
        return self.review_by is not None and self.review_by < (on or timezone.localdate())
