"""An editor adds a procedure with everything that belongs to it."""

import pytest
from django.urls import reverse

from procedures.models import Procedure
from tests.factories import make_procedure
from tests.forms import filled

pytestmark = pytest.mark.django_db


def new_procedure(editor):
    address = reverse("admin:procedures_procedure_add")
    return address, filled(editor.get(address)) | {
        "name_pl": "Nowa sprawa",
        "slug": "nowa-sprawa",
        "official_name": "Załatwienie nowej sprawy",
        "summary_pl": "Krótko.",
        "documents-TOTAL_FORMS": "1",
        "documents-0-name_pl": "Paszport",
        "documents-0-need": "required",
        "documents-0-position": "0",
        "fees-TOTAL_FORMS": "1",
        "fees-0-purpose_pl": "Opłata skarbowa",
        "fees-0-amount": "17",
        "fees-0-position": "0",
        "steps-TOTAL_FORMS": "1",
        "steps-0-title_pl": "Złóż wniosek",
        "steps-0-text_pl": "<p>Tutaj</p><script>x</script>",
        "steps-0-position": "0",
    }


def test_a_procedure_is_added_with_documents_fees_and_steps(editor):
    address, data = new_procedure(editor)
    response = editor.post(address, data)
    assert response.status_code == 302
    procedure = Procedure.objects.get(slug="nowa-sprawa")
    assert procedure.documents.get().name_pl == "Paszport"
    assert procedure.fees.get().amount == 17
    assert procedure.steps.get().text_pl == "<p>Tutaj</p>"


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("fees-0-amount", "-1", "greater than or equal to 0"),
        ("fees-0-amount", "siedemnaście", "Enter a number."),
        ("documents-0-need", "one_of", "needs the number of its group"),
        ("documents-0-form_url", "not an address", "Enter a valid URL."),
        ("summary_pl", "", "This field is required."),
    ],
)
def test_a_mistake_is_named_and_nothing_is_saved(editor, field, value, reason):
    address, data = new_procedure(editor)
    response = editor.post(address, data | {field: value})
    assert response.status_code == 200
    assert reason in response.content.decode()
    assert not Procedure.objects.filter(slug="nowa-sprawa").exists()


def test_new_parts_stand_at_the_end(editor):
    procedure = make_procedure()
    procedure.documents.create(name_pl="Pierwszy", position=1)
    procedure.documents.create(name_pl="Drugi", position=2)
    address = reverse("admin:procedures_procedure_change", args=[procedure.pk])
    data = filled(editor.get(address)) | {
        "documents-TOTAL_FORMS": "3",
        "documents-2-name_pl": "Trzeci",
        "documents-2-need": "required",
        "documents-2-position": "0",
    }
    assert editor.post(address, data).status_code == 302
    names = [document.name_pl for document in procedure.documents.all()]
    assert names == ["Pierwszy", "Drugi", "Trzeci"]


def test_a_procedure_with_many_parts_can_be_saved(editor):
    procedure = make_procedure()
    for number in range(90):
        procedure.steps.create(title_pl=f"Krok {number}", position=number)
    address = reverse("admin:procedures_procedure_change", args=[procedure.pk])
    data = filled(editor.get(address)) | {"name_pl": "Nowa nazwa"}
    for name in ("title_en", "title_uk", "title_ru", "text_pl", "text_en", "text_uk", "text_ru"):
        data |= {f"steps-{number}-{name}": "x" for number in range(90)}
    assert len(data) > 1000
    assert editor.post(address, data).status_code == 302
    procedure.refresh_from_db()
    assert procedure.name_pl == "Nowa nazwa"


def test_a_step_asks_only_for_documents_of_its_own_procedure(editor):
    own, other = make_procedure(), make_procedure()
    own.documents.create(name_pl="Mój dokument")
    other.documents.create(name_pl="Cudzy dokument")
    own.steps.create(title_pl="Krok")
    html = editor.get(reverse("admin:procedures_procedure_change", args=[own.pk])).content.decode()
    options = html.split('name="steps-0-document"')[1].split("</select>")[0]
    assert "Mój dokument" in options
    assert "Cudzy dokument" not in options
