"""Pages of procedures."""

from functools import lru_cache

import segno
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from glossary.page import LinkedRecordDetail
from offices.availability import When, Wish
from offices.filters import WHEN
from offices.views import next_change
from publishing.models import Topic
from publishing.views import RecordDetail, RecordList

from .beside import beside_rows
from .filters import ProcedureFilters
from .models import Audience, Procedure
from .page import ProcedurePage


def _topic_order(topic: Topic | None) -> tuple:
    return (topic is None, topic.position if topic else 0, topic.slug if topic else "")


class ProcedureList(RecordList):
    """Procedures by subject, situation and who the reader is."""

    model = Procedure
    template_name = "procedures/procedure_list.html"
    filter_form_class = ProcedureFilters
    paginate_by = 60

    def with_details(self, queryset):
        return queryset.prefetch_related("topics")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        chosen = self.filters.chosen.get("topic")
        by_topic: dict[Topic | None, list[Procedure]] = {}
        for procedure in context["records"]:
            # Under the subject that was asked for, else under its first.
            topic = chosen or next(iter(procedure.topics.all()), None)
            by_topic.setdefault(topic, []).append(procedure)
        groups = sorted(by_topic.items(), key=lambda item: _topic_order(item[0]))
        return context | {"groups": groups}


def chosen_group(request) -> str | None:
    """The group in the address; None for everyone and for a group that does not exist."""
    group = request.GET.get("who")
    return group if group in Audience.values else None


def chosen_when(request) -> When | None:
    """When the reader wants to come, from the address; None for any time."""
    value = request.GET.get("when")
    return When(value) if value in set(When) else None


@lru_cache(maxsize=512)
def qr_code(address: str) -> SafeString:
    """``address`` to be read from paper, as inline SVG."""
    svg = segno.make(address, error="m").svg_inline(border=0, omitsize=True)
    return mark_safe(svg)  # noqa: S308 - drawn by segno


class ProcedureDetail(LinkedRecordDetail):
    """A procedure in the order in which people ask, for everyone or for one group."""

    model = Procedure
    queryset = Procedure.objects.select_related("owner").prefetch_related("sources")
    variants = ("who", "when")

    def get_context_data(self, **kwargs):
        page = ProcedurePage(self.object, chosen_group(self.request), timezone.localdate())
        now, when = kwargs["now"], chosen_when(self.request)
        address = self.request.build_absolute_uri(self.object.get_absolute_url())
        context = super().get_context_data(
            page=page,
            when=when,
            when_choices=WHEN,
            places=page.places(now, Wish(when) if when else None),
            fresh_until=next_change(page.points, now),
            page_url=address,
            qr_code=qr_code(address),
            **kwargs,
        )
        context["words"].add(page.terms.values())
        context["words"].mention(page.headings)
        return context


class ProcedureBeside(RecordDetail):
    """A procedure in Polish and in the reader's language, side by side, for the counter."""

    model = Procedure
    template_name = "procedures/procedure_beside.html"

    def get_context_data(self, **kwargs):
        page = ProcedurePage(self.object, chosen_group(self.request), timezone.localdate())
        return super().get_context_data(page=page, rows=beside_rows(page), **kwargs)
