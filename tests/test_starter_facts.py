"""Facts that the starter content once had wrong: rules over all of its texts, in every language."""

import re
from datetime import date
from html import unescape

import pytest
from django.apps import apps
from django.db.models import CharField, TextField
from django.utils import formats, translation

from glossary.texts import text_sources
from languages.available import LANGUAGE_CODES
from procedures.models import Procedure, TimeLimit
from procedures.templatetags.procedure_facts import time_span
from publishing.fields import RichTextField

pytestmark = pytest.mark.django_db

SPRING_2027 = date(2027, 3, 4)
SPRING_2028 = date(2028, 3, 4)
PROTECTION = re.compile(
    r"ochron\w* czasow|temporary protection|тимчасов\w+ захист|временн\w+ защит|status UKR",
    re.IGNORECASE,
)
AT_LEAST = {"pl": "co najmniej", "en": "at least", "uk": "щонайменше", "ru": "как минимум"}
DIVORCE = re.compile(r"rozw[oó]d|divorce|розлучен|развод", re.IGNORECASE)
ALSO_A_UK_NATIONAL = {
    "pl": "sam też jest obywatelem Zjednoczonego Królestwa",
    "en": "is also a UK national",
    "uk": "сам є громадянином Великої Британії",
    "ru": "сам является гражданином Великобритании",
}


def in_words(day, language):
    """The date as running text has it, without the word for “year” that may follow."""
    with translation.override(language):
        return formats.date_format(day, "j E Y")


def texts(language):
    """Each text that readers see, without markup, with the row that it stands in."""
    for model, _owners, names in text_sources():
        for row in model._default_manager.all():
            for name in names:
                text = getattr(row, f"{name}_{language}") or ""
                yield row, " ".join(unescape(re.sub(r"<[^>]*>", " ", text)).split())


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_the_end_of_temporary_protection_is_never_told_without_its_reported_extension(language):
    ends, later = in_words(SPRING_2027, language), in_words(SPRING_2028, language)
    told = set()
    for row, text in texts(language):
        # An entry about the protection itself need not repeat its own name.
        subject = f"{getattr(row, f'name_{language}', '')} {text}"
        dated = isinstance(row, TimeLimit) and row.on_date == SPRING_2027
        if PROTECTION.search(subject) and (ends in text or dated):
            told.add(row)
            assert later in text, f"{row!r}: {text}"
            assert AT_LEAST[language] in text.casefold(), f"{row!r}: {text}"
    assert {row._meta.model_name for row in told} == {"term", "procedure", "timelimit"}


@pytest.mark.parametrize("language", LANGUAGE_CODES)
@pytest.mark.parametrize("path", ["procedures/ponaglenie-i-odwolanie", "glossary/ponaglenie"])
def test_what_tells_of_reminders_tells_of_the_suspended_time_limits(client, language, path):
    html = client.get(f"/{language}/{path}/").content.decode()
    assert "100d" in html
    assert in_words(SPRING_2027, language) in html
    assert in_words(date(2026, 1, 23), language) in html


def test_the_end_of_the_suspension_is_not_told_as_the_time_limit_of_the_office():
    procedure = Procedure.objects.get(slug="ponaglenie-i-odwolanie")
    assert [time_span(limit) for limit in procedure.time_limits.filter(kind="office")] == [""]


def test_the_page_of_appeals_knows_how_to_appeal_and_that_a_reminder_is_free(client):
    html = client.get("/en/procedures/ponaglenie-i-odwolanie/").content.decode()
    assert 'class="unknown"' not in html
    refused = html.partition('id="refused"')[2].partition("</section>")[0]
    for fact in ("Head of the Office for Foreigners", "voivode who made the decision", "14 days"):
        assert fact in refused
    cost = html.partition('id="cost"')[2].partition("</section>")[0]
    assert re.search(r"ponaglenie.*?free of charge", cost, re.DOTALL)


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_the_right_to_stay_after_a_divorce_is_promised_to_uk_nationals_only(language):
    promises = [(row, text) for row, text in texts(language) if DIVORCE.search(text)]
    assert len(promises) == 2
    for row, text in promises:
        assert ALSO_A_UK_NATIONAL[language] in text, f"{row!r}: {text}"


def test_rights_of_uk_nationals_are_not_said_to_be_those_of_british_citizens():
    for row, text in texts("en"):
        # Where the two are told apart, the term stands in quotation marks.
        assert not re.search(r"(?<!“)British citizen", text), f"{row!r}: {text}"


def test_forms_leave_the_texts_of_the_starter_content_as_they_are():
    """A form takes away spaces at the ends; who saved it would seem to have changed the text."""
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, CharField | TextField) and not isinstance(field, RichTextField):
                rows = model._base_manager.filter(**{f"{field.name}__regex": r"^\s|\s$"})
                assert not rows.exists(), f"{field}: {rows.first()}"
