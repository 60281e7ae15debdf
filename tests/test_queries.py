"""What a page costs, pinned at two sizes of data: the cost must not grow with the records."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from glossary.models import Alias, Section
from procedures.models import Document, Fee, Location, RelatedProcedure, Step, TimeLimit
from tests.factories import (
    make_channel,
    make_hours,
    make_office,
    make_procedure,
    make_service_point,
    make_source,
    make_term,
    make_topic,
)

DETAIL_LIMIT = 10
LIST_LIMIT = 12

pytestmark = pytest.mark.django_db


def fill(size):
    """A portal in which everything refers to everything, ``size`` times."""
    week = {day: [("08:00", "12:00"), ("12:30", "16:00")] for day in range(5)}
    sources = [make_source() for _ in range(size)]
    topics = [make_topic() for _ in range(size)]
    terms = [make_term() for _ in range(size)]
    main_office = make_office(slug="main-office")
    make_hours(week, office=main_office)
    offices = [main_office, *(make_office(parent=main_office) for _ in range(size))]
    points = []
    for number in range(size * 2):
        office = main_office if number % 2 else offices[number // 2]
        slug = {"slug": "main-point"} if number == 1 else {}
        point = make_service_point(office=office, spoken_languages=["ukr"], **slug)
        make_hours(week, channel=make_channel(point))
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


PAGES = [
    ("home", {}, LIST_LIMIT),
    ("offices:list", {}, LIST_LIMIT),
    ("offices:list", {"language": "ukr", "kind": "city"}, LIST_LIMIT),
    ("service_points:list", {}, LIST_LIMIT),
    ("procedures:list", {}, LIST_LIMIT),
    ("glossary:list", {}, LIST_LIMIT),
    ("offices:detail", "main-office", DETAIL_LIMIT),
    ("service_points:detail", "main-point", DETAIL_LIMIT),
    ("procedures:detail", "main-procedure", DETAIL_LIMIT),
    ("procedures:beside", "main-procedure", DETAIL_LIMIT),
    ("glossary:detail", "main-term", DETAIL_LIMIT),
]


def queries_of(client, name, where):
    if isinstance(where, str):
        path, query = reverse(name, kwargs={"slug": where}), {}
    else:
        path, query = reverse(name), where
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(path, query)
    assert response.status_code == 200
    return captured.captured_queries


@pytest.mark.parametrize(("name", "where", "limit"), PAGES)
def test_cost_stays_under_the_limit_and_does_not_grow(client, no_content, name, where, limit):
    fill(2)
    small = queries_of(client, name, where)
    from tests.factories import delete_all_content

    delete_all_content()
    fill(8)
    large = queries_of(client, name, where)
    listing = "\n".join(query["sql"][:200] for query in large)
    assert len(small) == len(large), listing
    assert len(large) <= limit, listing
