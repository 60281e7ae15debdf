"""What a channel's value is kept as, and the link that uses it."""

import pytest

from offices.models import Channel
from offices.models.channels import cleaned_value

UNSEEN = "\N{ZERO WIDTH SPACE}"


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("email", f" info@um.krakow.pl{UNSEEN}", "info@um.krakow.pl"),
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
