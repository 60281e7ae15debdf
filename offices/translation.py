"""Translated fields of this app."""

from modeltranslation.translator import TranslationOptions, register

from publishing.translation import PublishedRecordOptions

from .models import (
    BookingPolicy,
    CalendarDay,
    Channel,
    DayException,
    HolidayCalendar,
    Notice,
    Office,
    Schedule,
    Season,
    ServicePoint,
    WeeklyRule,
)


@register(Office)
class OfficeOptions(PublishedRecordOptions):
    fields = ("name", "summary", "description", "directions", "accessibility_note")
    required_languages = {"pl": ("name",)}


@register(ServicePoint)
class ServicePointOptions(PublishedRecordOptions):
    fields = ("name", "summary", "description", "room", "languages_note")
    required_languages = {"pl": ("name",)}


@register(Channel)
class ChannelOptions(TranslationOptions):
    fields = ("note",)


@register(Schedule)
class ScheduleOptions(TranslationOptions):
    fields = ("note",)


@register(Season)
class SeasonOptions(TranslationOptions):
    fields = ("name",)
    required_languages = {"pl": ("name",)}


@register(WeeklyRule)
class WeeklyRuleOptions(TranslationOptions):
    fields = ("note",)


@register(DayException)
class DayExceptionOptions(TranslationOptions):
    fields = ("reason",)


@register(HolidayCalendar)
class HolidayCalendarOptions(TranslationOptions):
    fields = ("name",)
    required_languages = {"pl": ("name",)}


@register(CalendarDay)
class CalendarDayOptions(TranslationOptions):
    fields = ("name",)


@register(Notice)
class NoticeOptions(TranslationOptions):
    fields = ("text", "reason")
    required_languages = {"pl": ("text",)}


@register(BookingPolicy)
class BookingPolicyOptions(TranslationOptions):
    fields = (
        "name",
        "who_may_book",
        "who_may_not_book",
        "booked_days",
        "data_to_give",
        "what_to_bring",
        "if_late",
        "if_absent",
        "if_duplicate",
        "full_rules",
    )
    required_languages = {"pl": ("name",)}
