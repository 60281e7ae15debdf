"""Old addresses: of renamed records with the pages below them, and those that editors enter.

An address leads on in one step or not at all, whatever stands in the table: entries that lead to
each other are followed here; those in a circle, to a page that is gone or to an unsafe place count
as none. Browsers keep none of these answers (``publishing.freshness``), so that a name can be
given back.
"""

import logging
import unicodedata
from collections.abc import Callable
from enum import Enum, auto
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from django.contrib.redirects.models import Redirect
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.encoding import escape_uri_path, punycode
from django.utils.translation import get_language_from_path, override
from django.utils.translation import gettext_lazy as _

from .renames import entries
from .views import RecordDetail

logger = logging.getLogger(__name__)

GONE = ""
_LONGEST_PATH = Redirect._meta.get_field("old_path").max_length or 0
_is_https = URLValidator(schemes=["https"])


def check_old_path(path: str) -> None:
    """Refuse what no request can ever ask for."""
    if not path.startswith("/") or path.startswith("//") or set("?#") & set(path):
        raise ValidationError(_("Write the path alone, from its first slash to before ? and #."))
    _check_characters(path, allowed=" ")  # files of old sites have names with spaces
    if {".", ".."} & set(path.split("/")):
        raise ValidationError(_("Browsers never ask for “.” or “..” between slashes."))


def check_target(target: str) -> None:
    """Refuse what is neither empty, nor a path of ours, nor an address with https."""
    _check_characters(target)
    if target == GONE or (target.startswith("/") and not target.startswith("//")):
        return
    if not target.lower().startswith("https://"):
        raise ValidationError(
            _("Begin with one slash for a page of this portal, or with https:// for another site.")
        )
    _address_elsewhere(target)


def _check_characters(text: str, allowed: str = "") -> None:
    wrong = set(text) - set(allowed)
    if "\\" in wrong or any(unicodedata.category(character)[0] in "CZ" for character in wrong):
        raise ValidationError(_("An address has no spaces, backslashes or invisible characters."))


def _address_elsewhere(address: str) -> str:
    """``address`` at another host as it is sent: with nothing but ASCII in the host's name."""
    try:
        _is_https(address)
        parts = urlsplit(address)
        # What stands before an @ is read as the host; a port that cannot be raises by itself.
        if "@" in parts.netloc or parts.port == 0:
            raise ValueError
        host = punycode(parts.netloc)
    except (ValidationError, ValueError):
        message = _("This is no full address of another site, such as https://www.gov.pl/.")
        raise ValidationError(message) from None
    return address if host == parts.netloc else parts._replace(netloc=host).geturl()


class Place(Enum):
    """What readers find at a path."""

    PAGE = auto()  # or the note that a record was withdrawn
    HIDDEN = auto()  # a record that they do not see
    NOTHING = auto()


def place_at(path: str) -> Place:
    """What readers find at ``path``, which is as it is read, without escapes."""
    try:
        with override(get_language_from_path(path)):
            match = resolve(path)
    except Resolver404:
        return Place.NOTHING
    view: Any = getattr(match.func, "view_class", object)
    if not issubclass(view, RecordDetail):
        return Place.PAGE
    records, now = view.model.objects, timezone.now()
    for records_found, place in [
        (records.published(now), Place.PAGE),
        (records.withdrawn(now), Place.PAGE),
        (records, Place.HIDDEN),
    ]:
        if records_found.filter(slug=match.kwargs["slug"]).exists():
            return place
    return Place.NOTHING


def is_page(path: str) -> bool:
    """Whether readers find something at ``path``."""
    return place_at(path) is Place.PAGE


def destination(path: str, host: str, entry: Redirect | None = None) -> str | None:
    """Where readers of ``host`` are led from ``path``: ``GONE``, or None where nobody knows.

    ``path`` is as it is read, without escapes. An ``entry`` is tried without being saved.
    """
    followed: set[int | None] = set()
    found: tuple[Redirect, str] | None = (entry, "") if entry else _entry(path)
    while found and found[0].pk not in followed:
        entry, rest = found
        followed.add(entry.pk)
        if entry.new_path == GONE:
            return GONE
        try:
            check_target(entry.new_path)
        except ValidationError:
            logger.warning("Redirect %s leads to no safe address and is left out", entry.pk)
            return None
        target = urlsplit(entry.new_path)
        if target.netloc and not _is_same_host(target.netloc, host):
            return _address_elsewhere(entry.new_path)
        base = unquote(target.path) or "/"
        if place_at(base) is Place.NOTHING and place_at(f"{base}/") is not Place.NOTHING:
            base += "/"  # as Django adds it for readers
        if rest and (rest.startswith("/") or not base.endswith("/")):
            return None
        above = place_at(base)
        # Whoever had the name of a hidden record before is not meant.
        is_last = above is Place.HIDDEN or place_at(base + rest) is not Place.NOTHING
        found = None if is_last else _entry(base + rest)
        if found is None:
            return _address_here(target, base + rest) if above is Place.PAGE else None
    return None


def _entry(path: str) -> tuple[Redirect, str] | None:
    """The entry for ``path`` and what of it lies below: itself first, then the record above it."""
    below = {path: "", path.removesuffix("/") if path.endswith("/") else f"{path}/": ""}
    # /<language>/<section>/<slug>/<rest>
    parts = path.split("/", 4)
    if len(parts) == 5:
        below.setdefault("/".join(parts[:4]) + "/", parts[4])
    # Editors write addresses as they read them or as they copy them.
    names = {spelling: name for name in below for spelling in (escape_uri_path(name), name)}
    asked = [name for name in names if len(name) <= _LONGEST_PATH and "\x00" not in name]
    found = {names[entry.old_path]: entry for entry in entries().filter(old_path__in=asked)}
    return next(((found[name], rest) for name, rest in below.items() if name in found), None)


def _is_same_host(netloc: str, host: str) -> bool:
    return punycode(netloc.lower()).removesuffix(":443") == host.lower().removesuffix(":443")


def _address_here(target: SplitResult, path: str) -> str:
    """``path`` with the query and the fragment of ``target``."""
    return target._replace(scheme="", netloc="", path=escape_uri_path(path)).geturl()


def _with_query(address: str, query: str) -> str:
    """``address`` with what the reader's own ``query`` asks for besides."""
    parts = urlsplit(address)
    if parts.netloc or not query:
        return address
    return parts._replace(query="&".join(filter(None, [parts.query, query]))).geturl()


class RedirectMiddleware:
    """Leads on from addresses at which there is no page.

    Unlike Django's own it takes the pages below a record and the query along.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in {"GET", "HEAD"}:
            return response
        address = destination(request.path, request.get_host())
        if address is None or is_page(request.path) or is_page(f"{request.path}/"):
            return response
        if address == GONE:
            return render(request, "410.html", {"is_error": True}, status=410)
        return HttpResponsePermanentRedirect(
            _with_query(address, request.META.get("QUERY_STRING", ""))
        )
