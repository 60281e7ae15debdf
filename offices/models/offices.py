"""Offices: an organisation at an address."""

from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from publishing.fields import RichTextField
from publishing.models import PublishedQuerySet, PublishedRecord

from .. import schedule as pure
from ..availability import Answer, Wish, serves
from ..districts import District
from ..holidays import STATUTORY
from ..holidays import HolidayCalendar as HolidayCalendarValue
from .calendars import HolidayCalendar


class OfficeKind(models.TextChoices):
    """Who runs an office; readers browse offices by it."""

    CITY = "city", _("City of Kraków")
    VOIVODESHIP = "voivodeship", _("Voivodeship")
    STATE = "state", _("State")
    NGO = "ngo", _("Non-governmental organisation")
    OTHER = "other", _("Other")


_ACCESSIBILITY_FIELDS = {
    "has_step_free_entrance",
    "has_lift",
    "has_accessible_toilet",
    "has_induction_loop",
    "has_sign_interpreter",
}


class OfficeQuerySet(PublishedQuerySet):
    """Offices that readers look for."""

    def with_schedule(self):
        """With the hours that its channels may share, and its holiday calendar."""
        fetched = self.select_related("schedule__source", "holiday_calendar")
        return fetched.prefetch_related("holiday_calendar__days")

    def with_service_points(self):
        """With what a list or a page shows of each office's published service points."""
        from .service_points import ServicePoint  # service points refer to offices

        points = ServicePoint.objects.published().with_channels()
        return self.prefetch_related(Prefetch("service_points", queryset=points))

    def with_relatives(self):
        """With the office that each is part of, and its own parts, where readers see them."""
        published = self.model.objects.published()
        return self.prefetch_related(
            Prefetch("parent", queryset=published), Prefetch("children", queryset=published)
        )

    def kinds(self) -> list[tuple[str, Any]]:
        """The kinds that there are among them, as choices in the order of their definition."""
        found = set(self.values_list("kind", flat=True))
        return [choice for choice in OfficeKind.choices if choice[0] in found]

    def with_service_point(self, points):
        """Those that have a published service point among ``points``, still in service."""
        return self.filter(pk__in=points.published().in_service().values("office"))


class Office(PublishedRecord):
    """An organisation, or a part of one, at an address that people can go to."""

    detail_url_name = "offices:detail"

    name = models.CharField(
        _("name"), max_length=200, help_text=_("The official name, without the address.")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=OfficeKind)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
        help_text=_("The office that this one belongs to, if any."),
    )
    summary = models.CharField(
        _("summary"),
        max_length=300,
        blank=True,
        help_text=_("One sentence: what people come here for."),
    )
    description = RichTextField(
        _("description"), blank=True, help_text=_("What the office does for foreigners.")
    )
    street = models.CharField(
        _("street"),
        max_length=120,
        blank=True,
        help_text=_(
            "In Polish, with its prefix: ul. Basztowa, os. Zgody, pl. Wszystkich Świętych."
        ),
    )
    house_number = models.CharField(_("house number"), max_length=20, blank=True)
    postal_code = models.CharField(
        _("postal code"),
        max_length=6,
        blank=True,
        validators=[RegexValidator(r"^[0-9]{2}-[0-9]{3}\Z", _("Write the postal code as 31-547."))],
    )
    locality = models.CharField(_("town"), max_length=80, default="Kraków", blank=True)
    district = models.PositiveSmallIntegerField(
        _("district"), choices=District, null=True, blank=True
    )
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(49), MaxValueValidator(55)],
        help_text=_("Degrees, as on OpenStreetMap: 50.0625. Leave both empty if not known."),
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(14), MaxValueValidator(25)],
        help_text=_("Degrees, as on OpenStreetMap: 19.9383."),
    )
    directions = models.TextField(
        _("how to get there"),
        blank=True,
        help_text=_("Tram and bus stops, the right entrance, the floor."),
    )
    website_url = models.URLField(_("website"), max_length=300, blank=True)
    bip_url = models.URLField(_("Public Information Bulletin (BIP)"), max_length=300, blank=True)
    has_step_free_entrance = models.BooleanField(_("step-free entrance"), null=True, blank=True)
    has_lift = models.BooleanField(_("lift"), null=True, blank=True)
    has_accessible_toilet = models.BooleanField(_("accessible toilet"), null=True, blank=True)
    has_induction_loop = models.BooleanField(_("induction loop"), null=True, blank=True)
    has_sign_interpreter = models.BooleanField(
        _("sign-language interpreter"), null=True, blank=True
    )
    holiday_calendar = models.ForeignKey(
        HolidayCalendar,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="offices",
        verbose_name=_("holiday calendar"),
        help_text=_("Days off besides the statutory ones. Empty: only those of the law."),
    )
    accessibility_note = models.TextField(
        _("accessibility: more"),
        blank=True,
        help_text=_("How to book an interpreter, where the lift is, a parking space, a guide dog."),
    )

    objects = OfficeQuerySet.as_manager()

    class Meta(PublishedRecord.Meta):
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ["name_pl"]
        constraints = [
            *PublishedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="offices_office_coordinates_both_or_none",
                violation_error_message=_("Give both coordinates, or neither."),
            ),
            models.CheckConstraint(
                condition=Q(street="") | ~Q(locality=""),
                name="offices_office_street_has_town",
                violation_error_message=_("An address needs a town."),
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("pk")),
                name="offices_office_not_own_parent",
                violation_error_message=_("An office cannot be part of itself."),
            ),
        ]

    def clean(self):
        """Refuse a chain of parents that leads back here."""
        super().clean()
        seen, office = {self.pk}, self.parent
        while office is not None and self.pk is not None:
            if office.pk in seen:
                raise ValidationError({"parent": _("An office cannot be part of itself.")})
            seen.add(office.pk)
            office = office.parent

    @cached_property
    def holidays(self) -> HolidayCalendarValue:
        """The days off of the office: its calendar's, or the statutory ones alone."""
        return self.holiday_calendar.as_value if self.holiday_calendar else STATUTORY

    @cached_property
    def effective_schedule(self):
        """The hours of the office itself; None if it has none."""
        return getattr(self, "schedule", None)

    @cached_property
    def hours(self) -> pure.Schedule:
        """All layers of its own hours."""
        stored = self.effective_schedule
        return stored.hours if stored else self.nothing_known

    @cached_property
    def nothing_known(self) -> pure.Schedule:
        """Hours of which nobody knows more than the holidays."""
        return pure.Schedule(holidays=self.holidays)

    @property
    def current_points(self) -> list:
        """The service points fetched with the office, without those that are past."""
        return [point for point in self.service_points.all() if not point.is_past()]

    @property
    def answering(self) -> list:
        """What tells whether people are served: its service points, itself where it has none."""
        return self.current_points or [self]

    def state_at(self, moment: datetime) -> pure.State:
        """Whether the office as a whole is open at the aware ``moment``, by its own hours."""
        return self.hours.state_at(moment)

    def serves_at(self, moment: datetime, wish: Wish) -> Answer:
        """Whether its own hours fit ``wish``, as seen from the aware ``moment``."""
        return serves(self.hours, moment, wish)

    def next_change_after(self, moment: datetime) -> datetime | None:
        """The next moment at which what is said of its own state is another, where it is known."""
        turns = self.state_at(moment).turns
        return min((at for at in turns if at > moment), default=None)

    @property
    def accessibility_facts(self) -> list[tuple[str, bool | None]]:
        """Each fact's name and its answer; None is unknown."""
        return [
            (str(field.verbose_name), getattr(self, field.name))
            for field in self._meta.fields
            if field.name in _ACCESSIBILITY_FIELDS
        ]

    @property
    @admin.display(description=_("address"))
    def street_line(self) -> str:
        """Street and number as written on an envelope: ``ul. Basztowa 22``."""
        return f"{self.street} {self.house_number}".strip()

    @property
    def town_line(self) -> str:
        """Postal code and town: ``31-547 Kraków``."""
        return f"{self.postal_code} {self.locality}".strip() if self.street else ""

    @property
    def map_url(self) -> str:
        """The place on OpenStreetMap: its coordinates, else a search for its address."""
        if self.latitude is not None and self.longitude is not None:
            point = {"mlat": self.latitude, "mlon": self.longitude}
            place = f"#map=18/{self.latitude}/{self.longitude}"
            return f"https://www.openstreetmap.org/?{urlencode(point)}{place}"
        if not self.street:
            return ""
        # OpenStreetMap knows streets without the abbreviated prefix.
        street = self.street_line.removeprefix("ul. ").removeprefix("os. ").removeprefix("pl. ")
        return "https://www.openstreetmap.org/search?" + urlencode(
            {"query": f"{street}, {self.locality}"}
        )
