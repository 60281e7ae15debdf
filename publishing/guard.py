"""The guard of the admin: what somebody else has changed meanwhile is never overwritten unseen.

Every page that can overwrite something carries a snapshot of what is stored, signed, in one hidden
field: forms, lists, questions whether to delete. What is sent is carried out only if the snapshot
still holds, judged while nobody else can change the record.
"""

import copy
from collections.abc import Collection
from typing import Any

from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import flatten, flatten_fieldsets
from django.db import IntegrityError
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import _get_foreign_key
from django.http import HttpRequest, QueryDict
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from . import refusal as words
from .forgiving import key_of
from .guarded_lists import GuardedLists
from .locks import lock
from .refusal import Refusal
from .seals import SNAPSHOT_FIELD, Opened, opened, sealed
from .snapshots import RECORD, WHOLE, Rows, changes
from .stored_records import Kind, guarded_fields, snapshots


class GuardedAdmin(GuardedLists):
    """An admin whose forms, lists and deletions overwrite nothing that their author did not see."""

    # Fields that can be overwritten without harm, because the form never does.
    unguarded_fields: Collection[str] = ()

    class Media:
        css = {"all": ["publishing/guard.css"]}

    # What is guarded

    def _kinds(self, request: HttpRequest, *, with_whole: bool = False) -> list[Kind]:
        """The rows that the form of a record shows."""
        found = [self._record_kind(self._form_fields(), with_whole)]
        for inline in self.get_inline_instances(request):
            key: Any = _get_foreign_key(self.model, inline.model, fk_name=inline.fk_name)
            fields = guarded_fields(
                inline.model, _declared(inline), {*inline.readonly_fields, key.name}
            )
            # As its formset calls itself.
            name = key.remote_field.get_accessor_name(model=inline.model).replace("+", "")
            found.append(Kind(name, inline.model, key.name, fields, with_whole=True))
        return found

    def _form_fields(self) -> tuple[str, ...]:
        but = {*self.readonly_fields, *self.unguarded_fields}
        return guarded_fields(self.model, _declared(self), but)

    # The form of a record

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Once more, where somebody was quicker between the check and the save: now it shows."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            return super().changeform_view(request, object_id, form_url, extra_context)

    def _changeform_view(self, request, object_id, form_url, extra_context):
        view: Any = super()._changeform_view  # type: ignore[misc]
        key = None if object_id is None else key_of(self.model, object_id)
        if key is None or "_saveasnew" in request.POST or not self.has_change_permission(request):
            return view(request, object_id, form_url, extra_context)
        kinds = self._kinds(request)
        context = extra_context or {}
        if request.method != "POST":
            # Read before the form is: what is changed in between then counts as not seen.
            rows = snapshots(kinds, [key]).get(str(key), {})
            context = context | {"snapshot": sealed(self._page_id(key), rows)}
            return view(request, object_id, form_url, context)
        seen = opened(request, self._page_id(key))
        if not lock(self.model, [key], self.admin_site):
            return self._deleted_meanwhile(request, key, seen)
        stored = snapshots(kinds, [key])[str(key)]
        if seen.rows is not None and not _is_overtaken(request, kinds, seen.rows, stored):
            # Where a mistake is found it is still the page that was opened.
            context = context | {"snapshot": request.POST[SNAPSHOT_FIELD]}
            return view(request, object_id, form_url, context)
        fresh = copy.copy(request)
        fresh.method = "GET"
        fresh.refusal = self._refusal(request, kinds, seen, stored, key)
        context = context | {
            "snapshot": sealed(self._page_id(key), stored),
            "refusal": fresh.refusal,
        }
        return view(fresh, object_id, form_url, context)

    def _refusal(self, request, kinds, seen: Opened, stored: Rows, key: Any) -> Refusal:
        return Refusal(request, kinds, seen.rows, seen.at, stored, self._owners_of(key))

    def get_inline_formsets(self, request, formsets, inline_instances, obj=None):
        """Lay what was typed over the parts, where it was refused."""
        if refusal := getattr(request, "refusal", None):
            sent, _inlines = self._create_formsets(  # type: ignore[attr-defined]
                refusal.request, obj, change=True
            )
            for formset, sent_formset in zip(formsets, sent, strict=True):
                refusal.lay_over_parts(formset, sent_formset, formset.get_default_prefix())
        return super().get_inline_formsets(request, formsets, inline_instances, obj)

    def render_change_form(self, request, context, *args, **kwargs):
        """The same over the record itself, and the words to go with it."""
        if refusal := getattr(request, "refusal", None):
            form, record = context["adminform"].form, context["original"]
            sent = type(form)(
                refusal.request.POST, refusal.request.FILES, instance=copy.copy(record)
            )
            refusal.lay_over(form, sent)
            refusal.tell(record)
        return super().render_change_form(request, context, *args, **kwargs)

    def _deleted_meanwhile(self, request, key, seen: Opened):
        """The record is no more: who deleted it, and all that stands in the form, to be copied."""
        form_class = self.get_form(request, None, change=True)
        form: Any = form_class(request.POST, request.FILES, instance=self.model(pk=key))
        rows = [words.Told("", *words.typed_and_other(form, seen.rows, RECORD))]
        formsets, _inlines = self._create_formsets(  # type: ignore[attr-defined]
            request, self.model(pk=key), change=True
        )
        for formset in formsets:
            kind = formset.get_default_prefix()
            for number, row in enumerate(formset.forms, 1):
                name = f"{formset.model._meta.verbose_name} {number}"
                rows.append(words.Told(name, *words.typed_and_other(row, seen.rows, kind)))
        entry = words.deletion(self.model, str(key))
        form.is_valid()  # fills the record: the log has its name in the language of the other
        context = {
            **self.admin_site.each_context(request),
            "title": _("Deleted meanwhile"),
            "opts": self.opts,
            "entry": entry,
            "name": getattr(form.instance, "name", "") or (entry.object_repr if entry else ""),
            "deleted_by": entry and words.who(entry),
            "rows": [row for row in rows if row.typed or row.other],
            "media": self.media,
        }
        return TemplateResponse(request, "admin/deleted_meanwhile.html", context)

    # Deleting a record

    def _delete_view(self, request, object_id, extra_context):
        view: Any = super()._delete_view  # type: ignore[misc]
        key = key_of(self.model, object_id)
        if key is None or not self.has_delete_permission(request):
            return view(request, object_id, extra_context)
        kinds = self._kinds(request, with_whole=True)
        record = (
            lock(self.model, [key], self.admin_site).get(str(key))
            if request.method == "POST"
            else None
        )
        stored = snapshots(kinds, [key]).get(str(key), {})
        context = (extra_context or {}) | {"snapshot": sealed(self._page_id(key), stored)}
        if record is None:
            return view(request, object_id, context)
        seen = opened(request, self._page_id(key))
        if seen.rows == stored:
            return view(request, object_id, extra_context)
        refusal = self._refusal(request, kinds, seen, stored, key)
        refusal.tell_deletion(record)
        context |= {"refusal": refusal, "is_popup": IS_POPUP_VAR in request.POST}
        asked_again = copy.copy(request)
        asked_again.method, asked_again.POST = "GET", QueryDict()
        return view(asked_again, object_id, context)


def _declared(options: Any) -> list[str] | None:
    """The fields that the admin of a record or of a part says it shows; None: all."""
    if options.fieldsets:
        return flatten_fieldsets(options.fieldsets)
    return flatten(options.fields) if options.fields else None


def _is_overtaken(request: HttpRequest, kinds: list[Kind], seen: Rows, stored: Rows) -> bool:
    """Whether something was changed that the form shows, or that would be deleted."""
    return bool(changes(seen, stored)) or any(
        stored[kind.name][key].get(WHOLE) != seen[kind.name][key].get(WHOLE)
        for kind in kinds
        for key in _to_delete(request, kind) & stored[kind.name].keys()
    )


def _to_delete(request: HttpRequest, kind: Kind) -> set[str]:
    """The keys of the parts of a kind that the form wants to be deleted."""
    end = f"-{DELETION_FIELD_NAME}"
    rows = [
        name.removesuffix(end)
        for name, ticked in request.POST.items()
        if ticked and name.startswith(f"{kind.name}-") and name.endswith(end)
    ]
    return {request.POST.get(f"{row}-{kind.model._meta.pk.name}", "") for row in rows}
