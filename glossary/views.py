"""Pages of the glossary."""

from itertools import groupby

from django.db.models import Prefetch
from django.views.generic import ListView

from languages.collation import initial, sort_key
from languages.fallback import current_language, localized
from publishing.views import RecordDetail

from .models import Term


class TermList(ListView):
    """All terms from A to Z, in the alphabet of the page's language."""

    model = Term

    def get_queryset(self):
        return Term.objects.published()

    def get_context_data(self, **kwargs):
        language = current_language()

        def name(term: Term) -> str:
            return localized(term, "name").text

        terms = sorted(self.object_list, key=lambda term: sort_key(name(term), language))
        letters = [
            (letter, list(group))
            for letter, group in groupby(terms, key=lambda term: initial(name(term), language))
        ]
        return super().get_context_data(letters=letters, **kwargs)


class TermDetail(RecordDetail):
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
