"""The sitemap: every public page in each language in which it exists."""

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap
from django.contrib.sites.requests import RequestSite
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from glossary.models import Term
from languages.alternates import default_path
from offices.models import Office, ServicePoint
from procedures.models import Procedure

STATIC_PAGES = (
    "home",
    "procedures:list",
    "offices:list",
    "service_points:list",
    "glossary:list",
    "about",
    "privacy",
    "accessibility",
)


class _PortalSitemap(Sitemap):
    i18n = True
    alternates = True

    def __init__(self, request: HttpRequest):
        self._site = RequestSite(request)
        self.protocol = request.scheme

    def get_domain(self, site=None) -> str:
        """The host that was asked, not the one that django.contrib.sites has on record."""
        return self._site.domain

    def _urls(self, page, protocol, domain):
        """With the page for readers of other languages, which Django takes to be without prefix."""
        urls = super()._urls(page, protocol, domain)  # type: ignore[misc]
        for url in urls:
            codes = tuple(alternate["lang_code"] for alternate in url["alternates"])
            path = url["location"].removeprefix(f"{protocol}://{domain}")
            if default := default_path(path, codes):
                location = f"{protocol}://{domain}{default}"
                url["alternates"].append({"location": location, "lang_code": "x-default"})
        return urls


class PagesSitemap(_PortalSitemap):
    """Lists and pages about the portal."""

    def items(self):
        return STATIC_PAGES

    def location(self, item: str) -> str:
        return reverse(item)


class RecordSitemap(_PortalSitemap):
    """Published records of one model."""

    def __init__(self, request: HttpRequest, model):
        super().__init__(request)
        self.model = model

    def items(self):
        return self.model.objects.published().order_by("slug")

    def lastmod(self, item):
        return item.changed_on or item.published_on

    def get_languages_for_item(self, item) -> list[str]:
        return item.languages


def portal_sitemap(request: HttpRequest) -> HttpResponse:
    """``/sitemap.xml``."""
    sitemaps: dict[str, type[Sitemap] | Sitemap] = {"pages": PagesSitemap(request)}
    for model in (Procedure, Office, ServicePoint, Term):
        sitemaps[model._meta.label_lower] = RecordSitemap(request, model)
    return sitemap(request, sitemaps)
