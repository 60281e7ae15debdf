"""The admin of offices and service points."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from publishing.admin import PUBLISHING, PartInline, PublishedRecordAdmin

from .models import BookingPolicy, Channel, Notice, Office, ServicePoint


class ServicePointInline(PartInline):
    model = ServicePoint
    fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    show_change_link = True
    verbose_name_plural = _("service points (save, then open one to add its channels and hours)")


@admin.register(Office)
class OfficeAdmin(PublishedRecordAdmin):
    list_display = [*PublishedRecordAdmin.list_display, "kind", "street_line"]
    list_filter = [*PublishedRecordAdmin.list_filter, "kind"]
    search_fields = [*PublishedRecordAdmin.search_fields, "street"]
    autocomplete_fields = [*PublishedRecordAdmin.autocomplete_fields, "parent"]
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


class ChannelInline(PartInline):
    model = Channel
    classes: list[str] = []
    fieldsets = [
        (
            None,
            {
                "fields": (
                    ("kind", "value", "position"),
                    "note",
                    "follows_office_hours",
                )
            },
        )
    ]


class NoticeInline(PartInline):
    model = Notice
    autocomplete_fields = ["source"]


class BookingPolicyInline(PartInline):
    model = BookingPolicy
    autocomplete_fields = ["source", "channel"]


@admin.register(ServicePoint)
class ServicePointAdmin(PublishedRecordAdmin):
    list_display = [*PublishedRecordAdmin.list_display, "office"]
    list_filter = [*PublishedRecordAdmin.list_filter, "topics"]
    list_select_related = ["office"]
    autocomplete_fields = [*PublishedRecordAdmin.autocomplete_fields, "office", "topics", "terms"]
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


@admin.register(Channel)
class ChannelAdmin(admin.ModelAdmin):
    """Only to be searched by the booking rules; channels are edited with their service point."""

    search_fields = ["value", "service_point__name_pl"]

    def has_module_permission(self, request) -> bool:
        return False
