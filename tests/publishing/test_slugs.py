"""The last part of an address: small Latin letters, digits, and single hyphens between them."""

import pytest
from django.apps import apps
from django.contrib.redirects.models import Redirect
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from glossary.models import Term
from publishing.migrations._slugs import mend_slugs
from publishing.models import Slugged, Topic
from tests.factories import make_term
from tests.forms import filled

pytestmark = pytest.mark.django_db

SLUGGED = [model for model in apps.get_models() if issubclass(model, Slugged)]
WRONG = ["PESEL", "-", "_", "karta_pobytu", "-a", "a-", "a--b", "zł", "a\n", "a b", "а", "a.b", ""]


@pytest.mark.parametrize("slug", ["a", "7", "karta-pobytu", "zalacznik-nr-1", "2026-a"])
def test_a_slug_as_the_help_text_asks_is_taken(slug):
    topic = Topic(slug=slug, name_pl="Temat")
    topic.full_clean()
    topic.save()


@pytest.mark.parametrize("slug", WRONG)
def test_any_other_is_refused_by_the_model_in_one_sentence(slug):
    with pytest.raises(ValidationError) as refusal:
        Topic(slug=slug, name_pl="Temat").full_clean()
    (message,) = refusal.value.message_dict["slug"]
    assert list(refusal.value.message_dict) == ["slug"]
    assert ("small Latin letters and digits" in message) == bool(slug)


@pytest.mark.parametrize("slug", ["PESEL", "-", "_", "a--b", "a b"])
def test_any_other_is_refused_by_a_form_in_one_sentence(editor, slug):
    address = reverse("admin:publishing_topic_add")
    data = filled(editor.get(address)) | {"slug": slug, "name_pl": "Temat"}
    errors = editor.post(address, data).context["adminform"].form.errors
    assert list(errors) == ["slug"]
    assert len(errors["slug"]) == 1
    assert "small Latin letters and digits" in errors["slug"][0]


def test_there_are_records_with_slugs():
    assert len(SLUGGED) >= 9


@pytest.mark.parametrize("model", SLUGGED, ids=lambda model: model.__name__)
def test_neither_an_update_nor_sql_stores_another(model):
    for slug in WRONG:
        with pytest.raises(IntegrityError, match="_slug"), transaction.atomic():
            model.objects.filter(pk=model.objects.first().pk).update(slug=slug)


@pytest.fixture
def without_slug_check():
    """Give terms slugs that were possible before there was a check; one another fault too."""

    def write(slugs, checked_on=None, on=None):
        connection.check_constraints()  # a table with deferred checks cannot be altered
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE glossary_term DROP CONSTRAINT glossary_term_slug")
            for slug, term in slugs.items():
                cursor.execute("UPDATE glossary_term SET slug = %s WHERE id = %s", [slug, term.pk])
            if checked_on:
                spoil(cursor, "checked_on", checked_on, on)

    return write


def spoil(cursor, column, value, row):
    """Store what the constraint of the column, which is as on a table from before, refuses."""
    name = f"glossary_term_{column}_readable"
    cursor.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s", [name])
    (definition,) = cursor.fetchone()
    cursor.execute(f"ALTER TABLE glossary_term DROP CONSTRAINT {name}")
    cursor.execute(f"UPDATE glossary_term SET {column} = {value} WHERE id = {row.pk}")
    cursor.execute(f"ALTER TABLE glossary_term ADD CONSTRAINT {name} {definition} NOT VALID")


@pytest.mark.parametrize("date", ["'0206-01-01'", "'20000-01-01'", "'0044-03-15 BC'"])
def test_a_row_with_another_fault_does_not_stop_the_mending(without_slug_check, date):
    other, sound = make_term(), make_term()
    without_slug_check({"PESEL_1": other, "PESEL_2": sound}, checked_on=date, on=other)
    mend_slugs("glossary", {"Term": "glossary"}).code(apps, None)
    assert Term.objects.get(pk=sound.pk).slug == "pesel-2"
    with connection.cursor() as cursor:
        cursor.execute("SELECT slug FROM glossary_term WHERE id = %s", [other.pk])
        assert cursor.fetchone() == ("PESEL_1",)


def test_slugs_from_before_are_mended_and_their_addresses_kept(without_slug_check):
    terms = {slug: make_term() for slug in ("PESEL", "_", "Karta_Pobytu", "taken")}
    make_term(slug="was-taken")
    old = {slug.replace("taken", "Was_Taken"): term for slug, term in terms.items()}
    without_slug_check(old)
    Term.objects.filter(slug__in=["pesel", "karta-pobytu"]).delete()
    mend_slugs("glossary", {"Term": "glossary"}).code(apps, None)
    slugs = {slug: Term.objects.get(pk=term.pk).slug for slug, term in terms.items()}
    assert slugs == {
        "PESEL": "pesel",
        "_": f"term-{terms['_'].pk}",
        "Karta_Pobytu": "karta-pobytu",
        "taken": f"was-taken-{terms['taken'].pk}",
    }
    kept = Redirect.objects.get(old_path="/uk/glossary/Karta_Pobytu/")
    assert kept.new_path == "/uk/glossary/karta-pobytu/"
