"""Marking names in HTML: each becomes what the caller makes of it, nothing else changes.

Only inside elements with ``data-text`` (those that hold the long texts of records), and never
inside links, headings, buttons, code or forms. One pass, linear in the length of the HTML; the
HTML is taken as a template or a sanitiser writes it: tags closed, quotes escaped.
"""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from html import escape, unescape

from languages.scripts import CYRILLIC, mark_polish

from .phrases import Match

# Names in a text that is written in a language.
Find = Callable[[str, str], Iterable[Match]]
# The markup for a match and the text as it stands there, escaped; None leaves it as it is. The
# last argument is the language of the text.
Mark = Callable[[Match, str, str], str | None]

_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)((?:[^<>\"]|\"[^\"]*\")*)>")
_LANGUAGE = re.compile(r"\slang=\"([\w-]*)\"")
_TEXT_MARK = re.compile(r"\sdata-text(?=[\s=]|$)")

_VOID = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "wbr",
}
_NEVER_INSIDE = (
    {"a", "button", "code", "form", "kbd", "label", "legend", "math", "option", "pre", "samp"}
    | {"script", "select", "style", "summary", "svg", "textarea", "title"}
    | {f"h{level}" for level in range(1, 7)}
)
_SPECIAL = _NEVER_INSIDE | {"section"}


class _Context:
    """What holds for the text inside of an element."""

    __slots__ = ("is_open_to_marks", "language", "seen")

    def __init__(self, language: str, is_open_to_marks: bool | None, seen: set[Hashable]):
        self.language = language
        # None outside of texts, False where nothing is ever marked.
        self.is_open_to_marks = is_open_to_marks
        # The names met so far in the nearest section.
        self.seen = seen

    def inside(self, name: str, attributes: str) -> "_Context":
        """What holds inside of a child: mostly the same."""
        language, is_open, seen = self.language, self.is_open_to_marks, self.seen
        if attributes:
            if found := _LANGUAGE.search(attributes):
                language = found[1]
            if is_open is None and _TEXT_MARK.search(attributes):
                is_open = True
        elif name not in _SPECIAL:
            return self
        if name in _NEVER_INSIDE:
            is_open = False
        if name == "section":
            seen = set()
        return _Context(language, is_open, seen)


def mark_names(html: str, language: str, find: Find, mark: Mark) -> str:
    """``html`` in ``language`` with the first occurrence of each name in each section marked."""
    if language in CYRILLIC:
        html = _LATIN_WORDS.sub(f"{_BEGIN}\\1{_END}", _without_signs(html))
    pieces: list[str] = []
    stack = [("", _Context(language, None, set()))]
    open_names: Counter[str] = Counter()
    position = 0
    while True:
        start = html.find("<", position)
        end = len(html) if start < 0 else start
        if end > position:
            pieces.append(_marked(html[position:end], stack[-1][1], find, mark))
        tag = _TAG.match(html, end)
        if tag is None:
            # No markup from here on that could be trusted to end.
            pieces.append(_with_spans(html[end:]))
            return "".join(pieces)
        pieces.append(tag[0])
        _follow(stack, open_names, *tag.groups())
        position = tag.end()


def _follow(
    stack: list[tuple[str, _Context]],
    open_names: Counter[str],
    closes: str,
    name: str,
    attributes: str,
) -> None:
    """Open or close an element."""
    name = name.lower()
    if not closes:
        if name not in _VOID and not attributes.endswith("/"):
            stack.append((name, stack[-1][1].inside(name, attributes)))
            open_names[name] += 1
        return
    # A stray end tag closes nothing. Counted, or many of them would each search the whole stack.
    while open_names[name]:
        closed, _context = stack.pop()
        open_names[closed] -= 1
        if closed == name:
            return


def _marked(text: str, within: _Context, find: Find, mark: Mark) -> str:
    is_marked_up = _BEGIN in text and within.language not in CYRILLIC
    if not within.is_open_to_marks or text.isspace() or is_marked_up:
        return _with_spans(text)
    has_polish = _BEGIN in text
    plain = unescape(_without_signs(text))
    pieces: list[str] = []
    position = 0
    for match in find(plain, within.language):
        if match.phrase.key in within.seen:
            continue
        content = escape(plain[match.start : match.end], quote=False)
        # A name of another language says so on its own.
        if has_polish and match.phrase.language == within.language:
            content = mark_polish(content, within.language)
        markup = mark(match, content, within.language)
        if markup is None:
            continue
        within.seen.add(match.phrase.key)
        between = escape(plain[position : match.start], quote=False)
        pieces += [mark_polish(between, within.language) if has_polish else between, markup]
        position = match.end
    if not pieces:
        return _with_spans(text)
    rest = escape(plain[position:], quote=False)
    return "".join([*pieces, mark_polish(rest, within.language) if has_polish else rest])


# In Cyrillic text the words in Latin letters are marked as Polish. A name may have both (карта
# CUKR), so while names are looked for two private signs stand in place of the marks.
_LATIN_WORDS = re.compile(r'<span lang="pl">([^<]*)</span>')
_BEGIN, _END = "\ue000", "\ue001"


def _with_spans(text: str) -> str:
    if _BEGIN not in text:
        return text
    return text.replace(_BEGIN, '<span lang="pl">').replace(_END, "</span>")


def _without_signs(text: str) -> str:
    return text.replace(_BEGIN, "").replace(_END, "")
