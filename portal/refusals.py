"""What the admin says when it does not do what was asked, and what becomes of what was typed.

Never in silence: an editor reads what happened and what to do, in the language of the admin, and
finds the texts that were sent. Where only the session has ended, logging in sends them again.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib.admin import site
from django.contrib.auth import login
from django.core.exceptions import BadRequest, FieldDoesNotExist
from django.db import DataError, IntegrityError, models
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from psycopg2.errors import CheckViolation

from .first_password import FirstLoginForm

# Fields of the login that stands on the page itself, beside those of the form that was sent.
_LOGIN = "login"
_TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field
# How the fields begin in which passwords are typed.
_SECRETS = ("password", "old_password", "new_password")


def is_admin(request: HttpRequest) -> bool:
    """Whether the address belongs to the admin, also one that leads nowhere."""
    return request.path.startswith(reverse("admin:index"))


def refuse(request: HttpRequest, status: int, title: str, text: str, **context) -> HttpResponse:
    """A page of the admin that says why nothing was done, with what was typed."""
    context = site.each_context(request) | {"title": title, "text": text} | context
    # What a stranger sends is not shown under our name, and what cannot be read cannot be shown.
    if not request.user.is_authenticated:
        context["is_nav_sidebar_enabled"] = False  # it would say that nothing may be seen
    elif status != 400:
        context["typed"] = list(_typed(request))
    return render(request, "admin/refusal.html", context, status=status)


def forbidden(request: HttpRequest) -> HttpResponse:
    text = _("Your account has no right to do this. Whoever manages the accounts can give it.")
    return refuse(request, 403, _("Not allowed"), text)


def not_understood(request: HttpRequest) -> HttpResponse:
    text = _("The address or the form holds a value that cannot be. Nothing was changed.")
    return refuse(request, 400, _("The request cannot be answered"), text)


def impossible(request: HttpRequest, constraint: str) -> HttpResponse:
    """A constraint is not fulfilled that no form has told: by a column that this one lacks."""
    text = _(
        "The database refuses a value of this record (%(name)s). If it is none that you typed, it "
        "was stored earlier: whoever runs the portal must correct it first."
    )
    return refuse(request, 409, _("Nothing was saved"), text % {"name": constraint})


def contradicted(request: HttpRequest) -> HttpResponse:
    text = _(
        "What you sent contradicts what is stored. Someone may have changed it meanwhile: open the "
        "page anew and enter your changes again."
    )
    return refuse(request, 409, _("Nothing was saved"), text)


def without_password(request: HttpRequest) -> HttpResponse:
    text = _("The one-time password is used up. Choose one that nobody else knows.")
    url = reverse("first_password")
    return refuse(request, 403, _("Nothing was saved"), text, password_url=url)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from before the login, or without its cookie."""
    if not is_admin(request):
        return render(request, "403.html", {"is_error": True}, status=403)
    if not request.user.is_authenticated:
        text = _(
            "This page was open for too long, or your browser keeps no cookies. Open the login "
            "anew. If it happens again, allow cookies for this address."
        )
        return refuse(request, 403, _("You are not logged in"), text, login_url=_login_url(request))
    if request.path == reverse("admin:login"):
        text = _("You logged in in another tab. Go on there or here.")
        next_url = _next_url(request)
        return refuse(request, 403, _("You are logged in already"), text, next_url=next_url)
    text = _(
        "This page was opened before you logged in, perhaps in another tab, and what such a page "
        "sends is not taken. Open it anew and enter your changes again."
    )
    return refuse(request, 403, _("Nothing was saved"), text, next_url=request.get_full_path())


def _login_url(request: HttpRequest) -> str:
    query = QueryDict(mutable=True)
    query["next"] = _next_url(request)
    return f"{reverse('admin:login')}?{query.urlencode(safe='/')}"


def _next_url(request: HttpRequest) -> str:
    """Where the editor wanted to go."""
    if request.path != reverse("admin:login"):
        return request.get_full_path()
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if is_ours else reverse("admin:index")


def _typed(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """The texts that were sent, each with what its field is called."""
    model_admin = getattr(getattr(request.resolver_match, "func", None), "model_admin", None)
    if model_admin is None:
        return
    kinds = [model_admin.model, *(inline.model for inline in model_admin.inlines)]
    for name, values in request.POST.lists():
        field = _field(kinds, name)
        if field is not None:
            yield from ((str(field.verbose_name), value) for value in values if value.strip())


def _field(kinds: list[type[models.Model]], name: str) -> Any:
    """The field of a record or of one of its parts, if it is one that is typed in."""
    for kind in kinds:
        try:
            field = kind._meta.get_field(name.rpartition("-")[2])
        except FieldDoesNotExist:
            continue
        is_typed = isinstance(field, models.CharField | models.TextField) and not field.choices
        return field if is_typed and field.name != "password" else None
    return None


class RefusalMiddleware(MiddlewareMixin):
    """Asks for a login where a session has ended, and answers values that cannot be."""

    def process_view(self, request, view, args, kwargs):
        match = request.resolver_match
        # Public pages never look at the user: that would make them depend on a cookie.
        if match.app_name != "admin":
            return None
        if any("\0" in text for pair in request.GET.lists() for text in (pair[0], *pair[1])):
            raise BadRequest("NUL in the query")
        _sent = request.POST  # what cannot be read is told here, and not while another refusal is
        if match.url_name in {"login", "logout", "jsi18n"} or request.method != "POST":
            return None
        return None if site.has_permission(request) else self._ask_for_login(request)

    def process_exception(self, request, exception):
        """What only the database refuses: two who save at once, values that no form sends."""
        if request.resolver_match.app_name != "admin":
            return None
        if isinstance(exception, IntegrityError):
            if isinstance(exception.__cause__, CheckViolation):
                return impossible(request, exception.__cause__.diag.constraint_name or "")
            return contradicted(request)
        if isinstance(exception, DataError):
            return not_understood(request)
        return None

    def _ask_for_login(self, request: HttpRequest) -> HttpResponse | None:
        """The login, with what was sent; None once it was passed, so that it is done."""
        if any(name.startswith(_SECRETS) for name in request.POST):
            return None  # never written into a page: Django leads to the login
        is_tried = f"{_LOGIN}-username" in request.POST
        form = FirstLoginForm(request, request.POST if is_tried else None, prefix=_LOGIN)
        if form.is_valid():
            login(request, form.get_user())
            return None
        own = {_TOKEN, *(f"{_LOGIN}-{name}" for name in form.fields)}
        sent = [
            (name, value)
            for name, values in request.POST.lists()
            if name not in own
            for value in values
        ]
        title = _("Your session has ended")
        text = _("Log in here, and what you sent is saved: nothing that you typed is lost.")
        return refuse(request, 403, title, text, form=form, sent=sent)


class FirstPasswordMiddleware(MiddlewareMixin):
    """Leads whoever has spent a one-time password to the form, and nowhere else in the admin."""

    def process_view(self, request, view, args, kwargs):
        match = request.resolver_match
        # Public pages never look at the user: that would make them depend on a cookie.
        if match.app_name != "admin" or match.url_name in {"logout", "jsi18n"}:
            return None
        user = request.user
        if not user.is_authenticated or user.has_usable_password():
            return None
        return without_password(request) if request.method == "POST" else redirect("first_password")
