"""JSON-LD inside of pages."""

from publishing.structured_data import as_script, filled


def test_script_is_data_with_a_context():
    html = as_script({"name": "Kraków"})
    assert html == (
        '<script type="application/ld+json">'
        '{"@context": "https://schema.org", "name": "Kraków"}</script>'
    )


def test_nothing_in_it_is_read_as_markup():
    assert "</script><b>&" not in as_script({"name": "</script><b>&"})
    assert as_script({"name": "</script><b>&"}).count("<") == 2


def test_what_is_empty_is_left_out():
    assert filled({"a": "", "b": [], "c": {}, "d": None, "e": 0, "f": False}) == {
        "e": 0,
        "f": False,
    }
