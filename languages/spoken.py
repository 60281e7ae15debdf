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


# ISO 639-3 codes for which BCP 47 asks for the shorter one; it takes those of sign languages as is.
_SHORTER = {
    "pol": "pl",
    "eng": "en",
    "ukr": "uk",
    "rus": "ru",
    "bel": "be",
    "kat": "ka",
    "deu": "de",
    "fra": "fr",
    "ita": "it",
    "spa": "es",
    "por": "pt",
    "tur": "tr",
    "ara": "ar",
    "hin": "hi",
    "vie": "vi",
    "zho": "zh",
}


def language_tag(code: str) -> str:
    """The BCP 47 tag, as in ``lang`` and schema.org, of a language that is spoken or signed."""
    return _SHORTER.get(code, code)
