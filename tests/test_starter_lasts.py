"""The starter content does not rot: nothing in it is right only in the year of its writing.

What ends has its last day as data, and every page says when it was checked.
"""

import re
from datetime import date, datetime, timedelta

import pytest

from glossary.texts import text_sources
from languages.available import LANGUAGE_CODES
from offices.models import Notice, ServicePoint, fetch_hours
from offices.schedule import WARSAW, days
from procedures.models import Fee, Procedure

# A Monday in a week without holidays, then and years later.
THEN, LATER = date(2026, 11, 23), date(2032, 11, 22)

_YEAR = {
    "pl": r"(tym|tego|bieżąc\w+|przyszł\w+|zeszł\w+|ubiegł\w+|najbliższ\w+) (rok\w*|miesiąc\w+)",
    "en": r"(this|next|last|coming|current) (year|month|spring|summer|autumn|winter)",
    "uk": r"(цього|цьому|наступн\w+|минул\w+|поточн\w+) (рок\w+|році|місяц\w+)",
    "ru": r"(этом|этого|следующ\w+|прошл\w+|текущ\w+) (год\w*|месяц\w*)",
}
_NOW = {
    "pl": r"obecnie|aktualnie|od niedawna|niedawno|wkrótce|jutro|wczoraj|w najbliższym czasie",
    "en": r"currently|recently|nowadays|at present|at the moment|as of now|upcoming|yesterday"
    r"|tomorrow|until now",
    "uk": r"наразі|нині|незабаром|нещодавно|найближчим часом|завтра|вчора|на сьогодні",
    "ru": r"в настоящее время|на данный момент|ныне|вскоре(?! после)|недавно"
    r"|в ближайшее время|завтра|вчера|на сегодня\w*",
}
RELATIVE = {
    code: re.compile(rf"\b({_YEAR[code]}|{_NOW[code]})\b", re.IGNORECASE) for code in LANGUAGE_CODES
}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("pl", "W przyszłym roku opłata wzrośnie."),
        ("pl", "Punkt jest obecnie zamknięty."),
        ("en", "From next month the hall opens at 9."),
        ("en", "The fee was recently raised."),
        ("uk", "Із наступного року заяви подають онлайн."),
        ("uk", "Пункт наразі не працює."),
        ("ru", "В этом году сбор не берут."),
        ("ru", "В настоящее время зал закрыт."),
    ],
)
def test_words_that_depend_on_the_day_are_known(language, text):
    assert RELATIVE[language].search(text)


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_no_text_speaks_of_this_year_or_of_now(language):
    """“Since 27 April 2026” holds for ever, “since this spring” does not."""
    found = [
        (model._meta.label, name, text)
        for model, _owners, names in text_sources()
        for name in names
        for text in model.objects.values_list(f"{name}_{language}", flat=True)
        if RELATIVE[language].search(text or "")
    ]
    assert found == []


@pytest.mark.django_db
def test_hours_notices_and_fees_are_the_same_years_later():
    def week(point, first):
        return [
            [[(span.start.time(), span.end.time()) for span in day.spans] for day in found]
            for channel in point.channels.all()
            for found in [list(days(channel.hours, first, first + timedelta(days=4)))]
        ]

    points = list(ServicePoint.objects.with_channels())
    fetch_hours(points)
    assert {point.slug for point in points if week(point, THEN) != week(point, LATER)} == set()
    assert sum(bool(span) for point in points for span in week(point, THEN)) > 10
    for notice in Notice.objects.all():
        assert notice.period.covers(THEN) == notice.period.covers(LATER), notice
    for fee in Fee.objects.all():
        assert fee.is_valid(THEN) == fee.is_valid(LATER), fee
    ends = datetime(THEN.year, THEN.month, THEN.day, tzinfo=WARSAW)
    for model in (ServicePoint, Procedure):
        assert not model.objects.filter(publish_until__gt=ends).exists()
