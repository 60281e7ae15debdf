"""What is read back from every surface is what :mod:`offices.schedule` says."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from xml.etree.ElementTree import Element

import pytest
from django.db import transaction
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone, translation
from opening_hours import OpeningHours

from offices.calendar_feed import office_calendar
from offices.models import Channel, Office, ServicePoint
from offices.schedule import SERVING, WARSAW, Day, Kind, Schedule, days, spans
from offices.sentences import sentence
from offices.structured_data import office_data
from offices.templatetags.hours import office_answer, osm_hours
from offices.week_table import DAYS_AHEAD
from tests.factories import delete_all_content, make_office

from .layers import (
    as_page_fetches,
    make_calendar,
    make_counter,
    make_every_layer,
    make_office_with_unreadable_rows,
    make_office_without_points,
)
from .surfaces import (
    BY_APPOINTMENT,
    ONE_DAY,
    OPEN,
    UNKNOWN,
    Feed,
    PageWeek,
    Sentence,
    Spans,
    channels_in,
    json_ld_in,
    json_ld_of,
    json_ld_on,
    osm_kind_at,
    parse_html,
    text_of,
    with_class,
)

pytestmark = pytest.mark.django_db

WINDOW = 60
MOMENTS = [
    datetime(2026, 12, 14, 9, 30, tzinfo=WARSAW),
    datetime(2026, 12, 20, 23, 59, tzinfo=WARSAW),
    datetime(2026, 12, 24, 12, 0, tzinfo=WARSAW),
    datetime(2026, 12, 31, 12, 0, tzinfo=WARSAW),
    datetime(2027, 1, 1, 0, 0, tzinfo=WARSAW),
    datetime(2027, 1, 9, 1, 30, tzinfo=WARSAW),
    datetime(2027, 3, 26, 8, 0, tzinfo=WARSAW),
    datetime(2028, 2, 29, 10, 0, tzinfo=WARSAW),
]

OWN = "Opening hours of the office"


@dataclass(frozen=True)
class Told:
    """All that is told of one live channel, or of an office itself, at the moment ``now``."""

    owner: Channel | Office
    now: datetime
    element: Element
    department: dict
    feed: Feed
    osm: str

    @property
    def today(self) -> date:
        return self.now.astimezone(WARSAW).date()

    @property
    def days(self) -> list[Day]:
        last = self.today + (WINDOW - 1) * ONE_DAY
        return list(days(self.owner.hours, self.today, last))

    @property
    def service(self) -> str:
        return name_of(self.owner)


def name_of(owner: Channel | Office) -> str:
    """As it is called in the feed and beside the string for OpenStreetMap."""
    if isinstance(owner, Office):
        return OWN
    return f"{owner.service_point} – {owner}"


def by_schedule(day: Day) -> Spans | str:
    found = frozenset((one.hours.opens, one.hours.closes, one.kind.value) for one in day.spans)
    return found or day.kind.value


def kind_at(schedule: Schedule, moment: datetime) -> str:
    """What holds, from the spans of the day and of the night before."""
    today = moment.astimezone(WARSAW).date()
    holding = {
        span.kind.value
        for span in spans(schedule, today - ONE_DAY, today)
        if span.start <= moment < span.end
    }
    best = [kind for kind in (OPEN, BY_APPOINTMENT) if kind in holding]
    return best[0] if best else schedule.day(today).kind.value


def told_at(office: Office, now: datetime) -> list[Told]:
    """What the parts of which pages are made say of ``office`` at any moment."""
    today = now.astimezone(WARSAW).date()
    feed = Feed(office_calendar(office, now, "https://portal.test/"))
    data = office_data(office, today, str)
    departments = data.get("department", [])
    osm = {name_of(row.owner): row.text for row in osm_hours(office, now)}
    told = []
    if office.effective_schedule:
        told.append(Told(office, now, own_hours(office, now), data, feed, osm.get(OWN, "")))
    for point, department in zip(office.current_points, departments, strict=True):
        if point.is_past(today):
            continue
        html = render_to_string("offices/_channels.html", {"point": point, "now": now, "level": 3})
        told += told_of(point, now, parse_html(html), department, feed, osm)
    return told


def told_on_pages(client, office: Office) -> list[Told]:
    """What the pages of ``office`` and its service points say now."""
    feed = Feed(client.get(f"{office.get_absolute_url()}calendar.ics").content)
    told = []
    if office.effective_schedule:
        html = client.get(office.get_absolute_url()).content.decode()
        page, now = parse_html(html), timezone.now()
        (own,) = [one for one in page.iter("section") if one.get("aria-labelledby") == "address"]
        told.append(Told(office, now, own, json_ld_in(html), feed, osm_on(page).get(OWN, "")))
    for point in office.current_points:
        html = client.get(point.get_absolute_url()).content.decode()
        page = parse_html(html)
        told += told_of(point, timezone.now(), page, json_ld_in(html), feed, osm_on(page))
    return told


def osm_on(page: Element) -> dict[str, str]:
    found = [one for one in page.iter("details") if "Data for machines" in text_of(one)]
    return {text_of(row[0]): text_of(row[1]) for one in found for row in one.iterfind("dl/div")}


def own_hours(office: Office, now: datetime) -> Element:
    """What lists and its page show of the hours of ``office`` itself."""
    context = {"owner": office, "now": now, "answer": office_answer({"now": now}, office)}
    templates = ("offices/_state.html", "offices/_week.html")
    return parse_html("".join(render_to_string(name, context) for name in templates))


def told_of(point: ServicePoint, now, page, department, feed, osm) -> list[Told]:
    return [
        Told(channel, now, element, department, feed, osm.get(name_of(channel), ""))
        for channel, element in zip(point.channels.all(), channels_in(page), strict=True)
        if channel.is_live
    ]


def starter_offices() -> list[Office]:
    return [as_page_fetches(office) for office in Office.objects.published()]


def offices_with_every_layer() -> list[Office]:
    delete_all_content()
    made = make_every_layer(), make_office_without_points(), make_office_with_unreadable_rows()
    return [as_page_fetches(one) for one in made]


@pytest.fixture(
    scope="module",
    params=[
        (offices, moment)
        for offices in (starter_offices, offices_with_every_layer)
        for moment in (None, *MOMENTS)
    ],
    ids=lambda case: f"{case[0].__name__}-{case[1] or 'pages'}",
)
def all_told(request, django_db_setup, django_db_blocker) -> list[Told]:
    """All live channels: as the pages have them now, and as they would at other moments.

    What was made for them is gone afterwards.
    """
    offices, moment = request.param
    with django_db_blocker.unblock(), transaction.atomic(), translation.override("en"):
        if moment is None:
            told = [one for office in offices() for one in told_on_pages(Client(), office)]
        else:
            told = [one for office in offices() for one in told_at(office, moment)]
        transaction.set_rollback(True)
    return told


@pytest.fixture(params=[starter_offices, offices_with_every_layer], ids=lambda one: one.__name__)
def all_owners(request, db) -> list[Channel | Office]:
    """All live channels, and the offices with hours of their own."""
    offices = request.param()
    points = [point for office in offices for point in office.current_points]
    channels = [channel for point in points for channel in point.live_channels]
    return [*channels, *(office for office in offices if office.effective_schedule)]


def test_week_table_agrees(all_told):
    assert all_told
    for told in all_told:
        week = PageWeek(told.element, told.today)
        assert week.is_shown or told.owner.effective_schedule is None or not told.days[0].spans
        if told.owner.effective_schedule:
            for day in told.days[:DAYS_AHEAD]:
                assert week.hours_on(day.date) == by_schedule(day), (told.service, day)


def test_json_ld_agrees(all_told):
    for told in all_told:
        specifications = json_ld_of(told.owner, told.department)
        if told.owner.effective_schedule is None:
            assert specifications == []
            continue
        for day in told.days:
            # Of days before and after the service it says nothing.
            expected = by_schedule(day) if day.is_in_service else UNKNOWN
            assert json_ld_on(specifications, day.date) == expected, (told.service, day)


def test_calendar_agrees(all_told):
    for told in all_told:
        for day in told.days:
            found = told.feed.hours_on(day.date, told.service)
            if day.is_exceptional or found is not None:
                assert found == by_schedule(day), (told.service, day)


def test_calendar_has_no_event_of_an_ordinary_day(all_told):
    feeds: dict[int, list[Told]] = {}
    for told in all_told:
        feeds.setdefault(id(told.feed), []).append(told)
    for group in feeds.values():
        for together in zip(*(told.days for told in group), strict=True):
            day = together[0].date
            assert any(one.is_exceptional for one in together) == any(
                event.start <= day < event.end for event in group[0].feed.events
            ), (group[0].service, day)


def test_sentence_of_the_page_agrees(all_told):
    for told in all_told:
        (state,) = with_class(told.element, "state")
        kind = kind_at(told.owner.hours, told.now)
        assert Sentence.read(text_of(state), told.now).kind == kind, told.service
        assert f"state--{kind}" in state.get("class").split()


def moments_of(schedule: Schedule, first: date, last: date) -> list[datetime]:
    """Around all turns of the hours from ``first`` to ``last``."""
    turns = [turn for span in spans(schedule, first, last) for turn in (span.start, span.end)]
    noons = [
        datetime(day.year, day.month, day.day, 12, tzinfo=WARSAW)
        for day in (first + number * ONE_DAY for number in range(0, WINDOW, 5))
    ]
    # Counted in UTC: a clock that is put forward shows no 2:59.
    before = [(turn.astimezone(UTC) - timedelta(minutes=1)).astimezone(WARSAW) for turn in turns]
    return sorted({*noons, *turns, *before})


def test_sentence_agrees_at_every_turn(all_owners):
    first = MOMENTS[0].date()
    for owner in all_owners:
        schedule = owner.hours
        for moment in moments_of(schedule, first, first + WINDOW * ONE_DAY):
            text = sentence(owner.state_at(moment), moment)
            read = Sentence.read(text, moment)
            assert read.kind == kind_at(schedule, moment), (owner, moment, text)
            check_end(schedule, read, text)
            check_opening(schedule, read, moment, text)


def check_end(schedule: Schedule, read: Sentence, text: str) -> None:
    """The end that a sentence names is the moment at which the kind changes."""
    if read.until:
        assert kind_at(schedule, read.until) != read.kind, text
        assert kind_at(schedule, read.until - timedelta(minutes=1)) == read.kind, text


def check_opening(schedule: Schedule, read: Sentence, moment: datetime, text: str) -> None:
    """The opening that a sentence names is the next one; where it names none, none is near."""
    if read.kind in SERVING:
        return
    last = (read.opening or moment + WINDOW * ONE_DAY).date()
    near = spans(schedule, moment.astimezone(WARSAW).date(), last)
    coming = [span for span in near if span.start > moment]
    if read.opening:
        assert read.opening == coming[0].start, (moment, text)
    else:
        assert not coming, (moment, text)


def test_special_hours_of_a_calendar_open_nothing_whose_week_is_not_known(no_content):
    calendar = make_calendar("city", {"2026-12-31": "08:00–12:00"})
    make_counter(make_office(holiday_calendar=calendar), "Desk")
    (channel,) = Channel.objects.all()
    day = channel.hours.day(date(2026, 12, 31))
    assert (day.spans, day.kind) == ((), Kind.UNKNOWN)
    assert channel.state_at(MOMENTS[0]).next_opening is None


def test_past_points_keep_their_week_and_nothing_else(client):
    today = timezone.localdate()
    points = [one for one in ServicePoint.objects.published() if one.is_past(today)]
    assert points
    for point in points:
        html = client.get(point.get_absolute_url()).content.decode()
        assert "application/ld+json" not in html
        for channel, element in zip(
            point.channels.all(), channels_in(parse_html(html)), strict=True
        ):
            week = PageWeek(element, today)
            for number in range(DAYS_AHEAD):
                day = channel.hours.weekly_day(today + number * ONE_DAY)
                assert not week.is_shown or week.hours_on(day.date) == by_schedule(day)


def test_openstreetmap_agrees(all_told):
    for told in all_told:
        if not told.osm:
            served = [span for day in told.days for span in day.spans]
            assert told.owner.effective_schedule is None or not served, told.service
            continue
        hours = OpeningHours(told.osm, timezone=WARSAW, country="PL")
        last = told.days[-1].date
        for moment in moments_of(told.owner.hours, told.today, last):
            if not is_night_that_the_string_loses(told.owner.hours, moment):
                expected = kind_at(told.owner.hours, moment)
                assert osm_kind_at(hours, moment) == expected, (told.service, moment, told.osm)


def is_night_that_the_string_loses(schedule: Schedule, moment: datetime) -> bool:
    """Whether hours run past midnight into or out of a day that is not as in the week.

    In OpenStreetMap's grammar such a day cuts the night before it; in ours it does not.
    """
    today = moment.astimezone(WARSAW).date()
    plans = [*days(schedule, today - ONE_DAY, today), schedule.weekly_day(today - ONE_DAY)]
    nights = [span for plan in plans for span in plan.spans if span.hours.closes > 24 * 60]
    return bool(nights) and any(plan.is_exceptional for plan in plans)
