"""Pages of offices and service points."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Prefetch
from django.http import HttpResponse
from django.utils.functional import cached_property

from glossary.models import Term
from glossary.page import LinkedRecordDetail
from publishing.views import RecordList

from .availability import Answer, When, best
from .calendar_feed import office_calendar
from .filters import OfficeFilters, ServicePointFilters
from .models import BookingPolicy, Office, OfficeKind, ServicePoint, fetch_hours
from .schedule import SERVING, WARSAW, Kind, Reason

# A channel of which no more than holidays is known needs no sixty lines that say so.
_KNOWN_BY = {Reason.NOTICE, Reason.EXCEPTION, Reason.NOT_YET, Reason.ENDED}

# How far the page of a point's coming days looks ahead.
DAYS_AHEAD = 60


def next_change(shown: Iterable[ServicePoint | Office], now: datetime) -> datetime:
    """When a page with the states of what is ``shown`` says something else: midnight at the latest.

    At midnight "tomorrow" becomes "today" and notices end.
    """
    today = now.astimezone(WARSAW).date()
    midnight = datetime.combine(today + timedelta(days=1), datetime.min.time(), WARSAW)
    changes = [one.next_change_after(now) for one in shown]
    return min([midnight, *filter(None, changes)])


class WhenList(RecordList, ABC):
    """A list that can be narrowed to what is open; what is not known is listed apart."""

    filters: ServicePointFilters
    uncertain: list = []

    def get_queryset(self):
        records = super().get_queryset()
        if self.filters.wish is None:
            return records
        self.detailed = super().details_of([record.pk for record in records])
        self.fetch_hours(self.detailed.values())
        answers = {pk: self.answer(self.detailed[pk]) for pk in self.detailed}
        self.uncertain = [
            self.detailed[record.pk]
            for record in records
            if answers.get(record.pk) == Answer.UNKNOWN
        ]
        return [record for record in records if answers.get(record.pk) == Answer.YES]

    def details_of(self, keys):
        if self.filters.wish is not None:
            return self.detailed
        found = super().details_of(keys)
        self.fetch_hours(found.values())
        return found

    @abstractmethod
    def fetch_hours(self, records) -> None:
        """Complete the hours of detailed ``records``."""

    @abstractmethod
    def answer(self, record) -> Answer:
        """Whether a detailed ``record`` is open when the reader wants to come."""

    @abstractmethod
    def answering(self, records) -> Iterable[ServicePoint | Office]:
        """Whose states the page shows."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(uncertain=self.uncertain, **kwargs)
        # Also by those that are left out now: one of them may be the next to open.
        looked_at = context["records"] if self.filters.wish is None else self.detailed.values()
        return context | {"fresh_until": next_change(self.answering(looked_at), self.now)}


class OfficeList(WhenList):
    """Offices by who runs them, with their service points and what holds now."""

    model = Office
    template_name = "offices/office_list.html"
    filter_form_class = OfficeFilters
    filters: OfficeFilters
    paginate_by = 40

    def sort_key(self, record, language):
        return (OfficeKind.values.index(record.kind), super().sort_key(record, language))

    def with_details(self, queryset):
        return queryset.with_schedule().with_service_points()

    def fetch_hours(self, records):
        fetch_hours([point for office in records for point in office.current_points], records)

    def answering(self, records):
        return [one for office in records for one in office.answering]

    @cached_property
    def matching_points(self) -> set[int]:
        return set(self.filters.points().values_list("pk", flat=True))

    def answer(self, record):
        """By the points that fit the other choices: the topic, in the language, at that time."""
        answering = record.answering
        if self.filters.chosen.keys() & {"topic", "language"}:
            answering = [one for one in record.current_points if one.pk in self.matching_points]
        return best(one.serves_at(self.now, self.filters.wish) for one in answering)


class OfficeDetail(LinkedRecordDetail):
    """An office with its service points; which channels show is decided in ``with_channels``."""

    model = Office

    def get_queryset(self):
        return (
            Office.objects.with_schedule()
            .with_service_points()
            .with_relatives()
            .select_related("owner")
            .prefetch_related("sources")
        )

    def get_object(self, queryset=None):
        office = super().get_object(queryset)
        fetch_hours(office.service_points.all(), [office])
        return office

    def get_context_data(self, **kwargs):
        fresh_until = next_change([self.object, *self.object.current_points], kwargs["now"])
        return super().get_context_data(fresh_until=fresh_until, **kwargs)


class OfficeCalendar(OfficeDetail):
    """The feed of the days on which an office is not as in its week."""

    def get_queryset(self):
        return Office.objects.with_schedule().with_service_points()

    def render_to_response(self, context, **response_kwargs):
        office, now = context["record"], context["now"]
        page_url = self.request.build_absolute_uri(office.get_absolute_url())
        return HttpResponse(
            office_calendar(office, now, page_url),
            content_type="text/calendar; charset=utf-8",
            headers={"Content-Disposition": f'inline; filename="{office.slug}.ics"'},
        )


class ServicePointList(WhenList):
    """Who is open now: service points by what holds at this moment."""

    model = ServicePoint
    template_name = "offices/servicepoint_list.html"
    filter_form_class = ServicePointFilters

    def with_details(self, queryset):
        return queryset.in_service().with_channels()

    def fetch_hours(self, records):
        fetch_hours(records)

    def answering(self, records):
        return records

    def answer(self, record):
        return record.serves_at(self.now, self.filters.wish)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        points, wish = context["records"], self.filters.wish
        if wish and wish.when == When.AFTER_16:
            groups = [(wish.when, points)] if points else []
            return context | {"groups": groups, "is_anything_open": True}
        by_kind: dict[Kind, list[ServicePoint]] = {kind: [] for kind in Kind}
        for point in points:
            by_kind[point.best_state_at(self.now).kind].append(point)
        return context | {
            "groups": [(kind, by_kind[kind]) for kind in Kind if by_kind[kind]],
            "is_anything_open": any(by_kind[kind] for kind in SERVING),
        }


class ServicePointDetail(LinkedRecordDetail):
    """A service point: its channels with their hours, its rules, what it is for."""

    model = ServicePoint

    def get_queryset(self):
        return (
            ServicePoint.objects.with_channels()
            .with_procedures()
            .select_related("owner", "office__schedule__source", "office__holiday_calendar")
            .prefetch_related(
                "sources",
                Prefetch("terms", queryset=Term.objects.published()),
                Prefetch(
                    "booking_policies", queryset=BookingPolicy.objects.select_related("source")
                ),
            )
        )

    def get_object(self, queryset=None):
        point = super().get_object(queryset)
        fetch_hours([point])
        return point

    def get_context_data(self, **kwargs):
        fresh_until = next_change([self.object], kwargs["now"])
        return super().get_context_data(fresh_until=fresh_until, **kwargs)


class ServicePointDays(ServicePointDetail):
    """The next sixty days of a service point, day by day."""

    template_name = "offices/servicepoint_days.html"

    def get_queryset(self):
        return ServicePoint.objects.with_channels().select_related("owner")

    def get_context_data(self, **kwargs):
        today = kwargs["now"].astimezone(WARSAW).date()
        ahead = [today + timedelta(days=number) for number in range(DAYS_AHEAD)]
        channels, unknown = [], []
        for channel in self.object.live_channels:
            days = [channel.hours.day(day) for day in ahead]
            is_known = any(day.spans or day.reason in _KNOWN_BY for day in days)
            (channels if is_known else unknown).append((channel, days))
        rows = [
            (day, [(channel, days[number]) for channel, days in channels])
            for number, day in enumerate(ahead)
        ]
        return super().get_context_data(
            rows=rows,
            today=today,
            channels=channels,
            unknown_channels=[channel for channel, _days in unknown],
            **kwargs,
        )
