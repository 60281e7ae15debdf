"""The glossary on a page: words linked in its texts, and listed at its end."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from languages.available import SOURCE_LANGUAGE
from languages.collation import sort_key
from languages.fallback import LocalizedText, current_language
from publishing.views import RecordDetail

from .linking import mark_names
from .models import Term
from .phrases import Match
from .vocabulary import Vocabulary, current_vocabulary, with_vocabulary_state


class PageWords:
    """The words of one page: those linked so far in its texts, and those given besides.

    ``own`` is the term that the page is about; it is not linked to itself.
    """

    def __init__(self, vocabulary: Vocabulary, language: str, own: int | None = None):
        self.vocabulary = vocabulary
        self._language = language
        self._own = own
        self._used: set[int] = set()

    def linked(self, html: str) -> SafeString:
        """``html`` with the first occurrence of each word in each section as a link to its term."""
        marked = mark_names(html, self._language, self._find, self._link)
        return mark_safe(marked)  # noqa: S308 - what is added is escaped, the rest was safe

    def add(self, terms: Iterable[Term]) -> None:
        """List these words too, though no text on the page has them."""
        self._used |= {term.pk for term in terms} & self.vocabulary.terms.keys()

    def mention(self, texts: Iterable[LocalizedText]) -> None:
        """List the words of ``texts`` too, in which nothing is linked: labels, headings."""
        for text in texts:
            found = {match.phrase.key for match in self._find(text.text, text.language)}
            self._used |= cast("set[int]", found) - {self._own}

    @property
    def used(self) -> list[Term]:
        """The words of the page by their Polish names, in dictionary order."""
        terms: Iterable[Any] = (self.vocabulary.terms[key] for key in self._used)
        return sorted(terms, key=lambda term: sort_key(term.name_pl, SOURCE_LANGUAGE))

    def _find(self, text: str, language: str) -> Iterable[Match]:
        return self.vocabulary.index(language).find(text)

    def _link(self, match: Match, content: str, language: str) -> str | None:
        key: Any = match.phrase.key
        if key == self._own:
            return None
        self._used.add(key)
        term = self.vocabulary.terms[key]
        return format_html(
            '<a class="term" href="{}" data-term="{}"{}>{}</a>',
            term.get_absolute_url(),
            term.slug,
            _lang(match.phrase.language, language),
            mark_safe(content),  # noqa: S308 - escaped by the linker
        )


def _lang(language: str, of_text: str) -> SafeString:
    """The ``lang`` of a word that is not in the language of the text around it."""
    return format_html(' lang="{}"', language) if language != of_text else mark_safe("")


class LinkedRecordDetail(RecordDetail):
    """A record's page whose texts link to the glossary."""

    def get_object(self, queryset=None):
        queryset = self.get_queryset() if queryset is None else queryset
        return super().get_object(with_vocabulary_state(queryset))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now: datetime = kwargs["now"]
        vocabulary = current_vocabulary(self.object.vocabulary_state, now)
        own = self.object.pk if isinstance(self.object, Term) else None
        words = PageWords(vocabulary, current_language(), own)
        return super().get_context_data(words=words, **kwargs)
