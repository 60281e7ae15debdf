"""Telephone numbers: which there are, and the one spelling in which they are kept."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from offices.models import Channel
from offices.telephones import TelephoneError, spelled
from tests.factories import make_channel, make_service_point
from tests.forms import errors_at, filled, rows, text
from tests.migrations import migration

NBSP, MARK = "\N{NO-BREAK SPACE}", "\N{LEFT-TO-RIGHT MARK}"
NUMBERS = [
    ("+48 12 616 55 55", "+48 12 616 55 55"),
    ("12 616 55 55", "+48 12 616 55 55"),
    ("126165555", "+48 12 616 55 55"),
    (f"+48{NBSP}12{NBSP}616{NBSP}55{NBSP}55", "+48 12 616 55 55"),
    (f"{MARK}+48 12 616 55 55{MARK}\n", "+48 12 616 55 55"),
    ("(12) 616-55-55", "+48 12 616 55 55"),
    ("0048 12 616–55–55", "+48 12 616 55 55"),
    ("12\N{NARROW NO-BREAK SPACE}616\N{FIGURE SPACE}55\N{THIN SPACE}55", "+48 12 616 55 55"),
    ("12\N{NON-BREAKING HYPHEN}616\N{EM DASH}55\N{MINUS SIGN}55", "+48 12 616 55 55"),
    ("＋48（12）616．55．55", "+48 12 616 55 55"),
    ("77 45 24 167", "+48 77 452 41 67"),
    ("887 201 598", "+48 887 201 598"),
    ("800190590", "+48 800 190 590"),
    ("112", "112"),
    ("999", "999"),
    ("19 115", "19115"),
    ("116111", "116 111"),
    ("+380 44 123 45 67", "+380 44 123 4567"),
    ("+1 650-253-0000", "+1 650 253 0000"),
    ("+49 30 123456", "+49 30 123456"),
]
NONE = [
    "",
    "616 12 34",
    "12 616",
    "12 616 55",
    "+48 12 616 55",
    "+48 12 616 55 555",
    "1161",
    "12",
    "+1 112",
    "+999 12 616 55 55",
    "12 616 55 55 wew. 12",
    "12 616 55 55, 12 616 55 56",
    "12 616 55 55 / 12 616 55 56",
    "0 800 ABC DEF",
    "+48",
    "tel.",
    "1" * 300,
    "+49 30 901820¹",
    "+48 12 616 55 5①",
    "12 616 55 5½",
    "12 616 55 55…",
    "\x00112",
]


@pytest.mark.parametrize(("typed", "kept"), NUMBERS)
def test_a_number_is_kept_in_one_spelling(typed, kept):
    assert spelled(typed) == kept
    assert spelled(kept) == kept


@pytest.mark.parametrize("typed", NONE)
def test_what_nobody_can_be_called_at_is_refused(typed):
    with pytest.raises(TelephoneError):
        spelled(typed)


@pytest.mark.django_db
def test_the_starter_content_is_spelled_so():
    numbers = Channel.objects.filter(kind="telephone").values_list("value", flat=True)
    assert len(numbers) > 20
    for number in numbers:
        assert spelled(number) == number


@pytest.mark.django_db
@pytest.mark.parametrize(
    "value", ["616 12 34", "12 616", "126165555", "+48126165555", "tel. 12 616 55 55", "1" * 7, " "]
)
def test_neither_an_update_nor_sql_stores_another_shape(value):
    channel = make_channel(make_service_point(), "telephone", "112")
    with pytest.raises(IntegrityError), transaction.atomic():
        Channel.objects.filter(pk=channel.pk).update(value=value)


@pytest.mark.django_db
def test_the_model_spells_what_it_is_given():
    channel = Channel(service_point=make_service_point(), kind="telephone", value="126165555")
    channel.full_clean()
    assert channel.value == "+48 12 616 55 55"


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["616 12 34", "12 616"])
def test_an_editor_is_told_at_the_number(editor, value):
    point = make_service_point()
    address = reverse("admin:offices_servicepoint_change", args=[point.pk])
    row = {"kind": "telephone", "value": value, "position": "0"}
    response = editor.post(address, filled(editor.get(address)) | rows("channels", row))
    (errors,) = errors_at(response, "channels")
    assert list(errors) == ["value"]
    assert len(errors["value"]) == 1
    assert "Write one number with its area code" in errors["value"][0]


@pytest.mark.django_db
def test_one_number_in_two_spellings_is_told(editor):
    point = make_service_point()
    address = reverse("admin:offices_servicepoint_change", args=[point.pk])
    data = filled(editor.get(address))
    row = {"kind": "telephone", "position": "0"}
    twice = rows("channels", row | {"value": "126165555"}, row | {"value": "12 616-55-55"})
    assert "correct the duplicate data" in text(editor.post(address, data | twice))
    assert not point.channels.exists()
    editor.post(address, data | rows("channels", row | {"value": f"12{NBSP}6165555"}))
    assert point.channels.get().value == "+48 12 616 55 55"


@pytest.mark.django_db
def test_numbers_from_before_are_spelled_and_none_is_lost():
    point = make_service_point()
    old = ["126165555", "616 12 34", "+48 12 616 55 55"]
    connection.check_constraints()  # a table with deferred checks cannot be altered
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE offices_channel DROP CONSTRAINT offices_channel_telephone")
    channels = [make_channel(point, "telephone", value) for value in [*old, "0048887201598"]]
    migration("offices", "telephones_have_one_spelling").spell(apps, None)
    values = [Channel.objects.get(pk=channel.pk).value for channel in channels]
    assert values == [*old, "+48 887 201 598"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "value"),
    [("email", "nobody"), ("online_form", "javascript:alert(1)"), ("online_form", "gov.pl")],
)
def test_other_ways_are_refused_where_they_lead_nowhere(kind, value):
    with pytest.raises(ValidationError) as refusal:
        Channel(service_point=make_service_point(), kind=kind, value=value).full_clean()
    assert list(refusal.value.message_dict) == ["value"]
