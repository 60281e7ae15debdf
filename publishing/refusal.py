"""What an editor sees who was refused: what changed meanwhile, by whom, and all that he typed.

The page is the form as if it were opened now, with what he typed laid over it. A field that he had
not touched shows what is stored now; one that both changed keeps what he typed. Each is marked, so
that whoever saves again has seen it.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ValidationError
from django.db.models import Manager, Model, Q, QuerySet
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import InlineForeignKeyField
from django.forms.utils import ErrorDict, ErrorList
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format, localize, time_format
from django.utils.html import strip_tags
from django.utils.safestring import mark_safe
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from .fields import RichTextField
from .forgiving import is_key
from .snapshots import RECORD, WHOLE, Row, Rows, changed_fields, changes, digest
from .stored_records import Kind, goes_with

# Longer texts are read at their fields.
_LONGEST_VALUE = 200
_LONGEST_NAME = 100


@dataclass
class Told:
    """What happened meanwhile to the record or to a part of it, in words."""

    # The part; empty for the record itself.
    what: str
    # What the editor typed where there is no field for it any more, and what else stood there.
    typed: list[tuple[str, str]] = field(default_factory=list)
    other: list[tuple[str, str]] = field(default_factory=list)
    fields: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Refusal:
    """A page whose author saw something else than what is stored now."""

    request: HttpRequest
    kinds: Collection[Kind]
    # What he saw, and when; None where his page does not say it.
    opened: Rows | None
    opened_at: datetime | None
    stored: Rows
    # Finds what the record is a part of.
    owners: Callable[[], set[tuple[type[Model], str]]]
    changed: list[Told] = field(default_factory=list)
    added: list[Told] = field(default_factory=list)
    deleted: list[Told] = field(default_factory=list)
    saved_by: list[str] = field(default_factory=list)
    # Parts by kind and key: those that are stored, and those that are not any more.
    _parts: dict[tuple[str, str], Model] = field(default_factory=dict)
    _gone: dict[tuple[str, str], Told] = field(default_factory=dict)

    @property
    def is_known(self) -> bool:
        """Whether it is known what the editor saw."""
        return self.opened is not None

    def lay_over(self, form: Any, sent: Any) -> None:
        """Put what was ``sent`` into the ``form`` of the record itself, and mark what changed."""
        self._lay_over_row(form, sent, RECORD)

    def lay_over_parts(self, formset: Any, sent: Any, kind: str) -> None:
        """The same for the parts of one kind; what was typed into new rows stands below them."""
        if new := [_raw(row) for row in sent.extra_forms if row.has_changed()]:
            formset.initial_extra, formset.extra = new, len(new)
            vars(formset).pop("forms", None)  # without these, they may be there already
        key_field = formset.model._meta.pk.name
        sent_rows = {str(row[key_field].data): row for row in sent.initial_forms}
        for row in formset.initial_forms:
            key = str(row.instance.pk)
            self._parts[kind, key] = row.instance
            if (sent_row := sent_rows.pop(key, None)) is not None:
                self._lay_over_row(row, sent_row, kind)
                self._mark_deletion(row, sent_row, kind, key)
            elif self.opened is None or key not in self.opened.get(kind, {}):
                _mark(row, NON_FIELD_ERRORS, _("Added meanwhile."))
        for key, row in sent_rows.items():
            if key not in self.stored.get(kind, {}):
                self._gone[kind, key] = self._left_of(row, kind)
        # Django looks for no mistakes in what was not sent, and would find these marks no more.
        formset._errors = [row.errors for row in formset.forms]
        formset._non_form_errors = ErrorList()

    def _lay_over_row(self, form: Any, sent: Any, kind: str) -> None:
        key = str(form.instance.pk)
        before = None if self.opened is None else self.opened.get(kind, {}).get(key, {})
        after = self.stored.get(kind, {}).get(key, {})
        for name, raw in _raw(sent).items():
            model_field = _model_field(form.instance, name)
            was = None if before is None else before.get(name, "")
            now = after.get(name, "")
            if model_field is None or was == now:
                form.initial[name] = raw
                continue
            typed = _typed_digest(sent.fields[name], raw)
            if typed == now:
                continue
            if typed == was:
                _mark(form, name, _("Changed meanwhile: this is what is stored now."))
                continue
            form.initial[name] = raw
            text = _(
                "Stored now: %(value)s. What you typed stands here, and replaces it when you save "
                "again."
            )
            words_now = _stored_words(form.instance, model_field).removesuffix(".")
            _mark(form, name, text % {"value": words_now})

    def _mark_deletion(self, row: Any, sent: Any, kind: str, key: str) -> None:
        """Say at a row that was to be deleted that it is not what the editor wanted to delete."""
        if not row.initial.get(DELETION_FIELD_NAME):
            return
        after = self.stored[kind][key]
        before = (self.opened or {}).get(kind, {}).get(key, {})
        if before == after:
            return
        if not changed_fields(before, after):
            self.changed.append(Told(_named(row.instance), fields=[_what_goes_with(row.instance)]))
        text = _(
            "You want to delete this, but it was changed meanwhile. It is deleted when you save "
            "again, unless you untick “Delete”."
        )
        _mark(row, NON_FIELD_ERRORS, text)

    def _left_of(self, row: Any, kind: str) -> Told:
        """What is left of a part that was deleted: how it was called, and what was typed in it."""
        is_readable = set(row.errors) <= {row.instance._meta.pk.name}
        what = _named(row.instance) if is_readable else capfirst(_verbose(row.instance))
        typed, other = typed_and_other(row, self.opened, kind)
        is_to_go = bool(_raw(row).get(DELETION_FIELD_NAME))
        return Told(what) if is_to_go or not typed else Told(what, typed, other)

    def tell(self, record: Model) -> None:
        """Say in words what happened, once the parts are laid over."""
        concerned = {(type(record), str(record.pk))}
        by_name = {kind.name: kind for kind in self.kinds}
        for change in changes(self.opened, self.stored) if self.opened is not None else ():
            kind, key = by_name[change.kind], (change.kind, change.key)
            concerned.add((kind.model, change.key))
            if change.is_deleted:
                name = capfirst(str(kind.model._meta.verbose_name))
                told = self._gone.pop(key, Told(name))
                if kind.model._base_manager.filter(pk=change.key).exists():
                    told.what = _("%(part)s (it belongs to another record now)") % {
                        "part": told.what
                    }
                self.deleted.append(told)
                continue
            part = record if change.kind == RECORD else self._part(kind.model, key)
            if change.is_added:
                self.added.append(Told(_named(part)))
                continue
            what = "" if part is record else _named(part)
            fields = [part._meta.get_field(name) for name in sorted(change.fields)]
            lines = [(_label(one), _stored_words(part, one)) for one in fields]
            self.changed.append(Told(what, fields=lines))
        # Of which it is not known whether they were there when the page was opened.
        self.deleted += self._gone.values()
        self.changed.sort(key=lambda told: told.what)
        self.saved_by = saved_by(concerned | self._dependants(), self.opened_at, self.owners)

    def _part(self, model: type[Model], key: tuple[str, str]) -> Any:
        if key not in self._parts:
            self._parts[key] = model._base_manager.get(pk=key[1])
        return self._parts[key]

    def _dependants(self) -> set[tuple[type[Model], str]]:
        """What would be deleted with what differs as a whole."""
        found = set()
        for kind in self.kinds:
            before, after = (self.opened or {}).get(kind.name, {}), self.stored.get(kind.name, {})
            keys = [key for key in after if _whole(after, key) != _whole(before, key)]
            found |= dependants(kind.model, keys)
        return found

    def tell_deletion(self, record: Model) -> None:
        """The same where the whole record was to be deleted."""
        self.tell(record)
        if self.opened is not None and not (self.changed or self.added or self.deleted):
            self.changed.append(Told("", fields=[_what_goes_with(record)]))


def _whole(rows: dict[str, Row], key: str) -> str | None:
    return rows.get(key, {}).get(WHOLE)


def _mark(form: Any, name: str, text: str) -> None:
    if form._errors is None:
        form._errors = ErrorDict()
    form._errors.setdefault(name, ErrorList()).append(text)


def _raw(form: Any) -> dict[str, Any]:
    """What was sent in the fields of ``form``, as it was sent."""
    found = {}
    for name, form_field in form.fields.items():
        if form_field.disabled or isinstance(form_field, InlineForeignKeyField):
            continue
        if name == form.instance._meta.pk.name:
            continue
        html_name = form.add_prefix(name)
        if form_field.widget.value_omitted_from_data(form.data, form.files, html_name):
            continue
        raw = form[name].data
        # A choice that is none cannot be looked up, let alone shown.
        if isinstance(form_field, forms.ModelChoiceField) and not _are_keys(raw):
            continue
        found[name] = raw
    return found


def _are_keys(raw: Any) -> bool:
    keys = raw if isinstance(raw, list) else [raw]
    return all(not key or is_key(key) for key in keys)


def typed_digests(form: Any) -> dict[str, str | None]:
    """The digests of what was sent in the fields of ``form``."""
    return {name: _typed_digest(form.fields[name], raw) for name, raw in _raw(form).items()}


def _typed_digest(form_field: forms.Field, raw: Any) -> str | None:
    """The digest of what would be stored; None where it could not be."""
    if isinstance(form_field, forms.ModelChoiceField):
        return digest(raw)  # keys, also of what was deleted meanwhile
    try:
        return digest(form_field.clean(raw))
    except ValidationError:
        return None


def _model_field(instance: Model, name: str) -> Any:
    try:
        return instance._meta.get_field(name)
    except FieldDoesNotExist:
        return None


# In words


def _verbose(part: Model) -> str:
    return str(part._meta.verbose_name)


def _named(part: Model) -> str:
    name = Truncator(" ".join(str(part).split())).chars(_LONGEST_NAME)
    kind = capfirst(_verbose(part))
    return _("%(kind)s “%(name)s”") % {"kind": kind, "name": name} if name else kind


def _what_goes_with(part: Model) -> tuple[str, str]:
    models = [model for model, _path in goes_with(type(part)) if not model._meta.auto_created]
    names = dict.fromkeys(str(model._meta.verbose_name_plural) for model in models)
    return _("what would be deleted with it"), ", ".join(names) or _("links from other records")


def _label(model_field: Any) -> str:
    return capfirst(str(model_field.verbose_name))


def _stored_words(instance: Any, model_field: Any) -> str:
    """What is stored in a field, as an editor reads it on one line."""
    value = getattr(instance, model_field.name)
    base = getattr(model_field, "base_field", model_field)
    text = words(value.all() if isinstance(value, Manager) else value, base.flatchoices)
    if isinstance(model_field, RichTextField):
        text = strip_tags(text.replace("</", " </"))
    return Truncator(" ".join(text.split())).chars(_LONGEST_VALUE)


def words(value: Any, choices: Iterable = ()) -> str:
    """A value as an editor reads it."""
    if isinstance(value, list | tuple | QuerySet):
        return ", ".join(words(one, choices) for one in value) or "–"
    if value in (None, ""):
        text = "–"
    elif label := dict(choices).get(value):
        text = str(label)
    elif isinstance(value, bool):
        text = _("yes") if value else _("no")
    elif isinstance(value, datetime):
        text = date_format(timezone.localtime(value), "DATETIME_FORMAT")
    elif isinstance(value, Model):
        text = str(value)
    else:
        text = str(localize(value))
    return text


def typed_words(form: Any, fields: Collection[str] | None = None) -> list[tuple[str, str]]:
    """What stands in a form that was sent, to be copied: labels and values.

    In these ``fields``, empty or not; else in all that are not empty.
    """
    found = []
    for name, raw in _raw(form).items():
        if fields is not None and name not in fields:
            continue
        form_field = form.fields[name]
        try:
            value = form_field.clean(raw)
        except ValidationError:
            value = raw
        model_field = _model_field(form.instance, name)
        if name == DELETION_FIELD_NAME or (value is False and fields is None):
            continue
        text: str = words(value, _flat(getattr(form_field, "choices", ())))
        if isinstance(model_field, RichTextField):
            # With its marks, so that they are copied too; it is what a page would show.
            text = mark_safe(model_field.sanitize(str(value)))  # noqa: S308
        if fields is not None or text != "–":
            found.append((capfirst(str(form[name].label)), text))
    return found


def typed_and_other(form: Any, opened: Rows | None, kind: str) -> tuple[list, list]:
    """What an editor typed in a form for which there is no place any more, and what else it has.

    All counts as typed where it is not known what he ``opened``.
    """
    key_name = form.instance._meta.pk.name
    sent_key = form[key_name].data if key_name in form.fields else form.instance.pk
    before = (opened or {}).get(kind, {}).get(str(sent_key), {})
    digests = typed_digests(form)
    typed = {name for name in digests if digests[name] != before.get(name, "")}
    return typed_words(form, typed), [
        line for line in typed_words(form) if line not in typed_words(form, typed)
    ]


def _flat(choices: Any) -> list:
    if isinstance(choices, forms.models.ModelChoiceIterator):
        return []
    return [(key, label) for key, label in choices if not isinstance(label, list | tuple)]


def stored_line(instance: Model, model_field: Any) -> str:
    """A field's label and what is stored in it."""
    return f"{_label(model_field)}: {_stored_words(instance, model_field)}"


# By whom


def dependants(model: type[Model], keys: Collection[str]) -> set[tuple[type[Model], str]]:
    """The rows that would be deleted with these, and may have entries of their own in the log."""
    found = set()
    for child, path in goes_with(model) if keys else ():
        if not child._meta.auto_created:
            rows = child._base_manager.filter(**{f"{path}__in": keys})
            found |= {(child, str(key)) for key in rows.values_list("pk", flat=True)}
    return found


def saved_by(
    concerned: set[tuple[type[Model], str]],
    since: datetime | None,
    owners: Callable[[], set[tuple[type[Model], str]]],
) -> list[str]:
    """Who has saved these rows since that moment, and when, by the log of the admin; once each.

    Without a moment, who was the last. Where it is nobody: who has saved their ``owners``, whose
    forms save them too; the log then names the owner alone.
    """
    if names := {entry.user_id: who(entry) for entry in _entries(concerned, since)}:
        return [*names.values()]
    found = {
        (entry.user_id, entry.content_type_id, entry.object_id): (
            f"{who(entry)} (“{entry.object_repr}”)"
        )
        for entry in _entries(owners(), since)
    }
    return [*found.values()]


def _entries(concerned: set[tuple[type[Model], str]], since: datetime | None) -> QuerySet[LogEntry]:
    keys: dict[type[Model], list[str]] = {}
    for model, key in concerned:
        keys.setdefault(model, []).append(key)
    types = ContentType.objects.get_for_models(*keys)
    where = Q(pk__in=[])
    for model, ones in keys.items():
        where |= Q(content_type=types[model], object_id__in=ones)
    entries = LogEntry.objects.filter(where).select_related("user").order_by("action_time")
    return entries.filter(action_time__gt=since) if since else entries.reverse()[:1]


def who(entry: LogEntry) -> str:
    """Who did what an entry of the log tells of, and when: the time alone where it was today."""
    moment = timezone.localtime(entry.action_time)
    is_today = moment.date() == timezone.localdate()
    when = time_format(moment.time(), "H:i") if is_today else date_format(moment, "DATETIME_FORMAT")
    return f"{entry.user.get_full_name() or entry.user.get_username()}, {when}"


def deletion(model: type[Model], key: str) -> LogEntry | None:
    """The entry of the log that tells of the deletion of a row."""
    content_type = ContentType.objects.get_for_model(model)
    entries = LogEntry.objects.filter(
        content_type=content_type, object_id=key, action_flag=DELETION
    )
    return entries.select_related("user").first()
