"""The one spelling in which a telephone number is kept, and what can be called at all.

Which numbers there are, in Poland and abroad, is known to Google's libphonenumber.
"""

import re
import unicodedata

from phonenumbers import (
    NumberParseException,
    PhoneNumber,
    PhoneNumberFormat,
    format_number,
    is_valid_number,
    is_valid_short_number_for_region,
    parse,
)

from languages.words import without_unseen

# What :func:`spelled` makes, as PostgreSQL checks it: +48 12 210 20 20, 19115, 116 111.
TELEPHONE_PATTERN = r"^(\+[1-9][0-9]{0,2}( [0-9]{1,12})+|[0-9]{3,5}|[0-9]{3} [0-9]{3})$"

_POLAND, _POLISH_CODE = "PL", 48
# Letters would be read as keys of a telephone, commas as pauses: neither is a number.
_ONE_NUMBER = re.compile(r"\+?[\d\s()./-]+")


class TelephoneError(ValueError):
    """Not one number that can be called."""


def spelled(text: str) -> str:
    """The number that ``text`` means, with its country code, in groups: ``+48 12 210 20 20``.

    A number without a country code is Polish and needs its area code; short numbers (112, 19115,
    116 111) stay short. Raises TelephoneError.
    """
    visible = "".join(map(_plain, without_unseen(text)))
    if not _ONE_NUMBER.fullmatch(visible):
        raise TelephoneError(text)
    try:
        number = parse(visible, _POLAND)
    except NumberParseException as error:
        raise TelephoneError(text) from error
    if is_valid_number(number):
        return format_number(number, PhoneNumberFormat.INTERNATIONAL).replace("-", " ")
    if number.country_code == _POLISH_CODE and is_valid_short_number_for_region(number, _POLAND):
        return _short(number)
    raise TelephoneError(text)


def _plain(character: str) -> str:
    """A hyphen for any dash, a space for any space, and what East Asian keyboards write as ours.

    Marks that only look like digits stay: a footnote is no part of a number.
    """
    kind = unicodedata.category(character)
    if kind == "Pd" or character == "\N{MINUS SIGN}":
        return "-"
    if kind == "Zs":
        return " "
    is_of_another_width = unicodedata.decomposition(character).startswith(("<wide>", "<small>"))
    return unicodedata.normalize("NFKC", character) if is_of_another_width else character


def _short(number: PhoneNumber) -> str:
    digits = str(number.national_number)
    return f"{digits[:3]} {digits[3:]}" if len(digits) == 6 else digits
