"""What the pages of offices and service points show."""

from datetime import date

import pytest

from procedures.models import Procedure
from tests.factories import (
    WHOLE_WEEK,
    make_channel,
    make_office,
    make_procedure,
    make_schedule,
    make_service_point,
    make_topic,
)

from .surfaces import parse_html, with_class

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("afternoon")]


def html(client, path):
    return client.get(path).content.decode()


def test_offices_are_listed_with_hours_and_languages(client, no_content):
    point = make_service_point(spoken_languages=["ukr"], signed_languages=["pso"])
    make_schedule("08:00–16:00", [0], channel=make_channel(point))
    page = html(client, "/en/offices/")
    assert "Ukrainian" in page
    assert "Polish Sign Language" in page
    assert "Closed" in page or "Open until" in page


def test_an_office_without_points_tells_its_own_hours(client, no_content):
    office = make_office()
    assert "Hours and languages: not known" in html(client, "/en/offices/")
    make_schedule("00:00–24:00", WHOLE_WEEK, office=office, observes_holidays=False)
    page = html(client, "/en/offices/")
    assert "Open at all hours" in page
    assert "Languages spoken: not known" in page
    assert "Open at all hours" in html(client, office.get_absolute_url())


def test_unknown_hours_and_languages_are_said(client, no_content):
    make_channel(make_service_point(), "telephone", "+48 12 210 20 20")
    page = html(client, "/en/offices/")
    assert "Hours not known" in page
    assert "Languages spoken: not known" in page
    assert 'href="tel:+48122102020"' in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"A", "B"}),
        ("?kind=state", {"B"}),
        ("?language=vie", {"A"}),
        ("?language=pso", {"B"}),
        ("?topic=taxes", {"B"}),
        ("?topic=taxes&language=vie", set()),
    ],
)
def test_offices_are_filtered(client, no_content, query, found):
    topic = make_topic(slug="taxes")
    first = make_office(kind="city", name_en="Office-A")
    second = make_office(kind="state", name_en="Office-B")
    make_service_point(office=first, spoken_languages=["vie"])
    make_service_point(office=second, signed_languages=["pso"]).topics.add(topic)
    page = html(client, f"/en/offices/{query}")
    assert {letter for letter in "AB" if f"Office-{letter}" in page} == found


@pytest.mark.parametrize(
    "unseen",
    [
        {"status": "draft"},
        {"valid_until": date(2026, 4, 26)},
        {"valid_from": date(2100, 1, 1)},
    ],
)
def test_a_point_that_serves_nobody_makes_no_choice_and_finds_no_office(client, no_content, unseen):
    topic, other_topic = make_topic(slug="taxes"), make_topic(slug="cars")
    make_service_point(spoken_languages=["vie"]).topics.add(topic)
    point = make_service_point(
        office=make_office(name_en="Office-B"), spoken_languages=["vie", "kat"], **unseen
    )
    point.topics.add(topic, other_topic)
    make_schedule(channel=make_channel(point)).rules.create(weekdays=[0], languages=["zho"])
    page = html(client, "/en/offices/")
    assert "Office-B" in page
    for choice in ("kat", "zho", "cars"):
        assert f'value="{choice}"' not in page
    for query in ("?language=vie", "?topic=taxes"):
        assert "Office-B" not in html(client, f"/en/offices/{query}")


def test_only_languages_that_somebody_speaks_can_be_chosen(client, no_content):
    make_service_point(spoken_languages=["kat"])
    page = html(client, "/en/service-points/")
    assert '<option value="kat">Georgian</option>' in page
    assert 'value="vie"' not in page


def test_lists_stand_in_the_alphabet_of_the_reader(client, no_content):
    for name in ("Żaba", "Łąka", "Lis", "Ala"):
        make_office(name_pl=name)
    page = html(client, "/pl/offices/")
    places = [page.index(f">{name}<") for name in ("Ala", "Lis", "Łąka", "Żaba")]
    assert places == sorted(places)


def test_what_is_past_is_shown_as_past_and_only_on_its_pages(client, no_content):
    office = make_office()
    point = make_service_point(office=office, name_en="Old desk", valid_until=date(2026, 4, 26))
    assert "Old desk" not in html(client, "/en/service-points/")
    assert "served people until 26 April 2026" in html(client, f"/en/offices/{office.slug}/")
    assert "What follows is history" in html(client, f"/en/service-points/{point.slug}/")


def test_a_point_that_starts_later_is_not_open_yet(client, no_content):
    office = make_office()
    point = make_service_point(office=office, name_en="New desk", valid_from=date(2100, 1, 1))
    make_schedule("00:00–23:59", WHOLE_WEEK, channel=make_channel(point))
    assert "New desk" not in html(client, "/en/")
    assert "New desk" not in html(client, "/en/service-points/")
    page = html(client, f"/en/offices/{office.slug}/")
    assert "serves people from 1 January 2100" in page
    assert "Closed now. Opens 2 January 2100 at 00:00" in page


def test_subject_and_language_must_be_those_of_one_point(client, no_content):
    office = make_office(name_en="Office-A")
    make_service_point(office=office, spoken_languages=["vie"])
    make_service_point(office=office).topics.add(make_topic(slug="cars"))
    assert "Office-A" not in html(client, "/en/offices/?topic=cars&language=vie")


def test_points_of_a_draft_office_stay_hidden(client, no_content):
    point = make_service_point(office=make_office(status="draft"), name_en="Desk of a draft")
    assert "Desk of a draft" not in html(client, "/en/service-points/")
    assert client.get(point.get_absolute_url()).status_code == 404


def test_drafts_of_service_points_stay_hidden(client, no_content):
    office = make_office()
    make_service_point(office=office, name_en="Secret desk", status="draft")
    assert "Secret desk" not in html(client, f"/en/offices/{office.slug}/")
    assert "Secret desk" not in html(client, "/en/offices/")


def test_opole_rules_are_there_as_opoles_and_as_past(client):
    page = html(client, "/en/service-points/rezerwacja-opole/")
    for fact in (
        "26 April 2026",
        "09:00–10:00",
        "1 appointment in one call",
        "at least 10 minutes",
    ):
        assert fact in page
    assert "More than 5 minutes late" in page
    assert "not possible" in page


def test_a_notice_that_ended_is_shown_as_no_longer_valid(client):
    page = html(client, "/en/service-points/punkt-informacyjny-dla-obcokrajowcow/")
    assert "Earlier notice, no longer valid" in page


def test_a_notice_of_one_day_names_the_day_once(client, no_content):
    point = make_service_point()
    point.notices.create(text_pl="Zamknięte.", starts_on="2100-12-28", ends_on="2100-12-28")
    point.notices.create(text_pl="Dawno.", starts_on="2020-01-02", ends_on="2020-01-02")
    page = html(client, point.get_absolute_url())
    assert page.count("28 December 2100") == 1
    assert page.count("2 January 2020") == 1


def test_a_subject_of_drafts_alone_leads_nowhere(client, no_content):
    point, topic = make_service_point(), make_topic(name_en="Taxes")
    point.topics.add(topic)
    procedure = make_procedure(status="draft")
    procedure.topics.add(topic)
    link = f"/en/procedures/?topic={topic.slug}"
    html = client.get(point.get_absolute_url()).content.decode()
    assert "Taxes" in html
    assert link not in html
    Procedure.objects.update(status="published")
    assert link in client.get(point.get_absolute_url()).content.decode()


def test_second_page_of_many_offices(client, no_content):
    for _ in range(41):
        make_office()
    first, second = html(client, "/en/offices/"), html(client, "/en/offices/?page=2&kind=city")
    for page, links in ((first, ["next"]), (second, ["prev"])):
        assert [rel for rel in ("prev", "next") if f'rel="{rel}"' in page] == links
    assert "pagination" not in html(client, "/en/service-points/")
    assert first.count("<article") == 40
    assert second.count("<article") == 1
    assert "?kind=city&amp;page=1" in second or "page=1&amp;kind=city" in second


@pytest.mark.parametrize(
    "path",
    [
        "/en/offices/",
        "/en/offices/main/",
        "/en/service-points/",
        "/en/service-points/point/",
        "/en/service-points/point/days/",
        "/en/procedures/sprawa/",
    ],
)
def test_what_holds_now_lies_in_parts_that_a_page_left_open_renews(client, no_content, path):
    point = make_service_point(slug="point", office=make_office(slug="main"))
    make_procedure(slug="sprawa").locations.create(service_point=point)
    make_schedule("08:00–16:00", [0], office=point.office)
    make_schedule("08:00–12:00", [0], channel=make_channel(point))
    page = parse_html(html(client, path))
    parts = [one for one in page.iter() if one.get("data-live")]
    keys = [one.get("data-live") for one in parts]
    assert len(keys) == len(set(keys))
    renewed = [one for part in parts for one in part.iter()]
    told = [one for name in ("state", "week__mark") for one in with_class(page, name)]
    assert told
    assert all(one in renewed for one in told)
