"""What the admin's pages need to know of the portal's languages."""

from django import template
from django.utils.translation import gettext as _

from languages.alternates import alternates
from languages.available import AVAILABLE_LANGUAGES, SOURCE_LANGUAGE
from languages.fallback import current_language

register = template.Library()


@register.simple_tag(takes_context=True)
def admin_languages(context) -> tuple:
    """The same admin page in each language."""
    return alternates(context["request"].get_full_path(), current_language())


@register.simple_tag
def language_names_for_tabs() -> dict:
    """The texts of the language tabs, for ``language_tabs.js``."""
    return {
        "label": _("Language of the fields"),
        "all": _("All languages"),
        "source": SOURCE_LANGUAGE,
        "languages": [[language.code, language.endonym] for language in AVAILABLE_LANGUAGES],
    }
