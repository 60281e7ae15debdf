"""Records in the words of schema.org, embedded in their pages."""

import json
from collections.abc import Callable
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

Data = dict[str, Any]
# Makes an absolute address of a path.
Absolute = Callable[[str], str]

# What would end the script element or be read as markup; inside of JSON strings these are equal.
_ESCAPES = {ord(character): f"\\u{ord(character):04X}" for character in "<>&"}


def as_script(data: Data) -> SafeString:
    """``data`` as a block of JSON-LD; browsers do not execute it, so the CSP lets it be."""
    text = json.dumps({"@context": "https://schema.org"} | data, ensure_ascii=False)
    escaped = mark_safe(text.translate(_ESCAPES))  # noqa: S308
    return format_html('<script type="application/ld+json">{}</script>', escaped)


def filled(data: Data) -> Data:
    """``data`` without what is empty."""
    return {key: value for key, value in data.items() if value not in ("", [], {}, None)}
