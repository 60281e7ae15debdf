from functools import cache
from importlib.metadata import PackageNotFoundError
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from languages import dictionaries
from languages.dictionaries import LemmaDictionary, dictionary, dictionary_name
from languages.words import (
    acronym_of,
    fold,
    forms,
    gaps,
    is_acronym,
    lemmas,
    normal,
    paradigm,
    skeletons,
    spans,
    words,
)

needs_morphology = pytest.mark.skipif(
    isinstance(dictionary("pl"), LemmaDictionary),
    reason="the extra [morphology] is not installed",
)

LETTERS = "aąćłóżźABCŁйїіґёьєабвАБВ’'ʼ\u00ad\u0301-1 .<&"

# It is read once: that takes seconds.
lemma_dictionary = cache(LemmaDictionary)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kartę pobytu, PESEL.", ["Kartę", "pobytu", "PESEL"]),
        ("сім’ї, сім'ї, сімʼї", ["сім’ї", "сім'ї", "сімʼї"]),
        ("PIT-u i PIT-37 w ZUS-ie", ["PIT-u", "i", "PIT", "37", "w", "ZUS-ie"]),
        ("e-recepta", ["e", "recepta"]),
        ("kar\u00adta", ["kar\u00adta"]),
        ("“tax office’s”", ["tax", "office’s"]),
        ("", []),
    ],
)
def test_words_of_a_text(text, expected):
    assert words(text) == expected


@given(st.text(LETTERS))
def test_words_gaps_and_places_agree(text):
    places = spans(text)
    assert [text[start:end] for start, end in places] == words(text)
    assert [text[one[1] : other[0]] for one, other in pairwise(places)] == gaps(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("сім’ї", "сімʼї"),
        ("сім'ї", "сім’ї"),
        ("Ребёнок", "ребенок"),
        ("kar\u00adta", "KARTA"),
        ("пáспорт".replace("á", "а\u0301"), "паспорт"),
        ("пoбытy", "побыту"),  # with Latin o and y
    ],
)
def test_spellings_of_one_word_are_compared_as_one(one, other):
    assert normal(one) == normal(other)


@pytest.mark.parametrize(("one", "other"), [("pracę", "prace"), ("мій", "міи"), ("їхати", "іхати")])
def test_marks_tell_words_apart(one, other):
    assert normal(one) != normal(other)


@pytest.mark.parametrize(
    ("word", "folded"),
    [("Żłobek", "zlobek"), ("ŁÓDŹ", "lodz"), ("ґанок", "ганок"), ("її", "її"), ("мій", "мій")],
)
def test_what_people_leave_out_when_they_type(word, folded):
    assert fold(word) == folded


@given(st.text(LETTERS))
def test_normal_and_folded_words_stay_as_they_are(word):
    assert normal(normal(word)) == normal(word)
    assert fold(fold(word)) == fold(word)


@pytest.mark.parametrize(
    ("word", "acronym"),
    [
        ("PIT", "PIT"),
        ("PIT-u", "PIT"),
        ("ZUSie", "ZUS"),
        ("ЗАГСом", "ЗАГС"),
        ("ePUAP", "ePUAP"),
        ("pity", None),
        ("Pit", None),
        ("mObywatel", None),
        ("PITbull", None),
    ],
)
def test_acronyms_are_known_by_their_capitals(word, acronym):
    assert acronym_of(word) == acronym
    assert is_acronym(word) == (acronym == word)


@pytest.mark.parametrize(
    ("name", "language", "word", "found", "not_found"),
    [
        ("karta pobytu", "pl", 0, "karta kartę kartą kart kartami", "pobytu"),
        ("karta pobytu", "pl", 1, "pobytu", "pobyt pobytem"),
        ("umowa o pracę", "pl", 2, "pracę", "prace pracy"),
        ("wezwanie", "pl", 0, "wezwania wezwań", "wezwany wezwać"),
        ("tax office", "en", 0, "tax", "taxes"),
        ("tax office", "en", 1, "office offices office's offices'", "officer"),
        ("power of attorney", "en", 0, "power powers", "powered"),
        ("child benefit", "en", 1, "benefits", "benefited"),
        ("посвідчення водія", "uk", 0, "посвідчення посвідченням", "водія"),
        ("водительское удостоверение", "ru", 0, "водительского водительскими", "водитель"),
        ("штамп у паспорті", "uk", 1, "у в", "на"),
        ("зв’язок із польськістю", "uk", 1, "із з зі", "на"),
    ],
)
def test_forms_of_a_name(name, language, word, found, not_found):
    position = forms(name, language)[word]
    assert set(found.split()) <= position
    assert not set(not_found.split()) & position


def test_a_capital_acronym_keeps_its_case():
    assert forms("ubezpieczenie OC", "pl")[1] == {"OC"}


@needs_morphology
@pytest.mark.parametrize(
    ("name", "language", "word", "found", "not_found"),
    [
        ("mObywatel", "pl", 0, "mobywatela mobywatelu", "obywatel"),
        ("prawo jazdy", "pl", 1, "jazdy", "jazdę jazdą"),
        ("odciski linii papilarnych", "pl", 0, "odciskami odcisków", ""),
        ("ЗАГС", "ru", 0, "ЗАГС загсе", ""),
        ("апостиль", "ru", 0, "апостилей апостили", ""),
        ("безвиз", "ru", 0, "безвизом", ""),
        ("податки та збори", "uk", 1, "та і й", "той"),
        ("обеспеченное жильё", "ru", 0, "обеспеченного", "обеспечить обеспечил"),
        ("воєводське управління", "uk", 1, "управліннями", ""),
    ],
)
def test_forms_that_need_a_dictionary_of_cases(name, language, word, found, not_found):
    test_forms_of_a_name(name, language, word, found, not_found)


@needs_morphology
def test_a_polish_name_in_its_cases():
    assert paradigm("karta pobytu", "pl")[:4] == [
        "karty pobytu",
        "karcie pobytu",
        "kartę pobytu",
        "kartą pobytu",
    ]
    assert "urzędzie skarbowym" in paradigm("urząd skarbowy", "pl")
    assert "Kartą Polaka" in paradigm("Karta Polaka", "pl")
    assert "umowie najmu" in paradigm("umowa najmu", "pl")
    assert "odcisków linii papilarnych" in paradigm("odciski linii papilarnych", "pl")
    assert "drzwiami przeciwpożarowymi" in paradigm("drzwi przeciwpożarowe", "pl")
    assert "mObywatela" in paradigm("mObywatel", "pl")


def test_names_without_a_known_paradigm():
    assert paradigm("PIT", "pl") == []
    assert paradigm("tax office", "en") == []
    assert paradigm("дозвіл", "uk") == []
    assert paradigm("do 30 dni", "pl") == []
    assert lemma_dictionary("pl").paradigm(["karta", "pobytu"]) == []


@needs_morphology
def test_all_lemmas_of_a_word_not_the_best_one():
    assert {"karta"} == lemmas("kartę", "pl")
    assert {"wezwać", "wezwanie"} <= lemmas("wezwanie", "pl")
    assert "удостоверение" in lemmas("Удостоверением", "ru")


@pytest.mark.parametrize(
    ("word", "language", "lemma"),
    [("offices", "en", "office"), ("kartę", "pl", "karta"), ("дозволу", "uk", "дозвіл")],
)
def test_lists_of_lemmas_serve_too(word, language, lemma):
    listed = dictionary("en") if language == "en" else lemma_dictionary(language)
    assert listed.lemmas(word) == {lemma}
    assert listed.lemmas("qwrtz") == {"qwrtz"}


@pytest.mark.parametrize(
    ("language", "name", "word", "found"),
    [
        ("pl", "karta pobytu", 0, "karty kartą"),
        ("pl", "urząd skarbowy", 0, "urzędu urzędem"),
        ("pl", "urząd skarbowy", 1, "skarbowego skarbowym"),
        ("pl", "zezwolenie na pobyt", 0, "zezwolenia zezwoleń"),
        ("uk", "дозвіл на роботу", 0, "дозволу дозволів"),
        ("ru", "иностранец", 0, "иностранца иностранцам"),
    ],
)
def test_common_forms_without_a_dictionary_of_cases(language, name, word, found):
    positions = lemma_dictionary(language).positions(name.split())
    assert set(found.split()) <= positions[word]


def test_without_the_extra_the_lists_take_its_place(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "morfeusz2", None)
    assert isinstance(dictionary.__wrapped__("pl"), LemmaDictionary)


def test_a_dictionary_of_one_language_can_be_missing(monkeypatch):
    monkeypatch.setattr(dictionaries, "CyrillicDictionary", _missing)
    assert isinstance(dictionary.__wrapped__("uk"), LemmaDictionary)


def _missing(language):
    raise ValueError(language)


def test_without_any_dictionary_nothing_has_a_name(monkeypatch):
    def not_installed(package):
        raise PackageNotFoundError(package)

    monkeypatch.setattr(dictionaries, "version", not_installed)
    with pytest.raises(PackageNotFoundError):
        dictionary_name("pl")


def test_a_dictionary_has_a_name_and_a_version():
    assert dictionary_name("en").startswith("simplemma ")
    assert dictionary_name("en").endswith(f"rules {dictionaries.RULES}")
    assert all(" " in dictionary_name(code) for code in ("pl", "uk", "ru"))


@pytest.mark.parametrize(
    ("polish", "by_ear"),
    [
        ("pobytu", "побиту"),
        ("pobytu", "побыту"),
        ("urząd", "ужонд"),
        ("skarbowy", "скарбовы"),
        ("meldunek", "мельдунек"),
        ("zameldowanie", "замельдовання"),
        ("wniosek", "внёсек"),
        ("pesel", "песель"),
        ("żłobek", "жлобек"),
        ("dowód", "довуд"),
        ("dowód", "довод"),
        ("szczepienie", "щепене"),
        ("posvidka", "посвідка"),
        ("kharchi", "харчі"),
        ("zaświadczenie", "засвядчення"),
        ("PRZYSIĘGŁY", "пшисенглы"),
    ],
)
def test_what_sounds_alike_has_a_key_in_common(polish, by_ear):
    assert skeletons(polish) & skeletons(by_ear)


@pytest.mark.parametrize(("one", "other"), [("karta", "kurs"), ("паспорт", "прописка")])
def test_what_sounds_different_has_none(one, other):
    assert not skeletons(one) & skeletons(other)


@given(st.text(LETTERS + "щшчжцюяэыъ", min_size=1))
def test_keys_are_in_one_script(word):
    assert all(key.isascii() for key in skeletons(word))
