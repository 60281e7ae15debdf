"""The accounts of the staff in the admin."""

import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.forms import snapshot, text

pytestmark = pytest.mark.django_db

# Nobody else changes the account until the new password is stored.
_HOLDS = re.compile(r'FROM "auth_user" .* FOR NO KEY UPDATE')
FIRST, SECOND = "tramwaj-na-Salwator", "autobus-do-Tyńca"


def _sent(opened, password, again=None):
    typed = {"usable_password": "true", "password1": password, "password2": again or password}
    return typed | {"set-password": "x"} | snapshot(opened)


@pytest.fixture
def person():
    return User.objects.create_user("nowa", password="the one before")


@pytest.fixture
def address(person):
    return reverse("admin:auth_user_password_change", args=[person.pk])


def test_a_password_that_somebody_else_has_set_meanwhile_is_not_overwritten(
    editor, person, address
):
    opened = editor.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert editor.post(address, _sent(editor.get(address), FIRST)).status_code == 302
    assert any(_HOLDS.search(query["sql"]) for query in queries)
    refused = editor.post(address, _sent(opened, SECOND))
    assert "Not saved: it was changed meanwhile" in text(refused)
    who = User.objects.get(pk=editor.session["_auth_user_id"]).username
    assert f"<strong>{who}, " in text(refused)
    assert SECOND not in refused.content.decode()
    person.refresh_from_db()
    assert person.check_password(FIRST)
    assert editor.post(address, _sent(refused, SECOND)).status_code == 302
    person.refresh_from_db()
    assert person.check_password(SECOND)


def test_after_a_mistake_in_a_password_it_is_still_the_page_that_was_opened(
    editor, person, address
):
    mistaken = editor.post(address, _sent(editor.get(address), FIRST, "another"))
    assert mistaken.status_code == 200
    assert editor.post(address, _sent(mistaken, FIRST)).status_code == 302
    person.refresh_from_db()
    assert person.check_password(FIRST)


def test_a_password_without_the_hidden_mark_is_not_stored(editor, person, address):
    sent = _sent(editor.get(address), FIRST)
    del sent["_snapshot"]
    assert "Not saved yet" in text(editor.post(address, sent))
    person.refresh_from_db()
    assert person.check_password("the one before")


@pytest.mark.parametrize("key", ["x", "0", "99999", "_00", "9" * 30])
def test_the_password_of_nobody_is_no_page(editor, key):
    assert editor.get(f"/en/admin/auth/user/{key}/password/").status_code == 404
    assert editor.post(f"/en/admin/auth/user/{key}/password/").status_code == 404
