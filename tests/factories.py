"""Records for tests: complete enough to be valid, and nothing that a test does not ask for."""

from datetime import date, time
from itertools import count

from django.contrib.auth import get_user_model

from glossary.models import Term
from offices.models import Channel, Office, Schedule, ServicePoint, WeeklyRule
from procedures.models import LifeEvent, Procedure
from publishing.models import Source, Topic, Unit

_numbers = count(1)


def _slug(prefix: str) -> str:
    return f"{prefix}-{next(_numbers)}"


def delete_all_content() -> None:
    """Everything, in an order that protected relations allow."""
    for model in (Procedure, ServicePoint, Office, Term, LifeEvent, Topic, Unit, Source):
        if model is Office:
            Office.objects.update(parent=None)
        model.objects.all().delete()


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


def make_hours(rules: dict[int, list[tuple[str, str]]], **owner) -> Schedule:
    """Hours of ``channel=`` or ``office=``: weekday number to spans of ``("08:00", "16:00")``."""
    schedule = Schedule.objects.create(checked_on=date(2026, 11, 1), **owner)
    for weekday, spans in rules.items():
        for opens, closes in spans:
            WeeklyRule.objects.create(
                schedule=schedule,
                weekday=weekday,
                opens=time.fromisoformat(opens),
                closes=time.fromisoformat(closes),
            )
    return schedule


def make_editor(**fields):
    """A member of staff who may do everything."""
    return get_user_model().objects.create_superuser(
        username=fields.pop("username", _slug("editor")), password="not a secret", **fields
    )
