"""The admin shows what editors work with, and no more."""

from django.contrib import admin
from django.contrib.sites.models import Site

# The one site is a technical need of the redirects; there is nothing to edit.
admin.site.unregister(Site)
