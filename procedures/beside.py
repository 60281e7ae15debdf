"""A procedure as pairs of texts, Polish beside the reader's language."""

from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from languages.available import SOURCE_LANGUAGE
from languages.fallback import current_language, localized

from .page import ProcedurePage
from .templatetags.procedure_facts import fee_amount, time_span


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that the page says: its heading and text, in Polish and in ``language``."""

    polish_heading: str
    polish: SafeString
    heading: str
    text: SafeString
    language: str


def _text(record, field: str, language: str) -> tuple[SafeString, str]:
    found = localized(record, field, language)
    if found.text.startswith("<"):
        return mark_safe(found.text), found.language  # noqa: S308 - sanitised when saved
    return format_html("{}", found.text), found.language


def _list(items: list[tuple[SafeString, str]]) -> SafeString:
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", [(i[0],) for i in items]))


def _half(page: ProcedurePage, language: str) -> list[tuple[str, SafeString, str]]:
    """Headings and texts of the page in one language, always the same number of them."""
    procedure = page.procedure
    documents = [part for choice in page.documents for part in choice.parts]
    steps = [part for choice in page.steps for part in choice.parts]
    with override(language):
        fees = [
            (format_html("{}: {}", _text(fee, "purpose", language)[0], fee_amount(fee)), language)
            for fee in page.fees
        ]
        limits = [
            (
                format_html(
                    "{}: {} {}",
                    limit.get_kind_display(),
                    time_span(limit),
                    _text(limit, "description", language)[0],
                ),
                language,
            )
            for _kind, group in page.time_limits
            for limit in group
        ]
        lists = [
            (_("What to bring"), [_text(part, "name", language) for part in documents]),
            (_("What it costs"), fees),
            (_("How long it takes"), limits),
            (_("Step by step"), [_text(part, "title", language) for part in steps]),
        ]
        name, name_language = _text(procedure, "name", language)
        summary, summary_language = _text(procedure, "summary", language)
        return [
            (_("What it is about"), name, name_language),
            (_("In short"), summary, summary_language),
            *[
                (heading, _list(items), items[0][1] if items else language)
                for heading, items in lists
            ],
        ]


def beside_rows(page: ProcedurePage) -> list[Row]:
    """The rows of the page, without those that say nothing."""
    polish = _half(page, SOURCE_LANGUAGE)
    local = _half(page, current_language())
    return [
        Row(polish_heading, polish_text, heading, text, language)
        for (polish_heading, polish_text, _pl), (heading, text, language) in zip(
            polish, local, strict=True
        )
        if polish_text and polish_text != "<ul></ul>"
    ]
