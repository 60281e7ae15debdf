"""The dictionaries behind :mod:`languages.words`, each loaded when its first word is looked up.

The extra ``[morphology]`` brings those that know part of speech and case: Morfeusz for Polish,
pymorphy for Ukrainian and Russian. Lists of lemmas (simplemma) serve English always, and the
other three where the extra is not installed; they find somewhat less.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Protocol, cast

NOMINATIVE, GENITIVE = "nom", "gen"


class Dictionary(Protocol):
    """What is known of the words of one language."""

    def lemmas(self, word: str) -> set[str]:
        """All base forms of ``word``, in small letters; itself, if it is not known."""

    def nouns(self, word: str) -> set[str]:
        """The base forms of ``word`` where it is a noun and can be nothing else.

        A dictionary without parts of speech takes every word for a noun.
        """

    def positions(self, words: list[str]) -> list[set[str]]:
        """The forms that each of the ``words`` of a name takes, besides the one it has.

        Of words in capitals only those that are also written in small letters.
        """

    def paradigm(self, words: list[str]) -> list[list[str]]:
        """The whole name in all cases of both numbers, as far as it can be told."""


@cache
def dictionary(language: str) -> Dictionary:
    """The best dictionary that is installed for ``language``."""
    if language == "en":
        return EnglishDictionary()
    try:
        return PolishDictionary() if language == "pl" else CyrillicDictionary(language)
    except (ImportError, ValueError):  # pymorphy without the dictionary of the language
        return LemmaDictionary(language)


def dictionary_name(language: str) -> str:
    """What the forms of a language's names depend on; nothing is loaded to tell it."""
    for packages in (_PACKAGES.get(language, ()), ("simplemma",)):
        with suppress(PackageNotFoundError):
            versions = [f"{package} {version(package)}" for package in packages]
            if versions:
                return " ".join([*versions, f"rules {RULES}"])
    raise PackageNotFoundError("simplemma")


# Raised with every change here or in ``words`` that gives a name other forms: kept ones are then
# worked out anew.
RULES = 1

# What the extra [morphology] brings for a language.
_PACKAGES = {
    "pl": ("morfeusz2",),
    "uk": ("pymorphy3", "pymorphy3-dicts-uk"),
    "ru": ("pymorphy3", "pymorphy3-dicts-ru"),
}


@dataclass(frozen=True)
class Reading:
    """One way to understand a word: as a noun, or as an adjective or participle."""

    is_noun: bool
    cases: frozenset[str]
    # All forms of the word, each with its cases.
    lexeme: Callable[[], Iterable[tuple[str, frozenset[str]]]]

    def forms(self, *cases: str) -> set[str]:
        """Its forms, in both numbers: those in one of ``cases``, or all."""
        return {
            form for form, its_cases in self.lexeme() if not cases or its_cases.intersection(cases)
        }


class CaseDictionary(ABC):
    """A dictionary that knows parts of speech and cases."""

    @abstractmethod
    def readings(self, word: str) -> list[Reading] | None:
        """How ``word`` can be read as a noun or adjective; None of a preposition."""

    def positions(self, words: list[str]) -> list[set[str]]:
        """As in :class:`Dictionary`: what can be nominative is declined, the rest keeps its case.

        After a preposition nothing changes: a contract ``o pracę`` is none ``o prace``.
        """
        return [
            {form for reading in readings for form in reading.forms(*cases)}
            for readings, cases in self._roles(words)
        ]

    def paradigm(self, words: list[str]) -> list[list[str]]:
        """As in :class:`Dictionary`; only Polish names are shown in all their forms."""
        return []

    def _roles(self, words: list[str]) -> Iterator[tuple[list[Reading], frozenset[str]]]:
        """The readings that count for each word, and the cases it stays in; none: it takes all."""
        is_after_preposition = has_noun = False
        for word in words:
            readings = None if is_after_preposition else self.readings(word)
            is_after_preposition = readings is None
            yield _role(readings or [], has_noun=has_noun)
            # An adjective that is also a noun (воєводське) is an adjective here.
            has_noun = has_noun or (bool(readings) and all(one.is_noun for one in readings or ()))


def _role(readings: list[Reading], *, has_noun: bool) -> tuple[list[Reading], frozenset[str]]:
    genitives = [reading for reading in readings if GENITIVE in reading.cases]
    dependent = [reading for reading in genitives if reading.is_noun]
    if has_noun and dependent:
        # A second noun depends on the first: karta pobytu, посвідчення водія.
        return dependent, frozenset({GENITIVE})
    if nominatives := [reading for reading in readings if NOMINATIVE in reading.cases]:
        return nominatives, frozenset()
    if genitives:
        return genitives, frozenset({GENITIVE})
    return readings, frozenset[str]().union(*(reading.cases for reading in readings))


# mObywatel, eDoręczenia: declined as the word is.
_E_PREFIX = re.compile(r"([a-z])([A-ZŁŚŻ][^A-Z]+)")
# Where the tags of Morfeusz have number, case and gender.
_NUMBER, _CASE, _GENDER = 1, 2, 3
_CASES_IN_ORDER = (NOMINATIVE, GENITIVE, "dat", "acc", "inst", "loc")


class PolishDictionary(CaseDictionary):
    """Polish by Morfeusz, with the dictionary SGJP."""

    # Noun, depreciative noun, gerund, adjective, participles.
    _NOUNS = frozenset({"subst", "depr", "ger"})
    _NOMINALS = _NOUNS | {"adj", "ppas", "pact"}

    def __init__(self) -> None:
        from morfeusz2 import Morfeusz

        self._morfeusz = Morfeusz()

    def _analyses(self, word: str) -> list[tuple[str, list[str]]]:
        """Lemmas with their tags; names are only known with their capital."""
        return [
            (lemma, tag.split(":"))
            for spelling in dict.fromkeys((word, word.lower()))
            for _start, _end, (_form, lemma, tag, *_more) in self._morfeusz.analyse(spelling)
        ]

    def lemmas(self, word: str) -> set[str]:
        return {lemma.partition(":")[0].lower() for lemma, _tag in self._analyses(word)}

    def nouns(self, word: str) -> set[str]:
        analyses = self._analyses(word)
        if not all(tag[0] in self._NOUNS for _lemma, tag in analyses):
            return set()
        of_nouns = {
            lemma.partition(":")[0].lower()
            for lemma, tag in analyses
            if tag[0] in {"subst", "depr"}
        }
        # The lemma of a gerund is the verb.
        return of_nouns or {
            form
            for lemma, tag in analyses
            for form, its_tag in _Lexeme(self._morfeusz, lemma, tag, "").tagged()
            if its_tag[_NUMBER] == "sg" and NOMINATIVE in _parts(its_tag, _CASE)
        }

    def readings(self, word: str) -> list[Reading] | None:
        prefixed = _E_PREFIX.fullmatch(word)
        prefix, base = prefixed.groups() if prefixed else ("", word)
        analyses = self._analyses(base)
        if any(tag[0] == "prep" for _lemma, tag in analyses):
            return None
        return [
            Reading(
                is_noun=tag[0] in self._NOUNS,
                cases=_parts(tag, _CASE),
                lexeme=_Lexeme(self._morfeusz, lemma, tag, prefix),
            )
            for lemma, tag in analyses
            if tag[0] in self._NOMINALS and not word.isupper()
        ]

    def paradigm(self, words: list[str]) -> list[list[str]]:
        """As in :class:`Dictionary`: the first noun leads, adjectives agree with it."""
        declined = [[] if cases else readings for readings, cases in self._roles(words)]
        nouns = (reading for readings in declined for reading in readings if reading.is_noun)
        leading = next(nouns, None)
        if leading is None:
            return []
        # Beside the noun a word that can be an adjective is one.
        agreeing = [
            [leading] if leading in readings else _adjectives(readings) for readings in declined
        ]
        lexeme = cast("_Lexeme", leading.lexeme)
        first, gender = lexeme.tag[_NUMBER].split(".")[0], lexeme.tag[_GENDER]
        phrases = (
            [
                _agreeing(readings, number, case, gender, word) if readings else word
                for word, readings in zip(words, agreeing, strict=True)
            ]
            for number in sorted(("sg", "pl"), key=lambda number: number != first)
            for case in _CASES_IN_ORDER
        )
        return [cast("list[str]", phrase) for phrase in phrases if None not in phrase]


def _adjectives(readings: list[Reading]) -> list[Reading]:
    return [reading for reading in readings if not reading.is_noun] or readings


def _parts(tag: list[str], place: int) -> frozenset[str]:
    return frozenset(tag[place].split("."))


def _agreeing(
    readings: list[Reading], number: str, case: str, gender: str, word: str
) -> str | None:
    """The form of a word in ``number`` and ``case`` that agrees with a noun of ``gender``."""
    for reading in readings:
        for form, tag in cast("_Lexeme", reading.lexeme).tagged():
            agrees = reading.is_noun or gender in _parts(tag, _GENDER)
            if agrees and number in _parts(tag, _NUMBER) and case in _parts(tag, _CASE):
                return form.capitalize() if word[0].isupper() else form
    return None


@dataclass(frozen=True)
class _Lexeme:
    """The forms of a Polish word in its class: those of a gerund, not of the verb."""

    morfeusz: Any
    lemma: str
    tag: list[str]
    prefix: str

    def __call__(self) -> Iterator[tuple[str, frozenset[str]]]:
        for form, tag in self.tagged():
            yield form, _parts(tag, _CASE)

    def tagged(self) -> Iterator[tuple[str, list[str]]]:
        """The forms with their whole tags."""
        for form, _lemma, written, *_more in self.morfeusz.generate(self.lemma):
            tag = written.split(":")
            if self._is_of_class(tag):
                yield (self.prefix + form.capitalize() if self.prefix else form), tag

    def _is_of_class(self, tag: list[str]) -> bool:
        if self.tag[0] in {"subst", "depr"}:
            return tag[0] in {"subst", "depr"}
        # Degree of an adjective, aspect and negation of the others.
        return tag[0] == self.tag[0] and tag[4:] == self.tag[4:]


class CyrillicDictionary(CaseDictionary):
    """Ukrainian or Russian by pymorphy."""

    # What a guess at an unknown word leaves out: that it is a masculine noun as it stands. And
    # what a dictionary that knows no plural leaves out: апостили.
    _FOREIGN = (
        (re.compile(r"(\w+[бвгджзйклмнпрстфхцчшщ])"), "а у ом ем е і ы и ов ів ам ами ах ові"),
        (re.compile(r"(\w+)ь"), "я ю ем е і и ей ів ям ями ях еві"),
    )

    _NOMINALS = frozenset({"NOUN", "ADJF", "PRTF"})
    _CASES = {"nomn": NOMINATIVE, "gent": GENITIVE}

    def __init__(self, language: str) -> None:
        from pymorphy3 import MorphAnalyzer

        self._analyser = MorphAnalyzer(lang=language)

    def lemmas(self, word: str) -> set[str]:
        return {parse.normal_form for parse in self._analyser.parse(word)}

    def nouns(self, word: str) -> set[str]:
        parses = self._analyser.parse(word)
        is_noun = all(parse.is_known and parse.tag.POS == "NOUN" for parse in parses)
        return {parse.normal_form for parse in parses} if is_noun else set()

    def readings(self, word: str) -> list[Reading] | None:
        parses = self._analyser.parse(word.lower())
        if any("PREP" in parse.tag for parse in parses):
            return None
        if any("CONJ" in parse.tag for parse in parses):
            return []
        return self._guessed(word, parses) + [
            Reading(
                is_noun=parse.tag.POS == "NOUN",
                cases=self._cases(parse.tag),
                lexeme=self._lexeme(parse),
            )
            for parse in parses
            # In capitals only what is a word by now: загс.
            if parse.tag.POS in self._NOMINALS and (not word.isupper() or "Abbr" in parse.tag)
        ]

    def _guessed(self, word: str, parses: list[Any]) -> list[Reading]:
        if word.isupper() or any(one.is_known and "Sgtm" not in one.tag for one in parses):
            return []
        forms = [
            (match[1] + ending, frozenset({NOMINATIVE}))
            for shape, endings in self._FOREIGN
            if (match := shape.fullmatch(word.lower()))
            for ending in endings.split()
        ]
        return [Reading(True, frozenset({NOMINATIVE}), lambda: forms)] if forms else []

    def _cases(self, tag: Any) -> frozenset[str]:
        # The Ukrainian dictionary leaves some base forms without a case.
        case = tag.case or "nomn"
        return frozenset({self._CASES.get(case, case)})

    def _lexeme(self, parse: Any) -> Callable[[], Iterator[tuple[str, frozenset[str]]]]:
        def lexeme() -> Iterator[tuple[str, frozenset[str]]]:
            kind = (parse.tag.POS, parse.tag.tense, parse.tag.voice)
            for form in parse.lexeme:
                if (form.tag.POS, form.tag.tense, form.tag.voice) == kind:
                    yield form.word, self._cases(form.tag)

        return lexeme


class LemmaDictionary:
    """A list of forms and their lemmas, without parts of speech.

    What a name's word can become is tried out: common endings are put on its stem, and those
    forms are taken that the list has under the same lemma.
    """

    def __init__(self, language: str) -> None:
        from simplemma.strategies.dictionaries import StreamDictionaryFactory

        self._lemma_of = StreamDictionaryFactory().get_dictionary(language).get
        self._endings = _NOMINAL_ENDINGS[language].split()
        self._plural_endings = _PLURAL_ENDINGS[language].split()
        self._final_vowel = re.compile(r"[aeioyаяеєоиіїуюьый]$")
        self._alternations = [(re.compile(one), by) for one, by in _ALTERNATIONS[language]]
        self._adjective = re.compile(_ADJECTIVES[language])
        self._prepositions = _PREPOSITIONS[language].split()

    def lemmas(self, word: str) -> set[str]:
        return {self._lemma_of(word) or word}

    def nouns(self, word: str) -> set[str]:
        return self.lemmas(word)

    def positions(self, words: list[str]) -> list[set[str]]:
        found: list[set[str]] = []
        is_after_preposition = False
        for number, word in enumerate(words):
            is_after_preposition = is_after_preposition or word in self._prepositions
            is_declined = not (is_after_preposition or word.isupper() or word.isdigit())
            small = word.lower()
            found.append(
                self._forms(small) if is_declined and self._may_vary(small, number) else set()
            )
        return found

    def paradigm(self, words: list[str]) -> list[list[str]]:
        return []

    def _may_vary(self, word: str, number: int) -> bool:
        """Whether it looks like a base form: the second noun of a name usually does not."""
        lemma = self._lemma_of(word)
        is_base = lemma is None or lemma == word
        return number == 0 or is_base or bool(self._adjective.fullmatch(f"{word} {lemma}"))

    def _forms(self, word: str) -> set[str]:
        if gerund := _POLISH_GERUND.fullmatch(word):
            # The list has it under the verb, whose other forms are not meant.
            stem, last = gerund.groups()
            of_many = stem + {"n": "ń", "c": "ć"}[last]
            return {of_many} | {f"{stem}{last}{ending}" for ending in _GERUND_ENDINGS.split()}
        lemma = self._lemma_of(word) or word
        stems = {word[:length] for length in range(max(3, len(word) - 3), len(word) + 1)}
        stems |= {change.sub(by, stem) for stem in stems for change, by in self._alternations}
        candidates = stems | {stem + ending for stem in stems for ending in self._endings}
        # Rarer cases of the plural are regular, and often missing in the list.
        plural = {self._final_vowel.sub("", word) + ending for ending in self._plural_endings}
        return plural | {form for form in candidates if self._lemma_of(form) == lemma}


_POLISH_GERUND = re.compile(r"(\w+[aeę])([nc])ie")
_GERUND_ENDINGS = "ie ia iu iem iom iami iach"

# Vowels that change or go in the last syllable: urząd – urzędu, дозвіл – дозволу.
_ALTERNATIONS = {
    "pl": [
        (r"ą(?=[^aąeęioóuy]*$)", "ę"),
        (r"ę(?=[^aąeęioóuy]*$)", "ą"),
        (r"ó(?=[^aąeęioóuy]*$)", "o"),
        (r"o(?=[^aąeęioóuy]*$)", "ó"),
        (r"i?e(?=[^aąeęioóuy]$)", ""),
    ],
    "uk": [
        (r"і(?=[^аеєиіїоуюя]*$)", "о"),
        (r"і(?=[^аеєиіїоуюя]*$)", "е"),
        (r"[ео](?=[^аеєиіїоуюя]ь?$)", "і"),
        (r"[ео](?=[^аеєиіїоуюя]$)", ""),
        (r"[ео](?=[^аеєиіїоуюя]ь$)", ""),
        (r"ець$", "ц"),
    ],
    "ru": [(r"[еоё](?=[^аеёиоуыэюя]$)", ""), (r"[еоё](?=[^аеёиоуыэюя]ь$)", "")],
}
_PLURAL_ENDINGS = {"pl": "ami ach om", "uk": "ами ах ам ями ях ям", "ru": "ами ах ам ями ях ям"}
_NOMINAL_ENDINGS = {
    "pl": (
        "a ą e ę i y o u ego emu ej ych ich ym im ymi imi iej iego iemu ie ia ią ię iu io iom iami "
        "iach em iem owi iowi om ami ach ów cie ci dzie dzi rze le że szy sze ce cy dze ście źdź ń"
    ),
    "uk": (
        "а я у ю і ї е и о ою ею єю ові еві єві ом ем єм ам ям ами ями ах ях ів їв ей ого ому им "
        "их ими ій ій ої ія ію ії ією ння нню нням нь ті ці зі сі"
    ),
    "ru": (
        "а я у ю ы и е о ой ей ою ею ом ем ам ям ами ями ах ях ов ев ый ий ая яя ое ее ые ие ого "
        "его ому ему ым им ых их ыми ими ую юю ия ию ии ием ием ий ь ью"
    ),
}
# "word lemma", where the word is an adjective in the nominative.
_ADJECTIVES = {
    "pl": r"\w+[aeyi] \w+[yi]",
    "uk": r"\w+[аяеєіи]й? \w+ий",
    "ru": r"\w+(?:ая|яя|ое|ее|ые|ие|ый|ий|ой) \w+(?:ый|ий|ой)",
}
_PREPOSITIONS = {
    "pl": "bez dla do na nad o od po pod przed przez przy u w we z ze za",
    "uk": "без в від для до за з зі із на над о об під по при про у через",
    "ru": "без в во для до за из к ко на над о об от по под при про с со у через",
}


class EnglishDictionary:
    """English: only the noun that a name is about has a plural."""

    def __init__(self) -> None:
        from simplemma.strategies.dictionaries import StreamDictionaryFactory

        self._lemma_of = StreamDictionaryFactory().get_dictionary("en").get

    def lemmas(self, word: str) -> set[str]:
        return {self._lemma_of(word) or word}

    def nouns(self, word: str) -> set[str]:
        return self.lemmas(word)

    def positions(self, words: list[str]) -> list[set[str]]:
        small = [word.lower() for word in words]
        ends = [number for number, word in enumerate(small) if word in _ENGLISH_LINKS and number]
        head = min(ends, default=len(small)) - 1
        return [
            self._noun_forms(word) if number == head and not words[number].isupper() else set()
            for number, word in enumerate(small)
        ]

    def paradigm(self, words: list[str]) -> list[list[str]]:
        return []

    def _noun_forms(self, word: str) -> set[str]:
        singular = self._singular(word)
        plurals = {singular + "s", singular + "es", singular + "ren", singular[:-2] + "en"}
        plurals |= {singular[:-1] + "ies", singular[:-1] + "ves", singular[:-2] + "ves"}
        known = {plural for plural in plurals if self._lemma_of(plural) == singular}
        numbers = {word, singular} | (known or {singular + "s"})
        return numbers | {form + ("'" if form.endswith("s") else "'s") for form in numbers}

    def _singular(self, word: str) -> str:
        lemma = self._lemma_of(word) or word
        return lemma if word.endswith("s") and word.startswith(lemma[:-1]) else word


# Words that begin what is only said about the noun before them.
_ENGLISH_LINKS = frozenset(
    {"about", "against", "at", "by", "concerning", "for", "from", "in", "into", "of", "on", "over"}
    | {"that", "to", "under", "with", "without"}
)
