"""The glossary for programs: one document of all terms, and one term on its own page.

The document is a concept scheme of SKOS and a set of defined terms of schema.org at once. A term is
the same thing in all languages, so it has one URI: the document's address and the term's slug.
"""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from languages.alternates import alternates
from languages.available import LANGUAGE_CODES, SOURCE_LANGUAGE
from languages.fallback import current_language, localized
from publishing.structured_data import Absolute, Data, filled

from .models import AliasKind, Term

_TEXTS = (
    "skos:prefLabel",
    "skos:altLabel",
    "skos:hiddenLabel",
    "skos:definition",
    "schema:name",
    "schema:description",
)
_LINKS = (
    "skos:inScheme",
    "skos:topConceptOf",
    "skos:hasTopConcept",
    "skos:related",
    "schema:inDefinedTermSet",
    "schema:hasDefinedTerm",
    "schema:url",
)
_DATES = ("dcterms:issued", "dcterms:modified")

# Written out: nobody has to fetch it to read the document.
CONTEXT: Data = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "schema": "https://schema.org/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    **{
        name.partition(":")[2]: {"@id": name} | kind
        for names, kind in (
            (_TEXTS, {"@container": "@language"}),
            (_LINKS, {"@type": "@id"}),
            (_DATES, {"@type": "xsd:date"}),
            (("schema:termCode",), {}),
        )
        for name in names
    },
}


def glossary_document(terms: Iterable[Term], absolute: Absolute) -> Data:
    """The whole glossary: published ``terms`` with their aliases and published related terms."""
    terms = sorted(terms, key=lambda term: term.slug)
    uris = [_uri(term, absolute) for term in terms]
    scheme = filled(
        {
            "@id": _scheme_uri(absolute),
            "@type": ["skos:ConceptScheme", "schema:DefinedTermSet"],
            "prefLabel": _title(),
            "name": _title(),
            "url": _pages(reverse("glossary:list"), LANGUAGE_CODES, absolute),
            "modified": _iso(max(filter(None, map(_changed_on, terms)), default=None)),
            "hasTopConcept": uris,
            "hasDefinedTerm": uris,
        }
    )
    return {"@context": CONTEXT, "@graph": [scheme, *(_concept(term, absolute) for term in terms)]}


def _concept(term: Term, absolute: Absolute) -> Data:
    names, meanings = _texts(term, "name"), _texts(term, "meaning")
    alternative, hidden = _other_labels(term, names)
    scheme = _scheme_uri(absolute)
    related = sorted(other.slug for other in term.related_terms.all() if other.pk != term.pk)
    return filled(
        {
            "@id": _uri(term, absolute),
            "@type": ["skos:Concept", "schema:DefinedTerm"],
            "prefLabel": names,
            "altLabel": alternative,
            "hiddenLabel": hidden,
            "definition": meanings,
            "related": [f"{scheme}#{slug}" for slug in related],
            "inScheme": scheme,
            "topConceptOf": scheme,
            "name": names,
            "description": meanings,
            "termCode": term.slug,
            "inDefinedTermSet": scheme,
            "url": _pages(term.get_absolute_url(), term.languages, absolute),
            "issued": _iso(term.published_on),
            "modified": _iso(_changed_on(term)),
        }
    )


def _other_labels(
    term: Term, names: dict[str, str]
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The aliases to show and those only to search by; in SKOS a label is of one sort only."""
    seen = set(names.items())
    shown: dict[str, list[str]] = {}
    hidden: dict[str, list[str]] = {}
    # What is to be shown comes first.
    for alias in sorted(term.aliases.all(), key=lambda one: one.kind == AliasKind.CYRILLIC):
        text = alias.text.strip()
        if text and (alias.language, text) not in seen:
            seen.add((alias.language, text))
            labels = hidden if alias.kind == AliasKind.CYRILLIC else shown
            labels.setdefault(alias.language, []).append(text)
    return shown, hidden


def term_data(term: Term, absolute: Absolute) -> Data:
    """A term in the page's language, fetched as its page fetches it, in the words of schema.org."""
    name, official = localized(term, "name").text, _texts(term, "name").get(SOURCE_LANGUAGE)
    language = current_language()
    aliases = [
        alias.text
        for alias in term.aliases.all()
        if alias.language == language and alias.kind != AliasKind.CYRILLIC
    ]
    return filled(
        {
            "@type": "DefinedTerm",
            "@id": _uri(term, absolute),
            "name": name,
            "alternateName": [
                one for one in dict.fromkeys((official, *aliases)) if one and one != name
            ],
            "description": localized(term, "meaning").text,
            "termCode": term.slug,
            "url": absolute(term.get_absolute_url()),
            "inDefinedTermSet": {
                "@type": "DefinedTermSet",
                "@id": _scheme_uri(absolute),
                "name": _("Words on forms"),
                "url": absolute(reverse("glossary:list")),
            },
        }
    )


def _scheme_uri(absolute: Absolute) -> str:
    return absolute(reverse("glossary_data"))


def _uri(term: Term, absolute: Absolute) -> str:
    return f"{_scheme_uri(absolute)}#{term.slug}"


def _title() -> dict[str, str]:
    titles = {}
    for code in LANGUAGE_CODES:
        with override(code):
            titles[code] = _("Words on forms")
    return titles


def _texts(term: Term, field: str) -> dict[str, str]:
    """A translated ``field`` in the languages that have it."""
    texts = {code: (getattr(term, f"{field}_{code}") or "").strip() for code in LANGUAGE_CODES}
    return {code: text for code, text in texts.items() if text}


def _pages(path: str, codes: Iterable[str], absolute: Absolute) -> list[str]:
    """The page at ``path`` in each of the languages ``codes``."""
    return [absolute(one.path) for one in alternates(path, "", tuple(codes))]


def _changed_on(term: Term) -> date | None:
    return term.changed_on or term.published_on


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
