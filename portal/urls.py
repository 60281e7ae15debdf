"""Addresses: ``/<language>/<section>/<slug>/``; a language differs by its prefix alone."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from glossary.views import glossary_data

from . import views
from .first_password import FirstPassword
from .sitemaps import portal_sitemap

urlpatterns = [
    path("", views.language_gateway, name="language_gateway"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", portal_sitemap, name="sitemap"),
    path("glossary.jsonld", glossary_data, name="glossary_data"),
    path("favicon.ico", views.favicon),
    path("health/", views.health, name="health"),
    *i18n_patterns(
        path("", views.Home.as_view(), name="home"),
        path("procedures/", include("procedures.urls")),
        path("offices/", include("offices.urls")),
        path("service-points/", include("offices.service_point_urls")),
        path("glossary/", include("glossary.urls")),
        path(
            "about/",
            views.AboutPortal.as_view(template_name="portal/about.html"),
            name="about",
        ),
        path(
            "privacy/",
            views.AboutPortal.as_view(template_name="portal/privacy.html"),
            name="privacy",
        ),
        path(
            "accessibility/",
            views.AboutPortal.as_view(template_name="portal/accessibility.html"),
            name="accessibility",
        ),
        path("admin/first-password/", FirstPassword.as_view(), name="first_password"),
        path("admin/", admin.site.urls),
    ),
]

handler400 = views.bad_request
handler403 = views.permission_denied
handler404 = views.page_not_found
handler500 = views.server_error
