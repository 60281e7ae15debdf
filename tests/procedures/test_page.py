"""What a reader of one group sees of a procedure."""

import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from procedures.models import (
    Audience,
    Document,
    Fee,
    LifeEvent,
    Location,
    Procedure,
    RelatedProcedure,
    Step,
    TimeLimit,
)
from procedures.models.audience import concerns
from procedures.page import ProcedurePage, choices
from procedures.templatetags.procedure_facts import time_span
from tests.factories import (
    make_channel,
    make_procedure,
    make_service_point,
    make_term,
    make_topic,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


def page(procedure, group=None, today=TODAY):
    return ProcedurePage(procedure, group, today)


@pytest.mark.parametrize(
    ("audience", "group", "expected"),
    [
        ([], None, True),
        ([], "eu", True),
        (["eu"], None, True),
        (["eu"], "eu", True),
        (["eu"], "ukr", False),
    ],
)
def test_a_part_concerns_everyone_or_its_groups(audience, group, expected):
    assert concerns(audience, group) == expected


def test_parts_fit_the_group():
    procedure = make_procedure()
    for name, audience in [("all", []), ("eu", ["eu"]), ("ukr", ["ukr", "uk_wa"])]:
        Document.objects.create(procedure=procedure, name_pl=name, audience=audience)

    def names(group):
        return [d.name_pl for choice in page(procedure, group).documents for d in choice.parts]

    assert names(None) == ["all", "eu", "ukr"]
    assert names("eu") == ["all", "eu"]
    assert names("uk_wa") == ["all", "ukr"]
    assert names("non_eu") == ["all"]


def test_groups_are_offered_only_where_the_parts_differ():
    procedure = make_procedure(audience=["eu", "ukr"])
    Document.objects.create(procedure=procedure, name_pl="Paszport")
    assert page(procedure).groups == []
    Document.objects.create(procedure=procedure, name_pl="Wiza", audience=["ukr"])
    assert [value for value, _ in page(procedure).groups] == ["eu", "ukr"]


def test_groups_are_not_offered_for_what_nobody_sees():
    procedure = make_procedure()
    hidden, past = make_procedure(status="draft"), make_service_point(valid_until=date(2026, 4, 26))
    limited = {"procedure": procedure, "audience": ["ukr"]}
    Location.objects.create(service_point=make_service_point(status="draft"), **limited)
    Location.objects.create(service_point=past, **limited)
    RelatedProcedure.objects.create(other=hidden, relation="after", **limited)
    Fee.objects.create(purpose_pl="Dawna", valid_until=date(2025, 7, 31), **limited)
    assert page(procedure).groups == []
    Fee.objects.create(purpose_pl="Przyszła", valid_from=date(2027, 1, 1), **limited)
    assert [value for value, _ in page(procedure).groups] == Audience.values


def test_a_step_names_no_document_of_another_group(client):
    procedure = make_procedure()
    paper = Document.objects.create(procedure=procedure, name_en="Their paper", audience=["ukr"])
    Step.objects.create(procedure=procedure, title_pl="Krok", document=paper)
    address = procedure.get_absolute_url()
    assert "Their paper" in client.get(address, {"who": "ukr"}).content.decode()
    assert "Their paper" not in client.get(address, {"who": "eu"}).content.decode()


def test_booking_rules_of_another_point_are_refused():
    policy = make_service_point().booking_policies.create(name_pl="Wizyta")
    location = Location(
        procedure=make_procedure(), service_point=make_service_point(), booking_policy=policy
    )
    with pytest.raises(ValidationError) as refused:
        location.full_clean()
    assert [*refused.value.error_dict] == ["booking_policy"]


@pytest.mark.parametrize("half", [{"amount": 4, "unit": ""}, {"amount": None, "unit": "days"}])
def test_a_time_limit_has_both_a_number_and_a_unit(half):
    limit = TimeLimit(procedure=make_procedure(), kind="deadline", description_pl="Termin", **half)
    with pytest.raises(ValidationError, match="Give both the number and its unit"):
        limit.full_clean()


def test_words_of_steps_for_another_group_are_not_listed():
    procedure, own, other = make_procedure(), make_term(), make_term()
    Step.objects.create(procedure=procedure, title_pl="Krok", term=own)
    Step.objects.create(procedure=procedure, title_pl="Krok", term=other, audience=["ukr"])
    assert list(page(procedure).terms.values()) == [own, other]
    assert list(page(procedure, "eu").terms.values()) == [own]


def test_booking_rules_of_another_point_do_not_hold():
    procedure, point = make_procedure(), make_service_point()
    own, other = (one.booking_policies.create() for one in (point, make_service_point()))
    location = Location.objects.create(procedure=procedure, service_point=point, booking_policy=own)
    assert page(procedure).locations[0].booking_policy == own
    Location.objects.filter(pk=location.pk).update(booking_policy=other)
    procedure = Procedure.objects.get(pk=procedure.pk)
    assert page(procedure).locations[0].booking_policy is None


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({}, ""),
        ({"on_date": date(2027, 3, 4)}, "4 March 2027"),
        *(({"amount": 0, "unit": unit}, "on the spot") for unit in TimeLimit.Unit),
        ({"amount": 1, "unit": "days"}, "1 day"),
        ({"amount": 2, "unit": "working_days"}, "2 working days"),
        ({"amount": 1, "unit": "months"}, "1 month"),
        ({"amount": 3, "unit": "years"}, "3 years"),
    ],
)
def test_a_time_limit_in_words(fields, shown):
    assert time_span(TimeLimit(kind="office", **fields)) == shown


def test_a_fee_changes_by_itself_on_its_day():
    procedure = make_procedure()
    Fee.objects.create(
        procedure=procedure, purpose_pl="Stara", amount=219, valid_until=date(2025, 7, 31)
    )
    Fee.objects.create(
        procedure=procedure, purpose_pl="Nowa", amount=1000, valid_from=date(2025, 8, 1)
    )
    before, after = (
        page(procedure, today=date(2025, 7, 31)),
        page(procedure, today=date(2025, 8, 1)),
    )
    assert [fee.amount for fee in before.fees] == [219]
    assert [fee.amount for fee in before.coming_fees] == [1000]
    assert [fee.amount for fee in after.fees] == [1000]
    assert after.coming_fees == []


def test_parts_of_one_group_are_one_choice_wherever_they_stand():
    procedure = make_procedure()
    for position, group in enumerate([None, 1, 1, None, 1]):
        Step.objects.create(
            procedure=procedure, title_pl=str(position), position=position, alternative_group=group
        )
    found = [[step.title_pl for step in choice.parts] for choice in choices(procedure.steps.all())]
    assert found == [["0"], ["1", "2", "4"], ["3"]]


def test_what_is_not_published_is_not_pointed_at():
    procedure, hidden = make_procedure(), make_procedure(status="draft")
    point = make_service_point(status="draft")
    RelatedProcedure.objects.create(procedure=procedure, other=hidden, relation="after")
    Location.objects.create(procedure=procedure, service_point=point)
    Step.objects.create(
        procedure=procedure, title_pl="Krok", procedure_to_follow=hidden, service_point=point
    )
    found = page(procedure)
    assert found.related == []
    assert found.locations == []
    step = found.steps[0].parts[0]
    assert step.procedure_to_follow is None
    assert step.service_point is None


@pytest.mark.parametrize(
    ("ways", "expected"),
    [
        ([], None),
        ([("online", True, [])], True),
        ([("online", False, [])], False),
        ([("in_person", True, [])], None),
    ],
)
def test_whether_it_can_be_done_online(ways, expected):
    procedure = make_procedure()
    for kind, is_available, audience in ways:
        procedure.application_channels.create(
            kind=kind, is_available=is_available, audience=audience
        )
    assert page(procedure).can_apply_online is expected


@pytest.mark.parametrize(
    ("ways", "expected"),
    [
        ([], []),
        ([("online", True, ["eu"])], ["eu"]),
        ([("online", True, ["eu"]), ("online", True, ["ukr"])], ["eu", "ukr"]),
        ([("online", True, ["eu"]), ("online", True, [])], []),
        ([("online", True, ["eu"]), ("online", False, [])], ["eu"]),
        ([("online", False, ["eu"])], ["eu"]),
        ([("online", True, ["eu"]), ("in_person", True, [])], ["eu"]),
    ],
)
def test_whom_the_answer_about_online_concerns(ways, expected):
    procedure = make_procedure()
    for kind, is_available, audience in ways:
        procedure.application_channels.create(
            kind=kind, is_available=is_available, audience=audience
        )
    assert page(procedure).online_audience == expected
    procedure.online_url = "https://www.gov.pl/"
    assert page(procedure).online_audience == []


def key_facts(text):
    """The facts in the box at the top, each by its name."""
    box = re.search('<dl class="key-facts">(.*?)</dl>', text, re.DOTALL)[1]
    facts = re.findall("<dt>(.*?)</dt><dd>(.*?)</dd>", box, re.DOTALL)
    return {name: " ".join(re.sub("<[^>]*>", " ", fact).split()) for name, fact in facts}


def test_key_facts_say_whom_they_concern(client):
    procedure = make_procedure()
    Fee.objects.create(procedure=procedure, purpose_pl="Opłata", amount=17, audience=["eu"])
    TimeLimit.objects.create(
        procedure=procedure, kind="deadline", amount=5, unit="days", audience=["ukr"]
    )
    procedure.application_channels.create(kind="online", is_available=True, audience=["eu"])
    address = procedure.get_absolute_url()
    assert [*key_facts(html(client, address)).values()] == [
        "PLN 17 Only: EU, EEA, Switzerland",
        "5 days Only: PESEL UKR",
        "possible Only: EU, EEA, Switzerland",
    ]
    assert [*key_facts(html(client, address, who="eu")).values()] == ["PLN 17", "possible"]


def html(client, path, **query):
    return client.get(path, query).content.decode()


def test_the_page_answers_in_the_order_in_which_people_ask(client):
    text = html(client, "/en/procedures/meldunek-czasowy/")
    order = ["for-me", "bring", "where", "cost", "time", "steps", "refused", "law", "record-sheet"]
    places = [text.index(f'<h2 id="{one}">') for one in order]
    assert places == sorted(places)


def test_facts_are_the_same_in_every_language(client):
    procedure = make_procedure()
    Fee.objects.create(procedure=procedure, purpose_pl="Opłata", amount="1234.50")
    TimeLimit.objects.create(procedure=procedure, kind="deadline", amount=5, unit="working_days")
    make_channel(make_service_point(), "telephone", "112")
    expected = {"pl": "1 234,50", "en": "1,234.50", "uk": "1 234,50", "ru": "1 234,50"}
    for language, amount in expected.items():
        text = html(client, f"/{language}/procedures/{procedure.slug}/").replace("\xa0", " ")
        assert amount in text, language


@pytest.mark.parametrize(
    ("amount", "shown"),
    [(None, "amount not known"), (0, "free of charge"), (17, "PLN 17"), ("17.50", "PLN 17.50")],
)
def test_unknown_is_not_free(client, amount, shown):
    procedure = make_procedure()
    Fee.objects.create(procedure=procedure, purpose_pl="Opłata", amount=amount)
    assert shown in html(client, procedure.get_absolute_url()).replace("\xa0", " ")


def test_a_bare_procedure_says_what_is_not_known(client):
    text = html(client, make_procedure().get_absolute_url())
    for sentence in (
        "Not known which documents",
        "Not known what it costs",
        "Not known how long",
        "Legal basis not recorded",
    ):
        assert sentence in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"A", "B", "C"}),
        ({"topic": "cars"}, {"A"}),
        ({"situation": "new-here"}, {"B"}),
        ({"who": "ukr"}, {"B", "C"}),
        ({"topic": "cars", "who": "ukr"}, set()),
    ],
)
def test_procedures_are_found_by_subject_situation_and_group(client, no_content, query, found):
    first = make_procedure(name_en="Matter-A", audience=[Audience.EU])
    second = make_procedure(name_en="Matter-B", audience=[Audience.UKR])
    make_procedure(name_en="Matter-C")
    first.topics.add(make_topic(slug="cars"))
    second.life_events.add(
        LifeEvent.objects.create(slug="new-here", name_pl="Jestem tu od niedawna")
    )
    text = html(client, "/en/procedures/", **query)
    assert {letter for letter in "ABC" if f"Matter-{letter}" in text} == found


def test_beside_polish_escapes_and_marks_every_text(client):
    procedure = make_procedure(name_uk="<form action=x>", summary_uk=None, summary_en=None)
    procedure.documents.create(name_pl="Paszport")
    procedure.documents.create(name_pl="Wiza", need="one_of", alternative_group=1)
    procedure.documents.create(name_pl="Karta", name_uk="Карта", need="one_of", alternative_group=1)
    text = html(client, f"/uk/procedures/{procedure.slug}/beside-polish/")
    assert "<form" not in text
    assert '<span lang="pl">Paszport</span>' in text
    assert "<li>Карта</li>" in text
    assert '<span lang="pl">Streszczenie.</span>' in text


def test_beside_polish_shows_both_languages(client):
    text = html(client, "/uk/procedures/meldunek-czasowy/beside-polish/")
    assert "Zameldowanie cudzoziemca na pobyt czasowy" in text
    assert text.count("<tr>") > 4
