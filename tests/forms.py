"""What a browser would send back of an admin form, if the editor changed nothing."""

from django.forms import BaseForm


def _values(form: BaseForm) -> dict[str, object]:
    values = {}
    for bound in form:
        value = bound.value()
        widget = bound.field.widget
        name = bound.html_name
        if hasattr(widget, "decompress"):
            parts = value if isinstance(value, list) else widget.decompress(value)
            suffixes = getattr(widget, "widgets_names", None) or [
                f"_{i}" for i in range(len(parts))
            ]
            formatted = [
                sub.format_value(part) or ""
                for sub, part in zip(widget.widgets, parts, strict=True)
            ]
            values |= {
                name + suffix: part for suffix, part in zip(suffixes, formatted, strict=True)
            }
        elif value is True:
            values[name] = "on" if not getattr(widget, "choices", None) else "true"
        elif value is None or value is False:
            continue
        elif isinstance(value, list | tuple):
            values[name] = [getattr(one, "pk", one) for one in value]
        else:
            values[name] = bound.field.prepare_value(value)
    return {name: value for name, value in values.items() if value is not None}


def filled(response) -> dict[str, object]:
    """The data of the change form, and of its inlines, in ``response``."""
    data = _values(response.context["adminform"].form)
    for inline in response.context["inline_admin_formsets"]:
        data |= _values(inline.formset.management_form)
        for form in inline.formset.initial_forms:
            data |= _values(form)
    return data
