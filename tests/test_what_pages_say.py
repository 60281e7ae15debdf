"""What readers are told, word by word: each page as plain text, compared with ``pages/<name>.txt``.

A rule of display that is lost or reversed changes one of these texts. After a deliberate change run
with ``REWRITE_PAGES=1`` and read the difference before you commit it.
"""

import os
import re
from datetime import date, datetime
from pathlib import Path
from urllib.parse import quote

import html5lib
import pytest
from django.utils import timezone

from glossary.models import Declension
from glossary.vocabulary import keep_declensions
from offices.models import HolidayCalendar, Schedule
from offices.schedule import WARSAW
from procedures.models import Procedure
from publishing.models import Unit
from publishing.views import preview_token

from .factories import (
    add_rule,
    make_channel,
    make_office,
    make_procedure,
    make_schedule,
    make_service_point,
    make_source,
    make_term,
    make_topic,
)

pytestmark = pytest.mark.django_db

# A Monday, ten o'clock.
NOW = datetime(2026, 11, 23, 10, tzinfo=WARSAW)
PAST, LAST = date(2026, 6, 30), date(2027, 6, 30)
PAGES = Path(__file__).parent / "pages"

_BLOCKS = re.compile(
    "address|article|aside|caption|d[dlt]|details|div|fieldset|footer|form|h[1-4]|header|label|"
    "legend|li|main|nav|ol|option|p|section|select|summary|table|tbody|t[dhr]|thead|ul|br"
)
_LEFT_OUT = {"script", "template"}
# Elements that say something without a text.
_VOID = {"br", "input"}
# Classes that tell a fact by their colour or size.
_TELLING = re.compile(
    r"\b(?:state--\w+|way--no|past|week__today|week__some|days__different|\w+--unknown)\b"
)


def as_text(html, language):
    """What stands in ``<main>``: a line a block, links with targets, other languages marked."""
    main = html5lib.parse(html, namespaceHTMLElements=False).find(".//main")
    pieces = []

    def add(element):
        if element.tag in _LEFT_OUT or "}" in element.tag:  # drawings have names of their own
            return
        mark = f"{element.tag} " if re.fullmatch("h[1-4]", element.tag) else ""
        mark += f"‹{element.get('lang')}›" if element.get("lang", language) != language else ""
        mark += "✓" if element.get("aria-current") or element.get("selected") is not None else ""
        if element.tag == "input":
            mark += f"[{element.get('type')}]"
        mark += "".join(f"«{name}»" for name in _TELLING.findall(element.get("class", "")))
        if not ((element.text or "").strip() or len(element) or element.tag in _VOID):
            mark += "∅"
        edge = "\n" * bool(_BLOCKS.fullmatch(element.tag))
        pieces.append(edge + mark + (element.text or ""))
        for child in element:
            add(child)
            pieces.append(child.tail or "")
        # Keys of parts are what the database gives.
        href = re.sub(r"#(booking|document)-\d+", r"#\1-…", element.get("href", ""))
        pieces.append(f" ({href})" * (element.tag == "a") + edge)

    add(main)
    lines = (" ".join(line.split()) for line in "".join(pieces).splitlines())
    return "\n".join(filter(None, lines)) + "\n"


def make_told():
    """What every record may say of itself."""
    unit = Unit.objects.create(
        slug="unit", name_pl="Wydział", name_en="Department", name_uk="Відділ"
    )
    return {
        "owner": unit,
        "caution_en": "Beware.",
        "published_on": date(2026, 1, 2),
        "changed_on": date(2026, 2, 3),
        "checked_on": date(2026, 3, 4),
        "review_by": date(2026, 11, 22),
    }


def make_words(told):
    related = make_term(slug="related", name_pl="meldunek", name_en="registration")
    word = make_term(
        slug="word",
        name_pl="wniosek",
        name_en="application",
        name_uk="заява",
        name_ru=None,
        meaning_en="What you hand in.",
        details_en="<p>Details.</p>",
        **told,
    )
    word.sections.create(heading_en="More", heading_pl="Więcej", body_en="<p>Much more.</p>")
    word.aliases.create(language="en", text="request form")
    word.aliases.create(language="pl", text="podanie")
    word.related_terms.add(related)
    # Not what the dictionaries of this machine say.
    keep_declensions([word])
    Declension.objects.filter(name="wniosek").update(paradigm=["wniosku", "wnioski"])
    return word, related


def make_offices(told, source):
    parent = make_office(slug="parent", name_en="City Hall", published_on=date(2026, 1, 2))
    calendar = HolidayCalendar.objects.create(slug="calendar", name_pl="Kalendarz")
    calendar.days.create(date=date(2026, 12, 7), name_en="Day of ours")
    office = make_office(
        slug="office",
        name_pl="Urząd",
        name_en="Office",
        kind="state",
        parent=parent,
        summary_en="Short.",
        description_en="<p>Long.</p>",
        street="ul. Prosta",
        house_number="1",
        postal_code="30-001",
        district=1,
        latitude="50.065",
        longitude="19.94",
        directions_en="Tram 1.",
        website_url="https://example.org",
        bip_url="https://bip.example.org",
        has_lift=True,
        has_step_free_entrance=False,
        accessibility_note_en="Ring the bell.",
        holiday_calendar=calendar,
        **told,
    )
    make_office(slug="child", name_en="Branch", kind="state", parent=office)
    make_schedule("07:30–15:30", office=office, source=source, note_en="Sources disagree.")
    return office


def make_point(office, told, source):
    point = make_service_point(
        slug="point",
        name_en="Desk",
        name_pl="Okienko",
        office=office,
        summary_en="What is done.",
        description_en="<p>All that is done.</p>",
        room_en="Room 5",
        districts=[1, 2],
        spoken_languages=["ukr"],
        signed_languages=["pso"],
        languages_note_en="ask",
        **told,
    )
    week = make_schedule(
        "08:00–12:00", channel=make_channel(point, note_en="Ticket."), source=source
    )
    late = {"last_admission": "16:30", "languages": ["eng"], "note_en": "Late"}
    add_rule(week, "13:00–17:00*", [0], **late)
    add_rule(week, "09:00–11:00", [5], weeks=[1])
    week.seasons.create(name_en="Rush", starts_on="2027-01-04", ends_on="2027-01-08")
    week.exceptions.create(starts_on="2026-11-26", reason_en="Training")
    for position, (kind, value) in enumerate(
        [
            ("telephone", "+48 12 616 55 55"),
            ("email", "desk@example.org"),
            ("online_form", "https://example.org/form"),
            ("post", "ul. Prosta 1"),
            ("video", "ask for it"),
        ],
        start=1,
    ):
        follows = kind == "telephone"
        make_channel(point, kind, value, position=position, follows_office_hours=follows)
    repairs = {"affects": ["video"], "reason_en": "Repairs"}
    for text, first, last, fields in [
        ("No tickets.", "2026-11-20", "2026-11-30", repairs | {"source": source}),
        ("Long over.", "2026-01-01", "2026-01-02", {"source": source}),
        ("One day over.", "2026-01-05", "2026-01-05", {}),
        ("One day.", "2026-12-28", "2026-12-28", {}),
        ("For good.", "2026-11-20", None, {}),
    ]:
        point.notices.create(text_en=text, starts_on=first, ends_on=last, **fields)
    return point


def make_booking_policies(point, source):
    point.booking_policies.create(
        name_en="Old visit",
        is_transferable=True,
        if_late_en="Wait outside.",
        valid_from="2025-01-01",
        valid_until="2025-12-31",
    )
    return point.booking_policies.create(
        name_en="Visit",
        channel=point.channels.get(kind="telephone"),
        who_may_book_en="All.",
        who_may_not_book_en="Nobody.",
        booked_days_en="Next week.",
        max_per_call=1,
        data_to_give_en="A name.",
        what_to_bring_en="<p>Papers.</p>",
        arrive_minutes_early=10,
        lost_after_minutes=5,
        if_absent_en="Book anew.",
        if_duplicate_en="The first counts.",
        is_transferable=False,
        valid_from="2026-01-01",
        full_rules_en="<p>All rules.</p>",
        source=source,
    )


def make_matter(told):
    procedure = make_procedure(
        slug="procedure",
        name_pl="Zamelduj się",
        name_en="Register",
        name_uk="Зареєструйтеся",
        official_name="Zameldowanie",
        symbol="SA-1",
        summary_en="Hand in an application.",
        audience=["eu", "ukr"],
        eligibility_en="<p>Everyone may.</p>",
        online_url="https://example.org/online",
        where_note_en="By district.",
        documents_note_en="Originals.",
        fees_note_en="Pay by card.",
        result_en="<p>A paper.</p>",
        appeal_to_en="The voivode",
        appeal_through_en="The office",
        appeal_within_days=14,
        appeal_note_en="<p>In writing.</p>",
        good_to_know_en="<p>It is free.</p>",
        **told,
    )
    fees = [
        {"purpose_en": "Stamp duty", "amount": 17, "due_en": "First.", "is_refundable": True},
        {"purpose_en": "Paper", "amount": "17.50", "is_optional": True, "note_en": "If asked."},
        {"purpose_en": "Card", "amount": 0, "is_refundable": False, "audience": ["ukr"]},
        {"purpose_en": "Copy", "amount": None, "valid_until": "2026-12-31"},
        {"purpose_en": "Old fee", "amount": 1, "valid_until": "2026-11-22"},
        {"purpose_en": "New duty", "amount": 20, "valid_from": "2027-01-01"},
        {"purpose_en": "New card", "amount": 30, "valid_from": "2027-01-01", "audience": ["ukr"]},
    ]
    fine = {"description_en": "from the move", "consequence_en": "A fine."}
    limits = [
        {"kind": "deadline", "amount": 30, "unit": "days", **fine},
        {"kind": "office", "amount": 0, "unit": "days"},
        {"kind": "office", "amount": 1, "unit": "months", "audience": ["ukr"]},
        {"kind": "in_practice", "description_en": "nobody knows"},
        {"kind": "validity", "on_date": "2027-03-04"},
    ]
    for fields in fees:
        procedure.fees.create(**({"purpose_pl": "Opłata"} | fields))
    for fields in limits:
        procedure.time_limits.create(**fields)
    ways = procedure.application_channels
    ways.create(kind="in_person", conditions_en="With a passport.")
    ways.create(kind="online", url="https://example.org/o", audience=["eu"])
    ways.create(kind="proxy", is_available=False)
    procedure.legal_bases.create(
        act="Ustawa", article="art. 1", journal="Dz.U. 1", url="https://example.org/act"
    )
    procedure.legal_bases.create(act="Kodeks", meaning_en="A code", audience=["ukr"])
    return procedure


def make_documents(procedure):
    passport = procedure.documents.create(
        name_pl="Paszport",
        name_en="Passport",
        form="original",
        translation="sworn",
        form_code="A-1",
        form_url="https://example.org/a1.pdf",
        form_languages=["pl", "en"],
        note_en="Valid.",
    )
    procedure.documents.create(
        name_pl="Wiza", audience=["ukr"], need="if_applicable", form_code="B-2"
    )
    for name in ("Lease", "Deed"):
        procedure.documents.create(name_pl=name, need="one_of", alternative_group=1)
    return passport


def make_full_portal():
    """Records of which everything is said, a part of it only in Polish or for one group."""
    told = make_told()
    source = make_source(
        slug="source",
        title="Karta",
        publisher="BIP",
        url="https://example.org/karta",
        dated_on=date(2024, 2, 3),
        checked_on=date(2026, 11, 1),
    )
    word, related = make_words(told)
    office = make_offices(told, source)
    point = make_point(office, told, source)
    policy = make_booking_policies(point, source)
    past = make_service_point(
        slug="past", name_en="Old desk", office=office, valid_until=date(2026, 4, 26)
    )
    coming = make_service_point(
        slug="coming", name_en="New desk", office=office, valid_from=date(2026, 12, 1)
    )
    for one in (past, coming):
        make_schedule("08:00–16:00", channel=make_channel(one))
    procedure = make_matter(told)
    passport = make_documents(procedure)
    other = make_procedure(slug="other", name_en="Another matter", audience=["non_eu"])
    first = make_procedure(slug="first", name_en="First this", audience=["eu"])

    procedure.exclusions.create(condition_en="you are a tourist", see=other)
    procedure.exclusions.create(condition_en="you moved out", audience=["ukr"])
    procedure.locations.create(service_point=point, note_en="Floor 2.", booking_policy=policy)
    procedure.locations.create(service_point=coming, audience=["eu"])
    procedure.locations.create(service_point=past)
    procedure.steps.create(
        title_pl="Wypełnij",
        title_en="Fill it in",
        text_en="<p>Write.</p>",
        document=passport,
        service_point=point,
        procedure_to_follow=other,
        term=word,
        url="https://example.org/step",
    )
    procedure.steps.create(
        title_pl="Podpisz", title_en="Sign", is_optional=True, audience=["ukr"], term=related
    )
    for name in ("Idź", "Wyślij"):
        procedure.steps.create(title_pl=name, alternative_group=1)
    procedure.related.create(other=other, relation="instead")
    procedure.related.create(other=first, relation="before", audience=["eu"])

    topic = make_topic(slug="topic", name_pl="Temat", name_en="Subject", description_en="All of it")
    procedure.topics.add(topic, make_topic(slug="second", name_en="Another", position=2))
    idle = make_topic(slug="idle", name_pl="Bez spraw", name_en="Without matters")
    for one in (point, past):
        one.topics.add(topic, idle)
        one.terms.add(word)
    procedure.life_events.create(slug="event", name_pl="Przyjazd", name_en="I have come")
    for record in (procedure, office, point, word):
        record.sources.set([source])


def make_bare_portal():
    make_procedure(slug="procedure", name_en="Register")
    point = make_service_point(slug="point", name_en="Desk", office=make_office(slug="office"))
    make_channel(point, "telephone", "112")
    make_channel(point, "video", "ask", position=1)
    make_service_point(slug="other", name_en="Other desk", office=point.office)
    make_term(slug="word", name_pl="PIT", name_en=None)


def make_partial_offices():
    rooms = make_office(slug="rooms", name_en="Rooms")
    make_office(slug="alone", name_en="Alone", bip_url="https://bip.example.org")
    town = make_office(
        slug="town",
        name_en="In town",
        street="Rynek",
        locality="Skawina",
        description_en="<p>Hand in a PIT.</p>",
    )
    make_schedule("08:00–16:00", office=town)
    kept = make_office(slug="kept", name_en="Kept", kind="ngo", website_url="https://example.org")
    make_schedule("08:00–16:00", office=kept)
    make_service_point(
        slug="gone", name_en="Gone", valid_until=PAST, office=make_office(slug="left")
    )

    rushed = make_service_point(
        slug="rushed", name_en="Rushed", office=town, spoken_languages=["ukr"], valid_until=LAST
    )
    week = make_schedule("07:00–15:00", channel=make_channel(rushed))
    season = week.seasons.create(name_en="Rush", starts_on="2026-11-01", ends_on="2026-12-31")
    add_rule(week, "08:00–12:00, 13:00–15:00", season=season, languages=["eng"])
    rushed.notices.create(
        text_en="Away.", starts_on="2026-11-25", ends_on="2026-11-25", affects=["in_person"]
    )
    # The one that serves best now stands for its kind in lists; of equals the first.
    make_schedule("20:00–21:00", channel=make_channel(rushed, "telephone", "111", position=1))
    phone = make_channel(rushed, "telephone", "112", position=1)
    make_schedule("09:00–11:00", channel=make_channel(rushed, "telephone", "113", position=1))
    make_schedule("08:00–12:00, 13:00–15:00", [0], channel=phone)
    post = make_channel(rushed, "post", "Rynek 1", position=2)
    for kind, value in [
        ("email", "an-address-that-is-longer-than-what-is-cut@example.org"),
        ("online_form", "https://example.org/an-address-that-is-longer-than-what-is-cut"),
    ]:
        make_channel(rushed, kind, value, position=3)
    rushed.booking_policies.create(name_en="Only named")
    rushed.booking_policies.create(name_en="By post", channel=post, lost_after_minutes=1)
    rushed.booking_policies.create(name_en="By phone", channel=phone, max_per_call=2)

    booked = make_service_point(
        slug="booked", name_en="Booked", description_en="<p>PIT.</p>", office=rooms
    )
    make_schedule("09:00–11:00*", channel=make_channel(booked))
    dated = make_service_point(slug="dated", name_en="Dated", languages_note_en="ask", office=town)
    only = make_schedule(channel=make_channel(dated), source=make_source())
    only.exceptions.create(starts_on="2026-11-27", hours="09:00–10:00", reason_en="Open day")
    make_schedule(channel=make_channel(dated, "telephone", "112", position=1))
    unchecked = make_schedule("08:00–09:00", channel=make_channel(dated, "chat", "ask", position=2))
    Schedule.objects.filter(pk__in=[only.pk, unchecked.pk]).update(checked_on=None)
    shared = make_topic(slug="shared", name_pl="Wspólny", name_en="Shared")
    for point in (booked, dated):
        point.topics.add(shared)
    return rooms, shared


def make_partial_portal():
    """Records of which one thing is said at a time, where the full ones say all."""
    rooms, shared = make_partial_offices()
    closed, uncertain, elsewhere = (
        make_service_point(slug=slug, name_en=slug, office=rooms)
        for slug in ("closed", "uncertain", "elsewhere")
    )
    make_schedule("12:00–13:00", channel=make_channel(closed))
    make_channel(uncertain)
    first = make_term(slug="first", name_pl="PIT", name_en=None)
    own = make_term(slug="own", name_pl="VAT", details_en="<p>No PIT.</p>")

    partial = make_procedure(slug="partial", name_en="Partly", appeal_within_days=1, review_by=PAST)
    see, follow = (make_procedure(slug=slug, name_en=slug) for slug in ("see", "follow"))
    partial.terms.add(own)
    partial.exclusions.create(condition_en="elsewhere", see=see)
    lease = partial.documents.create(
        name_pl="Umowa", name_en="Lease", form_url="https://example.org/form.pdf"
    )
    partial.documents.create(name_pl="Karta", audience=["eu", "ukr"])
    partial.fees.create(purpose_pl="Opłata", amount=17)
    partial.time_limits.create(kind="deadline", description_en="soon")
    partial.application_channels.create(kind="online", is_available=False)
    policy = elsewhere.booking_policies.create(name_en="Of another point")
    partial.locations.create(service_point=closed, booking_policy=policy)
    for title, link in [
        ("Lease", {"document": lease}),
        ("Visit", {"service_point": elsewhere}),
        ("Read", {"procedure_to_follow": follow}),
        ("Learn", {"term": first}),
        ("Click", {"url": "https://example.org"}),
    ]:
        partial.steps.create(title_pl=title, title_en=title, **link)

    by_post = make_procedure(slug="by-post", name_en="By post", appeal_note_en="<p>Perhaps.</p>")
    by_post.sources.clear()
    by_post.application_channels.create(kind="post")
    by_post.fees.create(purpose_en="Old", audience=["ukr"], valid_until="2026-11-22")
    by_post.locations.create(service_point=uncertain)
    make_procedure(
        slug="online", name_en="Online", online_url="https://example.org", appeal_to_en="A court"
    )
    event = partial.life_events.create(slug="event", name_pl="Ślub", name_en="We marry")
    by_post.life_events.add(event)
    for procedure in (partial, by_post):
        procedure.topics.add(shared)
    make_procedure(slug="draft", name_en="Draft", status="draft").fees.create(
        purpose_en="Duty", audience=["eu"], amount=17
    )
    withdrawn = {"status": "archived", "published_on": date(2026, 1, 2)}
    make_term(slug="withdrawn", name_en="Withdrawn", **withdrawn)
    make_term(slug="replaced", name_en="Replaced", withdrawal_note_en="Read that.", **withdrawn)


WORLDS = {"full": make_full_portal, "bare": make_bare_portal, "partial": make_partial_portal}
DETAILS = {
    "procedure": "procedures/procedure/",
    "beside": "procedures/procedure/beside-polish/",
    "office": "offices/office/",
    "point": "service-points/point/",
    "days": "service-points/point/days/",
    "word": "glossary/word/",
}
LISTS = {
    "home": "",
    "procedures": "procedures/",
    "offices": "offices/",
    "points": "service-points/",
    "words": "glossary/",
}
ASKED = [
    *(("full", "en", *one) for one in (DETAILS | LISTS).items()),
    *(("bare", "en", *one) for one in (DETAILS | LISTS).items()),
    *(("empty", "en", *one) for one in LISTS.items()),
    *(("full", "uk", name, DETAILS[name]) for name in ("procedure", "beside", "point", "word")),
    *(("full", "pl", name, DETAILS[name]) for name in ("beside", "word")),
    ("full", "en", "procedure-eu-now", "procedures/procedure/?who=eu&when=now"),
    ("full", "en", "procedure-non-eu", "procedures/procedure/?who=non_eu"),
    ("full", "en", "beside-eu", "procedures/procedure/beside-polish/?who=eu"),
    ("full", "en", "past-point", "service-points/past/"),
    ("full", "en", "past-days", "service-points/past/days/"),
    ("full", "en", "coming-point", "service-points/coming/"),
    ("full", "en", "offices-now", "offices/?when=now"),
    ("full", "en", "offices-of-topic", "offices/?topic=topic&language=ukr"),
    ("full", "en", "points-after-16", "service-points/?when=after-16"),
    ("full", "en", "procedures-of-topic", "procedures/?topic=second"),
    ("full", "uk", "words-by-polish", "glossary/?by=polish"),
    ("full", "pl", "offices", "offices/"),
    ("full", "pl", "words", "glossary/"),
    ("bare", "en", "offices-now", "offices/?when=now"),
    ("bare", "en", "points-now", "service-points/?when=now"),
    ("bare", "en", "offices-wrong", "offices/?kind=nonsense"),
    ("bare", "en", "words-by-polish", "glossary/?by=polish"),
    ("bare", "en", "other-point", "service-points/other/"),
    ("bare", "en", "other-days", "service-points/other/days/"),
    ("partial", "en", "own-word", "glossary/own/"),
    ("partial", "en", "booked", "service-points/booked/"),
    ("partial", "en", "home", ""),
    ("partial", "en", "procedures", "procedures/"),
    ("partial", "en", "procedures-of-event", "procedures/?situation=event&who=ukr"),
    ("partial", "en", "offices", "offices/"),
    ("partial", "en", "offices-of-ngos", "offices/?kind=ngo"),
    ("partial", "en", "points-of-topic", "service-points/?topic=shared"),
    ("partial", "en", "points", "service-points/"),
    ("partial", "en", "alone", "offices/alone/"),
    ("partial", "en", "town", "offices/town/"),
    ("partial", "en", "kept", "offices/kept/"),
    ("partial", "en", "rushed", "service-points/rushed/"),
    ("partial", "en", "rushed-days", "service-points/rushed/days/"),
    ("partial", "en", "dated", "service-points/dated/"),
    ("partial", "en", "gone", "service-points/gone/"),
    ("partial", "en", "procedure", "procedures/partial/"),
    ("partial", "en", "procedure-now", "procedures/partial/?when=now"),
    ("partial", "en", "beside-eu", "procedures/partial/beside-polish/?who=eu"),
    ("partial", "en", "by-post", "procedures/by-post/"),
    ("partial", "en", "by-post-now", "procedures/by-post/?when=now"),
    ("partial", "en", "online", "procedures/online/"),
    ("partial", "en", "draft", "procedures/draft/?preview={preview}"),
    ("partial", "en", "draft-eu", "procedures/draft/?preview={preview}&who=eu"),
    ("partial", "en", "withdrawn", "glossary/withdrawn/"),
    ("partial", "en", "replaced", "glossary/replaced/"),
]


def answer(client, language, path):
    """What the page at ``path`` says; ``{preview}`` in it stands for what opens a draft."""
    draft = Procedure.objects.filter(slug="draft").first()
    token = quote(preview_token(draft)) if draft else ""
    html = client.get(f"/{language}/{path.format(preview=token)}").content.decode()
    return as_text(html.replace(token, "…") if token else html, language)


@pytest.mark.parametrize("world", ["full", "partial", "bare", "empty"])
def test_pages_say_what_is_known_and_nothing_else(client, no_content, monkeypatch, world):
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    WORLDS.get(world, lambda: None)()
    for of, language, name, path in ASKED:
        if of == world:
            text = answer(client, language, path)
            file = PAGES / f"{world}-{name}.{language}.txt"
            if os.environ.get("REWRITE_PAGES"):
                file.write_text(text, encoding="utf-8")
            assert text == file.read_text(encoding="utf-8"), file.name
