"""The admin of the glossary."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from publishing.admin import PUBLISHING, PartInline, PublishedRecordAdmin

from .models import Alias, Section, Term


class SectionInline(PartInline):
    model = Section


class AliasInline(admin.TabularInline):
    model = Alias
    extra = 0


@admin.register(Term)
class TermAdmin(PublishedRecordAdmin):
    list_filter = [*PublishedRecordAdmin.list_filter, "topics", "is_linked_automatically"]
    search_fields = [*PublishedRecordAdmin.search_fields, "aliases__text"]
    autocomplete_fields = [
        *PublishedRecordAdmin.autocomplete_fields,
        "topics",
        "related_terms",
    ]
    inlines = [SectionInline, AliasInline]
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "name",
                    "slug",
                    "meaning",
                    "details",
                    "caution",
                    "topics",
                    "related_terms",
                )
            },
        ),
        (
            _("Linking in running text"),
            {
                "fields": ("is_linked_automatically", "extra_forms", "never_forms"),
                "classes": ["collapse"],
            },
        ),
        PUBLISHING,
    )
