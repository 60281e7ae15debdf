"""One-time passwords: the first login spends the password that someone else has seen.

An account that has never logged in got its password from ``create_admin`` or from a colleague.
Its first login makes that password useless, and the admin then shows nothing but the form for a
password of one's own.
"""

from typing import Any

from django.contrib.admin import site
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.mixins import LoginRequiredMixin
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.views.generic import FormView


class FirstLoginForm(AdminAuthenticationForm):
    """The admin's login, which spends a one-time password."""

    def confirm_login_allowed(self, user):
        super().confirm_login_allowed(user)
        if user.last_login is None:
            user.set_unusable_password()
            user.save(update_fields=["password"])


class FirstPassword(LoginRequiredMixin, FormView):
    """A password of one's own, in place of the one that was spent."""

    form_class = SetPasswordForm
    template_name = "admin/first_password.html"
    success_url = reverse_lazy("admin:index")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return site.each_context(self.request) | super().get_context_data(**kwargs)

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and request.user.has_usable_password():
            return redirect("admin:password_change")
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        user = form.save()
        update_session_auth_hash(self.request, user)
        return super().form_valid(form)
