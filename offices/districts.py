"""The eighteen districts of Kraków, by their official Polish names."""

from django.db import models


class District(models.IntegerChoices):
    """A district of the city; the names are official and are not translated."""

    STARE_MIASTO = 1, "I Stare Miasto"
    GRZEGORZKI = 2, "II Grzegórzki"
    PRADNIK_CZERWONY = 3, "III Prądnik Czerwony"
    PRADNIK_BIALY = 4, "IV Prądnik Biały"
    KROWODRZA = 5, "V Krowodrza"
    BRONOWICE = 6, "VI Bronowice"
    ZWIERZYNIEC = 7, "VII Zwierzyniec"
    DEBNIKI = 8, "VIII Dębniki"
    LAGIEWNIKI = 9, "IX Łagiewniki-Borek Fałęcki"
    SWOSZOWICE = 10, "X Swoszowice"
    PODGORZE_DUCHACKIE = 11, "XI Podgórze Duchackie"
    BIEZANOW_PROKOCIM = 12, "XII Bieżanów-Prokocim"
    PODGORZE = 13, "XIII Podgórze"
    CZYZYNY = 14, "XIV Czyżyny"
    MISTRZEJOWICE = 15, "XV Mistrzejowice"
    BIENCZYCE = 16, "XVI Bieńczyce"
    WZGORZA_KRZESLAWICKIE = 17, "XVII Wzgórza Krzesławickie"
    NOWA_HUTA = 18, "XVIII Nowa Huta"
