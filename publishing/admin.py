"""The admin of published records: language tabs, workflow, filters, preview, redirects."""

from typing import Any
from urllib.parse import unquote

from csp.decorators import csp_update
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.redirects.models import Redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from js_asset import Media
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline

from languages.available import AVAILABLE_LANGUAGES, LANGUAGE_CODES, SOURCE_LANGUAGE

from .forgiving import ForgivingForm
from .guard import GuardedAdmin
from .models import PublishedRecord, Source, Status, Topic, Unit
from .redirects import check_old_path, check_target, destination, is_page
from .renames import entries
from .views import preview_token

# The style element that the rich-text editor's Tiptap adds to the page by script.
EDITOR_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"


class LanguageTabs:
    """Shows translated fields one language at a time; without JavaScript all are shown."""

    class Media:
        js = ["publishing/language_tabs.js"]
        css = {"all": ["publishing/language_tabs.css"]}


class TranslatedAdmin(LanguageTabs, GuardedAdmin, TranslationAdmin):  # type: ignore[misc]
    """A record with translated fields."""


class PartInline(ForgivingForm, LanguageTabs, TranslationStackedInline):
    """Parts of a record with translated fields, folded until they are needed."""

    extra = 0
    classes = ["collapse"]


class LanguageGapFilter(admin.SimpleListFilter):
    """Records without a name in a language."""

    title = _("missing translation")
    parameter_name = "missing"

    def lookups(self, request, model_admin):
        return [
            (language.code, language.endonym)
            for language in AVAILABLE_LANGUAGES
            if language.code != SOURCE_LANGUAGE
        ]

    def queryset(self, request, queryset):
        if self.value() in LANGUAGE_CODES:
            return queryset.missing_language(self.value())
        return queryset


class OverdueReviewFilter(admin.SimpleListFilter):
    """Records whose review-by date has passed, or that have none."""

    title = _("review")
    parameter_name = "review"

    def lookups(self, request, model_admin):
        return [("overdue", _("overdue")), ("none", _("no date set"))]

    def queryset(self, request, queryset):
        if self.value() == "overdue":
            return queryset.overdue_for_review()
        if self.value() == "none":
            return queryset.filter(review_by__isnull=True)
        return queryset


# What decides whether readers see a record.
WORKFLOW = ("status", "publish_from", "publish_until", "withdrawal_note", "sources")

# The last fieldset of every record's form.
PUBLISHING: tuple[Any, Any] = (
    _("Publishing"),
    {
        "fields": (
            "status",
            ("publish_from", "publish_until"),
            "owner",
            "sources",
            ("changed_on", "checked_on", "review_by"),
            "published_on",
            "withdrawal_note",
        )
    },
)


class PublishedRecordForm(forms.ModelForm):
    """A record that readers will see names where its facts come from."""

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("status") == Status.PUBLISHED and not cleaned.get("sources"):
            self.add_error("sources", _("Name a source before you publish the record."))
        return cleaned


class PublishedRecordAdmin(TranslatedAdmin):
    """What the admin of every published record shares; subclasses end with ``PUBLISHING``."""

    form: type[forms.ModelForm] = PublishedRecordForm
    list_display = ["__str__", "status", "languages", "checked_on", "review_by"]
    list_filter = ["status", LanguageGapFilter, OverdueReviewFilter, "owner"]
    search_fields = ["slug", "name"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["owner", "sources"]
    readonly_fields = ["published_on"]
    actions = ["publish", "archive"]
    action_fields = {"publish": WORKFLOW, "archive": WORKFLOW}
    list_per_page = 50
    save_on_top = True

    def render_change_form(self, request, context, *args, **kwargs):
        """Let what the rich-text editor needs inline pass the content security policy."""
        context["media"] = Media.from_media(context["media"], nonce=request.csp_nonce)
        response = super().render_change_form(request, context, *args, **kwargs)
        return csp_update({"style-src": EDITOR_STYLE})(lambda _request: response)(request)

    @admin.display(description=_("languages"))
    def languages(self, record: PublishedRecord) -> str:
        """The languages in which the record has a name."""
        return " ".join(record.languages)

    def view_on_site(self, record: PublishedRecord) -> str:
        """The record's page; for one that readers do not see, a preview for a day."""
        address = record.get_absolute_url()
        return address if record.is_published() else f"{address}?preview={preview_token(record)}"

    @admin.action(description=_("Publish the selected records"), permissions=["change"])
    def publish(self, request, queryset):
        """Publish what has a source; name what has none."""
        without_source = queryset.filter(sources__isnull=True)
        if without_source:
            names = ", ".join(str(record) for record in without_source)
            self.message_user(
                request,
                _("Not published, because no source is given: %(names)s") % {"names": names},
                messages.WARNING,
            )
        with_source = queryset.exclude(pk__in=without_source.values("pk"))
        if count := self._set_status(request, with_source, Status.PUBLISHED):
            text = ngettext("%(count)s record published.", "%(count)s records published.", count)
            self.message_user(request, text % {"count": count})

    @admin.action(description=_("Archive the selected records"), permissions=["change"])
    def archive(self, request, queryset):
        """Withdraw records: their addresses then say so."""
        if count := self._set_status(request, queryset, Status.ARCHIVED):
            text = ngettext("%(count)s record archived.", "%(count)s records archived.", count)
            self.message_user(request, text % {"count": count})

    def _set_status(self, request, queryset, status: Status) -> int:
        for record in queryset:
            record.status = status
            record.save(update_fields=["status"])
            self.log_change(request, record, [{"changed": {"fields": ["status"]}}])
        return len(queryset)

    def save_formset(self, request, form, formset, change):
        """Put new parts without a position at the end, not at the top."""
        last = max((getattr(part, "position", 0) for part in formset.queryset), default=0)
        for part in (added.instance for added in formset.extra_forms if added.has_changed()):
            if getattr(part, "position", None) == 0:
                last += 1
                part.position = last
        super().save_formset(request, form, formset, change)


@admin.register(Unit)
class UnitAdmin(TranslatedAdmin):
    list_display = ["name", "email"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Topic)
class TopicAdmin(TranslatedAdmin):
    list_display = ["name", "position"]
    list_editable = ["position"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Source)
class SourceAdmin(GuardedAdmin):
    list_display = ["title", "publisher", "language", "dated_on", "checked_on", "confidence"]
    list_filter = ["confidence", "language"]
    search_fields = ["slug", "title", "publisher", "url"]
    prepopulated_fields = {"slug": ["title"]}


class RedirectForm(forms.ModelForm):
    """An old address that leads on: asked for by somebody, and to a page that is there."""

    # The address at which the editor works, set by the admin.
    host: str

    class Meta:
        model = Redirect
        fields = ["old_path", "new_path"]
        help_texts = {
            "old_path": _(
                "The path of an address at which there is no page any more, such as "
                "/en/old-page/. Old addresses of renamed records lead on by themselves."
            ),
            "new_path": _(
                "A path of this portal, such as /en/offices/, or an address of another site that "
                "begins with https://. Leave it empty to say that the page is gone for good."
            ),
        }

    def clean_old_path(self):
        """As readers' browsers ask for it, and not twice."""
        path = unquote(self.cleaned_data["old_path"])
        check_old_path(path)
        if is_page(path):
            raise forms.ValidationError(_("There is a page at this address; readers see it."))
        same = entries().filter(old_path=path)
        if same.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("There is a redirect from this address already."))
        return path

    def clean_new_path(self):
        check_target(self.cleaned_data["new_path"])
        return self.cleaned_data["new_path"]

    def clean(self):
        """Follow it as a reader would."""
        cleaned = super().clean() or self.cleaned_data
        self.instance.site_id = settings.SITE_ID
        if not self.errors:
            entry = Redirect(pk=self.instance.pk, **cleaned)
            if destination(entry.old_path, self.host, entry) is None:
                self.add_error("new_path", _("Readers find no page there, or it leads back here."))
        return cleaned


admin.site.unregister(Redirect)


@admin.register(Redirect)
class RedirectAdmin(GuardedAdmin):
    form = RedirectForm
    list_display = ["old_path", "new_path"]
    search_fields = ["old_path", "new_path"]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.host = request.get_host()
        return form
