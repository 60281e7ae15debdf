"""The guard of the admin's lists: actions, and what is edited in the rows.

An action is carried out on the records that are as the list showed them, and a row is saved if
nobody else changed what was typed in it; the others are named, each with the reason.
"""

import copy
from collections.abc import Collection, Iterable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.main import ALL_VAR, PAGE_VAR
from django.core.exceptions import BadRequest
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.http import HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_protect

from . import refusal as words
from .forgiving import ForgivingAdmin, is_key
from .locks import lock, owner_keys
from .seals import SNAPSHOT_FIELD, Opened, opened, sealed
from .snapshots import RECORD, WHOLE, Row, changed_fields
from .stored_records import Kind, guarded_fields, row_digests, snapshots


class GuardedLists(ForgivingAdmin):
    """An admin whose lists overwrite nothing that their author did not see."""

    # What an action decides on or overwrites; one that is not named here, the whole record.
    action_fields: dict[str, tuple[str, ...]] = {}

    def _record_kind(self, fields: tuple[str, ...], with_whole: bool = False) -> Kind:
        return Kind(RECORD, self.model, "", fields, with_whole)

    def _list_fields(self) -> tuple[str, ...]:
        """What lists overwrite, by hand or by an action that says so."""
        names = {name for fields in self.action_fields.values() for name in fields}
        return guarded_fields(self.model, {*names, *self.list_editable})

    def _page_id(self, key: object = "") -> str:
        return f"{self.opts.label_lower} {key}"

    def _owners_of(self, key: Any) -> partial:
        """Finds what the record is a part of."""
        return partial(owner_keys, self.model, key, self.admin_site)

    @method_decorator(csrf_protect)
    def changelist_view(self, request, extra_context=None):
        if request.method != "POST":
            return self._with_snapshot(super().changelist_view(request, extra_context))
        try:
            return self._sent_list(request, extra_context)
        except IntegrityError:
            # As for a form: somebody was quicker.
            return self._sent_list(request, extra_context)

    def _sent_list(self, request, extra_context):
        with transaction.atomic():
            is_edited = "_save" in request.POST and self.list_editable
            if is_edited and self.has_change_permission(request):
                sent = copy.copy(request)
                sent.POST = self._rows_that_hold(request)
            else:
                sent = request
            response: Any = super().changelist_view(sent, extra_context)
        page = getattr(response, "context_data", {}).get("cl")
        if page is not None and page.formset is not None and page.formset.is_bound:
            # Each row beside its own record, whatever order the list has meanwhile; and it is still
            # the page that was opened: what was overtaken in it is not in these rows any more.
            page.result_list = [form.instance for form in page.formset.forms]
            response.context_data["snapshot"] = request.POST.get(SNAPSHOT_FIELD, "")
            return response
        return self._with_snapshot(response)

    def _with_snapshot(self, response):
        """A list that carries what it shows, and what is stored with it."""
        page = getattr(response, "context_data", {}).get("cl")
        if page is not None:
            shown = {str(record.pk): record for record in page.result_list}
            rows = self._list_rows(shown)
            response.context_data["snapshot"] = sealed(self._page_id(), {RECORD: rows})
        return response

    def _list_rows(self, shown: dict[str, Model], *, with_whole: bool = True) -> dict[str, Row]:
        """The snapshot of records: what lists overwrite of them, and each with all its parts."""
        if not shown:
            return {}
        fields = self._list_fields()
        stored = snapshots([self._record_kind(fields, with_whole)], list(shown))
        rows = {}
        for key, record in shown.items():
            # The columns as they are shown, not as they may have become a moment later.
            own = row_digests(self.model, fields, vars(record))
            related = stored.get(key, {}).get(RECORD, {}).get(key, {})
            names = {WHOLE, *(name for name in fields if _is_set(self.model, name))}
            rows[key] = own | {name: related[name] for name in names & related.keys()}
        return rows

    # Actions

    def response_action(self, request, queryset):
        """Carry an action out on the records that are as the list showed them; name the others."""
        selected = self._selected_keys(request)
        action = self._chosen_action(request)
        if action is None:  # Django would take another one in its place
            return super().response_action(request, queryset.none())
        if request.POST.get("select_across") == "1":
            return self._show_all(request, queryset)
        seen = opened(request, self._page_id())
        locked = lock(self.model, selected, self.admin_site)
        stored = self._list_rows(locked)
        before = (seen.rows or {}).get(RECORD, {})
        listed = {str(key) for key in queryset.filter(pk__in=selected).values_list("pk", flat=True)}
        left_out = {}
        for key in selected:
            reason = self._overtaken(action, before.get(key), stored.get(key), locked.get(key))
            if not reason and key not in listed:
                reason = _("it does not belong to this list any more")
            if reason:
                left_out[key] = reason
        self._tell_left_out(request, left_out, locked, seen)
        to_do = listed - left_out.keys()
        if left_out and not to_do:
            return HttpResponseRedirect(request.get_full_path())
        response: Any = super().response_action(request, queryset.filter(pk__in=to_do))
        if getattr(response, "context_data", None) is not None:
            # A question: what is answered is judged by what is stored now.
            rows = {key: stored[key] for key in to_do}
            response.context_data["snapshot"] = sealed(self._page_id(), {RECORD: rows})
        return response

    def _selected_keys(self, request) -> list[str]:
        """The keys of the ticked records; what can be none is refused."""
        selected = list(dict.fromkeys(request.POST.getlist(ACTION_CHECKBOX_NAME)))
        if not all(map(is_key, selected)):
            raise BadRequest("No key of a record")
        return selected

    def _chosen_action(self, request) -> str | None:
        """The action whose button was pressed; None where there is none, which Django tells."""
        chosen, place = request.POST.getlist("action"), request.POST.get("index", "0")
        if not is_key(place) or int(place) >= len(chosen):
            return None
        return chosen[int(place)] if chosen[int(place)] in self.get_actions(request) else None

    def _overtaken(self, action: str, before: Row | None, after: Row | None, record: Any) -> str:
        """Why ``action`` would not do what its author wanted; empty where it would."""
        if record is None or after is None:
            return _("it was deleted meanwhile")
        if before is None:
            return _("it is not known what you saw of it")
        names = self.action_fields.get(action)
        if names is None:
            return "" if before == after else self._said(record, changed_fields(before, after))
        changed = changed_fields(before, after) & set(guarded_fields(self.model, names))
        return self._said(record, changed) if changed else ""

    def _said(self, record: Model, fields: Iterable[str]) -> str:
        """What of a record was changed meanwhile, as far as its row tells."""
        lines = [
            words.stored_line(record, self.model._meta.get_field(name)) for name in sorted(fields)
        ]
        text = _("changed meanwhile")
        return f"{text} ({', '.join(lines)})" if lines else text

    def _show_all(self, request, queryset):
        """Instead of acting on records that the page has not shown: a page that shows them."""
        query = request.GET.copy()
        query.pop(PAGE_VAR, None)
        if queryset.count() <= self.list_max_show_all:
            query[ALL_VAR] = ""
            text = _(
                "Nothing was done yet: an action is carried out only on records that the page has "
                "shown. This page shows all of them; choose them here."
            )
        else:
            text = _(
                "Nothing was done: an action is carried out only on records that the page has "
                "shown. Choose them page by page."
            )
        self.message_user(request, text, messages.WARNING)
        return HttpResponseRedirect(f"{request.path}?{query.urlencode()}")

    def _tell_left_out(self, request, reasons: dict[str, str], locked, seen: Opened) -> None:
        """Name the records on which an action was not carried out, each with the reason."""
        if not reasons:
            return
        text = ngettext(
            "Left out, look at it first:", "Left out, look at them first:", len(reasons)
        )
        lines = [(self._name(key, locked), self._why(key, reasons[key], seen)) for key in reasons]
        self._warn(request, text, lines)

    def _why(self, key: str, reason: str, seen: Opened) -> str:
        rows = {(self.model, key)} | words.dependants(self.model, [key])
        names = words.saved_by(rows, seen.at, self._owners_of(key))
        return "; ".join([reason, *names])

    def _name(self, key: str, locked: dict[str, Model]) -> str:
        """What a record is called, as a link to it; one that was deleted, as the log has it."""
        if key in locked:
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
            address = reverse(name, args=[key], current_app=self.admin_site.name)
            return format_html('<a href="{}">{}</a>', address, locked[key])
        entry = words.deletion(self.model, key)
        return entry.object_repr if entry else f"{self.opts.verbose_name} {key}"

    def _warn(self, request, text: str, lines: list[tuple[str, str]]) -> None:
        rows = format_html_join("", "<br>{} – {}", lines)
        self.message_user(request, format_html("{}{}", text, rows), messages.WARNING)

    # What is edited in a list

    def _rows_that_hold(self, request) -> QueryDict:
        """What was sent of a list, without the rows that were overtaken; those are named.

        A row in which nothing was typed goes too: it would bring back what was there before.
        """
        formset_class: Any = self.get_changelist_formset(request)
        prefix, pk_name = formset_class.get_default_prefix(), self.opts.pk.name
        sent = formset_class(request.POST, queryset=self.get_queryset(request))
        keys = [str(row[pk_name].data) for row in sent.initial_forms]
        if not all(map(is_key, keys)):
            raise BadRequest("No key of a record")
        locked = lock(self.model, keys, self.admin_site)
        stored = self._list_rows(locked, with_whole=False)
        seen = opened(request, self._page_id())
        kept, refused = [], []
        for number, row in enumerate(sent.initial_forms):
            key = keys[number]
            before = (seen.rows or {}).get(RECORD, {}).get(key)
            typed = words.typed_digests(row)
            fields = {
                name for name in typed if before is None or typed[name] != before.get(name, "")
            }
            after = stored.get(key)
            if after is not None:
                fields = {name for name in fields if typed[name] != after.get(name, "")}
                is_same = before is not None and not typed.keys() & changed_fields(before, after)
                if is_same:
                    kept.append(number)
                    continue
            if fields:
                said = self._typed_too_late(row, fields, locked.get(key))
                refused.append((self._name(key, locked), self._why(key, said, seen)))
        if refused:
            text = ngettext(
                "Not saved, because it was changed meanwhile:",
                "Not saved, because they were changed meanwhile:",
                len(refused),
            )
            self._warn(request, text, refused)
        return _only_rows(request.POST, prefix, kept)

    def _typed_too_late(self, row: Any, fields: Collection[str], record: Any) -> str:
        typed = dict(words.typed_words(row, fields))
        you_typed = ", ".join(f"{label}: {value}" for label, value in typed.items())
        if record is None:
            return _("it was deleted; you typed %(typed)s") % {"typed": you_typed}
        stored = ", ".join(
            words.stored_line(record, self.model._meta.get_field(name)) for name in sorted(fields)
        )
        text = _("stored is %(stored)s; you typed %(typed)s")
        return text % {"stored": stored, "typed": you_typed}


def _only_rows(data: QueryDict, prefix: str, numbers: list[int]) -> QueryDict:
    """``data`` of a formset with these of its rows alone, counted anew."""
    found = data.copy()
    for name in data:
        if name.startswith(f"{prefix}-"):
            del found[name]
    for place, number in enumerate(numbers):
        start = f"{prefix}-{number}-"
        for name in data:
            if name.startswith(start):
                found.setlist(f"{prefix}-{place}-{name.removeprefix(start)}", data.getlist(name))
    for name in ("TOTAL_FORMS", "INITIAL_FORMS"):
        found[f"{prefix}-{name}"] = str(len(numbers))
    return found


def _is_set(model: type[Model], name: str) -> bool:
    return bool(model._meta.get_field(name).many_to_many)
