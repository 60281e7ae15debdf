"""The admin shows what editors work with, and no more."""

from django.contrib import admin
from django.contrib.sites.models import Site

from .first_password import FirstLoginForm

# The one site is a technical need of the redirects; there is nothing to edit.
admin.site.unregister(Site)

admin.site.login_form = FirstLoginForm
