"""What a browser would send back of an admin form, and what the admin says to it."""

from django.forms import BaseForm
from django.urls import reverse


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
    # What was shown is said by the snapshot alone; Django's hidden fields change after a mistake.
    assert 'name="initial-' not in response.content.decode()
    data = _values(response.context["adminform"].form) | snapshot(response)
    for inline in response.context["inline_admin_formsets"]:
        data |= _values(inline.formset.management_form)
        for form in inline.formset.initial_forms:
            data |= _values(form)
        if inline.formset.initial_extra:  # what was typed into new rows before
            for form in inline.formset.extra_forms:
                data |= _values(form)
    return data


def snapshot(response) -> dict[str, str]:
    """The hidden field in which a form, a list or a question says what is stored."""
    value = response.context.get("snapshot")
    assert not value or f'name="_snapshot" value="{value}"' in text(response)
    return {"_snapshot": value} if value else {}


def text(response) -> str:
    """What the page says, with typographic entities as characters."""
    return response.content.decode().replace("&#x27;", "'")


def page_of(schedule) -> str:
    """Where the hours are edited."""
    return reverse("admin:offices_schedule_change", args=[schedule.pk])


def page_of_new(owner) -> str:
    """Where hours of a channel or an office are added."""
    query = f"?{owner._meta.model_name}={owner.pk}"
    return reverse("admin:offices_schedule_add") + query


def rows(prefix, *new, start=0):
    """What a browser sends of ``new`` rows that are added after the first ``start``."""
    data = {f"{prefix}-TOTAL_FORMS": str(start + len(new))}
    for number, row in enumerate(new, start):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def errors_at(response, prefix) -> list[dict]:
    """The mistakes of each row of one kind, by field."""
    formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    formset = next(one for one in formsets if one.prefix == prefix)
    assert not formset.non_form_errors()
    return [dict(form.errors) for form in formset.forms]
