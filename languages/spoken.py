"""The languages, spoken and signed, in which someone may be served (ISO 639-3)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SpokenLanguage(models.TextChoices):
    """Languages that are spoken at a counter or on the telephone."""

    POLISH = "pol", _("Polish")
    ENGLISH = "eng", _("English")
    UKRAINIAN = "ukr", _("Ukrainian")
    RUSSIAN = "rus", _("Russian")
    BELARUSIAN = "bel", _("Belarusian")
    GEORGIAN = "kat", _("Georgian")
    GERMAN = "deu", _("German")
    FRENCH = "fra", _("French")
    ITALIAN = "ita", _("Italian")
    SPANISH = "spa", _("Spanish")
    PORTUGUESE = "por", _("Portuguese")
    TURKISH = "tur", _("Turkish")
    ARABIC = "ara", _("Arabic")
    HINDI = "hin", _("Hindi")
    VIETNAMESE = "vie", _("Vietnamese")
    CHINESE = "zho", _("Chinese")


class SignLanguage(models.TextChoices):
    """Sign languages in which someone may be served."""

    POLISH = "pso", _("Polish Sign Language")
    UKRAINIAN = "ukl", _("Ukrainian Sign Language")
    RUSSIAN = "rsl", _("Russian Sign Language")
    INTERNATIONAL = "ils", _("International Sign")
