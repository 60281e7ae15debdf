"""Template tags for texts that may be in another language than the page."""

import re
from typing import Any

from django import template
from django.db.models import Model
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from languages.alternates import alternates, default_path, swap_language
from languages.available import LANGUAGE_CODES, SOURCE_LANGUAGE, resolution_order
from languages.fallback import LocalizedText, current_language, localized
from languages.scripts import mark_polish
from languages.spoken import SignLanguage, SpokenLanguage

register = template.Library()

# Browsers send line ends as \r\n.
_PARAGRAPHS = re.compile(r"(?:\r?\n){2,}")
# A longer query is nobody's filter; repeating it in every link would only swell the page.
_LONGEST_QUERY = 200

_SPOKEN = dict(SpokenLanguage.choices) | dict(SignLanguage.choices)


def only_in_note(code: str) -> str:
    """The short note that a text exists only in the language ``code`` so far."""
    return {
        "pl": _("Only in Polish so far"),
        "en": _("Only in English so far"),
        "uk": _("Only in Ukrainian so far"),
        "ru": _("Only in Russian so far"),
    }[code]


def _polish_marked(content: str | SafeString, language: str) -> SafeString:
    """``content``, escaped if it is not safe yet, with the Polish words in it marked."""
    return mark_safe(mark_polish(conditional_escape(content), language))  # noqa: S308


def _marked(element: str, text: LocalizedText, content: str | SafeString) -> SafeString:
    """``content`` as it is in the page's language, else inside an element with its ``lang``."""
    marked = _polish_marked(content, text.language)
    if text.language == current_language():
        return marked
    return format_html('<{0} lang="{1}">{2}</{0}>', element, text.language, marked)


@register.simple_tag
def localized_text(record: Model, field: str) -> SafeString:
    """A plain text inside a line; in another language than the page's it carries ``lang``."""
    text = localized(record, field)
    return _marked("span", text, text.text)


@register.simple_tag
def localized_name(record: Model, field: str = "name") -> SafeString:
    """A name in a list or heading: as ``localized_text``, with a note if it is not translated."""
    text = localized(record, field)
    marked = _marked("span", text, text.text)
    if text.language == current_language():
        return marked
    return format_html('{} <small class="only-in">{}</small>', marked, only_in_note(text.language))


@register.simple_tag
def localized_block(record: Model, field: str, css_class: str = "") -> SafeString:
    """A plain text as paragraphs, with a note above it if it is not translated."""
    text = localized(record, field)
    paragraphs = mark_safe(  # noqa: S308 - every piece is escaped by format_html
        "".join(
            format_html("<p>{}</p>", paragraph.strip())
            for paragraph in _PARAGRAPHS.split(text.text)
            if paragraph.strip()
        )
    )
    return _block(text, paragraphs, css_class)


@register.simple_tag
def localized_html(record: Model, field: str, css_class: str = "") -> SafeString:
    """A rich text, with a note if it is not translated.

    It was sanitised when it was saved, and is again: not all that writes to a database saves.
    """
    text = localized(record, field)
    stored: Any = record._meta.get_field(field)
    html = mark_safe(stored.sanitize(text.text))  # noqa: S308
    return _block(text, html, f"prose {css_class}".strip())


def _block(text: LocalizedText, content: SafeString, css_class: str) -> SafeString:
    if not text:
        return mark_safe("")
    is_foreign = text.language != current_language()
    note = (
        format_html('<p class="only-in">{}</p>', only_in_note(text.language)) if is_foreign else ""
    )
    lang = format_html(' lang="{}"', text.language) if is_foreign else ""
    return format_html(
        "{}<div data-text{}{}>{}</div>",
        note,
        format_html(' class="{}"', css_class) if css_class else "",
        lang,
        _polish_marked(content, text.language),
    )


@register.simple_tag
def polish_name(record: Model, field: str = "name") -> SafeString:
    """The Polish name of a record, to show beside the translated one; empty where it is the same.

    So it is empty on Polish pages too.
    """
    name = getattr(record, f"{field}_{SOURCE_LANGUAGE}")
    if not name or localized(record, field).text == name:
        return mark_safe("")
    return format_html('<span lang="pl">{}</span>', name)


@register.filter
def spoken_names(codes: list[str]) -> str:
    """Names of spoken or signed languages in the page's language, joined by commas."""
    return ", ".join(str(_SPOKEN.get(code, code)) for code in codes)


@register.simple_tag(takes_context=True)
def language_alternates(context) -> tuple:
    """The page in each language in which it really exists.

    ``page_languages`` in the context narrows the list; ``is_error`` leads home.
    """
    request = context.get("request")
    if request is None or context.get("is_error"):
        path = "/"
    elif len(request.META.get("QUERY_STRING", "")) > _LONGEST_QUERY:
        path = request.path
    else:
        path = request.get_full_path()
    codes = tuple(context.get("page_languages") or LANGUAGE_CODES)
    return alternates(path, current_language(), codes)


def _indexed_path(context) -> str:
    """The path of the page as search engines are to know it: a further page of a list counts."""
    page = context.get("page_obj")
    is_further = page is not None and page.number > 1 and not context.get("is_variant")
    return context["request"].path + (f"?page={page.number}" if is_further else "")


@register.simple_tag(takes_context=True)
def absolute_alternates(context) -> list[tuple[str, str]]:
    """Language codes, with ``x-default``, and absolute addresses for ``hreflang``.

    Empty where the page does not exist in its own language, so that what is
    listed always lists this page in return.
    """
    request = context.get("request")
    codes = tuple(context.get("page_languages") or LANGUAGE_CODES)
    if request is None or context.get("is_error") or current_language() not in codes:
        return []
    path = _indexed_path(context)
    paths = [(one.language.code, one.path) for one in alternates(path, current_language(), codes)]
    if default := default_path(path, codes):
        paths.append(("x-default", default))
    return [(code, request.build_absolute_uri(path)) for code, path in paths]


@register.simple_tag(takes_context=True)
def canonical_url(context) -> str:
    """The one address of this page: without filters, in a language in which it exists."""
    request = context.get("request")
    if request is None or context.get("is_error"):
        return ""
    codes = tuple(context.get("page_languages") or LANGUAGE_CODES)
    # What a reader of this language is shown is what canonical means.
    code = next(code for code in resolution_order(current_language()) if code in codes)
    return request.build_absolute_uri(swap_language(_indexed_path(context), code))
