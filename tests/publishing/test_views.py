"""Drafts, previews and withdrawn pages."""

from datetime import timedelta

import pytest
from django.core import signing
from django.utils import timezone

from publishing.views import preview_token
from tests.factories import make_procedure, make_source, make_term

pytestmark = pytest.mark.django_db


def test_a_draft_is_not_found(client):
    assert client.get(make_term(status="draft").get_absolute_url()).status_code == 404


def test_a_draft_opens_with_its_preview_link_and_is_not_cached(client):
    term = make_term(status="draft")
    response = client.get(term.get_absolute_url(), {"preview": preview_token(term)})
    assert response.status_code == 200
    assert "Readers do not see this page" in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_a_preview_link_opens_its_own_record_only(client):
    term, other = make_term(status="draft"), make_term(status="draft")
    assert client.get(term.get_absolute_url(), {"preview": preview_token(other)}).status_code == 404


def test_a_preview_link_opens_no_record_of_another_kind_with_the_same_name(client):
    term, procedure = (make(slug="same", status="draft") for make in (make_term, make_procedure))
    query = {"preview": preview_token(procedure)}
    assert client.get(procedure.get_absolute_url(), query).status_code == 200
    assert client.get(term.get_absolute_url(), query).status_code == 404


def test_a_preview_link_ends(client, monkeypatch):
    term = make_term(status="draft")
    token = preview_token(term)
    monkeypatch.setattr("publishing.views.PREVIEW_MAX_AGE_SECONDS", -1)
    assert client.get(term.get_absolute_url(), {"preview": token}).status_code == 404
    with pytest.raises(signing.BadSignature):
        signing.loads(token, salt="another purpose")


def test_a_withdrawn_page_says_why(client):
    term = make_term(
        status="archived",
        published_on="2026-01-01",
        withdrawal_note_en="Replaced by the other word.",
    )
    response = client.get(term.get_absolute_url())
    assert response.status_code == 410
    html = response.content.decode()
    assert "Replaced by the other word." in html
    assert '<a href="/en/">Start page</a>' in html
    assert '<a href="/en/glossary/">Words on forms</a>' in html


def test_what_was_never_public_was_not_withdrawn(client):
    assert client.get(make_term(status="archived").get_absolute_url()).status_code == 404


def test_what_is_published_while_the_server_runs_is_seen(client, monkeypatch):
    """Views ask for the time at each request, not when they are imported."""
    later = timezone.now() + timedelta(hours=1)
    term = make_term(publish_from=later, name_en="Word of tomorrow")
    assert "Word of tomorrow" not in client.get("/en/glossary/").content.decode()
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert "Word of tomorrow" in client.get("/en/glossary/").content.decode()
    assert client.get(term.get_absolute_url()).status_code == 200


def test_the_record_sheet_shows_what_there_is(client):
    procedure = make_procedure(
        changed_on="2026-10-01", checked_on="2026-10-02", review_by="2020-01-01"
    )
    source = make_source(title="Karta usługi", publisher="BIP", dated_on="2019-05-06")
    procedure.sources.add(source)
    html = client.get(procedure.get_absolute_url()).content.decode()
    for text in (
        "1 October 2026",
        "2 October 2026",
        "1 January 2020",
        "Karta usługi",
        "6 May 2019",
    ):
        assert text in html
    assert "waits for a new check" in html
