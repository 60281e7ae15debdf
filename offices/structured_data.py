"""Offices and service points in the words of schema.org, for search engines and assistants.

Hours are written as the week in force today, with its last day where the week changes then, and
one entry for each span of a coming date that differs from it. A closed day is ``00:00``–``00:00``,
a day of which nothing is known has neither time but a description. schema.org knows no ``24:00``
and reads equal times as closed, so an end at midnight is written ``23:59``.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from languages.fallback import localized
from languages.spoken import language_tag
from publishing.structured_data import Absolute, Data, filled

from .models import Channel, Office, OfficeKind, ServicePoint
from .models.channels import ChannelKind
from .notation import format_clock
from .schedule import DAY_MINUTES, Dated, Day, Hours, Kind, Schedule, WeeklyRule, days
from .sentences import label_text, without_hours

DAYS_AHEAD = 60
_ONE_DAY = timedelta(days=1)

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_GOVERNMENT = {OfficeKind.CITY, OfficeKind.VOIVODESHIP, OfficeKind.STATE}


def office_data(office: Office, today: date, absolute: Absolute) -> Data:
    """An office, fetched as its page fetches it, with the service points that are not past."""
    parent = office.parent
    hours = written_hours(office.hours, today).of_place if office.effective_schedule else {}
    return filled(
        _identity(office, office, absolute)
        | _place(office)
        | {
            "sameAs": [url for url in (office.website_url, office.bip_url) if url],
            "parentOrganization": _identity(parent, parent, absolute) if parent else {},
            "department": [_department(one, today, absolute) for one in office.current_points],
        }
        | hours
    )


def point_data(point: ServicePoint, today: date, absolute: Absolute) -> Data:
    """A service point, fetched as its page fetches it, as a department of its office."""
    parent = _identity(point.office, point.office, absolute)
    return _department(point, today, absolute) | {"parentOrganization": parent}


def _department(point: ServicePoint, today: date, absolute: Absolute) -> Data:
    channels = point.channels.all()
    counters = [one for one in channels if one.kind == ChannelKind.IN_PERSON]
    # The first counter is the place itself; schema.org has no second set of hours for it.
    contacts = [*counters[1:], *(one for one in channels if one not in counters)]
    return filled(
        _identity(point, point.office, absolute)
        | (_place(point.office) if counters else {})
        | {
            "description": localized(point, "summary").text,
            "knowsLanguage": _tags([*point.spoken_languages, *point.signed_languages]),
            "contactPoint": [_contact_point(channel, today) for channel in contacts],
        }
        | (channel_hours(counters[0], today).of_place if counters else {})
    )


def _identity(record: Office | ServicePoint, office: Office, absolute: Absolute) -> Data:
    name = localized(record, "name").text
    official: str = getattr(record, "name_pl")  # noqa: B009 - modeltranslation makes the field
    return filled(
        {
            "@type": _type_of(office),
            "name": name,
            "alternateName": official if official != name else "",
            "url": absolute(record.get_absolute_url()),
        }
    )


def _type_of(office: Office) -> str | list[str]:
    if office.kind in _GOVERNMENT:
        return "GovernmentOffice"
    # In schema.org an NGO has no hours and no place; the second type lends them.
    return ["NGO", "LocalBusiness"] if office.kind == OfficeKind.NGO else "LocalBusiness"


def _place(office: Office) -> Data:
    data: Data = {}
    if office.street:
        data["address"] = filled(
            {
                "@type": "PostalAddress",
                "streetAddress": office.street_line,
                "postalCode": office.postal_code,
                "addressLocality": office.locality,
                "addressCountry": "PL",
            }
        )
    if office.latitude is not None and office.longitude is not None:
        data["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": float(office.latitude),
            "longitude": float(office.longitude),
        }
    return data


def _contact_point(channel: Channel, today: date) -> Data:
    hours = channel_hours(channel, today)
    return filled(
        {
            "@type": "ContactPoint",
            "contactType": "customer service",
            "name": str(channel.get_kind_display()),
            **_value(channel),
            "availableLanguage": _tags(_languages_of(channel, today)),
            # A contact point has no property for special hours; the dates tell them apart.
            "hoursAvailable": [*hours.weekly, *hours.dated],
        }
    )


def _value(channel: Channel) -> Data:
    match channel.kind:
        case ChannelKind.TELEPHONE:
            return {"telephone": channel.value}
        case ChannelKind.EMAIL:
            return {"email": channel.value}
    return {"url": channel.href} if channel.href else {"description": channel.value}


def _languages_of(channel: Channel, today: date) -> list[str]:
    """Codes of the languages in which ``channel`` answers, at whatever time."""
    if not channel.is_live:
        return []
    hours = [span for rule in channel.hours.rules_on(today) for span in rule.hours]
    by_hours = [code for span in hours for code in span.languages]
    return [*channel.languages, *by_hours]


def _tags(codes: Iterable[str]) -> list[str]:
    return [language_tag(code) for code in dict.fromkeys(codes)]


@dataclass(frozen=True, slots=True)
class WrittenHours:
    """Opening hours specifications: of the week in force, and of the dates that differ."""

    weekly: list[Data]
    dated: list[Data]

    @property
    def of_place(self) -> Data:
        """As the properties of a place."""
        return {
            "openingHoursSpecification": self.weekly,
            "specialOpeningHoursSpecification": self.dated,
        }


def channel_hours(channel: Channel, today: date) -> WrittenHours:
    """The hours of ``channel``; none if none are stored."""
    if channel.effective_schedule is None:
        return WrittenHours([], [])
    return written_hours(channel.hours, today)


def written_hours(schedule: Schedule, today: date) -> WrittenHours:
    """The week in force ``today``, or when the service begins, and the dates that differ."""
    service = schedule.service
    first = max(today, service.first or today)
    week = _week(schedule, first)
    last = min(today + timedelta(days=DAYS_AHEAD - 1), service.last or date.max)
    dated = [
        specification
        for day in days(schedule, first, last)
        if _spans_of(day) != week.expected_on(day.date)
        for specification in _written_date(day)
    ]
    begins = first if first > today else None
    return WrittenHours(list(_written_week(week, begins)), dated)


# Opens, closes and kind: all that schema.org can say of a span. None stands for unknown.
_Spans = frozenset[tuple[int, int, Kind]] | None


@dataclass(frozen=True, slots=True)
class _Week:
    """What a consumer takes every week to be like, up to the day ``last``."""

    weekdays: tuple[_Spans, ...]
    last: date | None

    def expected_on(self, day: date) -> _Spans:
        is_over = self.last is not None and day > self.last
        return None if is_over else self.weekdays[day.weekday()]


def _week(schedule: Schedule, day: date) -> _Week:
    rules = schedule.rules_on(day)
    weekly = [rule for rule in rules if not rule.weeks]
    weekdays = [
        _weekday([rule for rule in weekly if number in rule.weekdays]) for number in range(7)
    ]
    parts: list[Dated] = [*schedule.rules, *schedule.seasons]
    periods = [part.period for part in parts]
    ends = [period.last for period in (*periods, schedule.service) if period.last]
    ends += [period.first - _ONE_DAY for period in periods if period.first]
    last = min((end for end in ends if end >= day), default=None)
    return _Week(tuple(weekdays) if rules else (None,) * 7, last)


def _weekday(rules: Iterable[WeeklyRule]) -> _Spans:
    """The hours of a weekday that has these ``rules``."""
    spans = frozenset(_span(one) for rule in rules for one in rule.hours)
    return spans if spans or all(rule.is_known for rule in rules) else None


def _span(hours: Hours) -> tuple[int, int, Kind]:
    return hours.opens, hours.closes, hours.kind


def _spans_of(day: Day) -> _Spans:
    spans = frozenset(_span(span.hours) for span in day.spans)
    return spans if spans or day.kind == Kind.CLOSED else None


def _written_week(week: _Week, begins: date | None) -> Iterator[Data]:
    """One entry for each span, with all weekdays that have it; days without any are closed."""
    weekdays: dict[tuple[int, int, Kind] | None, list[str]] = {}
    for name, spans in zip(_WEEKDAYS, week.weekdays, strict=True):
        for span in () if spans is None else sorted(spans) or (None,):
            weekdays.setdefault(span, []).append(f"https://schema.org/{name}")
    for span, names in weekdays.items():
        yield filled(
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": names,
                **_times(span),
                "validFrom": begins.isoformat() if begins else "",
                "validThrough": week.last.isoformat() if week.last else "",
            }
        )


def _written_date(day: Day) -> Iterator[Data]:
    """One entry for each span of ``day``; one without hours if it has none."""
    iso = day.date.isoformat()
    dates = {"validFrom": iso, "validThrough": iso}
    if not day.spans:
        is_closed = day.kind == Kind.CLOSED
        yield filled(
            {
                "@type": "OpeningHoursSpecification",
                "name": label_text(day.label),
                **(_times(None) if is_closed else {"description": without_hours(day)}),
                **dates,
            }
        )
    for span in day.spans:
        yield filled(
            {
                "@type": "OpeningHoursSpecification",
                "name": label_text(span.label),
                **_times(_span(span.hours)),
                **dates,
            }
        )


def _times(span: tuple[int, int, Kind] | None) -> Data:
    """Opens and closes; both midnight for closed. An end after midnight is earlier than opens."""
    if span is None:
        return {"opens": "00:00", "closes": "00:00"}
    opens, closes, kind = span
    if (closes - opens) % DAY_MINUTES == 0 or closes == DAY_MINUTES:
        closes -= 1
    times = {"opens": format_clock(opens), "closes": format_clock(closes)}
    return times | ({"description": _("By appointment")} if kind == Kind.BY_APPOINTMENT else {})
