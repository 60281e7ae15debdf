"""The statutory holidays of Poland, and holiday calendars that add to them."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import holidays
from django.utils.translation import gettext_lazy as _

from .schedule import Holiday

# By the name that the `holidays` package gives in Polish; it knows no Russian.
STATUTORY_NAMES = {
    "Nowy Rok": _("New Year’s Day"),
    "Święto Trzech Króli": _("Epiphany"),
    "Niedziela Wielkanocna": _("Easter Sunday"),
    "Poniedziałek Wielkanocny": _("Easter Monday"),
    "Święto Państwowe": _("Labour Day"),
    "Święto Narodowe Trzeciego Maja": _("Constitution Day"),
    "Zielone Świątki": _("Pentecost"),
    "Dzień Bożego Ciała": _("Corpus Christi"),
    "Wniebowzięcie Najświętszej Marii Panny": _("Assumption Day"),
    "Uroczystość Wszystkich Świętych": _("All Saints’ Day"),
    "Narodowe Święto Niepodległości": _("Independence Day"),
    "Wigilia Bożego Narodzenia": _("Christmas Eve"),
    "Boże Narodzenie (pierwszy dzień)": _("Christmas Day"),
    "Boże Narodzenie (drugi dzień)": _("Second Day of Christmas"),
}


@lru_cache(maxsize=16)
def statutory_holidays(year: int) -> Mapping[date, Holiday]:
    """The days off by law in ``year``, each with its name; Sundays only where they have one."""
    found = holidays.country_holidays("PL", years=year, language="pl")
    return {day: Holiday(STATUTORY_NAMES.get(name, name)) for day, name in found.items()}


class HolidayCalendar:
    """Statutory holidays under the days that one calendar sets itself."""

    def __init__(self, own: Mapping[date, Holiday]):
        self.own = own

    def get(self, day: date) -> Holiday | None:
        """What the calendar says of ``day``; None of an ordinary one."""
        return self.own.get(day) or statutory_holidays(day.year).get(day)


STATUTORY = HolidayCalendar({})
