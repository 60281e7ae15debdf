"""One page for all layers of the hours of a channel or an office."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from publishing.admin import PartInline, TranslatedAdmin
from publishing.forgiving import is_key

from ..conflicts import hours_met
from ..copying import copy_week
from ..forms import (
    ExceptionFormSet,
    RuleForm,
    RuleFormSet,
    ScheduleForm,
    SeasonFormSet,
    left_out,
    owner_field,
    standing_rows,
)
from ..hours_preview import Rows, preview
from ..models import (
    CalendarDay,
    Channel,
    DayException,
    Office,
    Schedule,
    Season,
    ServicePoint,
    WeeklyRule,
)
from ..schedule import Effect
from ..stored_hours import exception_value

OWNERS: dict[str, type[Channel] | type[Office]] = {"channel": Channel, "office": Office}


def hours_address(owner: Channel | Office) -> str:
    """Where the own hours of ``owner`` are edited, or added."""
    schedule = getattr(owner, "schedule", None)
    if schedule is not None:
        return reverse("admin:offices_schedule_change", args=[schedule.pk])
    return f"{reverse('admin:offices_schedule_add')}?{owner_field(owner)}={owner.pk}"


def last_checked(schedule: Schedule) -> str:
    """A warning, where nobody has checked the hours for long."""
    if not schedule.is_checked_long_ago():
        return ""
    if schedule.checked_on is None:
        return str(_("Nobody has checked these hours yet. Check them and set the date."))
    text = _(
        "These hours were last checked on %(date)s, over %(days)s days ago. Check them again and "
        "set the date."
    )
    return text % {"date": date_format(schedule.checked_on), "days": settings.HOURS_CHECK_DAYS}


def hours_summary(owner: Channel | Office) -> SafeString:
    """The hours that hold for ``owner`` in lines of text, and where to edit them."""
    holder, follows = owner, False
    if isinstance(owner, Channel) and owner.follows_office_hours:
        holder, follows = owner.service_point.office, True
    schedule = getattr(holder, "schedule", None)
    rules = list(schedule.rules.all()) if schedule else []
    seasons = list(schedule.seasons.all()) if schedule else []
    context = {
        "follows": follows,
        "is_needed": isinstance(holder, Office) or holder.is_live,
        "rules": [rule for rule in rules if rule.season_id is None],
        "seasons": [
            (season, [rule for rule in rules if rule.season_id == season.pk]) for season in seasons
        ],
        "exceptions": _coming(schedule) if schedule else [],
        "warning": last_checked(schedule) if schedule else "",
        "address": hours_address(holder),
        "is_added": schedule is None,
    }
    return render_to_string("admin/offices/_hours_summary.html", context)


def _coming(schedule: Schedule) -> list[DayException]:
    return [one for one in schedule.exceptions.all() if not one.is_past()]


def to_confirm_link(calendar_id: int | None) -> SafeString | str:
    """How many coming holidays of a calendar are not confirmed, as a link to their list."""
    count = CalendarDay.objects.to_confirm().filter(calendar=calendar_id).count()
    if not count:
        return ""
    text = ngettext(
        "%(count)s coming holiday is not confirmed",
        "%(count)s coming holidays are not confirmed",
        count,
    )
    address = reverse("admin:offices_calendarday_changelist")
    query = f"?confirm=soon&calendar__id__exact={calendar_id}"
    return format_html('<a href="{}{}">{}</a>', address, query, text % {"count": count})


class CheckedLongAgoFilter(admin.SimpleListFilter):
    """Hours that nobody has checked for long."""

    title = _("last check")
    parameter_name = "checked"

    def lookups(self, request, model_admin):
        text = _("not for over %(days)s days") % {"days": settings.HOURS_CHECK_DAYS}
        return [("long_ago", text)]

    def queryset(self, request, queryset):
        return queryset.checked_long_ago() if self.value() == "long_ago" else queryset


class RuleInline(PartInline):
    model = WeeklyRule
    form = RuleForm
    formset = RuleFormSet
    classes: list[str] = []
    fieldsets = [
        (None, {"fields": ("weekdays", "hours", "season")}),
        (
            _("Last admission, weeks of the month, languages, note, dates"),
            {
                # Each in a line of its own: a mistake then unfolds them.
                "fields": (
                    "last_admission",
                    "weeks",
                    "languages",
                    "note",
                    "valid_from",
                    "valid_until",
                ),
                "classes": ["collapse"],
            },
        ),
    ]

    def get_extra(self, request, obj=None, **kwargs):
        """One row to begin with."""
        return 0 if obj is not None and obj.rules.exists() else 1

    def get_fieldsets(self, request, obj=None):
        """A season can be chosen once there is one."""
        (name, common), rare = super().get_fieldsets(request, obj)
        has_seasons = obj is not None and obj.seasons.exists()
        fields = [field for field in common["fields"] if has_seasons or field != "season"]
        return [(name, common | {"fields": fields}), rare]


class SeasonInline(PartInline):
    model = Season
    classes: list[str] = []
    formset = SeasonFormSet
    fieldsets = [(None, {"fields": ("name", ("starts_on", "ends_on"))})]


class ExceptionInline(PartInline):
    model = DayException
    classes: list[str] = []
    formset = ExceptionFormSet
    fieldsets = [
        (None, {"fields": (("starts_on", "ends_on"), "effect", "hours", "reason")}),
    ]


@admin.register(Schedule)
class ScheduleAdmin(TranslatedAdmin):
    """Hours are added from the page of what they belong to, which is then fixed."""

    form = ScheduleForm
    list_display = ["__str__", "checked_on", "is_checked"]
    list_filter = [CheckedLongAgoFilter]
    list_select_related = ["office", "channel__service_point"]
    list_per_page = 50
    ordering = ["office__name_pl", "channel__service_point__name_pl", "pk"]
    search_fields = [
        "channel__value",
        "channel__service_point__name",
        "office__name",
    ]
    autocomplete_fields = ["source"]
    readonly_fields = ["belongs_to", "holidays_to_confirm"]
    # Rules before seasons: a rule that leaves a season is saved before the season goes.
    inlines = [RuleInline, SeasonInline, ExceptionInline]
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "belongs_to",
                    ("checked_on", "source"),
                    "note",
                    "observes_holidays",
                    "holidays_to_confirm",
                    "copy_from",
                )
            },
        ),
    )
    save_on_top = True

    class Media:
        js = [
            forms.Script("offices/hours_preview.js", type="module"),
            forms.Script("offices/open_filled.js", type="module"),
        ]
        css = {"all": ["offices/hours_admin.css"]}

    @admin.display(boolean=True, description=_("checked recently"))
    def is_checked(self, schedule: Schedule) -> bool:
        return not schedule.is_checked_long_ago()

    @admin.display(description=_("hours of"))
    def belongs_to(self, schedule: Schedule) -> SafeString:
        """What the hours belong to, as a link to its page."""
        return format_html('<a href="{}">{}</a>', _owner_page(schedule), schedule)

    @admin.display(description=_("holidays"))
    def holidays_to_confirm(self, schedule: Schedule) -> SafeString | str:
        """Those that readers are told to call about."""
        link = to_confirm_link(schedule.owner_office.holiday_calendar_id)
        return link or str(_("Those of the coming days are all confirmed."))

    def get_queryset(self, request):
        """With what names them, also where they are searched from another form."""
        return super().get_queryset(request).select_related("office", "channel__service_point")

    def get_model_perms(self, request):
        """Not offered as a thing to add from nowhere."""
        return super().get_model_perms(request) | {"add": False}

    def changelist_view(self, request, extra_context=None):
        context = {"has_add_permission": False} | (extra_context or {})
        return super().changelist_view(request, context)

    def add_view(self, request, form_url="", extra_context=None):
        """The form for the owner that the address names; else what to do instead."""
        owner = _named_owner(request)
        if owner is None:
            if not self.has_add_permission(request):
                raise PermissionDenied
            context = self.admin_site.each_context(request) | {
                "title": _("Add hours"),
                "opts": self.opts,
            }
            return render(request, "admin/offices/schedule/no_owner.html", context)
        if request.method == "GET" and hasattr(owner, "schedule"):
            return redirect(hours_address(owner))
        return super().add_view(request, form_url, extra_context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        schedule = self.get_object(request, object_id)
        if schedule is not None and request.method == "GET" and (text := last_checked(schedule)):
            self.message_user(request, text, messages.WARNING)
        return super().change_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.owner = None if change else _named_owner(request)
        return form

    def _create_formsets(self, request, obj, change):
        """Let the weekly hours know which seasons are to be deleted."""
        formsets, inlines = super()._create_formsets(request, obj, change)  # type: ignore[misc]
        by_model = {formset.model: formset for formset in formsets}
        if WeeklyRule in by_model:
            by_model[WeeklyRule].seasons = by_model.get(Season)
        return formsets, inlines

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if original := form.cleaned_data.get("copy_from"):
            rules, seasons = copy_week(original, to=form.instance)
            self.message_user(request, _copied(original, rules, seasons), messages.SUCCESS)
        for text in _doubts(self.get_queryset(request).get(pk=form.instance.pk)):
            self.message_user(request, text, messages.WARNING)

    def get_urls(self):
        view = self.admin_site.admin_view(self.preview_view)
        return [path("preview/", view, name="offices_schedule_preview"), *super().get_urls()]

    def preview_view(self, request):
        """What the form as sent would show to readers, as a piece of HTML; saves nothing."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        schedule = self.get_object(request, request.GET.get("schedule", ""))
        if schedule is None and _named_owner(request) is None:
            raise Http404
        is_change = schedule is not None
        if not (
            self.has_change_permission(request, schedule)
            if is_change
            else self.has_add_permission(request)
        ):
            raise PermissionDenied
        form_class: Any = self.get_form(request, schedule, change=is_change)
        form = form_class(request.POST, instance=schedule)
        formsets, _inlines = self._create_formsets(request, form.instance, change=is_change)
        form.is_valid()
        for formset in formsets:
            formset.is_valid()
        context = _preview_context(form, formsets)
        return render(request, "admin/offices/_hours_preview.html", context)

    def render_change_form(self, request, context, *args, **kwargs):
        form = context["adminform"].form
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        schedule = form.instance
        query = f"schedule={schedule.pk}" if schedule.pk else request.GET.urlencode()
        context["preview_address"] = f"{reverse('admin:offices_schedule_preview')}?{query}"
        context["title"] = _("Hours of: %(owner)s") % {"owner": schedule}
        context["subtitle"] = None
        # Another one would belong to nothing.
        context["show_save_and_add_another"] = False
        context |= _preview_context(form, formsets)
        return super().render_change_form(request, context, *args, **kwargs)

    def response_post_save_add(self, request, obj):
        return self._return(request, obj) or super().response_post_save_add(request, obj)

    def response_post_save_change(self, request, obj):
        return self._return(request, obj) or super().response_post_save_change(request, obj)

    def _return(self, request, schedule: Schedule):
        """Back to the page of the owner, unless the editor works through a filtered list."""
        page = ServicePoint if schedule.channel else Office
        may_see = self.admin_site.get_model_admin(page).has_view_or_change_permission(request)
        if not may_see or self.get_preserved_filters(request):
            return None
        return HttpResponseRedirect(_owner_page(schedule))


def _named_owner(request) -> Channel | Office | None:
    """The channel or office that the address names."""
    for name, model in OWNERS.items():
        key = request.GET.get(name, "")
        if is_key(key):
            return model.objects.filter(pk=key).first()
    return None


def _owner_page(schedule: Schedule) -> str:
    if schedule.channel is not None:
        point = schedule.channel.service_point_id
        return reverse("admin:offices_servicepoint_change", args=[point]) + "#channels-group"
    return reverse("admin:offices_office_change", args=[schedule.office_id])


def _preview_context(form, formsets) -> dict:
    rows = standing_rows(formsets)
    copied = form.is_valid() and form.cleaned_data.get("copy_from")
    if copied:
        rows = Rows(copied.rules.all(), copied.seasons.all(), rows.exceptions)
    return {
        "preview": preview(form.instance, rows, timezone.now()),
        "left_out": left_out(form, formsets),
    }


def _doubts(schedule: Schedule) -> Iterator[str]:
    """What coming exceptions say in vain, as a warning each."""
    today = timezone.localdate()
    for row in _coming(schedule):
        value = exception_value(row)
        met = hours_met(value, schedule.hours, today)
        if value.effect == Effect.ADDS and met:
            text = _("Some of these hours are there on the day anyway: %(row)s.")
            yield text % {"row": row}
        elif value.effect == Effect.REMOVES and met != set(value.hours):
            text = _("On the day there are no such hours to be closed: %(row)s.")
            yield text % {"row": row}


def _copied(original: Schedule, rules: int, seasons: int) -> str:
    parts = [
        ngettext("%(count)s row of weekly hours", "%(count)s rows of weekly hours", rules)
        % {"count": rules},
        ngettext("%(count)s season", "%(count)s seasons", seasons) % {"count": seasons},
    ]
    text = _("Copied from “%(hours)s”: %(what)s.")
    return text % {"hours": original, "what": ", ".join(parts)}
