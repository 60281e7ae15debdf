"""Model fields that published records share: rich text and sets of choices."""

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.lookups import Exact
from django_prose_editor.fields import ProseEditorField

# A small set: what a plain answer needs, and what every language can carry.
RICH_TEXT_EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
}


class RichTextField(ProseEditorField):
    """HTML of a few marks (bold, italic, lists, links), sanitised on every save."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("extensions", RICH_TEXT_EXTENSIONS)
        kwargs.setdefault("sanitize", True)
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance, add):
        """Sanitise here too: a script saves without ``clean``.

        Only what is written is changed: setting the attribute of an untranslated name would
        copy the fallback text into the active language.
        """
        value = super().pre_save(model_instance, add)
        return self.sanitize(value) if value else value


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
        }
        # ArrayField.formfield would add options that a choice field refuses.
        return models.Field.formfield(self, **(defaults | kwargs), choices_form_class=None)
