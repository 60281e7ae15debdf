"""Random edits of records with all their parts, as two people make them on two open forms.

Each edit changes what a form would send, knows whether it is stored, and what it writes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from random import Random
from typing import Any

from django.db.models import CharField, PositiveSmallIntegerField, SlugField, TextField, URLField
from django.urls import reverse

from glossary.models import Alias, Section
from offices.fields import HoursField
from offices.models import HolidayCalendar, WeeklyRule
from procedures.models import (
    ApplicationChannel,
    Document,
    Exclusion,
    Fee,
    LegalBasis,
    LifeEvent,
    Location,
    RelatedProcedure,
    Step,
    TimeLimit,
)
from publishing.models import Unit
from tests.factories import (
    make_channel,
    make_office,
    make_procedure,
    make_schedule,
    make_service_point,
    make_source,
    make_term,
    make_topic,
)

_numbers = count(1)


def make_point():
    point = make_service_point()
    make_schedule("08:00–16:00", channel=make_channel(point))
    make_channel(point, "telephone", "+48 12 210 20 20")
    point.notices.create(text_pl="Uwaga.", starts_on="2026-01-01")
    point.booking_policies.create(name_pl="Wizyta", channel=point.channels.first())
    point.topics.add(make_topic())
    return point


def make_office_with_points():
    office = make_office()
    make_schedule("08:00–16:00", office=office)
    for _ in range(2):
        make_service_point(office=office)
    return office


def make_whole_procedure():
    """A procedure with parts of all nine kinds."""
    procedure, other = make_procedure(), make_procedure()
    document = Document.objects.create(procedure=procedure, name_pl="Paszport")
    Exclusion.objects.create(procedure=procedure, condition_pl="masz pobyt stały", see=other)
    ApplicationChannel.objects.create(procedure=procedure, kind="online")
    Location.objects.create(procedure=procedure, service_point=make_service_point())
    for purpose, amount in (("Opłata skarbowa", 17), ("Opłata za kartę", 100)):
        Fee.objects.create(procedure=procedure, purpose_pl=purpose, amount=amount)
    TimeLimit.objects.create(procedure=procedure, kind="deadline", amount=4, unit="days")
    Step.objects.create(procedure=procedure, title_pl="Złóż wniosek", document=document)
    LegalBasis.objects.create(procedure=procedure, act="Ustawa")
    RelatedProcedure.objects.create(procedure=procedure, other=other, relation="after")
    procedure.topics.add(make_topic())
    procedure.terms.add(make_term())
    return procedure


def make_whole_term():
    term = make_term()
    Section.objects.create(term=term, heading_pl="Część", body_pl="<p>Treść</p>")
    for word in ("słowo", "wyraz"):
        Alias.objects.create(term=term, language="pl", text=word)
    return term


def make_whole_schedule():
    schedule = make_schedule("08:00–16:00", [0], channel=make_channel(make_service_point()))
    season = schedule.seasons.create(name_pl="Lato", starts_on="2027-07-01", ends_on="2027-08-31")
    WeeklyRule.objects.create(schedule=schedule, season=season, weekdays=[1], hours="09:00–12:00")
    schedule.exceptions.create(starts_on="2027-12-31")
    return schedule


def make_calendar():
    calendar = HolidayCalendar.objects.create(slug=f"kalendarz-{next(_numbers)}", name_pl="K")
    calendar.days.create(date="2027-12-24", name_pl="Wigilia")
    calendar.days.create(date="2027-12-31", name_pl="Sylwester")
    return calendar


def make_day():
    return make_calendar().days.first()


MAKERS: dict[str, Callable] = {
    "offices_office": make_office_with_points,
    "offices_servicepoint": make_point,
    "offices_channel": lambda: make_channel(make_service_point(), "email", "a@example.org"),
    "offices_schedule": make_whole_schedule,
    "offices_holidaycalendar": make_calendar,
    "offices_calendarday": make_day,
    "procedures_procedure": make_whole_procedure,
    "procedures_lifeevent": lambda: LifeEvent.objects.create(
        slug=f"zdarzenie-{next(_numbers)}", name_pl="Z"
    ),
    "glossary_term": make_whole_term,
    "publishing_source": make_source,
    "publishing_topic": make_topic,
    "publishing_unit": lambda: Unit.objects.create(slug=f"wydzial-{next(_numbers)}", name_pl="W"),
}


def page_of(record) -> str:
    """Where a record is edited."""
    opts = record._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[record.pk])


# What a new part of each kind needs; "mark" stands for a text of its own.
NEW_PARTS: dict[str, dict[str, Any]] = {
    "exclusions": {"condition_pl": "mark"},
    "documents": {"name_pl": "mark", "need": "required"},
    "application_channels": {"kind": "post", "conditions_pl": "mark"},
    "fees": {"purpose_pl": "mark", "amount": "5"},
    "time_limits": {"kind": "office", "description_pl": "mark"},
    "steps": {"title_pl": "mark"},
    "legal_bases": {"act": "mark"},
    "sections": {"heading_pl": "mark", "body_pl": "<p>x</p>"},
    "aliases": {"language": "pl", "kind": "synonym", "text": "mark"},
    "channels": {"kind": "chat", "value": "mark"},
    "notices": {"text_pl": "mark", "starts_on": "2026-01-01", "state": "closed"},
    "booking_policies": {"name_pl": "mark"},
    "exceptions": {"reason_pl": "mark", "effect": "replaces"},
    "days": {"name_pl": "mark", "status": "closed"},
}
# Not among the fields that are typed at random: they take no text, or only one that fits others.
_NO_TEXT = {"value", "language", "email"}


@dataclass
class Edit:
    """Something that one of the two does on his form."""

    # What both must touch for the one who saves last to decide; a row, and a field or nothing.
    where: tuple
    change: Callable[[dict], None]
    is_stored: Callable[[], bool]
    # What he writes, where it can be looked for on a page.
    mark: str
    is_deletion: bool = False
    is_addition: bool = False


def edits(page, random: Random) -> list[Edit]:
    """A few edits of the form in ``page``, each in a place of its own."""
    makers = [_text, _text, _number, _sources, _deletion, _addition]
    found = {}
    for maker in random.sample(makers, random.randint(1, 3)):
        edit = maker(page, random)
        # Nobody types into a row that he deletes.
        if edit is not None and not any(
            edit.where[:2] == other[:2] and (edit.is_deletion or found[other].is_deletion)
            for other in found
        ):
            found[edit.where] = edit
    return [*found.values()] or [_text(page, random)]


def _forms(page) -> list:
    inlines = page.context["inline_admin_formsets"]
    rows = [row for inline in inlines for row in inline.formset.initial_forms]
    return [page.context["adminform"].form, *rows]


def _field_edit(form, name: str, value: str, mark: str) -> Edit:
    model, key = type(form.instance), form.instance.pk
    html_name = form.add_prefix(name)
    return Edit(
        where=(model, key, name),
        change=lambda data: data.update({html_name: value}),
        is_stored=lambda: model.objects.filter(pk=key, **{name: value}).exists(),
        mark=mark,
    )


def _fields(page, kinds, but=()) -> list[tuple]:
    found = []
    for form in _forms(page):
        for name in form.fields:
            field = next((one for one in form.instance._meta.fields if one.name == name), None)
            if isinstance(field, kinds) and not isinstance(field, but) and not field.choices:
                found.append((form, name, field))
    return [
        (form, name)
        for form, name, field in found
        if name not in _NO_TEXT and (field.max_length or 100) > 20
    ]


def _text(page, random: Random) -> Edit:
    places = _fields(page, (CharField, TextField), (SlugField, URLField, HoursField))
    form, name = random.choice(places)
    mark = f"słowo{next(_numbers)}x"
    field = form.instance._meta.get_field(name)
    is_rich = hasattr(field, "sanitize")
    return _field_edit(form, name, f"<p>{mark}</p>" if is_rich else mark, mark)


def _number(page, random: Random) -> Edit | None:
    places = [
        (form, name)
        for form, name in _fields(page, PositiveSmallIntegerField)
        if name in {"position", "appeal_within_days", "max_per_call"}
    ]
    if not places:
        return None
    value = str(1000 + next(_numbers))
    return _field_edit(*random.choice(places), value, value)


def _sources(page, random: Random) -> Edit | None:
    form = page.context["adminform"].form
    if "sources" not in form.fields:
        return None
    source = make_source(title=f"Źródło{next(_numbers)}x")
    record = form.instance

    def change(data):
        data["sources"] = [*data.get("sources", []), source.pk]

    return Edit(
        where=(type(record), record.pk, "sources"),
        change=change,
        is_stored=lambda: type(record).objects.filter(pk=record.pk, sources=source).exists(),
        mark=source.title,
    )


def _deletion(page, random: Random) -> Edit | None:
    rows = [row for row in _forms(page)[1:] if row.instance._meta.model_name != "season"]
    if not rows:
        return None
    row = random.choice(rows)
    model, key = type(row.instance), row.instance.pk
    return Edit(
        where=(model, key, None),
        change=lambda data: data.update({row.add_prefix("DELETE"): "on"}),
        is_stored=lambda: not model.objects.filter(pk=key).exists(),
        mark=str(model._meta.verbose_name).capitalize(),
        is_deletion=True,
    )


def _addition(page, random: Random) -> Edit | None:
    inlines = page.context["inline_admin_formsets"]
    formsets = [one.formset for one in inlines if one.formset.prefix in NEW_PARTS]
    if not formsets:
        return None
    formset = random.choice(formsets)
    prefix, number = formset.prefix, next(_numbers)
    mark = f"nowe{number}x"
    row = {name: mark if value == "mark" else value for name, value in NEW_PARTS[prefix].items()}
    if "position" in formset.empty_form.fields:
        row["position"] = "0"
    if prefix in {"exceptions", "days"}:
        day = f"{2028 + number % 60}-05-{10 + number % 17}"
        row |= {"starts_on": day} if prefix == "exceptions" else {"date": day}
    (field,) = [name for name, value in NEW_PARTS[prefix].items() if value == "mark"]

    def change(data):
        place = int(data[f"{prefix}-TOTAL_FORMS"])
        data[f"{prefix}-TOTAL_FORMS"] = str(place + 1)
        data.update({f"{prefix}-{place}-{name}": value for name, value in row.items()})

    return Edit(
        where=(formset.model, mark, None),
        change=change,
        is_stored=lambda: formset.model.objects.filter(**{field: mark}).count() == 1,
        mark=mark,
        is_addition=True,
    )
