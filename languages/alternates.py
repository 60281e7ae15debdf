"""The same page in the other languages: addresses differ by their prefix alone."""

from dataclasses import dataclass

from .available import LANGUAGE_CODES, Language, get_language


@dataclass(frozen=True, slots=True)
class Alternate:
    """One page in one language."""

    language: Language
    path: str
    is_current: bool


def swap_language(path: str, code: str) -> str:
    """``/en/offices/usc/`` in the language ``code``; its home page for a path without prefix."""
    _, _, rest = path.partition("/")
    prefix, _, tail = rest.partition("/")
    return f"/{code}/{tail}" if prefix in LANGUAGE_CODES else f"/{code}/"


def alternates(
    path: str, current: str, codes: tuple[str, ...] = LANGUAGE_CODES
) -> tuple[Alternate, ...]:
    """The page at ``path`` in each language of ``codes``, in the portal's order."""
    return tuple(
        Alternate(get_language(code), swap_language(path, code), code == current)
        for code in LANGUAGE_CODES
        if code in codes
    )


def default_path(path: str, codes: tuple[str, ...] = LANGUAGE_CODES) -> str | None:
    """The page at ``path`` for readers of no language of ours: in English, if it is.

    Home is chosen by the browser's languages. Where nothing is in English there is no such page.
    """
    if swap_language(path, "en") == "/en/":
        return "/"
    return swap_language(path, "en") if "en" in codes else None
