"""What the admin bears in addresses and hidden fields."""

import pytest
from django.contrib.admin import site
from django.urls import reverse

from glossary.models import Term
from languages.available import LANGUAGE_CODES
from offices.models import Channel, HolidayCalendar
from publishing.forgiving import ForgivingForm
from tests.factories import make_channel, make_office, make_service_point, make_source, make_term
from tests.forms import filled, text

pytestmark = pytest.mark.django_db

ADD = "admin:glossary_term_add"
LIST = "admin:glossary_term_changelist"
HUGE = "9" * 400


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("owner", "abc"),
        ("owner", HUGE),
        ("owner", "-1"),
        ("owner", "²"),
        ("sources", "abc"),
        ("sources", "1,x"),
        ("topics", ""),
        ("publish_from", "abc"),
        ("publish_from", "2026-12-01 08:00"),
        ("checked_on", "99999-99-99"),
        ("is_linked_automatically", "maybe"),
        ("status", "gone"),
        ("slug", "PESEL"),
        ("name", "x" * 1_000),
        ("aliases", "1"),
        ("copy_from", "abc"),
        ("nothing", "x"),
    ],
)
def test_a_form_opens_whatever_its_address_fills_in(editor, name, value):
    assert editor.get(reverse(ADD), {name: value}).status_code == 200


@pytest.mark.parametrize("address", ["offices_office", "procedures_procedure"])
def test_so_do_forms_with_numbers_and_sets(editor, address):
    query = {"latitude": "1e999999999", "district": HUGE, "audience": "eu", "parent": "x"}
    assert editor.get(reverse(f"admin:{address}_add"), query).status_code == 200


def test_what_an_address_fills_in_well_is_there(editor):
    source = make_source()
    query = {"sources": f"{source.pk}", "status": "in_review", "publish_from": "2026-12-01 08:00"}
    response = editor.get(reverse(ADD), query | {"name_pl": "Nazwa"})
    data = filled(response)
    assert data["sources"] == [str(source.pk)]
    assert f'<option value="{source.pk}" selected' in text(response)
    assert (data["status"], data["name_pl"]) == ("in_review", "Nazwa")
    assert (data["publish_from_0"], data["publish_from_1"]) == ("2026-12-01", "08:00:00")


@pytest.mark.parametrize(
    "query",
    [
        "slug__regex=[",
        "slug__range=a",
        "name_pl__range=a,b,c",
        "id__in=x",
        "id__exact=abc",
        "owner__id__exact=abc",
        "is_linked_automatically__exact=maybe",
        "checked_on__gte=99999-99-99",
        f"published_on__year={HUGE}",
        "topics__id__exact=x",
        "slug__nothing=x",
    ],
)
def test_a_filter_that_cannot_be_leads_to_the_list_without_it(editor, as_on_the_server, query):
    response = editor.get(f"{reverse(LIST)}?{query}", follow=True)
    assert response.status_code == 200
    assert response.redirect_chain == [(f"{reverse(LIST)}?e=1", 302)]


@pytest.mark.parametrize("query", [f"p={HUGE}", f"o={HUGE}.-.x", "all=x", "q=" + "a+" * 5_000])
def test_a_list_opens_with_any_page_order_and_search(editor, query):
    assert editor.get(f"{reverse(LIST)}?{query}", follow=True).status_code == 200


def test_a_choice_of_records_takes_any_page_and_term(editor):
    where = {"app_label": "glossary", "model_name": "term", "field_name": "sources"}
    for query, status in (({"term": "a\x00"}, 400), ({"page": "x"}, 404), ({"page": HUGE}, 404)):
        assert editor.get(reverse("admin:autocomplete"), where | query).status_code == status


@pytest.mark.parametrize("key", ["abc", "", "\x00", HUGE, "-1"])
@pytest.mark.parametrize("action", ["archive", "publish", "delete_selected"])
def test_an_action_on_what_is_no_record_does_nothing(editor, action, key):
    term = make_term()
    data = {"action": action, "_selected_action": [str(term.pk), key]}
    response = editor.post(reverse(LIST), data)
    assert response.status_code == 400
    assert "Nothing was changed" in text(response)
    assert Term.objects.get(pk=term.pk).status == "published"


@pytest.mark.parametrize("key", ["abc", HUGE, "1,2"])
def test_a_choice_that_is_no_record_is_told_at_its_field(editor, key):
    term = make_term()
    address = reverse("admin:glossary_term_change", args=[term.pk])
    fields = {"owner": key, "sources": [key]}
    response = editor.post(address, filled(editor.get(address)) | fields)
    assert response.status_code == 200
    assert {"owner", "sources"} <= set(response.context["adminform"].form.errors)


def test_parts_are_forgiving_too(editor):
    office = make_office()
    address = reverse("admin:offices_servicepoint_add")
    fields = {"name_pl": "Okno", "slug": "okno", "office": str(office.pk), "status": "draft"}
    row = {"booking_policies-TOTAL_FORMS": "1", "booking_policies-0-channel": "abc"}
    response = editor.post(address, filled(editor.get(address)) | fields | row)
    assert response.status_code == 200
    assert not Channel.objects.filter(service_point__slug="okno").exists()


@pytest.mark.parametrize("code", LANGUAGE_CODES)
def test_a_name_is_found_in_every_language(editor, code):
    calendar = HolidayCalendar.objects.create(slug="another", **{f"name_{code}": "Żabia"})
    point = make_service_point(**{f"name_{code}": "Żabia"})
    channel = make_channel(point, "telephone", "112")
    for kind, found in (("holidaycalendar", calendar), ("servicepoint", point)):
        address = reverse(f"admin:offices_{kind}_changelist")
        page = editor.get(address, {"q": "zabia"})
        assert list(page.context["cl"].result_list) == [found]
    query = {"app_label": "offices", "model_name": "bookingpolicy", "field_name": "channel"}
    answer = editor.get(reverse("admin:autocomplete"), query | {"term": "zabia"}).json()
    assert [one["id"] for one in answer["results"]] == [str(channel.pk)]


@pytest.mark.parametrize(
    ("field", "pasted", "kept"),
    [
        ("street", "\u200b", ""),
        ("house_number", "\u2060 ", ""),
        ("website_url", "https://www.gov.pl/x\u200b", "https://www.gov.pl/x"),
    ],
)
def test_what_nobody_sees_is_not_kept(editor, field, pasted, kept):
    office = make_office()
    page = reverse("admin:offices_office_change", args=[office.pk])
    assert editor.post(page, filled(editor.get(page)) | {field: pasted}).status_code == 302
    office.refresh_from_db()
    assert getattr(office, field) == kept


def test_every_form_of_a_record_and_of_a_part_is_forgiving():
    records = site._registry.values()
    parts = [part for options in records for part in options.inlines]
    assert len(parts) > len(records)
    kinds = [*map(type, records), *parts]
    assert [kind for kind in kinds if not issubclass(kind, ForgivingForm)] == []


def test_marks_in_a_text_that_is_seen_stay(editor):
    office = make_office()
    page = reverse("admin:offices_office_change", args=[office.pk])
    sent = filled(editor.get(page)) | {"street": "ul. Żabia\u200b"}
    assert editor.post(page, sent).status_code == 302
    office.refresh_from_db()
    assert office.street == "ul. Żabia\u200b"
