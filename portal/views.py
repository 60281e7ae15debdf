"""The home page, the pages about the portal itself, and the pages for errors."""

import sys
from datetime import date
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from glossary.models import Term
from glossary.views import by_letter
from languages.available import LANGUAGE_CODES
from languages.collation import sort_key
from languages.fallback import current_language, localized
from languages.negotiation import preferred_language
from offices.models import Office, ServicePoint, fetch_hours
from offices.schedule import SERVING
from offices.views import next_change
from procedures.models import LifeEvent, Procedure
from publishing.models import Topic
from publishing.views import keep_fresh

from .outages import RETRY_AFTER, is_outage
from .refusals import forbidden, is_admin, not_understood

# Dates of the accessibility declaration; change them when it is drawn up anew.
DECLARATION = {
    "published_on": date(2026, 11, 21),
    "updated_on": date(2026, 11, 21),
    "drawn_up_on": date(2026, 11, 21),
}


def language_gateway(request: HttpRequest) -> HttpResponse:
    """``/``: on to the reader's language; to English where the browser asks for none of ours."""
    response = HttpResponseRedirect(f"/{preferred_language(request)}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


class Home(TemplateView):
    """What do you need?"""

    template_name = "portal/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now, language = timezone.now(), current_language()
        points = ServicePoint.objects.published(now).with_channels()
        fetch_hours(points)
        open_now = [point for point in points if point.best_state_at(now).kind in SERVING]
        procedures = Procedure.objects.published(now)
        return super().get_context_data(
            now=now,
            fresh_until=next_change(points, now),
            topics=Topic.objects.filter(procedures__in=procedures).distinct(),
            life_events=LifeEvent.objects.filter(procedures__in=procedures).distinct(),
            open_now=sorted(
                open_now, key=lambda point: sort_key(localized(point, "name").text, language)
            )[:6],
            office_kinds=Office.objects.published(now).kinds(),
            # In the Polish alphabet: the reader has a Polish form in hand.
            letters=[letter for letter, _ in by_letter(Term.objects.published(now), "pl")],
            **kwargs,
        )

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        return keep_fresh(super().render_to_response(context, **kwargs), context)


class AboutPortal(TemplateView):
    """A page about the portal itself, which names who runs this copy."""

    extra_context = {
        "operator_name": settings.OPERATOR_NAME,
        "operator_email": settings.OPERATOR_EMAIL,
        "operator_phone": settings.OPERATOR_PHONE,
        "declaration": DECLARATION,
    }


def robots(request: HttpRequest) -> HttpResponse:
    """``/robots.txt``: everything but the admin, and where the sitemap is."""
    sitemap = request.build_absolute_uri("/sitemap.xml")
    disallow = "\n".join(f"Disallow: /{code}/admin/" for code in LANGUAGE_CODES)
    return HttpResponse(
        f"User-agent: *\n{disallow}\n\nSitemap: {sitemap}\n", content_type="text/plain"
    )


def favicon(request: HttpRequest) -> HttpResponse:
    """``/favicon.ico``: for browsers that ask without reading the page."""
    return HttpResponseRedirect(static("portal/img/icon.svg"))


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """``/health/``: whether the portal reaches its database, for whoever watches over it."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("no database\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_admin(request) and hasattr(request, "user"):
        return not_understood(request)
    return render(request, "400.html", {"is_error": True}, status=400)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", {"is_error": True}, status=404)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_admin(request):
        return forbidden(request)
    return render(request, "403.html", {"is_error": True}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without context processors: whatever broke must not break this page too."""
    html = render_to_string("500.html", {"is_error": True})
    if is_outage(sys.exc_info()[1]):
        return HttpResponse(html, status=503, headers={"Retry-After": RETRY_AFTER})
    return HttpResponse(html, status=500)
