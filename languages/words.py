"""Words of the four languages: folding, tokens, lemmas, inflected forms, and a key by sound.

No dictionary is loaded before one of its words is looked up; see :mod:`languages.dictionaries`.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import chain, pairwise

from .dictionaries import dictionary

_APOSTROPHES = "'’ʼ"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
# Letters and symbols that are as empty as a space: of Hangul, of Braille.
_FILLERS = "\u115f\u1160\u3164\uffa0\u2800"
_ACUTE = "\u0301"  # a stress mark in Cyrillic text

_UNSEEN = re.compile(rf"[{INVISIBLE}]")

_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[A-Za-z]")
_LOOK_ALIKES = str.maketrans("aceiopxyABCEHIKMOPTXY", "асеіорхуАВСЕНІКМОРТХУ")
_NORMAL = str.maketrans({"’": "'", "ʼ": "'", "ё": "е", _ACUTE: None} | dict.fromkeys(INVISIBLE))
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "ґ": "г"})

# NFZ, ЗУС, ePUAP; declined ones end in small letters: PIT-u, ZUSie, ЗАГСом.
_ACRONYM = re.compile(r"(?:[^\W\d_a-zżźćńółęąśа-яіїєґё]{2,}|[a-z][A-Z]{2,})\d*")
_ENDINGS = (
    "a u y i e ie em owi om ami ach ów owie cie ze "
    "а у ю о ом ем ем ові еві і е ы и ов ів ам ами ах ою"
)
_ANY_ENDING = "|".join(_ENDINGS.split())
# Also English plurals and possessives: PESELs, ZUS’s.
ACRONYM_ENDING = rf"(?:-?(?:{_ANY_ENDING})|[{_APOSTROPHES}]?s)"
_DECLINED_ACRONYM = re.compile(rf"({_ACRONYM.pattern}){ACRONYM_ENDING}")

# Letters and digits; inside a word also apostrophes, what is not seen, the hyphen of PIT-u.
_WORD = re.compile(
    rf"[^\W_]+(?:(?:[{INVISIBLE}\u0300-\u036f]|[{_APOSTROPHES}](?=[^\W_])"
    rf"|(?<=[A-ZĄĆĘŁŃÓŚŹŻА-ЯІЇЄҐ])-(?=(?:{_ANY_ENDING})\b))[^\W_]*)*"
)


def words(text: str) -> list[str]:
    """The words of ``text`` in order: letters and digits, with apostrophes inside them."""
    return _WORD.findall(text)


def spans(text: str) -> list[tuple[int, int]]:
    """From where to where the :func:`words` of ``text`` stand."""
    return [match.span() for match in _WORD.finditer(text)]


def gaps(text: str) -> list[str]:
    """What stands between the words of ``text``."""
    return [text[end:start] for (_, end), (start, _) in pairwise(spans(text))]


def is_blank(text: str) -> bool:
    """Whether there is nothing to see in ``text``: spaces, marks without width, fillers."""
    return not any(_is_seen(character) for character in text)


def without_unseen(text: str) -> str:
    """``text`` without the marks that nobody sees, which copies from pages carry, trimmed."""
    return "".join(one for one in text if unicodedata.category(one) != "Cf").strip()


def _is_seen(character: str) -> bool:
    # Letters, numbers, punctuation, symbols; not separators, controls, marks without a letter.
    return unicodedata.category(character)[0] in "LNPS" and character not in _FILLERS


def normal(word: str) -> str:
    """``word`` as words are compared in running text: in small letters, apostrophes alike.

    Marks stay: ``pracę`` is another word than ``prace``. What is not seen goes, as do stress
    marks; ё is е. Where both scripts meet in a word, Latin look-alikes become Cyrillic.
    """
    if word.isascii():
        return word.lower()
    word = unicodedata.normalize("NFC", word)
    if _CYRILLIC.search(word) and _LATIN.search(word):
        word = word.translate(_LOOK_ALIKES)
    return word.lower().translate(_NORMAL)


def fold(word: str) -> str:
    """``word`` as people type it: as :func:`normal`, and without marks on Latin letters.

    й and ї keep theirs: they are letters of their own.
    """
    letters = normal(word).translate(_PLAIN)
    plain = "".join(
        base if (base := unicodedata.normalize("NFD", letter)[0]).isascii() else letter
        for letter in letters
    )
    return normal(plain)


def is_acronym(word: str) -> bool:
    """Whether ``word`` is written in capitals, so that its case matters: PIT is not ``pity``."""
    return bool(_ACRONYM.fullmatch(word))


def acronym_of(word: str) -> str | None:
    """The acronym that ``word`` is, or is a declined form of as in ``ZUSie``; None of others."""
    if word.islower() or word.istitle():
        return None  # the usual case, made fast
    word = _UNSEEN.sub("", word)
    if is_acronym(word):
        return word
    match = _DECLINED_ACRONYM.fullmatch(word)
    return match.group(1) if match else None


@lru_cache(maxsize=4096)
def lemmas(word: str, language: str) -> frozenset[str]:
    """All base forms that ``word`` can have in ``language``; itself, if it is not known."""
    return frozenset(dictionary(language).lemmas(normal(word)))


@lru_cache(maxsize=4096)
def nouns(word: str, language: str) -> frozenset[str]:
    """The base forms of ``word`` if it is a noun in ``language`` and can be nothing else.

    Without the extra ``[morphology]``, and in English, those of any word.
    """
    return frozenset(dictionary(language).nouns(normal(word)))


@lru_cache(maxsize=4096)
def forms(name: str, language: str) -> tuple[frozenset[str], ...]:
    """The forms that each word of ``name`` takes in ``language`` when it is declined.

    Nouns and adjectives only; all words are :func:`normal`, but acronyms stay as they are.
    """
    spelled = [word.translate(_NORMAL) for word in words(name)]
    declined = dictionary(language).positions(spelled)
    return tuple(
        frozenset({word if is_acronym(word) else normal(word), *map(normal, others)})
        | _SOUND_ALIKE.get((language, word), frozenset())
        for word, others in zip(spelled, declined, strict=True)
    )


def paradigm(name: str, language: str) -> list[str]:
    """``name`` in its other cases and numbers, as it stands in texts; empty if not known."""
    found = dictionary(language).paradigm(words(name))
    between = [*gaps(name), ""]
    phrases = ["".join(chain(*zip(phrase, between, strict=True))) for phrase in found]
    return [phrase for phrase in dict.fromkeys(phrases) if phrase != name]


# Little words that change with the sound of their neighbours.
_SOUND_ALIKE = {
    (language, word): frozenset(group.split())
    for language, groups in {
        "pl": ("w we", "z ze", "od ode", "pod pode", "przed przede", "oraz i"),
        "uk": ("у в", "з із зі", "і й та", "від од", "під піді"),
        "ru": ("в во", "с со", "к ко", "о об обо", "от ото"),
    }.items()
    for group in groups
    for word in group.split()
}


# --- by ear ------------------------------------------------------------------------------------

_BY_SOUND = str.maketrans(
    dict(zip("абвгґдеєжзиіїйклмнопрстуфхцчшыэюя", "abvhhdeesziiiiklmnoprstufhccsieua", strict=True))
    | {"щ": "sc", "ь": "", "ъ": "", "'": ""}
)
# Polish spelling, the longer first; the nasal vowels depend on what follows.
_POLISH_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("szcz", "sc"),
        ("sz|rz|ż|ź|ś", "s"),
        ("cz|ć", "c"),
        ("ch", "h"),
        ("ę$", "e"),
        ("ę(?=[bp])", "em"),
        ("ą(?=[bp])", "om"),
        ("ę", "en"),
        ("ą", "on"),
        ("ł", "l"),
        ("ń", "n"),
    )
]
_ENGLISH_SOUNDS = [(re.compile("sh|zh"), "s"), (re.compile("ch"), "c"), (re.compile("kh"), "h")]
_MERGED = str.maketrans("yjzgfwxq", "iishvvkk")
_SIMPLER = [
    (re.compile("i(?=[aeou])"), ""),
    (re.compile("[ts]c"), "c"),
    (re.compile("ts|cs"), "c"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile("(?<=...)[aeiou]+$"), ""),
]


@lru_cache(maxsize=4096)
def skeletons(word: str) -> frozenset[str]:
    """Keys of how ``word`` sounds, equal across scripts and spellings by ear.

    Mostly one; more where a letter can be heard in two ways (ó, ё) or where Latin letters may be
    English spelling. ``pobytu``, ``побиту`` and ``побыту`` have one in common.
    """
    small = unicodedata.normalize("NFC", word).lower()
    heard = {small.replace("йо", "о").replace("ьо", "о")}
    heard |= {one.replace("ё", "о") for one in heard}
    heard = {normal(one) for one in heard}
    heard = {one.replace("ó", vowel) for one in heard for vowel in "uo"}
    keys = {_heard(one, _POLISH_SOUNDS) for one in heard}
    if any(pattern.search(small) for pattern, _sound in _ENGLISH_SOUNDS):
        keys |= {_heard(one, _ENGLISH_SOUNDS) for one in heard}
    return frozenset(keys)


def _heard(word: str, spelling: list[tuple[re.Pattern[str], str]]) -> str:
    for pattern, sound in spelling:
        word = pattern.sub(sound, word)
    word = fold(word.translate(_BY_SOUND)).translate(_MERGED)
    for pattern, simpler in _SIMPLER:
        word = pattern.sub(simpler, word)
    return word
