"""What a channel's value is kept as, and the link that uses it."""

import pytest
from django.core.exceptions import ValidationError

from offices.models import BookingPolicy, Channel
from offices.models.channels import cleaned_value
from tests.factories import make_channel, make_service_point

UNSEEN = "\N{ZERO WIDTH SPACE}"


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("email", f" info@um.krakow.pl{UNSEEN}", "info@um.krakow.pl"),
        ("video", f"{UNSEEN}https://meet.example/x", "https://meet.example/x"),
        ("in_person", UNSEEN, ""),
        ("online_form", f"{UNSEEN}https://www.gov.pl/x ", "https://www.gov.pl/x"),
    ],
)
def test_marks_that_nobody_sees_are_not_kept_in_an_address(kind, typed, kept):
    assert cleaned_value(kind, typed) == kept


@pytest.mark.parametrize(
    ("kind", "value", "href"),
    [
        ("telephone", "+48 12 616 55 55", "tel:+48126165555"),
        ("email", "info@um.krakow.pl", "mailto:info@um.krakow.pl"),
        ("online_form", "HTTPS://www.gov.pl/x", "HTTPS://www.gov.pl/x"),
        ("video", "javascript:alert(1)", ""),
        ("in_person", "", ""),
    ],
)
def test_link_of_a_channel(kind, value, href):
    assert Channel(kind=kind, value=value).href == href


@pytest.mark.django_db
def test_a_telephone_does_not_say_to_call_itself():
    point = make_service_point()
    counter = make_channel(point)
    telephone = make_channel(point, "telephone", "+48 12 616 55 55")
    assert counter.number_for_appointments == "+48 12 616 55 55"
    assert telephone.number_for_appointments == ""


@pytest.mark.django_db
def test_rules_of_booking_name_no_channel_of_another_point():
    elsewhere = make_channel(make_service_point(), "telephone", "+48 12 616 55 55")
    policy = BookingPolicy(service_point=make_service_point(), channel=elsewhere, name_pl="Wizyta")
    with pytest.raises(ValidationError) as refused:
        policy.full_clean()
    assert [*refused.value.error_dict] == ["channel"]
