"""Pages of offices and service points."""

from django.db.models import Prefetch
from django.http import HttpResponse

from publishing.views import RecordDetail, RecordList

from .calendar_feed import office_calendar
from .filters import OfficeFilters, ServicePointFilters
from .models import BookingPolicy, Office, OfficeKind, ServicePoint, fetch_hours
from .schedule import WARSAW, Kind


class OfficeList(RecordList):
    """Offices by who runs them, with their service points and what holds now."""

    model = Office
    template_name = "offices/office_list.html"
    filter_form_class = OfficeFilters
    paginate_by = 40

    def sort_key(self, record, language):
        return (OfficeKind.values.index(record.kind), super().sort_key(record, language))

    def with_details(self, queryset):
        return queryset.with_schedule().with_service_points()

    def details_of(self, keys):
        offices = super().details_of(keys)
        fetch_hours(point for office in offices.values() for point in office.service_points.all())
        return offices


class OfficeDetail(RecordDetail):
    """An office with its service points; which channels show is decided in ``with_channels``."""

    model = Office

    def get_queryset(self):
        return (
            Office.objects.with_schedule()
            .select_related("parent", "owner")
            .with_service_points()
            .prefetch_related("sources", Prefetch("children", queryset=Office.objects.published()))
        )

    def get_object(self, queryset=None):
        office = super().get_object(queryset)
        fetch_hours(office.service_points.all(), [office])
        return office


class OfficeCalendar(OfficeDetail):
    """The feed of the days on which an office is not as in its week."""

    def get_queryset(self):
        return Office.objects.with_schedule().with_service_points()

    def render_to_response(self, context, **response_kwargs):
        office, today = context["record"], context["now"].astimezone(WARSAW).date()
        page_url = self.request.build_absolute_uri(office.get_absolute_url())
        return HttpResponse(
            office_calendar(office, today, page_url),
            content_type="text/calendar; charset=utf-8",
            headers={"Content-Disposition": f'inline; filename="{office.slug}.ics"'},
        )


class ServicePointList(RecordList):
    """Who is open now: service points by what holds at this moment."""

    model = ServicePoint
    template_name = "offices/servicepoint_list.html"
    filter_form_class = ServicePointFilters

    def with_details(self, queryset):
        return queryset.in_service().with_channels()

    def details_of(self, keys):
        points = super().details_of(keys)
        fetch_hours(points.values())
        return points

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        groups: dict[Kind, list[ServicePoint]] = {kind: [] for kind in Kind}
        for point in context["records"]:
            groups[point.best_state_at(context["now"]).kind].append(point)
        return context | {
            "groups": [(kind, groups[kind]) for kind in Kind if groups[kind]],
            "is_anything_open": bool(groups[Kind.OPEN] or groups[Kind.BY_APPOINTMENT]),
        }


class ServicePointDetail(RecordDetail):
    """A service point: its channels with their hours, its rules, what it is for."""

    model = ServicePoint

    def get_queryset(self):
        return (
            ServicePoint.objects.with_channels()
            .with_procedures()
            .select_related("owner", "office__schedule__source", "office__holiday_calendar")
            .prefetch_related(
                "sources",
                "topics",
                "terms",
                Prefetch(
                    "booking_policies", queryset=BookingPolicy.objects.select_related("source")
                ),
            )
        )

    def get_object(self, queryset=None):
        point = super().get_object(queryset)
        fetch_hours([point])
        return point
