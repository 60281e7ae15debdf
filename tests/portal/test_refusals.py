"""What the admin says when it does not do what was asked."""

import re

import pytest
from django.contrib.auth.models import Permission, User
from django.db import DataError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

import portal.settings
from glossary.models import Term
from languages.available import LANGUAGE_CODES
from publishing.models import Topic
from tests.factories import make_editor, make_term, make_topic
from tests.forms import filled, text

pytestmark = pytest.mark.django_db

PASSWORD = "not a secret"  # noqa: S105


@pytest.fixture
def strict():
    """A browser whose forms must carry their token."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def member():
    """Someone of the staff who has logged in before."""
    return make_editor(last_login="2026-11-01T12:00:00Z")


def token_of(response):
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', response.content.decode())[1]


def opened(browser, address):
    """What the form at ``address`` would send, token included."""
    response = browser.get(address)
    return filled(response) | {"csrfmiddlewaretoken": token_of(response)}


def log_in(browser, user, token=None):
    address = reverse("admin:login")
    data = {"username": user.username, "password": PASSWORD}
    token = token or token_of(browser.get(address))
    return browser.post(address, data | {"csrfmiddlewaretoken": token})


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_a_login_in_a_second_tab_says_that_one_is_logged_in(strict, member, language):
    with translation.override(language):
        address = reverse("admin:login") + "?next=" + reverse("admin:glossary_term_changelist")
        first, second = (token_of(strict.get(address)) for _tab in range(2))
        assert log_in(strict, member, first).status_code == 302
        data = {"username": member.username, "password": PASSWORD, "csrfmiddlewaretoken": second}
        response = strict.post(address, data)
        assert response.status_code == 403
        html = text(response)
        assert f'<html lang="{language}"' in html
        assert "DEBUG" not in html
        assert "CSRF" not in html
        assert f'<a href="{reverse("admin:glossary_term_changelist")}">' in html
        assert PASSWORD not in html


def test_the_way_on_leads_to_no_other_site(strict, member):
    stale = token_of(strict.get(reverse("admin:login")))
    log_in(strict, member)
    data = {"next": "https://evil.example/", "csrfmiddlewaretoken": stale}
    assert "evil.example" not in text(strict.post(reverse("admin:login"), data))


def test_a_form_from_before_the_login_is_refused_and_its_texts_are_shown(strict, member):
    log_in(strict, member)
    term = make_term(meaning_pl="Znaczenie.")
    address = reverse("admin:glossary_term_change", args=[term.pk])
    data = opened(strict, address) | {"meaning_pl": "Długo <b>pisany</b> tekst"}
    strict.cookies.pop("sessionid")
    log_in(strict, member)
    response = strict.post(address, data)
    assert response.status_code == 403
    html = text(response)
    assert "Nothing was saved" in html
    assert "Długo &lt;b&gt;pisany&lt;/b&gt; tekst" in html
    assert f'<a href="{address}">' in html
    assert Term.objects.get(pk=term.pk).meaning_pl == "Znaczenie."


def test_what_strangers_send_is_not_shown_under_our_name(strict):
    response = strict.post(reverse("admin:glossary_term_add"), {"name_pl": "Proszę zapłacić"})
    assert response.status_code == 403
    assert "You are not logged in" in text(response)
    assert "zapłacić" not in text(response)
    assert f"{reverse('admin:login')}?next={reverse('admin:glossary_term_add')}" in text(response)


def test_a_session_that_has_ended_is_renewed_on_the_spot_and_nothing_is_lost(strict, member):
    log_in(strict, member)
    term = make_term()
    address = reverse("admin:glossary_term_change", args=[term.pk])
    data = opened(strict, address) | {"meaning_pl": "Pierwszy.\r\nDrugi & „trzeci”."}
    strict.cookies.pop("sessionid")
    refused = strict.post(address, data)
    assert refused.status_code == 403
    assert "Your session has ended" in text(refused)
    sent = dict(refused.context["sent"])
    assert sent["meaning_pl"] == data["meaning_pl"]
    assert "csrfmiddlewaretoken" not in sent
    login = {"login-username": member.username, "csrfmiddlewaretoken": token_of(refused)}
    again = strict.post(address, sent | login | {"login-password": "wrong"})
    assert again.status_code == 403
    assert "Please enter the correct username and password" in text(again)
    assert dict(again.context["sent"]) == sent
    assert "wrong" not in text(again)
    done = strict.post(address, sent | login | {"login-password": PASSWORD})
    assert (done.status_code, done["Location"]) == (302, reverse("admin:glossary_term_changelist"))
    assert Term.objects.get(pk=term.pk).meaning_pl == data["meaning_pl"]


def test_a_one_time_password_saves_nothing_there(strict):
    newcomer = make_editor()
    assert newcomer.last_login is None
    address = reverse("admin:publishing_topic_add")
    token = token_of(strict.get(reverse("admin:login")))
    topic = {"slug": "temat", "name_pl": "Temat", "position": "0"}
    login = {"login-username": newcomer.username, "login-password": PASSWORD}
    response = strict.post(address, topic | login | {"csrfmiddlewaretoken": token})
    assert response.status_code == 403
    assert not Topic.objects.filter(slug="temat").exists()
    assert f'<a href="{reverse("first_password")}">' in text(response)
    assert ">Temat</textarea>" in text(response)


@pytest.mark.parametrize(
    ("name", "fields", "status"),
    [
        ("password_change", ["old_password", "new_password1", "new_password2"], 302),
        ("auth_user_add", ["password1", "password2"], 302),
        ("login", ["password"], 200),
    ],
)
def test_a_password_is_never_written_into_a_page(strict, member, name, fields, status):
    log_in(strict, member)
    token = token_of(strict.get(reverse("admin:password_change")))
    strict.cookies.pop("sessionid")
    data = dict.fromkeys(fields, "Otwarty9") | {"csrfmiddlewaretoken": token}
    response = strict.post(reverse(f"admin:{name}"), data)
    assert "Otwarty9" not in response.content.decode()
    login = reverse("admin:login") if status == 302 else ""
    assert (response.status_code, response.get("Location", "").partition("?")[0]) == (status, login)


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_what_an_account_may_not_do_is_said_in_the_admin(client, member, language):
    member.is_superuser = False
    member.save()
    member.user_permissions.add(Permission.objects.get(codename="view_topic"))
    client.force_login(member)
    with translation.override(language):
        response = client.get(reverse("admin:glossary_term_changelist"))
        html = text(response)
        assert response.status_code == 403
        assert f'<html lang="{language}"' in html
        assert f'<a href="{reverse("admin:index")}">' in html


def test_nul_in_an_address_is_refused_calmly(editor):
    for query in ("q=%00", "status__exact=%00", "%00=1", "_changelist_filters=a%00"):
        response = editor.get(f"{reverse('admin:glossary_term_changelist')}?{query}")
        assert response.status_code == 400
        assert "a value that cannot be" in text(response)
        assert "site-name" in text(response)


@pytest.mark.parametrize("may", [True, False])
def test_a_form_that_cannot_be_read_is_refused_calmly(client, may):
    """Also by a page that shows what was sent, because it refuses it for another reason."""
    somebody = make_editor()
    somebody.is_superuser = may
    somebody.save()
    client.force_login(somebody)
    address = reverse("admin:glossary_term_add")
    response = client.generic("POST", address, b"--x", content_type="multipart/form-data")
    assert response.status_code == 400


def test_an_address_may_be_asked_by_no_field(editor):
    address = reverse("admin:glossary_term_change", args=[make_term().pk])
    assert editor.get(f"{address}?_to_field=").status_code == 200


@pytest.mark.parametrize("name", ["login", "index", "nowhere"])
def test_a_session_with_nul_is_none(client, name):
    address = reverse("admin:index") + "nowhere" if name == "nowhere" else reverse(f"admin:{name}")
    # In quotation marks a cookie may hold any sign by its octal number.
    response = client.get(address, headers={"Cookie": 'sessionid="\\000aaaaaaaaaaaa"'})
    assert response.status_code == client.get(address).status_code


def test_what_only_the_database_refuses_is_told_and_the_texts_are_shown(editor, monkeypatch):
    """As when two save the same at once."""

    def refused(self, request, form, formsets, change):
        raise IntegrityError

    monkeypatch.setattr("glossary.admin.TermAdmin.save_related", refused)
    term = make_term(meaning_pl="Znaczenie.")
    address = reverse("admin:glossary_term_change", args=[term.pk])
    response = editor.post(address, filled(editor.get(address)) | {"meaning_pl": "Inne znaczenie."})
    assert response.status_code == 409
    assert "Nothing was saved" in text(response)
    assert "Inne znaczenie." in text(response)
    assert Term.objects.get(pk=term.pk).meaning_pl == "Znaczenie."


def test_a_constraint_that_no_form_has_told_is_named(editor, monkeypatch):
    def refused(self, request, form, formsets, change):
        Topic.objects.filter(pk=make_topic().pk).update(slug="A B")

    monkeypatch.setattr("glossary.admin.TermAdmin.save_related", refused)
    address = reverse("admin:glossary_term_change", args=[make_term().pk])
    response = editor.post(address, filled(editor.get(address)))
    assert response.status_code == 409
    assert "refuses a value of this record (publishing_topic_slug)" in text(response)


def test_a_value_that_the_database_cannot_hold_is_told(editor, monkeypatch):
    def refused(self, request):
        raise DataError

    monkeypatch.setattr("publishing.admin.PublishedRecordAdmin.get_queryset", refused)
    response = editor.get(reverse("admin:glossary_term_changelist"))
    assert response.status_code == 400


def test_readers_pages_are_refused_as_readers_pages(strict):
    response = strict.post("/uk/offices/", {"a": "b"})
    assert response.status_code == 403
    html = text(response)
    assert '<html lang="uk">' in html
    assert "CSRF" not in html
    assert "site-name" not in html


@pytest.mark.parametrize(
    "password",
    ["pbkdf2_sha256$x", "pbkdf2_sha256$-1$a$b", "pbkdf2_sha256$1$$b", "pbkdf2_sha256$1$a$"],
)
def test_the_database_keeps_no_password_that_breaks_the_login(editor, password):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.update(password=password)


@pytest.mark.parametrize("password", ["", "!", "x", "argon2$x", "pbkdf2_sha256$1000$salt$aGFzaA=="])
def test_what_is_no_password_of_ours_opens_nothing(editor, settings, password):
    settings.PASSWORD_HASHERS = portal.settings.PASSWORD_HASHERS
    user = make_editor(username="other")
    User.objects.filter(pk=user.pk).update(password=password)
    data = {"username": user.username, "password": "x"}
    assert Client().post("/en/admin/login/", data).status_code == 200
    assert editor.get(f"/en/admin/auth/user/{user.pk}/change/").status_code == 200
