"""Filters of lists, read from the address and never trusted."""

from django import forms
from django.utils.functional import cached_property


class FilterForm(forms.Form):
    """A form in a list's address; a value that does not exist is reported and left out."""

    # Readers come with old links: no browser-side refusal, no required field.
    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("auto_id", "filter-%s")
        super().__init__(*args, **kwargs)

    @cached_property
    def chosen(self) -> dict:
        """The valid choices that the reader made, by field name."""
        if not self.is_bound:
            return {}
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def narrow(self, queryset):
        """``queryset`` reduced to what the reader chose."""
        for name, value in self.chosen.items():
            queryset = getattr(self, f"narrow_{name}")(queryset, value)
        return queryset
