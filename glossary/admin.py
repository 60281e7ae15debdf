"""The admin of the glossary: terms, what would link in a text, how the texts are covered."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import path
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from languages.available import AVAILABLE_LANGUAGES, LANGUAGE_CODES, get_language
from languages.fallback import current_language, localized
from publishing.admin import PUBLISHING, PartInline, PublishedRecordAdmin
from publishing.forgiving import ForgivingForm

from .coverage import MANY_RECORDS, MANY_TIMES, coverage
from .declension import forms_in_text
from .forms import PreviewForm, TermForm
from .models import Alias, Section, Term
from .preview import preview
from .vocabulary import keep_declensions, lines, names_in_text, vocabulary_at


class SectionInline(PartInline):
    model = Section


class AliasInline(ForgivingForm, admin.TabularInline):
    model = Alias
    extra = 0


def _found_forms(language: str) -> Callable[[Term], SafeString]:
    """A read-only field: the forms in which a term is found in text in ``language``."""

    @admin.display(description=format_lazy("{} [{}]", _("forms found in text"), language))
    def found_forms(term: Term) -> SafeString:
        is_saved = term.pk is not None
        names = [name for name in names_in_text(term) if name.language == language]
        context = {
            "language": language,
            "is_saved": is_saved,
            "is_linked": term.is_linked_automatically,
            "names": forms_in_text(names, lines(term, "never_forms", language)) if is_saved else [],
        }
        return render_to_string("admin/glossary/_found_forms.html", context)

    return found_forms


FOUND_FORMS: list[Any] = [_found_forms(code) for code in LANGUAGE_CODES]


@admin.register(Term)
class TermAdmin(PublishedRecordAdmin):
    form = TermForm
    list_filter = [*PublishedRecordAdmin.list_filter, "topics", "is_linked_automatically"]
    search_fields = [*PublishedRecordAdmin.search_fields, "aliases__text"]
    autocomplete_fields = [
        *PublishedRecordAdmin.autocomplete_fields,
        "topics",
        "related_terms",
    ]
    readonly_fields = [*PublishedRecordAdmin.readonly_fields, *FOUND_FORMS]
    inlines = [SectionInline, AliasInline]
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "name",
                    "slug",
                    "meaning",
                    "details",
                    "caution",
                    "topics",
                    "related_terms",
                )
            },
        ),
        (
            _("Linking in running text"),
            {
                "description": _(
                    "A published term is found by its names, in all forms of their words; its "
                    "aliases are not looked for. What stands in brackets in a name is left out, "
                    "and “ / ” stands between two names. A Polish name is found in texts in the "
                    "other languages too. Extra forms are found exactly as they are written; "
                    "forbidden forms never."
                ),
                "fields": ("is_linked_automatically", *FOUND_FORMS, "extra_forms", "never_forms"),
                "classes": ["collapse"],
            },
        ),
        PUBLISHING,
    )

    class Media:
        css = {"all": ["glossary/glossary_admin.css"]}

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        keep_declensions([form.instance])

    def get_urls(self):
        pages = {"preview": self.preview_view, "report": self.report_view}
        own = [
            path(f"{name}/", self.admin_site.admin_view(view), name=f"glossary_term_{name}")
            for name, view in pages.items()
        ]
        return [*own, *super().get_urls()]

    def preview_view(self, request):
        """What would link in a text that an editor pastes; nothing is saved."""
        context = self._page(request, _("What would link in a text"))
        form = PreviewForm(request.POST or None, initial={"language": current_language()})
        if form.is_valid():
            text, language = form.cleaned_data["text"], form.cleaned_data["language"]
            context["preview"] = preview(text, language, vocabulary_at(timezone.now()))
            context["text_language"] = language
        return render(request, "admin/glossary/term/preview.html", context | {"form": form})

    def report_view(self, request):
        """How the glossary covers the published texts in a language."""
        context = self._page(request, _("Terms and texts"))
        code = request.GET.get("language")
        language = code if code in LANGUAGE_CODES else current_language()
        never_found, words = coverage(language, timezone.now())
        with override(language):
            # Pages of readers, in the language in which the word stands there.
            rows = [
                (
                    word,
                    [
                        (localized(one, "name", language), one.get_absolute_url())
                        for one in word.examples
                    ],
                )
                for word in words
            ]
        context |= {
            "languages": AVAILABLE_LANGUAGES,
            "language": get_language(language),
            "never_found": never_found,
            "words": rows,
            "many_times": MANY_TIMES,
            "many_records": MANY_RECORDS,
        }
        return render(request, "admin/glossary/term/report.html", context)

    def _page(self, request, title) -> dict:
        """What both pages show around them, to those who may see terms."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": title,
            "media": self.media,
        }
