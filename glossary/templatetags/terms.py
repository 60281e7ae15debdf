"""The template tag that links words of the glossary."""

from django import template
from django.utils.safestring import SafeString

from glossary.page import PageWords

register = template.Library()


@register.simple_block_tag
def linked_words(content: str, words: PageWords) -> SafeString:
    """What stands between the tags, with the words in its texts (``data-text``) linked."""
    return words.linked(content)
