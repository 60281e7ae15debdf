"""What the admin of every record shares."""

import pytest
from django.contrib import admin
from django.contrib.redirects.models import Redirect
from django.urls import reverse

from glossary.models import Term
from tests.factories import make_editor, make_term
from tests.forms import filled, snapshot

pytestmark = pytest.mark.django_db


def change(editor, term, **fields):
    address = reverse("admin:glossary_term_change", args=[term.pk])
    return editor.post(address, filled(editor.get(address)) | fields)


def act(editor, action, *terms):
    address = reverse("admin:glossary_term_changelist")
    data = {"action": action, "_selected_action": [term.pk for term in terms]}
    return editor.post(address, data | snapshot(editor.get(address)), follow=True)


def test_bulk_publish_takes_what_has_a_source_and_names_the_rest(editor):
    with_source, without = make_term(status="draft"), make_term(status="draft", name_en="Bare word")
    without.sources.clear()
    html = act(editor, "publish", with_source, without).content.decode()
    assert Term.objects.get(pk=with_source.pk).status == "published"
    assert Term.objects.get(pk=without.pk).status == "draft"
    assert "1 record published." in html
    assert "Bare word" in html


def test_bulk_archive(editor):
    term = make_term()
    assert "1 record archived." in act(editor, "archive", term).content.decode()
    assert Term.objects.get(pk=term.pk).status == "archived"


def test_the_old_address_of_a_renamed_record_leads_to_the_new_one(editor, client):
    term = make_term(slug="old-word")
    assert change(editor, term, slug="new-word").status_code == 302
    response = client.get("/uk/glossary/old-word/")
    assert (response.status_code, response["Location"]) == (301, "/uk/glossary/new-word/")


def test_a_redirect_takes_the_query_and_the_pages_below_along(editor, client):
    term = make_term(slug="old-word")
    change(editor, term, slug="new-word")
    response = client.get("/en/glossary/old-word/?who=eu")
    assert response["Location"] == "/en/glossary/new-word/?who=eu"
    response = client.get("/en/glossary/old-word/more/?a=b")
    assert response["Location"] == "/en/glossary/new-word/more/?a=b"


def test_a_record_without_a_source_is_not_published_from_its_form_either(editor):
    term = make_term(status="draft")
    response = change(editor, term, status="published", sources=[])
    assert "Name a source before you publish" in response.content.decode()
    assert Term.objects.get(pk=term.pk).status == "draft"


def test_renaming_there_and_back_makes_no_loop(editor, client):
    term = make_term(slug="first-word")
    change(editor, term, slug="second-word")
    change(editor, term, slug="third-word")
    assert client.get("/en/glossary/first-word/")["Location"] == "/en/glossary/third-word/"
    change(editor, term, slug="first-word")
    assert client.get("/en/glossary/first-word/").status_code == 200
    assert client.get("/en/glossary/second-word/")["Location"] == "/en/glossary/first-word/"
    assert not Redirect.objects.filter(old_path="/en/glossary/first-word/").exists()


@pytest.mark.parametrize(
    ("query", "found"),
    [("missing=uk", {"gap"}), ("review=overdue", {"late"}), ("status=draft", {"new"})],
)
def test_lists_are_filtered_by_what_needs_work(editor, no_content, query, found):
    make_term(slug="gap", name_uk="")
    make_term(slug="late", review_by="2020-01-01")
    make_term(slug="new", status="draft")
    response = editor.get(reverse("admin:glossary_term_changelist") + "?" + query)
    assert {term.slug for term in response.context["cl"].queryset} == found


def test_a_draft_is_previewed_from_its_form(editor, client):
    term = make_term(status="draft", name_en="Word in the making")
    html = editor.get(reverse("admin:glossary_term_change", args=[term.pk])).content.decode()
    link = html.split(f'href="/en/glossary/{term.slug}/?preview=')[1].split('"')[0]
    client.logout()
    response = client.get(f"/en/glossary/{term.slug}/?preview={link}")
    assert "Word in the making" in response.content.decode()


SEARCHED = [one for one in admin.site._registry.values() if one.search_fields]


@pytest.mark.parametrize("model_admin", SEARCHED, ids=lambda one: one.opts.label)
def test_every_search_of_the_admin_finds_other_spellings(editor, model_admin):
    assert len(SEARCHED) >= 13
    fields = model_admin.get_search_fields(None)
    assert fields
    assert all(field.endswith("__alike") for field in fields)
    address = reverse(f"admin:{model_admin.opts.label_lower.replace('.', '_')}_changelist")
    assert editor.get(address, {"q": "łóżko п'ять"}).status_code == 200


def test_a_list_and_a_choice_of_records_are_searched_alike(editor):
    term = make_term(slug="slowo", name_uk="Пам’ять і обовʼязок", name_pl="Łóżko w Żabiej")
    choice = {"app_label": "procedures", "model_name": "procedure", "field_name": "terms"}
    for typed in ("пам'ять обов'язок", "LOZKO zabiej", "обов`язок"):
        found = editor.get(reverse("admin:glossary_term_changelist"), {"q": typed})
        assert list(found.context["cl"].queryset) == [term]
        found = editor.get(reverse("admin:autocomplete"), choice | {"term": typed}).json()
        assert [one["id"] for one in found["results"]] == [str(term.pk)]
        assert not editor.get(
            reverse("admin:autocomplete"), choice | {"term": f"{typed} inne"}
        ).json()["results"]


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize(
    "name",
    [
        "glossary_term",
        "offices_calendarday",
        "offices_holidaycalendar",
        "offices_office",
        "offices_schedule",
        "offices_servicepoint",
        "procedures_lifeevent",
        "procedures_procedure",
        "publishing_source",
        "publishing_topic",
        "publishing_unit",
        "redirects_redirect",
        "auth_user",
    ],
)
def test_every_list_and_form_opens_and_can_be_searched(editor, language, name):
    from django.utils import translation

    with translation.override(language):
        for address in (f"admin:{name}_changelist", f"admin:{name}_add"):
            assert editor.get(reverse(address)).status_code == 200
        assert editor.get(reverse(f"admin:{name}_changelist"), {"q": "a"}).status_code == 200


def test_staff_without_rights_change_nothing(client):
    user = make_editor(is_staff=True)
    user.is_superuser = False
    user.save()
    client.force_login(user)
    assert client.get(reverse("admin:glossary_term_changelist")).status_code == 403
