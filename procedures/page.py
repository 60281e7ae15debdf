"""What one reader sees of a procedure: its parts, fetched together and fitted to a group."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db.models import Q

from glossary.models import Term
from languages.fallback import LocalizedText, localized
from offices.availability import Answer, Wish
from offices.models import BookingPolicy, ServicePoint, fetch_hours
from publishing.prefetching import prefetch_together

from .models import Audience, Document, Fee, Procedure, TimeLimit
from .models.audience import concerns

PARTS = (
    "exclusions",
    "documents",
    "fees",
    "time_limits",
    "application_channels",
    "locations",
    "steps",
    "legal_bases",
    "related",
)


@dataclass(frozen=True, slots=True)
class Choice:
    """Parts of which one is enough; a part that stands alone is a choice of one."""

    parts: list

    @property
    def is_alternative(self) -> bool:
        return len(self.parts) > 1


def choices(parts: Iterable) -> list[Choice]:
    """``parts`` in order; those of one alternative group stand where the first of them stands."""
    groups: dict[int, list] = {}
    for part in parts:
        # Keys of parts never meet those of groups: they are negative.
        groups.setdefault(part.alternative_group or -part.pk, []).append(part)
    return [Choice(group) for group in groups.values()]


@dataclass(frozen=True, slots=True)
class Places:
    """Locations that fit the time asked for, that do not, and those of which nobody knows."""

    fitting: list
    closed: list
    uncertain: list


class ProcedurePage:
    """The parts of ``procedure`` that concern ``group``, on the day ``today``.

    Without a group everything is shown, each part marked with whom it is for.
    """

    def __init__(self, procedure: Procedure, group: str | None, today: date):
        self.procedure = procedure
        self.group = group
        self.today = today
        prefetch_together(procedure, *PARTS)
        # By relation, whomever they concern.
        self._parts: dict[str, list] = {name: [*getattr(procedure, name).all()] for name in PARTS}
        self._link()

    def _link(self) -> None:
        """Fetch what parts point at, once; what readers must not see becomes nothing."""
        exclusions, related = self._parts["exclusions"], self._parts["related"]
        steps, locations = self._fitting("steps"), self._parts["locations"]
        procedures = Procedure.objects.published().in_bulk(
            {part.see_id for part in exclusions}
            | {part.other_id for part in related}
            | {step.procedure_to_follow_id for step in steps}
        )
        points = (
            ServicePoint.objects.published()
            .with_channels()
            .in_bulk(
                {part.service_point_id for part in locations}
                | {step.service_point_id for step in steps}
            )
        )
        fetch_hours(points.values())
        terms = Term.objects.published().filter(
            Q(procedures=self.procedure) | Q(pk__in={step.term_id for step in steps})
        )
        self.terms: dict[int | None, Term] = terms.in_bulk()
        documents: dict[int | None, Document] = {
            document.pk: document for document in self._fitting("documents")
        }
        policies = BookingPolicy.objects.in_bulk({part.booking_policy_id for part in locations})
        for exclusion in exclusions:
            exclusion.see = procedures.get(exclusion.see_id)
        for step in steps:
            step.procedure_to_follow = procedures.get(step.procedure_to_follow_id)
            step.service_point = points.get(step.service_point_id)
            step.term = self.terms.get(step.term_id)
            step.document = documents.get(step.document_id)
        self._parts["related"] = [part for part in related if part.other_id in procedures]
        for relation in self._parts["related"]:
            relation.other = procedures[relation.other_id]
        points = {key: point for key, point in points.items() if not point.is_past(self.today)}
        self._parts["locations"] = [part for part in locations if part.service_point_id in points]
        for location in self._parts["locations"]:
            location.service_point = points[location.service_point_id]
            policy = policies.get(location.booking_policy_id)
            # Rules of another point do not hold here.
            is_own = policy and policy.service_point_id == location.service_point_id
            location.booking_policy = policy if is_own else None
        self._parts["fees"] = [
            fee
            for fee in self._parts["fees"]
            if fee.is_valid(self.today) or fee.is_to_come(self.today)
        ]

    def _fitting(self, name: str) -> list:
        return [part for part in self._parts[name] if concerns(part.audience, self.group)]

    @cached_property
    def groups(self) -> list[tuple[str, Any]]:
        """The groups to choose from: those of the procedure, if what it shows tells them apart."""
        if not any(part.audience for parts in self._parts.values() for part in parts):
            return []
        named = set(self.procedure.audience) or set(Audience.values)
        return [choice for choice in Audience.choices if choice[0] in named]

    @property
    def audience(self) -> list[str]:
        """The groups that the procedure is for; only the reader's, if one is chosen."""
        audience = self.procedure.audience
        return [group for group in audience if group == self.group] or audience

    @property
    def is_for_another_group(self) -> bool:
        """Whether the reader chose a group that the procedure is not for."""
        return not concerns(self.procedure.audience, self.group)

    @property
    def exclusions(self) -> list:
        return self._fitting("exclusions")

    @property
    def documents(self) -> list[Choice]:
        return choices(self._fitting("documents"))

    @property
    def fees(self) -> list[Fee]:
        return [fee for fee in self._fitting("fees") if fee.is_valid(self.today)]

    @property
    def usual_fees(self) -> list[Fee]:
        """Those that one does not choose to pay."""
        return [fee for fee in self.fees if not fee.is_optional]

    @property
    def coming_fees(self) -> list[Fee]:
        """Sums that will hold from a day known ahead."""
        return [fee for fee in self._fitting("fees") if fee.is_to_come(self.today)]

    @property
    def time_limits(self) -> list[tuple[Any, list[TimeLimit]]]:
        """Time limits by kind, in the order in which people ask."""
        fitting = self._fitting("time_limits")
        by_kind = [
            (kind.label, [limit for limit in fitting if limit.kind == kind])
            for kind in TimeLimit.Kind
        ]
        return [(label, limits) for label, limits in by_kind if limits]

    @property
    def application_channels(self) -> list:
        return self._fitting("application_channels")

    @property
    def can_apply_online(self) -> bool | None:
        """Whether someone of the group can do it online; None where nothing is said of it."""
        ways = [way for way in self.application_channels if way.kind == "online"]
        if any(way.is_available for way in ways) or self.procedure.online_url:
            return True
        return False if ways else None

    @property
    def online_audience(self) -> list[str]:
        """Whom that answer concerns, where it is not everyone."""
        answer = self.can_apply_online
        ways = [way for way in self.application_channels if way.kind == "online"]
        saying_so = [way for way in ways if way.is_available == answer]
        if self.procedure.online_url or not all(way.audience for way in saying_so):
            return []
        return [group for way in saying_so for group in way.audience]

    @property
    def locations(self) -> list:
        return self._fitting("locations")

    @property
    def points(self) -> list[ServicePoint]:
        """The service points whose states the page shows."""
        return [location.service_point for location in self.locations]

    def places(self, now: datetime, wish: Wish | None) -> Places:
        """Where to go at the time that the reader chose; everywhere, if none is chosen."""
        if wish is None:
            return Places(self.locations, [], [])
        answers: dict[Answer, list] = {answer: [] for answer in Answer}
        for location in self.locations:
            answers[location.service_point.serves_at(now, wish)].append(location)
        return Places(answers[Answer.YES], answers[Answer.NO], answers[Answer.UNKNOWN])

    @property
    def steps(self) -> list[Choice]:
        return choices(self._fitting("steps"))

    @property
    def headings(self) -> list[LocalizedText]:
        """The texts of labels and headings, where words of the glossary are not linked."""
        parts = [(document, "name") for choice in self.documents for document in choice.parts]
        parts += [(step, "title") for choice in self.steps for step in choice.parts]
        return [
            localized(part, field) for part, field in (*parts, *((f, "purpose") for f in self.fees))
        ]

    @property
    def legal_bases(self) -> list:
        return self._fitting("legal_bases")

    @property
    def related(self) -> list[tuple[str, list]]:
        """Related procedures by relation, in the order before, after, instead, together."""
        order = [value for value, _ in self.procedure.related.model.Relation.choices]
        fitting = sorted(self._fitting("related"), key=lambda part: order.index(part.relation))
        return [
            (parts[0].get_relation_display(), parts)
            for parts in (
                list(group) for _, group in groupby(fitting, key=lambda part: part.relation)
            )
        ]
