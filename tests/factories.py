"""Records for tests: complete enough to be valid, and nothing that a test does not ask for."""

from datetime import date
from itertools import count

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection

from glossary.models import Alias, Section, Term
from offices.models import (
    Channel,
    HolidayCalendar,
    Office,
    Schedule,
    ServicePoint,
    WeeklyRule,
)
from portal.management.commands.load_starter_content import CONTENT_APPS
from procedures.models import (
    Document,
    Fee,
    Location,
    Procedure,
    RelatedProcedure,
    Step,
    TimeLimit,
)
from publishing.models import Source, Topic

WORKDAYS = [0, 1, 2, 3, 4]
WHOLE_WEEK = [0, 1, 2, 3, 4, 5, 6]

_numbers = count(1)


def _slug(prefix: str) -> str:
    return f"{prefix}-{next(_numbers)}"


def delete_all_content() -> None:
    """Everything that the starter content brings; in one go, since many tests begin with it."""
    tables = [
        connection.ops.quote_name(model._meta.db_table)
        for app in CONTENT_APPS
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
    ]
    # What refers to what is asked when all are gone.
    first, last = "SET CONSTRAINTS ALL DEFERRED", "SET CONSTRAINTS ALL IMMEDIATE"
    deletions = [f"DELETE FROM {table}" for table in tables]
    with connection.cursor() as cursor:
        cursor.execute("; ".join([first, *deletions, last, first]))


def make_source(**fields) -> Source:
    slug = fields.pop("slug", None) or _slug("source")
    return Source.objects.create(slug=slug, **({"title": "Źródło"} | fields))


def make_topic(**fields) -> Topic:
    slug = fields.pop("slug", None) or _slug("topic")
    return Topic.objects.create(slug=slug, **({"name_pl": slug} | fields))


def _make_record(model, prefix: str, **fields):
    slug = fields.pop("slug", None) or _slug(prefix)
    name = f"Nazwa {slug}"
    names = {f"name_{code}": f"{name} {code}" for code in ("en", "uk", "ru")}
    record = model(slug=slug, **({"name_pl": name, "status": "published"} | names | fields))
    record.full_clean(exclude=["published_on"])
    record.save()
    record.sources.add(make_source())
    return record


def make_office(**fields) -> Office:
    return _make_record(Office, "office", **({"kind": "city"} | fields))


def make_service_point(**fields) -> ServicePoint:
    if "office" not in fields:
        fields["office"] = make_office()
    return _make_record(ServicePoint, "point", **fields)


def make_term(**fields) -> Term:
    return _make_record(Term, "term", **({"meaning_pl": "Znaczenie."} | fields))


def make_procedure(**fields) -> Procedure:
    defaults = {"official_name": "Nazwa urzędowa", "summary_pl": "Streszczenie."}
    return _make_record(Procedure, "procedure", **(defaults | fields))


def make_channel(
    point: ServicePoint, kind: str = "in_person", value: str = "", **fields
) -> Channel:
    return Channel.objects.create(service_point=point, kind=kind, value=value, **fields)


def make_schedule(hours: str = "", weekdays=WORKDAYS, **owner) -> Schedule:
    """The schedule of ``channel=`` or ``office=`` with one rule; without ``hours``, with none."""
    schedule = Schedule.objects.create(checked_on=date(2026, 12, 1), **owner)
    if hours:
        add_rule(schedule, hours, weekdays)
    return schedule


def add_rule(schedule: Schedule, hours: str, weekdays=WORKDAYS, **fields) -> WeeklyRule:
    return WeeklyRule.objects.create(schedule=schedule, weekdays=weekdays, hours=hours, **fields)


def make_editor(**fields):
    """A member of staff who may do everything."""
    return get_user_model().objects.create_superuser(
        username=fields.pop("username", _slug("editor")), password="not a secret", **fields
    )


def fill_portal(size: int) -> None:
    """A portal in which everything refers to everything, ``size`` times."""
    week = "08:00–12:00, 12:30–16:00"
    sources = [make_source() for _ in range(size)]
    topics = [make_topic() for _ in range(size)]
    terms = [make_term() for _ in range(size)]
    main_office = make_office(slug="main-office")
    make_schedule(week, office=main_office)
    offices = [main_office, *(make_office(parent=main_office) for _ in range(size))]
    for _ in range(size):  # offices of which nothing but their own hours is known
        calendar = HolidayCalendar.objects.create(slug=_slug("calendar"), name_pl="Kalendarz")
        make_schedule(week, office=make_office(holiday_calendar=calendar))
    points = []
    for number in range(size * 2):
        office = main_office if number % 2 else offices[number // 2]
        slug = {"slug": "main-point"} if number == 1 else {}
        point = make_service_point(office=office, spoken_languages=["ukr"], **slug)
        make_schedule(week, channel=make_channel(point))
        make_channel(point, "telephone", "+48 12 210 20 20", follows_office_hours=True)
        for source in sources:
            point.notices.create(text_pl="Uwaga.", starts_on="2026-01-01", source=source)
            point.booking_policies.create(
                name_pl="Wizyta", source=source, channel=point.channels.first()
            )
        points.append(point)
    procedures = [make_procedure() for _ in range(size)]
    main = make_procedure(slug="main-procedure")
    for procedure in [main, *procedures]:
        for number in range(size):
            document = Document.objects.create(procedure=procedure, name_pl="Dokument")
            Fee.objects.create(procedure=procedure, purpose_pl="Opłata", amount=17)
            TimeLimit.objects.create(procedure=procedure, kind="deadline", amount=4, unit="days")
            Location.objects.create(procedure=procedure, service_point=points[number])
            Step.objects.create(
                procedure=procedure,
                title_pl="Krok",
                document=document,
                term=terms[number],
                service_point=points[-number],
                procedure_to_follow=procedures[number],
            )
            if procedures[number] != procedure:
                RelatedProcedure.objects.create(
                    procedure=procedure, other=procedures[number], relation="after"
                )
    term = make_term(slug="main-term")
    for number in range(size):
        Section.objects.create(term=term, heading_pl="Część", body_pl="<p>Treść</p>")
        Alias.objects.create(term=term, language="pl", text=f"słowo {number}")
    term.related_terms.set(terms)
    for record in [main_office, main, term, *points, *procedures]:
        record.sources.set(sources)
    for record in [main, term, *points, *procedures]:
        record.topics.set(topics)
    for record in [main, *points]:
        record.terms.set([term, *terms])
