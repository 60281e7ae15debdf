"""Template tags that link words of the glossary, and write a term for programs."""

from django import template
from django.http import HttpRequest
from django.utils.safestring import SafeString

from glossary.models import Term
from glossary.page import PageWords
from glossary.structured_data import term_data as data_of_term
from publishing.structured_data import as_script

register = template.Library()


@register.simple_block_tag
def linked_words(content: str, words: PageWords) -> SafeString:
    """What stands between the tags, with the words in its texts (``data-text``) linked."""
    return words.linked(content)


@register.simple_tag
def term_data(record: Term, request: HttpRequest) -> SafeString:
    """The JSON-LD of a term, fetched as its page fetches it."""
    return as_script(data_of_term(record, request.build_absolute_uri))
