"""Old addresses of renamed records, and of the pages below them."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.redirects.models import Redirect
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.encoding import escape_uri_path

from languages.alternates import swap_language
from languages.available import LANGUAGE_CODES

from .models import PublishedRecord


def keep_redirects(record: PublishedRecord, old_slug: str) -> None:
    """Make the addresses with ``old_slug`` lead to ``record``, in every language."""
    new = record.get_absolute_url()
    old = reverse(record.detail_url_name, kwargs={"slug": old_slug})
    for code in LANGUAGE_CODES:
        old_path, new_path = swap_language(old, code), swap_language(new, code)
        # The new address is a page now, and redirects to the old one skip it.
        Redirect.objects.filter(old_path=new_path).delete()
        Redirect.objects.filter(new_path=old_path).update(new_path=new_path)
        Redirect.objects.update_or_create(
            site_id=settings.SITE_ID, old_path=old_path, defaults={"new_path": new_path}
        )


class RecordRedirectMiddleware:
    """Leads from a renamed record's old address to the new one.

    Unlike Django's own fallback it takes the pages below the record and the query along.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404:
            return response
        # /<language>/<section>/<slug>/<rest>
        parts = escape_uri_path(request.path).split("/", 4)
        if len(parts) < 5:
            return response
        *record, rest = parts
        found = Redirect.objects.filter(
            site_id=settings.SITE_ID, old_path="/".join(record)[:200] + "/"
        ).first()
        if found is None:
            return response
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(
            f"{found.new_path}{rest}{'?' + query if query else ''}"
        )
