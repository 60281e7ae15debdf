"""The lists narrowed to what is open, and what is kept of them by caches."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from offices.models import Schedule
from tests.factories import (
    WHOLE_WEEK,
    add_rule,
    make_channel,
    make_office,
    make_procedure,
    make_schedule,
    make_service_point,
    make_topic,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("afternoon")]

ALWAYS = "00:00–24:00"
EVENING = "16:00–24:00"


def place(name, hours=None, **fields):
    """A service point of its own office, open the same hours on all days and holidays."""
    point = make_service_point(office=make_office(name_en=f"Office-{name}"), **fields)
    point.name_en = f"Point-{name}"
    point.save()
    channel = make_channel(point)
    if hours is not None:
        add_rule(make_schedule(channel=channel, observes_holidays=False), hours, WHOLE_WEEK)
    return point


def split(page):
    """The page before and after the heading of what is not known."""
    main = page.split("<main", 1)[1]
    known, _heading, unknown = main.partition("Not known whether they are open")
    return known, unknown


def letters(text):
    return set(re.findall(r"(?:Office|Point)-([A-Z])", text))


@pytest.mark.parametrize("path", ["/en/offices/", "/en/service-points/"])
@pytest.mark.parametrize("when", ["now", "after-16"])
def test_what_is_not_known_is_listed_apart_with_the_reason(client, no_content, path, when):
    place("A", ALWAYS)
    place("B", "")
    place("C")
    known, unknown = split(client.get(path, {"when": when}).content.decode())
    assert letters(known) == {"A"}
    assert letters(unknown) == {"C"}
    assert "Hours not known" in unknown


@pytest.mark.parametrize("when", ["now", "after-16"])
def test_the_own_hours_of_an_office_without_points_count(client, no_content, when):
    for name, hours in [("A", ALWAYS), ("B", ""), ("C", None)]:
        office = make_office(name_en=f"Office-{name}")
        if hours is not None:
            add_rule(make_schedule(office=office, observes_holidays=False), hours, WHOLE_WEEK)
    known, unknown = split(client.get("/en/offices/", {"when": when}).content.decode())
    assert (letters(known), letters(unknown)) == ({"A"}, {"C"})


def test_a_list_waits_for_the_own_hours_of_an_office_too(client, no_content, afternoon):
    make_schedule("14:32–24:00", WHOLE_WEEK, office=make_office(), observes_holidays=False)
    response = client.get("/en/offices/")
    assert response.context["fresh_until"] == afternoon.replace(minute=32, second=0)


def test_without_the_choice_everything_is_one_list(client, no_content):
    place("A", ALWAYS)
    place("B", "")
    place("C")
    known, unknown = split(client.get("/en/offices/").content.decode())
    assert (letters(known), unknown) == ({"A", "B", "C"}, "")


def test_one_point_must_offer_the_subject_at_that_time(client, no_content):
    topic = make_topic(slug="taxes")
    with_topic = place("A", "")
    with_topic.topics.add(topic)
    open_point = make_service_point(office=with_topic.office)
    make_schedule(ALWAYS, WHOLE_WEEK, channel=make_channel(open_point))
    Schedule.objects.update(observes_holidays=False)
    other = place("B", ALWAYS)
    other.topics.add(topic)
    page = client.get("/en/offices/", {"when": "now", "topic": "taxes"}).content.decode()
    assert letters(page) == {"B"}


@pytest.mark.parametrize("path", ["/en/offices/", "/en/service-points/"])
def test_the_language_of_the_hours_counts(client, no_content, path):
    point = place("A", ALWAYS, spoken_languages=["pol"])
    rules = point.channels.get().schedule.rules
    rules.update(languages=["pol", "vie"])
    page = client.get(path, {"language": "vie", "when": "now"}).content.decode()
    assert '<option value="vie" selected>' in page
    assert letters(page) == {"A"}
    rules.update(languages=["pol"])
    rules.create(weekdays=[0], hours="08:00–09:00", languages=["vie"], valid_from="2099-01-01")
    assert letters(client.get(path, {"language": "vie"}).content.decode()) == {"A"}
    page = client.get(path, {"language": "vie", "when": "now"}).content.decode()
    assert letters(page) == set()


@pytest.mark.parametrize("path", ["/en/offices/", "/en/service-points/"])
def test_nobody_signs_on_the_telephone(client, no_content, path):
    point = place("A", "", signed_languages=["pso"])
    telephone = make_channel(point, "telephone", "112")
    make_schedule(ALWAYS, WHOLE_WEEK, channel=telephone)
    Schedule.objects.update(observes_holidays=False)
    wish = {"language": "pso", "when": "now"}
    assert letters(client.get(path, wish).content.decode()) == set()
    telephone.kind, telephone.value = "video", "https://example.pl/"
    telephone.save()
    assert letters(client.get(path, wish).content.decode()) == {"A"}


@pytest.mark.parametrize("path", ["/en/offices/", "/en/service-points/"])
def test_a_list_of_what_is_open_waits_for_what_opens_next(client, no_content, path, afternoon):
    place("A", "14:32–24:00")
    response = client.get(path, {"when": "now"})
    assert letters(response.content.decode()) == set()
    assert response.context["fresh_until"] == afternoon.replace(minute=32, second=0)


def test_home_waits_for_what_opens_next(client, no_content, afternoon):
    place("A", "14:32–24:00")
    response = client.get("/en/")
    assert letters(response.content.decode().split("<main", 1)[1]) == set()
    assert response.context["fresh_until"] == afternoon.replace(minute=32, second=0)


def test_another_desk_of_the_office_says_nothing_of_the_one_that_speaks_the_language(
    client, no_content
):
    point = place("A", EVENING, spoken_languages=["vie"])
    make_channel(make_service_point(office=point.office, name_en="Point-B"))
    page = client.get("/en/offices/", {"language": "vie", "when": "now"}).content.decode()
    assert letters(page.split("<main", 1)[1]) == set()


def test_a_choice_of_time_that_does_not_exist_is_left_out(client, no_content):
    place("A", "")
    page = client.get("/en/offices/", {"when": "never"}).content.decode()
    assert "was left out" in page
    assert letters(page) == {"A"}


def test_a_point_that_does_not_serve_yet_is_not_open_now(client, no_content):
    tomorrow = timezone.localdate() + timedelta(days=1)
    place("A", ALWAYS, valid_from=tomorrow)
    known, unknown = split(client.get("/en/offices/", {"when": "now"}).content.decode())
    assert letters(known) | letters(unknown) == set()


@pytest.mark.parametrize("when", ["now", "after-16"])
def test_the_places_of_a_procedure_can_be_narrowed_too(client, no_content, when):
    procedure = make_procedure(slug="sprawa")
    for name, hours in [("A", EVENING if when == "after-16" else ALWAYS), ("B", ""), ("C", None)]:
        procedure.locations.create(service_point=place(name, hours))
    page = client.get("/en/procedures/sprawa/", {"when": when}).content.decode()
    where = page.split('id="where"')[1].split('aria-labelledby="cost"')[0]
    known, _heading, unknown = where.partition("Not known whether they are open")
    assert letters(known) == {"A"}
    assert letters(unknown) == {"C"}


@pytest.mark.parametrize(
    "path",
    [
        "/en/",
        "/en/offices/",
        "/en/service-points/",
        "/en/offices/main/",
        "/en/service-points/point/",
        "/en/service-points/point/days/",
        "/en/procedures/sprawa/",
    ],
)
def test_a_page_with_states_is_fresh_until_the_next_change(client, no_content, path):
    point = make_service_point(slug="point", office=make_office(slug="main"))
    make_procedure(slug="sprawa").locations.create(service_point=point)
    make_schedule("08:00–14:31", WHOLE_WEEK, channel=make_channel(point))
    Schedule.objects.update(observes_holidays=False)
    response = client.get(path)
    # Half a minute is left.
    assert re.search(r"max-age=(\d+)", response["Cache-Control"])[1] == "30"
    assert "fresh-until" in response.content.decode()


def test_a_preview_is_never_kept(client, no_content):
    from publishing.views import preview_token

    point = make_service_point(status="draft")
    response = client.get(point.get_absolute_url(), {"preview": preview_token(point)})
    assert "no-store" in response["Cache-Control"]


def test_sixty_days_are_told_one_by_one(client, no_content):
    point = place("A", "08:00–16:00")
    page = client.get(f"/en/service-points/{point.slug}/days/").content.decode()
    dates = re.findall(r'datetime="([\d-]+)"', page)
    today = timezone.localdate()
    assert dates == [str(today + timedelta(days=number)) for number in range(60)]
    assert page.count("08:00–16:00") == 60
