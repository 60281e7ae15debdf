"""The admin shows what editors work with, and no more."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.contrib.sites.models import Site

from publishing.guard import GuardedAdmin

from .first_password import FirstLoginForm

# The one site is a technical need of the redirects; there is nothing to edit.
admin.site.unregister(Site)
admin.site.unregister([User, Group])

admin.site.login_form = FirstLoginForm


@admin.register(User)
class StaffAdmin(GuardedAdmin, UserAdmin):
    """Accounts of the staff; neither a login meanwhile nor a new password is overwritten."""

    # Moments that nobody types; one in the hour that comes twice could not even be sent back.
    readonly_fields = ["last_login", "date_joined"]
    unguarded_fields = ["password"]


@admin.register(Group)
class RightsAdmin(GuardedAdmin, GroupAdmin):
    """Groups of rights."""
