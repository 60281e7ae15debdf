"""Nonsense in an address never breaks the portal."""

import pytest
from django.test import Client

from languages.available import LANGUAGE_CODES
from procedures.models import LifeEvent
from tests.factories import (
    make_channel,
    make_procedure,
    make_schedule,
    make_service_point,
    make_term,
    make_topic,
)

pytestmark = pytest.mark.django_db

NONSENSE = [
    "",
    "x",
    "0",
    "-1",
    "999999999999999999999",
    "1'--",
    "%00",
    "\x00",
    "ł",
    "🙂",
    "<b>",
    "a" * 10_000,
]
LISTS = ["procedures", "offices", "service-points", "glossary"]
PARAMETERS = ["topic", "kind", "language", "situation", "who", "when", "page", "preview", "unknown"]


@pytest.fixture
def short_lists(no_content):
    """Lists of one record, of which filters choose by all that they know."""
    event, topic = LifeEvent.objects.create(slug="event", name_pl="Ślub"), make_topic()
    procedure, point = make_procedure(audience=["ukr"]), make_service_point()
    procedure.life_events.add(event)
    for record in (procedure, point, make_term()):
        record.topics.add(topic)
    make_schedule("8-16", channel=make_channel(point))


@pytest.mark.parametrize("section", LISTS)
@pytest.mark.parametrize("parameter", PARAMETERS)
def test_lists_survive_any_parameter(client, short_lists, section, parameter):
    for value in NONSENSE:
        response = client.get(f"/en/{section}/", {parameter: value})
        answers = {200, 404} if parameter == "page" else {200}
        assert response.status_code in answers, f"{parameter}={value[:20]!r}"


@pytest.mark.parametrize("section", LISTS)
def test_pages_survive_any_slug(client, section):
    for value in [
        "x",
        "0",
        "-1",
        "%00",
        "a%00b",
        "..",
        "%2e%2e",
        "%ff%fe",
        "a" * 5_000,
        "%F0%9F%99%82",
    ]:
        assert client.get(f"/en/{section}/{value}/").status_code in {200, 301, 404}, value


@pytest.mark.parametrize("parameter", ["who", "preview"])
def test_detail_survives_any_parameter(client, parameter):
    for value in NONSENSE:
        assert client.get("/en/procedures/meldunek-czasowy/", {parameter: value}).status_code == 200


def test_a_wrong_choice_is_said_and_left_out(client):
    html = client.get("/en/offices/", {"kind": "castle"}).content.decode()
    assert "does not exist and was left out" in html
    assert "card__title" in html


def test_unknown_page_number_is_not_found(client):
    assert client.get("/en/offices/", {"page": "99"}).status_code == 404


def test_an_enormous_query_is_answered(client):
    assert client.get("/en/offices/", {"topic": "a" * 10_000_000}).status_code in {200, 400, 414}


def test_unknown_language_is_not_found_in_a_language_of_the_reader(client):
    response = client.get("/de/offices/", headers={"accept-language": "uk"})
    assert response.status_code == 404
    assert '<html lang="uk">' in response.content.decode()


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_not_found_speaks_the_language_of_the_address(client, language):
    response = client.get(f"/{language}/nothing/here/")
    assert response.status_code == 404
    assert f'<html lang="{language}">' in response.content.decode()


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_a_broken_page_speaks_the_language_of_the_address(monkeypatch, language):
    from portal.views import Home

    def broken(self, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(Home, "get_context_data", broken)
    response = Client(raise_request_exception=False).get(f"/{language}/")
    assert response.status_code == 500
    html = response.content.decode()
    assert f'<html lang="{language}">' in html
    assert "112" in html


@pytest.mark.parametrize("host", ["evil.example", "localhost:port", "a b", ""])
def test_wrong_host_is_refused(client, host):
    assert client.get("/en/", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_readers_pages_take_no_other_method(client, method):
    assert getattr(client, method)("/en/offices/").status_code == 405
