"""Model fields that published records share: slugs, rich text and sets of choices."""

import re
from html import unescape

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorField

from languages.words import is_blank

# What PostgreSQL checks as well: there ``$`` is the end, not the end of a line.
SLUG_PATTERN = "^[a-z0-9]+(-[a-z0-9]+)*$"
SLUG_MESSAGE = _(
    "Write it with small Latin letters and digits, and single hyphens between them: karta-pobytu."
)


validate_slug = RegexValidator(SLUG_PATTERN.replace("$", r"\Z"), SLUG_MESSAGE)


class _SlugFormField(forms.SlugField):
    # In the form too: a record is not even tried out with an address that cannot be.
    default_validators = [validate_slug]


class SlugField(models.SlugField):
    """A name in addresses: stricter than Django's, which takes capitals and underscores too."""

    default_validators = [validate_slug]

    def formfield(self, **kwargs):  # type: ignore[override]
        return super().formfield(**({"form_class": _SlugFormField} | kwargs))

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.SlugField", args, kwargs


# A small set: what a plain answer needs, and what every language can carry.
RICH_TEXT_EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
}

_TAG = re.compile(r"<[^>]*>")


class RichTextField(ProseEditorField):
    """HTML of a few marks (bold, italic, lists, links), sanitised whenever it is stored.

    What only looks like text (``<p></p>``, an empty list) is stored as empty.
    """

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("extensions", RICH_TEXT_EXTENSIONS)
        kwargs.setdefault("sanitize", True)
        super().__init__(*args, **kwargs)

    def to_python(self, value):
        return _filled(super().to_python(value))

    def get_prep_value(self, value):
        """Sanitise here too: neither ``save()`` nor ``update()`` calls ``clean``."""
        value = super().get_prep_value(value)
        return _filled(self.sanitize(value)) if value else value


def _filled(html):
    """``html``, or an empty text where there is nothing to see between its tags."""
    is_empty = isinstance(html, str) and is_blank(unescape(_TAG.sub("", html)))
    return "" if is_empty else html


class ChoiceSetInput(forms.CheckboxSelectMultiple):
    """Check boxes beside each other."""

    def __init__(self, attrs=None, choices=()):
        super().__init__({"class": "choice-set"} | (attrs or {}), choices)

    class Media:
        css = {"all": ["publishing/choice_set.css"]}


class ChoiceSetField(ArrayField):
    """A set of values out of the base field's choices, edited as check boxes."""

    def readable(self) -> Q:
        """What the database must hold: a plain list of values out of the choices."""
        values = [value for value, _label in self.base_field.flatchoices]
        dimensions = Func(F(self.name), function="array_ndims", output_field=models.IntegerField())
        # An empty list has none, which is no objection.
        return Q(**{f"{self.name}__contained_by": values}) & Q(Exact(dimensions, 1))

    def formfield(self, **kwargs):  # type: ignore[override]
        defaults = {
            "form_class": forms.TypedMultipleChoiceField,
            "choices": self.base_field.choices,
            "coerce": self.base_field.to_python,
            "widget": ChoiceSetInput,
            # Django would compare what is sent with what invisible fields say was shown. An empty
            # set has none, so after a mistake they would say what was typed. The guard knows.
            "show_hidden_initial": False,
        }
        # ArrayField.formfield would add options that a choice field refuses.
        return models.Field.formfield(self, **(defaults | kwargs), choices_form_class=None)
