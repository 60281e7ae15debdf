"""Service points: where someone is served, for named topics, in named languages."""

from datetime import date, datetime
from functools import cached_property

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from glossary.models import Term
from languages.spoken import SignLanguage, SpokenLanguage
from publishing.fields import ChoiceSetField, RichTextField
from publishing.models import PublishedQuerySet, PublishedRecord, Topic

from .. import schedule as pure
from ..availability import Answer, Wish, best
from ..dates import DatedRecord
from ..districts import District
from ..schedule import Kind, State
from .offices import Office

# What helps a reader most comes first.
BEST_FIRST = {Kind.OPEN: 0, Kind.BY_APPOINTMENT: 1, Kind.CLOSED: 2, Kind.UNKNOWN: 3}


class ServicePointQuerySet(PublishedQuerySet):
    """Service points that readers look for."""

    def published(self, at: datetime | None = None):
        """Those that readers see, with the office that they belong to."""
        at = at or timezone.now()
        return super().published(at).filter(office__in=Office.objects.published(at))

    def withdrawn(self, at: datetime | None = None):
        """Those that readers could see once; no longer, for themselves or for their office."""
        at = at or timezone.now()
        is_seen = Q(office__in=Office.objects.published(at))
        is_withdrawn = Q(office__in=Office.objects.withdrawn(at))
        own = super().withdrawn(at).filter(is_seen | is_withdrawn)
        return own | super().published(at).filter(is_withdrawn)

    def in_service(self, on: date | None = None):
        """Those that serve people on the day ``on`` (today by default)."""
        on = on or timezone.localdate()
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=on),
            Q(valid_until__isnull=True) | Q(valid_until__gte=on),
        )

    def speaking(self, code: str):
        """Those where the spoken or signed language ``code`` (ISO 639-3) is offered at all."""
        by_hours = self.model.objects.filter(channels__schedule__rules__languages__contains=[code])
        return self.filter(
            Q(spoken_languages__contains=[code])
            | Q(signed_languages__contains=[code])
            | Q(pk__in=by_hours.values("pk"))
        )

    def with_channels(self):
        """With the channels, their schedules, and the office whose hours they may share.

        The layers of the schedules come with ``fetch_hours``, once the points are there.
        """
        from .channels import Channel  # channels and notices refer to service points
        from .notices import Notice

        return self.prefetch_related(
            # Prefetched, not joined: points of one office share it, and what it works out once.
            Prefetch("office", queryset=Office.objects.with_schedule()),
            Prefetch("channels", queryset=Channel.objects.with_schedule()),
            Prefetch("notices", queryset=Notice.objects.select_related("source")),
        )

    def with_procedures(self):
        """With the published procedures that name the point, and its topics.

        A topic knows whether there are procedures under it: they know of both, not the other way
        round.
        """
        location = self.model._meta.get_field("locations").related_model
        procedures = location._meta.get_field("procedure").related_model.objects.published()
        of_topic = procedures.filter(topics=OuterRef("pk"))
        locations = location.objects.filter(procedure__in=procedures).select_related("procedure")
        return self.prefetch_related(
            Prefetch("locations", queryset=locations),
            Prefetch("topics", queryset=Topic.objects.annotate(has_procedures=Exists(of_topic))),
        )


class ServicePoint(DatedRecord, PublishedRecord):
    """A counter, desk, telephone line or adviser of an office that serves people."""

    detail_url_name = "service_points:detail"

    office = models.ForeignKey(
        Office, models.PROTECT, related_name="service_points", verbose_name=_("office")
    )
    name = models.CharField(_("name"), max_length=200)
    summary = models.CharField(
        _("summary"), max_length=300, blank=True, help_text=_("One sentence: what is done here.")
    )
    description = RichTextField(_("description"), blank=True)
    room = models.CharField(
        _("room or desk"),
        max_length=150,
        blank=True,
        help_text=_("Floor, room, desk, and what to press on the ticket machine."),
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("Order within the office; smaller is first.")
    )
    topics = models.ManyToManyField(
        Topic, blank=True, related_name="service_points", verbose_name=_("topics")
    )
    terms = models.ManyToManyField(
        Term,
        blank=True,
        related_name="service_points",
        verbose_name=_("glossary terms"),
        help_text=_("Official words that people meet here."),
    )
    districts = ChoiceSetField(
        models.PositiveSmallIntegerField(choices=District),
        default=list,
        blank=True,
        verbose_name=_("districts served"),
        help_text=_("Only where the city divides people by where they live. None means everyone."),
    )
    spoken_languages = ChoiceSetField(
        models.CharField(max_length=3, choices=SpokenLanguage),
        default=list,
        blank=True,
        verbose_name=_("spoken languages"),
        help_text=_("Only what a source supports. None ticked means: not known."),
    )
    signed_languages = ChoiceSetField(
        models.CharField(max_length=3, choices=SignLanguage),
        default=list,
        blank=True,
        verbose_name=_("sign languages"),
    )
    languages_note = models.CharField(
        _("languages: more"),
        max_length=200,
        blank=True,
        help_text=_("For example: other languages if someone who speaks them is on duty."),
    )
    valid_from = models.DateField(_("serves people from"), null=True, blank=True)
    valid_until = models.DateField(
        _("serves people until"),
        null=True,
        blank=True,
        help_text=_("The last day. Afterwards readers see it as past."),
    )

    objects = ServicePointQuerySet.as_manager()

    class Meta(PublishedRecord.Meta):
        verbose_name = _("service point")
        verbose_name_plural = _("service points")
        ordering = ["position", "name_pl"]
        indexes = [
            GinIndex(fields=["spoken_languages"], name="offices_point_spoken"),
            GinIndex(fields=["signed_languages"], name="offices_point_signed"),
        ]
        constraints = [
            *PublishedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="offices_servicepoint_valid_period",
                violation_error_message=_("The last day is before the first day."),
            ),
        ]

    def is_published(self, at: datetime | None = None) -> bool:
        return super().is_published(at) and self.office.is_published(at)

    @property
    def district_names(self) -> list[str]:
        """The districts served, by their official Polish names."""
        return [District(number).label for number in sorted(self.districts)]

    @cached_property
    def stoppages(self) -> list[tuple[list[str], pure.Notice]]:
        """Kinds of channels that are out of use for a while, each with what holds meanwhile."""
        return [(notice.affects, notice.as_value) for notice in self.notices.all()]

    @cached_property
    def live_channels(self) -> list:
        """The channels where someone answers at once, in the order of the page."""
        return [channel for channel in self.channels.all() if channel.is_live]

    @property
    def first_telephone(self):
        """The telephone to call first; None if no number is known."""
        telephones = (one for one in self.channels.all() if one.kind == "telephone")
        return next(telephones, None)

    def telephone_at(self, moment: datetime):
        """The telephone that serves best at ``moment``, the first of equals; None without any."""
        telephones = (one for one in self.live_channels if one.kind == "telephone")
        return min(telephones, key=lambda one: BEST_FIRST[one.state_at(moment).kind], default=None)

    def best_state_at(self, moment: datetime) -> State:
        """The state of the channel that serves best at ``moment``: open before closed."""
        states = [channel.state_at(moment) for channel in self.live_channels]
        return min(states, key=lambda state: BEST_FIRST[state.kind], default=State(Kind.UNKNOWN))

    def serves_at(self, moment: datetime, wish: Wish) -> Answer:
        """Whether any of its channels where someone answers fits ``wish``."""
        return best(channel.serves_at(moment, wish) for channel in self.live_channels)

    def next_change_after(self, moment: datetime) -> datetime | None:
        """The next moment at which what is said of its states is another, where that is known."""
        turns = (at for channel in self.live_channels for at in channel.state_at(moment).turns)
        return min((at for at in turns if at > moment), default=None)
