"""What editors fill in beside a term: other forms of it, and a text to try the linking on."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from languages.available import LANGUAGE_CODES
from publishing.admin import PublishedRecordForm

from .phrases import spelling

LONGEST_TEXT = 100_000


class TermForm(PublishedRecordForm):
    """A term whose extra and forbidden forms can be looked for, and do not contradict."""

    def clean(self):
        cleaned = super().clean()
        for code in LANGUAGE_CODES:
            extra, never = f"extra_forms_{code}", f"never_forms_{code}"
            for field in (extra, never):
                for line in _lines(cleaned, field):
                    if not spelling(line):
                        text = _("There is no word in the line “%(line)s”.")
                        self.add_error(field, text % {"line": line})
            wanted = {spelling(line) for line in _lines(cleaned, extra)} - {()}
            for line in _lines(cleaned, never):
                if spelling(line) in wanted:
                    text = _("“%(line)s” is an extra form as well. Delete it here or there.")
                    self.add_error(never, text % {"line": line})
        return cleaned


def _lines(cleaned: dict[str, Any], field: str) -> Iterator[str]:
    for line in (cleaned.get(field) or "").splitlines():
        if line.strip():
            yield line.strip()


class PreviewForm(forms.Form):
    """A text in a language, to be looked through for terms."""

    text = forms.CharField(
        label=_("text"),
        # No limit in the browser: it would cut a longer text off without a word.
        widget=forms.Textarea(attrs={"class": "vLargeTextField", "rows": 12}),
        help_text=_("Plain text, up to 100,000 characters. It is not kept."),
    )
    language = forms.ChoiceField(label=_("language"), choices=settings.LANGUAGES)

    def clean_text(self) -> str:
        # A browser sends each end of line as two characters.
        text = self.cleaned_data["text"].replace("\r\n", "\n")
        if (excess := len(text) - LONGEST_TEXT) > 0:
            message = ngettext(
                "The text is too long by %(count)s character. Paste it in parts.",
                "The text is too long by %(count)s characters. Paste it in parts.",
                excess,
            )
            raise forms.ValidationError(message % {"count": excess})
        return text
