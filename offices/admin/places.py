"""The admin of offices and service points."""

from django.contrib import admin, messages
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from publishing.admin import PUBLISHING, PartInline, PublishedRecordAdmin, TranslatedAdmin

from ..forms import ChannelForm, NoticeFormSet
from ..models import BookingPolicy, Channel, Notice, Office, ServicePoint
from .hours import hours_summary, to_confirm_link

_SAVE_FIRST = _("Save first, then add the hours here.")


class ServicePointInline(PartInline):
    model = ServicePoint
    fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    show_change_link = True
    verbose_name_plural = _("service points (save, then open one to add its channels and hours)")


class PlaceAdmin(PublishedRecordAdmin):
    """A place, which shows a summary of its hours."""

    class Media:
        css = {"all": ["offices/hours_admin.css"]}


@admin.register(Office)
class OfficeAdmin(PlaceAdmin):
    list_display = [*PlaceAdmin.list_display, "kind", "street_line"]
    list_filter = [*PlaceAdmin.list_filter, "kind"]
    search_fields = [*PlaceAdmin.search_fields, "street"]
    autocomplete_fields = [*PlaceAdmin.autocomplete_fields, "parent"]
    readonly_fields = [*PlaceAdmin.readonly_fields, "own_hours", "holidays_to_confirm"]
    inlines = [ServicePointInline]
    fieldsets = (
        (None, {"fields": ("name", "slug", "kind", "parent", "summary", "description", "caution")}),
        (
            _("Address"),
            {
                "fields": (
                    ("street", "house_number"),
                    ("postal_code", "locality"),
                    "district",
                    ("latitude", "longitude"),
                    "directions",
                    "website_url",
                    "bip_url",
                )
            },
        ),
        (
            _("Hours"),
            {
                "fields": ("own_hours", "holiday_calendar", "holidays_to_confirm"),
                "description": _(
                    "Hours of the whole office, if its counters share them. Other hours stand with "
                    "the channels of each service point."
                ),
            },
        ),
        (
            _("Accessibility"),
            {
                "fields": (
                    "has_step_free_entrance",
                    "has_lift",
                    "has_accessible_toilet",
                    "has_induction_loop",
                    "has_sign_interpreter",
                    "accessibility_note",
                ),
                "classes": ["collapse"],
            },
        ),
        PUBLISHING,
    )

    @admin.display(description=_("hours of the office"))
    def own_hours(self, office: Office) -> SafeString | str:
        return hours_summary(office) if office.pk else str(_SAVE_FIRST)

    @admin.display(description=_("to confirm"))
    def holidays_to_confirm(self, office: Office) -> SafeString | str:
        return to_confirm_link(office.holiday_calendar_id) or "–"


class ChannelInline(PartInline):
    model = Channel
    form = ChannelForm
    classes: list[str] = []
    readonly_fields = ["own_hours"]
    fieldsets = [
        (
            None,
            {
                "fields": (
                    ("kind", "value", "position"),
                    "note",
                    "follows_office_hours",
                    "own_hours",
                )
            },
        )
    ]

    def get_queryset(self, request):
        """With what the summary of the hours needs."""
        return (
            super()
            .get_queryset(request)
            .select_related("schedule", "service_point__office__schedule")
            .prefetch_related("schedule__rules", "schedule__seasons", "schedule__exceptions")
        )

    @admin.display(description=_("hours"))
    def own_hours(self, channel: Channel) -> SafeString | str:
        return hours_summary(channel) if channel.pk else str(_SAVE_FIRST)


class NoticeInline(PartInline):
    model = Notice
    formset = NoticeFormSet
    autocomplete_fields = ["source"]
    fieldsets = [
        (
            None,
            {"fields": ("text", ("starts_on", "ends_on"), "affects", "state", "reason", "source")},
        ),
    ]


class BookingPolicyInline(PartInline):
    model = BookingPolicy
    autocomplete_fields = ["source", "channel"]


@admin.register(ServicePoint)
class ServicePointAdmin(PlaceAdmin):
    list_display = [*PlaceAdmin.list_display, "office"]
    list_filter = [*PlaceAdmin.list_filter, "topics"]
    list_select_related = ["office"]
    autocomplete_fields = [*PlaceAdmin.autocomplete_fields, "office", "topics", "terms"]
    inlines = [ChannelInline, NoticeInline, BookingPolicyInline]
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "name",
                    "slug",
                    "office",
                    "room",
                    "position",
                    "summary",
                    "description",
                    "caution",
                    "topics",
                    "terms",
                )
            },
        ),
        (
            _("Languages and people"),
            {"fields": ("spoken_languages", "signed_languages", "languages_note", "districts")},
        ),
        (_("Time of service"), {"fields": (("valid_from", "valid_until"),)}),
        PUBLISHING,
    )

    def _create_formsets(self, request, obj, change):
        """Let the notices know which channels there will be."""
        formsets, inlines = super()._create_formsets(request, obj, change)  # type: ignore[misc]
        by_model = {formset.model: formset for formset in formsets}
        if Notice in by_model:
            by_model[Notice].channels = by_model.get(Channel)
        return formsets, inlines

    def save_formset(self, request, form, formset, change):
        """Say which hours go together with a channel."""
        leaving = [part.instance for part in formset.deleted_forms]
        owners = [
            part for part in leaving if hasattr(part, "schedule") and not part.schedule.is_empty()
        ]
        super().save_formset(request, form, formset, change)
        for owner in owners:
            text = _("The hours of this channel were deleted with it: %(channel)s.")
            self.message_user(request, text % {"channel": owner}, messages.WARNING)


@admin.register(Channel)
class ChannelAdmin(TranslatedAdmin):
    """Only to be searched by the booking rules; channels are edited with their service point."""

    search_fields = ["value", "service_point__name"]

    def has_module_permission(self, request) -> bool:
        return False
