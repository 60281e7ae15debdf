"""Pages of the glossary."""

from collections.abc import Iterable
from itertools import groupby

from django.db.models import Prefetch
from django.views.generic import ListView

from languages.available import SOURCE_LANGUAGE, get_language
from languages.collation import initial, sort_key
from languages.fallback import current_language, localized

from .models import Term
from .page import LinkedRecordDetail


def by_letter(terms: Iterable[Term], language: str) -> list[tuple[str, list[Term]]]:
    """``terms`` under their initials, in the alphabet of ``language``."""

    def name(term: Term) -> str:
        return localized(term, "name", language).text

    ordered = sorted(terms, key=lambda term: sort_key(name(term), language))
    return [
        (letter, list(group))
        for letter, group in groupby(ordered, key=lambda term: initial(name(term), language))
    ]


class TermList(ListView):
    """All terms from A to Z, in the alphabet of the page's language."""

    model = Term

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
            "sources",
            "sections",
            "aliases",
            "topics",
            Prefetch("related_terms", queryset=Term.objects.published()),
            "procedures",
            "service_points__office",
        )

    def get_context_data(self, **kwargs):
        language = current_language()
        by_language: dict[str, list[str]] = {}
        for alias in self.object.aliases.all():
            words = by_language.setdefault(alias.language, [])
            if alias.text not in words:
                words.append(alias.text)
        aliases = [(get_language(code), words) for code, words in by_language.items()]
        # The reader's own words first, then those on forms.
        aliases.sort(key=lambda item: (item[0].code != language, item[0].code != SOURCE_LANGUAGE))
        return super().get_context_data(aliases=aliases, **kwargs)
