"""Rich texts and translations that are stored."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse

from glossary.models import Section, Term
from languages.fallback import localized
from tests.factories import make_term
from tests.forms import filled, rows
from tests.migrations import migration

pytestmark = pytest.mark.django_db

NBSP, ZERO_WIDTH, SOFT_HYPHEN = "\u00a0", "\u200b", "\u00ad"
BLANK = ["", " ", "\n\t ", NBSP, ZERO_WIDTH, SOFT_HYPHEN, "\u2060\ufeff", "\u3164", "\u2800 "]
BLANK_HTML = [
    *BLANK,
    "<p></p>",
    "<p> </p>",
    f"<p>{NBSP}</p>",
    "<p>&nbsp;</p>",
    "<p>&#8203;</p>",
    "<p><br></p>",
    "<p></p><p></p>",
    "<ul></ul>",
    "<ul><li></li></ul>",
    "<ol><li><p> </p></li></ol>",
    "<p><strong></strong></p>",
    '<p><a href="https://example.pl"></a></p>',
    "<script>alert(1)</script>",
    "<p><script>alert(1)</script></p>",
]
SOMETHING = ["<p>0</p>", "<p>–</p>", "<ul><li>a</li></ul>", "<p>&lt;</p>", "🙂"]


def saved(term, **fields):
    for name, value in fields.items():
        setattr(term, name, value)
    term.save()
    return Term.objects.get(pk=term.pk)


def updated(term, **fields):
    Term.objects.filter(pk=term.pk).update(**fields)
    return Term.objects.get(pk=term.pk)


def cleaned(term, **fields):
    for name, value in fields.items():
        setattr(term, name, value)
    term.full_clean()
    term.save()
    return term  # as it is in memory


@pytest.mark.parametrize("store", [saved, updated, cleaned])
@pytest.mark.parametrize("html", BLANK_HTML)
def test_rich_text_that_looks_empty_lets_the_fallback_show(store, html):
    term = make_term(details_pl="<p>Treść</p>", details_en="<p>Text</p>")
    term = store(term, details_uk=html)
    assert term.details_uk == ""
    assert localized(term, "details", "uk").language == "en"


@pytest.mark.parametrize("store", [saved, updated, cleaned])
@pytest.mark.parametrize("text", BLANK)
def test_a_translation_that_nobody_can_see_is_none(store, text):
    term = store(make_term(name_pl="Nazwa", name_en="Name"), name_uk=text)
    assert term.name_uk == ""
    assert "uk" not in term.languages
    assert Term.objects.filter(pk=term.pk).missing_language("uk").exists()
    assert localized(term, "name", "uk").text == "Name"


@pytest.mark.parametrize("html", SOMETHING)
def test_what_is_seen_stays(html):
    assert saved(make_term(), details_uk=html).details_uk.strip()
    assert updated(make_term(), details_uk=html).details_uk.strip()


def test_an_update_is_sanitised_as_well():
    assert updated(make_term(), details_uk="<p>a<script>b</script></p>").details_uk == "<p>a</p>"


@pytest.mark.parametrize("blank", [" ", ZERO_WIDTH, NBSP])
def test_a_name_that_is_required_must_be_seen(blank):
    with pytest.raises(ValidationError) as refusal:
        make_term(name_pl=blank)
    assert "name_pl" in refusal.value.message_dict


def test_a_form_stores_what_looks_empty_as_empty(editor):
    term = make_term(name_en="Name", details_pl="<p>Treść</p>")
    address = reverse("admin:glossary_term_change", args=[term.pk])
    fields = {"name_uk": ZERO_WIDTH, "details_uk": "<p></p>", "details_ru": "<ul><li></li></ul>"}
    response = editor.post(address, filled(editor.get(address)) | fields)
    assert response.status_code == 302
    term = Term.objects.get(pk=term.pk)
    assert not any((term.name_uk, term.details_uk, term.details_ru))


def test_a_text_that_is_required_must_be_seen_in_a_form_too(editor):
    term = make_term()
    address = reverse("admin:glossary_term_change", args=[term.pk])
    section = {"heading_pl": "Część", "body_pl": "<p></p>"}
    response = editor.post(address, filled(editor.get(address)) | rows("sections", section))
    assert response.status_code == 200
    assert not Section.objects.filter(term=term).exists()


def test_texts_from_before_are_emptied():
    term = make_term(details_pl="<p>Treść</p>")
    blank = {
        "name_uk": f" {ZERO_WIDTH}",
        "details_en": "<p>&nbsp;</p>",
        "details_uk": "<p><br></p>",
    }
    columns = ", ".join(f"{name} = %s" for name in blank)
    with connection.cursor() as cursor:
        sql = f"UPDATE glossary_term SET {columns} WHERE id = %s"
        cursor.execute(sql, [*blank.values(), term.pk])
    migration("procedures", "texts_that_look_empty").empty(apps, None)
    term = Term.objects.get(pk=term.pk)
    assert {getattr(term, name) for name in blank} == {""}
    assert term.details_pl == "<p>Treść</p>"
    assert term.name_en
