"""Which language a text is shown in, and where the page stands in the others."""

import pytest
from django.utils import translation

from languages.alternates import alternates, swap_language
from languages.available import AVAILABLE_LANGUAGES, resolution_order
from languages.fallback import current_language, localized
from tests.factories import make_topic


@pytest.mark.parametrize(
    ("language", "order"),
    [("pl", ("pl",)), ("en", ("en", "pl")), ("uk", ("uk", "en", "pl")), ("ru", ("ru", "en", "pl"))],
)
def test_order_of_fallback(language, order):
    assert resolution_order(language) == order


def test_neither_ukrainian_nor_russian_stands_in_for_the_other():
    fallbacks = {one.code: one.fallbacks for one in AVAILABLE_LANGUAGES}
    assert "ru" not in fallbacks["uk"]
    assert "uk" not in fallbacks["ru"]


@pytest.mark.parametrize(
    ("texts", "language", "expected"),
    [
        ({"pl": "a", "en": "b", "uk": "c", "ru": "d"}, "uk", ("c", "uk")),
        ({"pl": "a", "en": "b", "uk": "", "ru": "d"}, "uk", ("b", "en")),
        ({"pl": "a", "en": None, "uk": None, "ru": "d"}, "uk", ("a", "pl")),
        ({"pl": "a", "en": None, "uk": "c", "ru": ""}, "ru", ("a", "pl")),
        ({"pl": "", "en": "b", "uk": "c", "ru": "d"}, "pl", ("", "pl")),
    ],
)
def test_first_language_with_a_text_wins(db, texts, language, expected):
    fields = {f"description_{code}": text for code, text in texts.items()}
    topic = make_topic(**fields)
    found = localized(topic, "description", language)
    assert (found.text, found.language) == expected


def test_current_language_is_always_one_of_ours():
    with translation.override("de"):
        assert current_language() == "pl"
    with translation.override("en-gb"):
        assert current_language() == "en"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/en/offices/usc/", "/uk/offices/usc/"),
        ("/en/offices/?kind=city", "/uk/offices/?kind=city"),
        ("/en/", "/uk/"),
        ("/", "/uk/"),
        ("/de/offices/", "/uk/"),
    ],
)
def test_a_language_differs_by_its_prefix_alone(path, expected):
    assert swap_language(path, "uk") == expected


def test_alternates_stand_in_the_order_of_the_portal():
    found = alternates("/en/about/", "en", ("ru", "en"))
    assert [(one.path, one.is_current) for one in found] == [
        ("/en/about/", True),
        ("/ru/about/", False),
    ]
