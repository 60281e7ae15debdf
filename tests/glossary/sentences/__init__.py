"""Sentences in four languages with declined names in them, and traps that hold none.

A line of ``<language>.txt``: ``Po odbiór [karty pobytu|karta-pobytu] przyjdź osobiście.`` Every
name of ``terms.yaml`` is marked. A line that begins with ``- `` holds none.
"""

import re
from pathlib import Path
from typing import NamedTuple

import yaml

_FOLDER = Path(__file__).parent
_MARK = re.compile(r"\[([^|\]]*)\|([^\]]*)\]")


class Sentence(NamedTuple):
    """A text, and from where to where names stand in it: (start, end, slug)."""

    text: str
    marks: list[tuple[int, int, str]]

    @property
    def is_trap(self) -> bool:
        return not self.marks


def terms() -> dict[str, dict[str, str]]:
    """The names by slug and language, without the words that are switched off."""
    loaded = yaml.safe_load((_FOLDER / "terms.yaml").read_text())
    return {slug: names for slug, names in loaded.items() if names.get("link") is not False}


def sentences(language: str) -> list[Sentence]:
    """All sentences in ``language``."""
    lines = (_FOLDER / f"{language}.txt").read_text().splitlines()
    return [_parse(line) for line in lines if line]


def _parse(line: str) -> Sentence:
    if line.startswith("- "):
        return Sentence(line[2:].partition(" # ")[0], [])
    text, marks, position = "", [], 0
    for match in _MARK.finditer(line):
        text += line[position : match.start()]
        marks.append((len(text), len(text) + len(match[1]), match[2].strip()))
        text += match[1]
        position = match.end()
    return Sentence(text + line[position:], marks)
