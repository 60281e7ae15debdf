"""Pages of the glossary."""

from collections.abc import Iterable
from itertools import groupby, islice

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from django.views.generic import ListView

from languages.available import LANGUAGE_CODES, SOURCE_LANGUAGE, Language, get_language
from languages.collation import initial, sort_key
from languages.fallback import current_language, localized
from publishing.prefetching import prefetch_together
from publishing.views import VariantsMixin

from .declension import Name
from .models import Term
from .page import LinkedRecordDetail
from .structured_data import glossary_document
from .usage import by_kind, records_with
from .vocabulary import Vocabulary

SHORT_LIST = 8
MOST_FORMS = 8


def by_letter(terms: Iterable[Term], language: str) -> list[tuple[str, list[Term]]]:
    """``terms`` under their initials, in the alphabet of ``language``."""

    def name(term: Term) -> str:
        return localized(term, "name", language).text

    ordered = sorted(terms, key=lambda term: sort_key(name(term), language))
    return [
        (letter, list(group))
        for letter, group in groupby(ordered, key=lambda term: initial(name(term), language))
    ]


class TermList(VariantsMixin, ListView):
    """All terms from A to Z, in the alphabet of the page's language."""

    model = Term
    variants = ("by",)

    def get_queryset(self):
        return Term.objects.published()

    def get_context_data(self, **kwargs):
        # By the Polish word, for a reader who has a form in hand.
        is_by_polish = self.request.GET.get("by") == "polish"
        language = SOURCE_LANGUAGE if is_by_polish else current_language()
        return super().get_context_data(
            letters=by_letter(self.object_list, language), is_by_polish=is_by_polish, **kwargs
        )


class TermDetail(LinkedRecordDetail):
    """A term: its meaning, other words for it, and where it occurs."""

    model = Term

    def get_queryset(self):
        return Term.objects.select_related("owner").prefetch_related(
            "sources", Prefetch("related_terms", queryset=Term.objects.published())
        )

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        term, language = self.object, current_language()
        prefetch_together(term, "sections", "aliases")
        vocabulary = context["words"].vocabulary
        usage = records_with(term, vocabulary, language, kwargs["now"])
        return context | {
            "aliases": aliases_by_language(term, language),
            "polish_forms": polish_forms(term, vocabulary),
            "usage": usage,
            # A short list needs no headings.
            "usage_by_kind": by_kind(usage) if len(usage) > SHORT_LIST else [],
        }


def aliases_by_language(term: Term, language: str) -> list[tuple[Language, list[str]]]:
    """Other words for ``term``: the reader's own first, then those on forms."""
    by_language: dict[str, list[str]] = {}
    for alias in term.aliases.all():
        words = by_language.setdefault(alias.language, [])
        if alias.text not in words:
            words.append(alias.text)
    aliases = [(get_language(code), words) for code, words in by_language.items()]
    aliases.sort(key=lambda item: (item[0].code != language, item[0].code != SOURCE_LANGUAGE))
    return aliases


def polish_forms(term: Term, vocabulary: Vocabulary) -> list[str]:
    """How the Polish name looks in other cases and numbers."""
    names = [Name(SOURCE_LANGUAGE, text) for text in term.spellings(SOURCE_LANGUAGE)]
    forms = (form for name in names for form in vocabulary.declension(name).paradigm)
    return list(islice(dict.fromkeys(forms), MOST_FORMS))


@require_safe
def glossary_data(request: HttpRequest) -> HttpResponse:
    """``/glossary.jsonld``: all terms as data."""
    terms = Term.objects.published().prefetch_related(
        "aliases", Prefetch("related_terms", queryset=Term.objects.published())
    )
    return JsonResponse(
        glossary_document(terms, request.build_absolute_uri),
        json_dumps_params={"ensure_ascii": False},
        content_type="application/ld+json",
        # In all of them at once, whatever the browser prefers.
        headers={"Content-Language": ", ".join(LANGUAGE_CODES)},
    )
