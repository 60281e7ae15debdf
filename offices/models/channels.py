"""Channels: the ways to reach a service point, each with its own value and hours."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cached_property

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from languages.words import without_unseen

from ..availability import Answer, Wish, serves
from ..schedule import ALWAYS, Schedule, State
from ..telephones import TELEPHONE_PATTERN, TelephoneError, spelled
from .service_points import ServicePoint


class ChannelKind(models.TextChoices):
    """A way in which people are served."""

    IN_PERSON = "in_person", _("In person")
    TELEPHONE = "telephone", _("Telephone")
    EMAIL = "email", _("E-mail")
    ONLINE_FORM = "online_form", _("Online")
    VIDEO = "video", _("Video call")
    CHAT = "chat", _("Chat")
    POST = "post", _("Post")


_NOT_A_TELEPHONE = _(
    "Nobody can be called at this number. Write one number with its area code: +48 12 210 20 20; "
    "one abroad with its country code; or a short one: 112. An extension goes into the note."
)


def spelled_telephone(text: str) -> str:
    """The one spelling of a telephone number; refuses what is none in words for an editor."""
    try:
        return spelled(text)
    except TelephoneError as error:
        raise ValidationError(_NOT_A_TELEPHONE, code="telephone") from error


# What a channel's value must look like, by kind; kinds not named take any text.
VALUE_VALIDATORS: dict[str, Callable[[str], None]] = {
    ChannelKind.EMAIL: EmailValidator(_("Write one e-mail address, such as info@example.pl.")),
    ChannelKind.ONLINE_FORM: URLValidator(
        ["https", "http"], message=_("Write the whole address, starting with https://")
    ),
}


def cleaned_value(kind: str, value: str) -> str:
    """``value`` as it is kept for a channel of this kind; refuses what it cannot be."""
    value = without_unseen(value)
    if not value:
        return value
    if kind == ChannelKind.TELEPHONE:
        return spelled_telephone(value)
    if validator := VALUE_VALIDATORS.get(kind):
        validator(value)
    return value


# Kinds where someone answers at once, so readers need to know when.
LIVE_KINDS = frozenset(
    {ChannelKind.IN_PERSON, ChannelKind.TELEPHONE, ChannelKind.VIDEO, ChannelKind.CHAT}
)


# Kinds where people see each other, so that someone can sign.
_SIGNED_KINDS = frozenset({ChannelKind.IN_PERSON, ChannelKind.VIDEO})


class ChannelQuerySet(models.QuerySet):
    """Channels of service points."""

    def get_by_natural_key(self, service_point: str, kind: str, value: str):
        return self.get(service_point__slug=service_point, kind=kind, value=value)

    def with_schedule(self):
        """With their own schedule and the source of it; its layers are ``fetch_hours``'s."""
        return self.select_related("schedule__source")


class Channel(models.Model):
    """One way to reach a service point: its counter, a telephone number, an address."""

    service_point = models.ForeignKey(
        ServicePoint,
        models.CASCADE,
        related_name="channels",
        verbose_name=_("service point"),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=ChannelKind)
    value = models.CharField(
        _("number or address"),
        max_length=300,
        blank=True,
        help_text=_(
            "The telephone number (+48 12 210 20 20), e-mail or web address. Empty for “in "
            "person”: the office's address is shown."
        ),
    )
    note = models.CharField(
        _("note"),
        max_length=300,
        blank=True,
        help_text=_("What readers must know before they use it. No hours here: they go below."),
    )
    follows_office_hours = models.BooleanField(
        _("same hours as the office"),
        default=False,
        help_text=_("Shown as such; the channel then has no hours of its own."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = ChannelQuerySet.as_manager()

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(value="") | Q(kind=ChannelKind.IN_PERSON),
                name="offices_channel_has_value",
                violation_error_message=_("Give the number or address of this channel."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=ChannelKind.TELEPHONE) | Q(value__regex=TELEPHONE_PATTERN),
                name="offices_channel_telephone",
                violation_error_message=_NOT_A_TELEPHONE,
            ),
            models.UniqueConstraint(
                fields=["service_point", "kind", "value"],
                name="offices_channel_unique",
                violation_error_message=_("This channel stands here already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.value}".strip()

    def natural_key(self) -> tuple[str, str, str]:
        return (*self.service_point.natural_key(), self.kind, self.value)

    natural_key.dependencies = ["offices.servicepoint"]  # type: ignore[attr-defined]

    def clean(self):
        super().clean()
        try:
            self.value = cleaned_value(self.kind, self.value)
        except ValidationError as error:
            raise ValidationError({"value": error.messages}) from None

    @property
    def is_live(self) -> bool:
        """Whether someone answers at once, so that hours matter."""
        return self.kind in LIVE_KINDS

    @property
    def number_for_appointments(self) -> str:
        """The number that makes them, where one is known and this is not that number itself."""
        telephone = self.service_point.first_telephone
        return telephone.value if telephone and telephone != self else ""

    @property
    def href(self) -> str:
        """The link that uses the channel, or nothing."""
        match self.kind:
            case ChannelKind.TELEPHONE:
                return "tel:" + self.value.replace(" ", "")
            case ChannelKind.EMAIL:
                return "mailto:" + self.value
            case _:
                is_address = self.value.lower().startswith(("https://", "http://"))
                return self.value if is_address else ""

    @property
    def languages(self) -> list[str]:
        """Codes of the languages in which someone answers in hours that name none."""
        point = self.service_point
        signed = point.signed_languages if self.kind in _SIGNED_KINDS else []
        return [*point.spoken_languages, *signed]

    @cached_property
    def effective_schedule(self):
        """The hours that hold for this channel, its own or the office's; None if unknown."""
        owner = self.service_point.office if self.follows_office_hours else self
        return getattr(owner, "schedule", None)

    @cached_property
    def hours(self) -> Schedule:
        """All layers of the hours that hold for the channel."""
        stored = self.effective_schedule
        hours = stored.hours if stored else self.service_point.office.nothing_known
        return self.in_use(hours)

    def in_use(self, hours: Schedule) -> Schedule:
        """``hours`` without the days on which the channel is out of use."""
        point = self.service_point
        notices = tuple([notice for kinds, notice in point.stoppages if self.kind in kinds])
        # Most are always in use: then equal hours stay one value.
        if point.period is ALWAYS and not notices:
            return hours
        return replace(hours, service=point.period, notices=notices)

    def state_at(self, moment: datetime) -> State:
        """Whether someone answers at the aware ``moment``."""
        return self.hours.state_at(moment)

    def serves_at(self, moment: datetime, wish: Wish) -> Answer:
        """Whether the hours fit ``wish``, as seen from the aware ``moment``."""
        return serves(self.hours, moment, wish, self.languages)
