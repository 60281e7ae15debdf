"""Nonsense in any query, path or form of the admin never breaks it.

The addresses, their parameters and forms are found by themselves. The suite asks two hundred;
``ADMIN_QUERIES=10000 pytest tests/test_admin_fuzz.py`` asks more, with other numbers for
``ADMIN_SEED`` others.
"""

import os
import random
from collections.abc import Iterator
from copy import deepcopy
from urllib.parse import quote

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation

from languages.available import LANGUAGE_CODES
from offices.models import CalendarDay, HolidayCalendar
from tests.factories import (
    make_channel,
    make_editor,
    make_procedure,
    make_schedule,
    make_service_point,
    make_term,
    make_topic,
)
from tests.forms import filled

QUERIES = int(os.environ.get("ADMIN_QUERIES", "200"))
SEED = int(os.environ.get("ADMIN_SEED", "8"))

HOSTILE = [
    "",
    " ",
    "0",
    "-1",
    "1",
    "abc",
    "1.5",
    "1e400",
    "NaN",
    "9" * 4,
    "9" * 10,
    "9" * 19,
    "9" * 400,
    "9" * 5_000,
    "٣",
    "²",
    "True",
    "maybe",
    "null",
    "None",
    "a\x00b",
    "\x01\x1f\x7f",
    "\ufffd",
    "\u202e",
    "🙂",
    "ł",
    "'--",
    '"',
    "%",
    "%s",
    "%(a)s",
    "\\",
    "{}",
    "{{ 1 }}",
    "{",
    '{"a": [1, null]}',
    "[",
    "(?P<",
    "*",
    "<b>",
    "../../../",
    "//evil.example",
    "javascript:alert(1)",
    "http://[",
    "99999-99-99",
    "2026-02-30",
    "0000-00-00",
    "9999-12-31",
    "2026-11-30 25:61",
    "24:00",
    "08:00–12:00",
    "1,2,x",
    ",",
    ".",
    "-",
    "--",
    "a=b&c=d",
    "%3D%26",
    "id__exact=x",
    "x" * 5_000,
    "word " * 2_000,
    "п'ять " * 300,
]
LOOKUPS = [
    "",
    "_id",
    "__exact",
    "__id__exact",
    "__pk",
    "__in",
    "__isnull",
    "__regex",
    "__contains",
    "__contained_by",
    "__overlap",
    "__len",
    "__0",
    "__gt",
    "__range",
    "__year",
    "__date",
    "__alike",
    "__slug",
    "__nothing",
    "__id__id__id",
    "__",
]
COMMON = [
    "q",
    "o",
    "p",
    "all",
    "e",
    "_popup",
    "_to_field",
    "_changelist_filters",
    "_facets",
    "_source_model",
    "next",
    "term",
    "page",
    "app_label",
    "model_name",
    "field_name",
    "pk",
    "schedule",
    "channel",
    "office",
    "owner",
    "language",
    "missing",
    "review",
    "confirm",
    "checked",
    "",
    "[]",
    "a" * 300,
]

CONTENT_TYPES = [
    "",
    "a/b",
    "application/json",
    "application/x-www-form-urlencoded; charset=nothing",
    "multipart/form-data",
    "multipart/form-data; boundary=x",
]


def _patterns(resolver, namespace="") -> Iterator[tuple[str, URLPattern]]:
    """The declared addresses, each with its full name."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inside = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from _patterns(pattern, namespace + inside)
        else:
            yield f"{namespace}{pattern.name}", pattern


def _admin_patterns() -> list[tuple[str, URLPattern]]:
    """Every address of the admin, as it is declared."""
    found = _patterns(get_resolver())
    return [one for one in found if one[0].startswith("admin:") or one[0] == "first_password"]


def _weight(pattern) -> int:
    """How often an address is asked: the more it does with what it is given, the more."""
    if pattern.name == "autocomplete":
        return 30
    return {"": 5, "add/": 4, "<path:object_id>/change/": 4}.get(str(pattern.pattern), 1)


class Questions:
    """Random requests to the admin, each from the random numbers alone."""

    def __init__(self, seed: int):
        self.random = random.Random(seed)  # noqa: S311 - to be repeated
        self.patterns = _admin_patterns()
        self.weights = [_weight(pattern) for _name, pattern in self.patterns]
        self.forms: dict[str, dict] = {}

    def value(self) -> str:
        pick = self.random.random()
        if pick < 0.1:
            return "".join(chr(self.random.randrange(0x3000)) for _ in range(8))
        if pick < 0.2:
            return str(self.random.randrange(-5, 200))
        return self.random.choice(HOSTILE)

    def address(self, name: str, pattern) -> str:
        """An address of ``pattern``: of what there is, or of nonsense."""
        language = self.random.choice(LANGUAGE_CODES)
        arguments = {key: self._argument(key, pattern) for key in pattern.pattern.converters}
        if name == "admin:app_list":
            arguments = {"app_label": self.random.choice(["auth", "offices"])}
        if name == "admin:None":  # what stands below the admin and has no name
            return f"/{language}/admin/{_quoted(self.value())}/"
        with translation.override(language):
            address = reverse(name, kwargs=dict.fromkeys(arguments, "auth"))
        # Put in by hand: what is no argument at all is asked too.
        for argument in arguments.values():
            head, _, tail = address.rpartition("/auth/")
            address = f"{head}/{_quoted(argument)}/{tail}"
        return address

    def _argument(self, name: str, pattern) -> str:
        model_admin = _model_admin(pattern)
        if self.random.random() < 0.3:
            return self.value() or "0"
        model = ContentType if name == "content_type_id" or not model_admin else model_admin.model
        keys = model._default_manager.order_by("pk").values_list("pk", flat=True)
        return str(self.random.choice([*keys, 0]))

    def query(self, pattern) -> str:
        model_admin = _model_admin(pattern)
        pairs = []
        for _ in range(self.random.randrange(4)):
            name = self.random.choice(COMMON)
            if model_admin and self.random.random() < 0.8:
                field = self.random.choice(model_admin.model._meta.get_fields())
                # The form of a new record takes names, a list takes lookups.
                is_form = str(pattern.pattern) == "add/" and self.random.random() < 0.8
                name = field.name + ("" if is_form else self.random.choice(LOOKUPS))
            pairs.append(f"{_quoted(name)}={_quoted(self.value())}")
        if pattern.name == "autocomplete" and self.random.random() < 0.7:
            field = self.random.choice(_autocompleted())
            pairs += [f"{name}={value}" for name, value in field.items()]
        return "&".join(pairs)

    def body(self, browser, pattern, address) -> dict:
        """A form of the page, spoiled; or what no form sends."""
        route = str(pattern.pattern)
        data: dict = {}
        if route.endswith(("add/", "change/")):
            data = dict(self._form(browser, address.partition("?")[0]))
        elif route == "" and (model_admin := _model_admin(pattern)):
            actions = [*model_admin.get_actions(_AnyRequest), self.value()]
            data = {
                "action": self.random.choice(actions),
                "_selected_action": [self.value(), self.value()],
                "select_across": self.value(),
                "index": self.value(),
                "form-TOTAL_FORMS": self.random.choice(["1", "2", "-1", "1000000000", "abc"]),
                "form-INITIAL_FORMS": self.random.choice(["0", "1", "5", "-1", "abc"]),
                "form-0-id": self.value(),
                "form-0-position": self.value(),
                "form-0-status": self.value(),
                "form-0-hours": self.value(),
            }
            if self.random.random() < 0.5:
                data["_save"] = "Save"
            data.pop(self.random.choice([*data]))
        elif route.endswith("delete/"):
            data = {"post": "yes"}
        for _ in range(self.random.randrange(5)):
            name = self.random.choice([*data, *COMMON, "text", "language", "username", "password1"])
            if self.random.random() < 0.2:
                data.pop(name, None)
            else:
                data[name] = self._spoiled(name)
        return data

    def _spoiled(self, name: str):
        if name.endswith(("TOTAL_FORMS", "INITIAL_FORMS")):
            return self.random.choice(["-1", "0", "1", "3", "1000000000", "abc", "", "9" * 30])
        if self.random.random() < 0.2:
            return [self.value() for _ in range(3)]
        return self.value()

    def _form(self, browser, address: str) -> dict:
        if address not in self.forms:
            response = browser.get(address)
            has_form = response.status_code == 200 and "adminform" in (response.context or {})
            self.forms[address] = filled(response) if has_form else {}
            formsets = response.context["inline_admin_formsets"] if has_form else ()
            for inline in formsets:  # a row of each kind that is added
                form = inline.formset.empty_form
                number = inline.formset.total_form_count()
                self.forms[address] |= {
                    form.add_prefix(name).replace("__prefix__", str(number)): ""
                    for name in form.fields
                }
        return self.forms[address]


class _AnyRequest:
    """What actions ask of a request before there is one."""

    GET: dict = {}

    class user:  # noqa: N801 - as requests call it
        @staticmethod
        def has_perm(*args):
            return True


def _model_admin(pattern):
    return getattr(pattern.callback, "model_admin", None)


def _quoted(text: str) -> str:
    return quote(text, safe="")


def _autocompleted() -> list[dict[str, str]]:
    """The relations that are searched in the forms of the admin."""
    return [
        {
            "app_label": one.model._meta.app_label,
            "model_name": one.model._meta.model_name,
            "field_name": field,
        }
        for model_admin in admin.site._registry.values()
        for one in [
            model_admin,
            *(inline(model_admin.model, admin.site) for inline in model_admin.inlines),
        ]
        for field in one.autocomplete_fields
    ]


@pytest.fixture
def small_portal(no_content):
    """One record of each kind, so that forms are short."""
    point = make_service_point()
    make_schedule("08:00–16:00", channel=make_channel(point))
    make_channel(point, "telephone", "112")
    point.notices.create(text_pl="Uwaga.", starts_on="2026-01-01")
    make_term().aliases.create(language="pl", text="inne")
    make_procedure().fees.create(purpose_pl="Opłata", amount=1)
    make_topic()
    calendar = HolidayCalendar.objects.create(slug="kalendarz", name_pl="Kalendarz")
    CalendarDay.objects.create(calendar=calendar, date="2026-12-24")


def test_every_kind_of_address_is_known():
    names = {name.removeprefix("admin:") for name, _pattern in _admin_patterns()}
    assert {"autocomplete", "jsi18n", "login", "password_change", "view_on_site"} <= names
    assert {"offices_schedule_preview", "glossary_term_preview", "glossary_term_report"} <= names
    assert {"first_password", "app_list", "auth_user_password_change"} <= names
    for model in admin.site._registry:
        label = model._meta.label_lower.replace(".", "_")
        kinds = ("changelist", "add", "change", "delete", "history")
        assert {f"{label}_{kind}" for kind in kinds} <= names
    assert len(_autocompleted()) > 15


def ask(questions: Questions, browser: Client) -> tuple[str, HttpResponse]:
    """One request: what was asked, and the answer."""
    ((name, pattern),) = questions.random.choices(questions.patterns, questions.weights)
    address = questions.address(name, pattern)
    if query := questions.query(pattern):
        address += f"?{query}"
    kind = questions.random.random()
    if kind < 0.6:
        return f"GET {address}", browser.get(address)
    if kind < 0.63:
        content_type = questions.random.choice(CONTENT_TYPES)
        body = b"--x\r\n\xff\x00=%ff&a=%00"
        return f"POST {address} {content_type}", browser.generic(
            "POST", address, body, content_type
        )
    data = questions.body(browser, pattern, address)
    return f"POST {address} {data}", browser.post(address, data)


@pytest.mark.django_db
def test_no_question_breaks_the_admin(small_portal, as_on_the_server):
    browsers = {kind: Client(raise_request_exception=False) for kind in ("editor", "other", "none")}
    browsers["editor"].force_login(make_editor())
    without_rights = make_editor()
    without_rights.is_superuser = False
    without_rights.save()
    browsers["other"].force_login(without_rights)
    cookies = {kind: deepcopy(browser.cookies) for kind, browser in browsers.items()}
    questions = Questions(SEED)
    broken: dict[str, list[str]] = {}
    for _number in range(QUERIES):
        (kind,) = questions.random.choices([*browsers], [18, 1, 1])
        browsers[kind].cookies = deepcopy(cookies[kind])
        with transaction.atomic():
            asked, answer = ask(questions, browsers[kind])
            transaction.set_rollback(True)
        if answer.status_code >= 500:
            broken.setdefault(repr(answer.exc_info[1])[:200], []).append(asked[:600])
    assert not broken, "\n".join(
        f"{len(all_asked)} × {error}\n    {min(all_asked, key=len)}"
        for error, all_asked in broken.items()
    )
