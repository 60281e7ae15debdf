"""The admin of holiday calendars, and the list of holidays to confirm."""

from datetime import date, timedelta

from django.contrib import admin
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from publishing.admin import PartInline, TranslatedAdmin

from ..forms import CalendarDayFormSet
from ..holidays import statutory_holidays
from ..models import CalendarDay, HolidayCalendar
from ..models.calendars import CONFIRM_DAYS_AHEAD
from .hours import to_confirm_link


def _coming_statutory(today: date) -> list[tuple[str, str, object]]:
    """The statutory holidays of the coming year, each as weekday, date and name."""
    days = {**statutory_holidays(today.year), **statutory_holidays(today.year + 1)}
    last = today + timedelta(days=365)
    coming = sorted(day for day in days if today <= day <= last)
    return [(date_format(day, "l"), date_format(day), days[day].label) for day in coming]


class CalendarDayInline(PartInline):
    model = CalendarDay
    formset = CalendarDayFormSet
    classes: list[str] = []
    autocomplete_fields = ["source"]
    fieldsets = [(None, {"fields": (("date", "status"), "hours", "name", "source")})]


@admin.register(HolidayCalendar)
class HolidayCalendarAdmin(TranslatedAdmin):
    list_display = ["__str__", "to_confirm"]
    search_fields = ["slug", "name"]
    prepopulated_fields = {"slug": ["name"]}
    readonly_fields = ["used_by", "to_confirm", "statutory"]
    inlines = [CalendarDayInline]
    fieldsets = (
        (None, {"fields": ("name", "slug", "used_by", "to_confirm")}),
        (
            _("Statutory holidays of the coming year"),
            {
                "fields": ("statutory",),
                "classes": ["collapse"],
                "description": _(
                    "Offices are closed on them without any entry here. Enter a day below only if "
                    "it is different: special hours, not confirmed yet, or a day off besides."
                ),
            },
        ),
    )

    @admin.display(description=_("offices that follow it"))
    def used_by(self, calendar: HolidayCalendar) -> str:
        return ", ".join(str(office) for office in calendar.offices.all()) if calendar.pk else "–"

    @admin.display(description=_("to confirm"))
    def to_confirm(self, calendar: HolidayCalendar) -> SafeString | str:
        """The list of the coming days that are not confirmed."""
        return to_confirm_link(calendar.pk) or "–"

    @admin.display(description=_("days"))
    def statutory(self, calendar: HolidayCalendar) -> SafeString:
        days = _coming_statutory(timezone.localdate())
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}, {}: {}</li>", days))


class ToConfirmFilter(admin.SimpleListFilter):
    """Coming days of which readers are told: hours not confirmed."""

    title = _("confirmation")
    parameter_name = "confirm"

    def lookups(self, request, model_admin):
        text = _("not confirmed, in the next %(days)s days") % {"days": CONFIRM_DAYS_AHEAD}
        return [("soon", text)]

    def queryset(self, request, queryset):
        return queryset.to_confirm() if self.value() == "soon" else queryset


@admin.register(CalendarDay)
class CalendarDayAdmin(TranslatedAdmin):
    """Days of all calendars by date: here they are confirmed."""

    list_display = ["date", "name_and_offices", "status", "hours"]
    list_editable = ["status", "hours"]
    list_filter = [ToConfirmFilter, "calendar"]
    list_select_related = ["calendar"]
    autocomplete_fields = ["source"]
    fieldsets = ((None, {"fields": ("calendar", ("date", "status"), "hours", "name", "source")}),)

    class Media:
        css = {"all": ["offices/hours_admin.css"]}

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("calendar__offices")

    @admin.display(description=_("name of the day, offices"))
    def name_and_offices(self, day: CalendarDay) -> SafeString:
        """What the day is called, and who follows its calendar."""
        offices = ", ".join(str(office) for office in day.calendar.offices.all())
        return format_html("{}<br><small>{}</small>", day.label, offices or day.calendar)
