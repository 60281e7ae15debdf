"""A procedure as pairs of texts, Polish beside the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from languages.available import SOURCE_LANGUAGE
from languages.fallback import current_language, localized
from languages.scripts import mark_polish

from .models import Document
from .page import Choice, ProcedurePage
from .templatetags.procedure_facts import audience_names, fee_amount, time_span


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that the page says: its heading and text, in Polish and in the reader's words."""

    polish_heading: str
    polish: SafeString
    heading: str
    text: SafeString


def _text(record, field: str, language: str) -> SafeString:
    """A plain text, with its own ``lang`` where it is not in ``language``."""
    found = localized(record, field, language)
    # Escaped first, so that marking adds the only markup there is.
    text = mark_safe(mark_polish(escape(found.text), found.language))  # noqa: S308
    if found.language == language:
        return text
    return format_html('<span lang="{}">{}</span>', found.language, text)


def _with_marks(text: SafeString, *marks: str) -> SafeString:
    said = [mark for mark in marks if mark]
    return format_html("{} ({})", text, "; ".join(said)) if said else text


def _for_whom(part, page: ProcedurePage) -> str:
    if page.group or not part.audience:
        return ""
    return _("only:") + " " + ", ".join(audience_names(part.audience))


def _list(items: Iterable[SafeString]) -> SafeString:
    rows = [(item,) for item in items]
    if not rows:
        return SafeString("")
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", rows))


def _choices(found: list[Choice], describe, one_of: str) -> SafeString:
    """A list in which parts that can stand for each other are a list of their own."""
    return _list(
        format_html("{} {}", one_of, _list(map(describe, choice.parts)))
        if choice.is_alternative
        else describe(choice.parts[0])
        for choice in found
    )


def _half(page: ProcedurePage, language: str) -> list[tuple[str, SafeString]]:
    """Headings and texts of the page in one language, always the same number of them."""
    procedure = page.procedure

    def document(part) -> SafeString:
        need = part.get_need_display() if part.need == Document.Need.IF_APPLICABLE else ""
        return _with_marks(
            _text(part, "name", language), need, part.get_form_display(), _for_whom(part, page)
        )

    def step(part) -> SafeString:
        optional = _("optional") if part.is_optional else ""
        return _with_marks(_text(part, "title", language), optional, _for_whom(part, page))

    def fee(part) -> SafeString:
        text = format_html("{}: {}", _text(part, "purpose", language), fee_amount(part))
        optional = _("only if you want it") if part.is_optional else ""
        return _with_marks(text, optional, _for_whom(part, page))

    def limit(part) -> SafeString:
        text = format_html(
            "{}: {} {}",
            part.get_kind_display(),
            time_span(part),
            _text(part, "description", language),
        )
        return _with_marks(text, _for_whom(part, page))

    with override(language):
        limits = [part for _kind, group in page.time_limits for part in group]
        return [
            (_("What it is about"), _text(procedure, "name", language)),
            (_("In short"), _text(procedure, "summary", language)),
            (_("What to bring"), _choices(page.documents, document, _("One of these:"))),
            (_("What it costs"), _list(map(fee, page.fees))),
            (_("How long it takes"), _list(map(limit, limits))),
            (_("Step by step"), _choices(page.steps, step, _("Do one of these:"))),
        ]


def beside_rows(page: ProcedurePage) -> list[Row]:
    """The rows of the page, without those that say nothing."""
    polish = _half(page, SOURCE_LANGUAGE)
    local = _half(page, current_language())
    return [
        Row(*source, *translation)
        for source, translation in zip(polish, local, strict=True)
        if source[1]
    ]
