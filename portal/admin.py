"""The admin shows what editors work with, and no more."""

import copy

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin, sensitive_post_parameters_m
from django.contrib.auth.models import Group, User
from django.contrib.sites.models import Site
from django.db import transaction
from django.template.response import TemplateResponse

from publishing.forgiving import key_of
from publishing.guard import GuardedAdmin
from publishing.locks import lock
from publishing.refusal import saved_by
from publishing.seals import opened, sealed
from publishing.stored_records import snapshots

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

    @sensitive_post_parameters_m
    @transaction.atomic
    def user_change_password(self, request, id, form_url=""):  # noqa: A002 - the name in the address
        """The form for the password alone; it is guarded as the form of the account is."""
        key = key_of(User, id)
        if key is None or not self.has_change_permission(request):
            return super().user_change_password(request, id, form_url)
        is_sent = request.method == "POST"
        if is_sent:
            lock(User, [key], self.admin_site)
        page, kinds = f"{self._page_id(key)} password", [self._record_kind(("password",))]
        seen, stored = opened(request, page), snapshots(kinds, [key]).get(str(key), {})
        refusal = None
        if is_sent and stored and seen.rows != stored:
            names = saved_by({(User, str(key))}, seen.at, self._owners_of(key))
            refusal = {"is_known": seen.rows is not None, "saved_by": names}
            request = copy.copy(request)
            request.method = "GET"
        response = super().user_change_password(request, id, form_url)
        if isinstance(response, TemplateResponse):
            told = {"snapshot": sealed(page, stored), "refusal": refusal}
            response.context_data = (response.context_data or {}) | told
        return response


@admin.register(Group)
class RightsAdmin(GuardedAdmin, GroupAdmin):
    """Groups of rights."""
