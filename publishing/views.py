"""What the pages of all published records have in common."""

from collections.abc import Collection
from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.generic import DetailView, ListView

from languages.collation import sort_key
from languages.fallback import current_language, localized

from .filters import FilterForm
from .freshness import keep_until
from .models import PublishedQuerySet, PublishedRecord

# A preview link works for a day: long enough to ask a colleague, too short to spread.
PREVIEW_MAX_AGE_SECONDS = 24 * 60 * 60
_PREVIEW_SALT = "publishing.preview"


def preview_token(record: PublishedRecord) -> str:
    """A signed token that opens a record that is not published, for a day."""
    return signing.dumps([record._meta.label_lower, record.slug], salt=_PREVIEW_SALT)


def is_valid_preview(record: PublishedRecord, token: str) -> bool:
    """Whether ``token`` was made for this record within the last day."""
    try:
        value = signing.loads(token, salt=_PREVIEW_SALT, max_age=PREVIEW_MAX_AGE_SECONDS)
    except signing.BadSignature:
        return False
    return value == [record._meta.label_lower, record.slug]


def keep_fresh(response: HttpResponse, context: dict[str, Any]) -> HttpResponse:
    """``response``, kept by caches until ``fresh_until`` where the context names that moment."""
    if fresh_until := context.get("fresh_until"):
        keep_until(response, context["now"], fresh_until)
    return response


class VariantsMixin:
    """A page that parameters of its address narrow or arrange anew.

    Search engines are to know the page without them: it is ``canonical``, the variants are
    ``noindex``. Parameters that the page does not know change nothing, so ``canonical`` is enough.
    """

    request: HttpRequest
    variants: Collection[str] = ()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_variant = any(self.request.GET.get(name) for name in self.variants)
        return super().get_context_data(is_variant=is_variant, **kwargs)  # type: ignore[misc]


class RecordDetail(VariantsMixin, DetailView):
    """A record's page: published, withdrawn (410), or a draft with a preview link."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = record = self.get_object()
        now = timezone.now()
        if record.is_published(now):
            context = self.get_context_data(record=record, now=now)
            return keep_fresh(self.render_to_response(context), context)
        if is_valid_preview(record, request.GET.get("preview", "")):
            context = self.get_context_data(record=record, now=now, is_preview=True)
            response = self.render_to_response(context)
            add_never_cache_headers(response)
            return response
        if self.model.objects.withdrawn(now).filter(pk=record.pk).exists():
            return self.withdrawn(request)
        raise Http404

    def withdrawn(self, request: HttpRequest) -> HttpResponse:
        """The note that there is no such page any more, and the way to what there is."""
        context = {"record": self.object, "is_error": True}
        return render(request, "410.html", context, status=410)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(page_languages=self.object.languages, **kwargs)


class RecordList(VariantsMixin, ListView):
    """A list of published records, narrowed by filters in the address, in dictionary order."""

    model: Any  # a published record
    filter_form_class: type[FilterForm]

    @property
    def variants(self) -> Collection[str]:  # type: ignore[override]
        return self.filters.fields

    def get_queryset(self) -> list[PublishedRecord]:  # type: ignore[override]
        self.now = timezone.now()
        self.filters = self.filter_form_class(self.request.GET or None)
        records = self.filters.narrow(self.model._default_manager.published(self.now))
        language = current_language()
        # In Python: no database collation knows the alphabets of four languages at once.
        return sorted(records, key=lambda record: self.sort_key(record, language))

    def sort_key(self, record: PublishedRecord, language: str) -> tuple:
        return sort_key(localized(record, "name", language).text, language)

    def with_details(self, queryset: PublishedQuerySet) -> PublishedQuerySet:
        """``queryset`` with what the list shows of each record; only for one page of it."""
        return queryset

    def details_of(self, keys: list) -> dict[Any, PublishedRecord]:
        """The records with these primary ``keys``, with what the list shows of each."""
        return self.with_details(self.model._default_manager.all()).in_bulk(keys)

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        return keep_fresh(super().render_to_response(context, **kwargs), context)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(filters=self.filters, now=self.now, **kwargs)
        keys = [record.pk for record in context["object_list"]]
        details = self.details_of(keys)
        return context | {"records": [details[key] for key in keys if key in details]}
