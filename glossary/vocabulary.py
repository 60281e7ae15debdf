"""The words of the glossary as pages need them: kept in each process until they change.

A page learns with the query for its own record which state the glossary is in, so linking costs it
no query. The words are read anew when the state is another one, and when a term's time of
publication begins or ends.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import QuerySet, TextField
from django.db.models.expressions import RawSQL

from languages.available import LANGUAGE_CODES, SOURCE_LANGUAGE
from publishing.models import Status

from .declension import Name, declensions
from .models import Declension, Term
from .phrases import Phrase, PhraseIndex, exact_phrase, phrase

# A shorter Polish word without Polish letters may be an English one too: most, list, data.
_UNMISTAKABLE_LENGTH = 7


def with_vocabulary_state(queryset: QuerySet) -> QuerySet:
    """Records that know the state of the glossary, as :func:`current_vocabulary` needs it."""
    state = RawSQL(_STATE, (), output_field=TextField())  # noqa: S611 - nothing of a request is in it
    return queryset.annotate(vocabulary_state=state)


# The versions of all rows, as PostgreSQL numbers them: another text after any committed change,
# however it was made, and the same for all processes.
_STATE = "(SELECT md5(string_agg(xmin::text || ctid, '' ORDER BY id)) FROM glossary_term)"


class Vocabulary:
    """The terms published at a moment, and where their names stand in a text."""

    def __init__(self, terms: Iterable[Term], now: datetime):
        terms = list(terms)
        self.terms = {term.pk: term for term in terms if term.is_published(now)}
        self.linked = [term for term in self.terms.values() if term.is_linked_automatically]
        self._declensions = declensions(
            name for term in self.linked for name in names_in_text(term)
        )
        self._indexes: dict[str, PhraseIndex] = {}
        limits = (at for term in terms for at in (term.publish_from, term.publish_until))
        self.holds_until = min((at for at in limits if at and at > now), default=None)

    def index(self, language: str) -> PhraseIndex:
        """The names to look for in a text in ``language``: its own, and the Polish ones."""
        if language not in self._indexes:
            never = [
                (term.pk, form) for term in self.linked for form in never_forms(term, language)
            ]
            self._indexes[language] = PhraseIndex(self.phrases(language, self.linked), never)
        return self._indexes[language]

    def phrases(self, language: str, terms: Iterable[Term]) -> list[Phrase]:
        """What to look for in a text in ``language`` to find ``terms``, which are linked ones."""
        terms = list(terms)
        found = list(self._phrases(language, terms))
        if language != SOURCE_LANGUAGE:
            polish = self._phrases(SOURCE_LANGUAGE, terms)
            found += [one for one in polish if language != "en" or _is_unmistakable(one)]
        return found

    def is_linked(self, term: Term) -> bool:
        """Whether ``term`` is looked for in texts."""
        return term.is_linked_automatically and term.pk in self.terms

    def declension(self, name: Name) -> Declension:
        """The forms of a name; a query only for one that is not looked for in texts."""
        return self._declensions.get(name) or declensions([name])[name]

    def _phrases(self, language: str, terms: Iterable[Term]) -> Iterator[Phrase]:
        for term in terms:
            for name in names_in_text(term):
                if name.language == language:
                    yield phrase(term.pk, name.text, self._declensions[name].words, language)
            for form in lines(term, "extra_forms", language):
                yield exact_phrase(term.pk, form, language)


def never_forms(term: Term, language: str) -> list[str]:
    """What is not ``term`` in a text in ``language``, though it looks like it."""
    return [
        form
        for code in dict.fromkeys((language, SOURCE_LANGUAGE))
        for form in lines(term, "never_forms", code)
    ]


def names_in_text(term: Term) -> Iterator[Name]:
    """The names, in all languages, by which a term is found in text in any of their forms.

    Its aliases are what people type or say; many of them mean other things as well.
    """
    for code in LANGUAGE_CODES:
        for text in term.spellings(code):
            yield Name(code, text)


def keep_declensions(terms: Iterable[Term]) -> None:
    """Work out the forms of all names of ``terms`` now, so that no reader waits for it."""
    declensions(name for term in terms for name in names_in_text(term))


def lines(term: Term, field: str, language: str) -> list[str]:
    """The lines of a term's field in one language, without a fallback."""
    text = getattr(term, f"{field}_{language}") or ""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _is_unmistakable(one: Phrase) -> bool:
    """Whether a Polish name cannot be an English word."""
    if len(one.words) != 1:
        return True
    return all(
        len(form) >= _UNMISTAKABLE_LENGTH or not form.isascii() or form.isupper()
        for form in one.words[0]
    )


_kept: tuple[str, Vocabulary] | None = None


def current_vocabulary(state: str, now: datetime) -> Vocabulary:
    """The words in the ``state`` of :func:`with_vocabulary_state`, at the moment ``now``."""
    global _kept  # noqa: PLW0603 - one for all requests of the process
    kept = _kept  # another thread may replace it
    if kept and kept[0] == state and not _is_over(kept[1], now):
        return kept[1]
    vocabulary = vocabulary_at(now)
    _kept = (state, vocabulary)
    return vocabulary


def vocabulary_at(now: datetime) -> Vocabulary:
    """The words as they are in the database, at the moment ``now``."""
    return Vocabulary(Term.objects.filter(status=Status.PUBLISHED), now)


def _is_over(vocabulary: Vocabulary, now: datetime) -> bool:
    return vocabulary.holds_until is not None and vocabulary.holds_until <= now
