"""What editors work with and no more; what Django brings bears what ours does."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.contrib.redirects.admin import RedirectAdmin
from django.contrib.redirects.models import Redirect
from django.contrib.sites.models import Site

from publishing.forgiving import ForgivingAdmin

from .first_password import FirstLoginForm

# The one site is a technical need of the redirects; there is nothing to edit.
admin.site.unregister(Site)

admin.site.unregister([User, Group, Redirect])


@admin.register(User)
class StaffAdmin(ForgivingAdmin, UserAdmin):
    """Accounts of the staff."""


@admin.register(Group)
class RightsAdmin(ForgivingAdmin, GroupAdmin):
    """Groups of rights."""


@admin.register(Redirect)
class OldAddressAdmin(ForgivingAdmin, RedirectAdmin):
    """Addresses that lead on."""


admin.site.login_form = FirstLoginForm
