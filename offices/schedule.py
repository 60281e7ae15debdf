"""What the hours of a channel mean at a moment: pure values and functions, no Django, no clock.

Layers, highest first: notice, day exception, holiday, season, base week. A higher layer decides
the whole day, except that an exception may only add or remove a span. A span that crosses
midnight belongs to the day on which it starts; what the next day brings does not cut it. Before
the service begins and after it has ended all days are closed.

Moments are aware; days and hours are those of Kraków. Minutes count from the midnight that begins
a day; 1440 and more are after the midnight that ends it. Ends of spans are exclusive, last days
of periods are inclusive. Labels, notes and language codes are passed on and never looked at.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import islice
from operator import attrgetter
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

WARSAW = ZoneInfo("Europe/Warsaw")
DAY_MINUTES = 24 * 60

# More than a year with its leap day: whatever comes once a year is found. A stretch in which
# nothing can open counts as one day, so this bounds the work, not how far ahead is seen.
_MOST_DAYS = 400
_ONE_DAY = timedelta(days=1)


class Kind(StrEnum):
    """What a moment is like for someone who wants to be served."""

    OPEN = "open"
    BY_APPOINTMENT = "by_appointment"
    CLOSED = "closed"
    UNKNOWN = "unknown"


SERVING = frozenset({Kind.OPEN, Kind.BY_APPOINTMENT})


class Reason(StrEnum):
    """Which layer decided."""

    BASE = "base"
    SEASON = "season"
    HOLIDAY = "holiday"
    UNCONFIRMED_HOLIDAY = "unconfirmed_holiday"
    EXCEPTION = "exception"
    NOTICE = "notice"
    NOT_YET = "not_yet"
    ENDED = "ended"


_WEEKLY = frozenset({Reason.BASE, Reason.SEASON})
_OUT_OF_SERVICE = frozenset({Reason.NOT_YET, Reason.ENDED})
_ORDINARY = _WEEKLY | _OUT_OF_SERVICE
_OF_A_HOLIDAY = frozenset({Reason.HOLIDAY, Reason.UNCONFIRMED_HOLIDAY})


class Effect(StrEnum):
    """What a day exception does to the day."""

    REPLACES = "replaces"
    ADDS = "adds"
    REMOVES = "removes"


@dataclass(frozen=True, slots=True)
class Hours:
    """One span of a day in minutes; ``closes`` is later than ``opens`` by a day at most."""

    opens: int
    closes: int
    kind: Kind = Kind.OPEN
    last_admission: int | None = None
    languages: tuple[str, ...] = ()
    note: object = ""


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``first`` to ``last``, both included; None is open-ended."""

    first: date | None = None
    last: date | None = None

    def covers(self, day: date) -> bool:
        """Whether ``day`` lies within."""
        return not (self.begins_after(day) or self.ends_before(day))

    def begins_after(self, day: date) -> bool:
        """Whether all of it is later than ``day``."""
        return self.first is not None and day < self.first

    def ends_before(self, day: date) -> bool:
        """Whether all of it is earlier than ``day``."""
        return self.last is not None and self.last < day

    @property
    def length(self) -> timedelta:
        """How long it is; the longest where it is open-ended."""
        return (self.last or date.max) - (self.first or date.min)


ALWAYS = Period()


class Dated(Protocol):
    """A part of a schedule that holds on the days of a period."""

    @property
    def period(self) -> Period: ...


@dataclass(frozen=True, slots=True)
class WeeklyRule:
    """The hours of some weekdays (0 is Monday); no hours at all means closed.

    ``weeks`` limits the rule to the nth such weekday of a month; -1 is the last, empty is every.
    Of one that is not known there are no hours here, and its days are not closed.
    """

    weekdays: frozenset[int]
    hours: tuple[Hours, ...]
    weeks: frozenset[int] = frozenset()
    period: Period = ALWAYS
    is_known: bool = True

    def applies_to(self, day: date) -> bool:
        """Whether ``day`` is one of its weekdays in one of its weeks; its period aside."""
        is_weekday = day.weekday() in self.weekdays
        if not is_weekday or not self.weeks:
            return is_weekday
        nth = (day.day + 6) // 7
        is_last = (day + timedelta(days=7)).month != day.month
        return nth in self.weeks or (is_last and -1 in self.weeks)


@dataclass(frozen=True, slots=True)
class Season:
    """Weekly hours that replace the base week between two dates; the shorter season wins.

    A season without rules says that hours differ and nobody knows how: unknown.
    """

    period: Period
    rules: tuple[WeeklyRule, ...]
    label: object = ""


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day of a holiday calendar: closed, or with special ``hours``, or not ``confirmed``.

    Special hours are those of channels whose week has hours at all: a calendar is shared, and
    does not say of a telephone whose hours nobody knows that it answers on Christmas Eve. What is
    not known may be such hours, or none.
    """

    label: object = ""
    hours: tuple[Hours, ...] = ()
    is_confirmed: bool = True
    is_known: bool = True

    @property
    def may_open(self) -> bool:
        """Whether it has special hours, as far as anyone knows."""
        return bool(self.hours) or not self.is_known


class Holidays(Protocol):
    """A holiday calendar."""

    def get(self, day: date, /) -> Holiday | None:
        """What the calendar says of ``day``; None of an ordinary one."""


@dataclass(frozen=True, slots=True)
class DayException:
    """What differs on the days of a period; to replace a day without hours is to close it.

    One that is not known leaves of a day only the hours to which it adds.
    """

    period: Period
    effect: Effect = Effect.REPLACES
    hours: tuple[Hours, ...] = ()
    label: object = ""
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class Notice:
    """A channel out of use: closed, or unknown, until a day or until further notice."""

    period: Period
    kind: Kind = Kind.CLOSED
    label: object = ""


class Span(NamedTuple):
    """Hours on a day of the calendar, and why."""

    day: date
    hours: Hours
    reason: Reason
    label: object = ""

    @property
    def kind(self) -> Kind:
        return self.hours.kind

    @property
    def start(self) -> datetime:
        """The moment at which it begins."""
        return _moment(_timestamp(self.day, self.hours.opens))

    @property
    def end(self) -> datetime:
        """The moment at which it is over."""
        return _moment(_timestamp(self.day, self.hours.closes))

    @property
    def last_admission(self) -> datetime | None:
        """The moment after which nobody is let in any more, if one is set."""
        minutes = self.hours.last_admission
        return None if minutes is None else _moment(_timestamp(self.day, minutes))


class Day(NamedTuple):
    """A day as all layers leave it: its spans in order, and what the rest of it is and why.

    ``removed`` are the gaps that exceptions tore; ``notice`` is the one that decided, if one did.
    """

    date: date
    spans: tuple[Span, ...]
    kind: Kind
    reason: Reason
    label: object = ""
    removed: tuple[Span, ...] = ()
    notice: Notice | None = None

    @property
    def is_day_off(self) -> bool:
        """Whether it is known to have no hours."""
        return self.kind == Kind.CLOSED and not self.spans

    @property
    def is_in_service(self) -> bool:
        """Whether the service has begun and has not ended."""
        return self.reason not in _OUT_OF_SERVICE

    @property
    def is_exceptional(self) -> bool:
        """Whether, while there is a service, anything but the weekly hours had a say."""
        return bool(
            self.reason not in _ORDINARY
            or self.removed
            or any(span.reason == Reason.EXCEPTION for span in self.spans)
        )

    @property
    def labels(self) -> list[object]:
        """The labels of what had a say besides the weekly hours, of the whole day first."""
        parts: list[Day | Span] = [self, *self.spans, *self.removed]
        return [part.label for part in parts if part.reason not in _WEEKLY]


class Change(NamedTuple):
    """From the moment ``at`` on, something else holds."""

    at: datetime
    kind: Kind
    reason: Reason
    label: object = ""


class State(NamedTuple):
    """The answer for one moment, on ``day``; ``span`` are the hours that hold, if any do.

    ``change`` is the next change of kind, ``opening`` the next time that it becomes open or by
    appointment; None where nothing more is known to come.
    """

    kind: Kind
    reason: Reason = Reason.BASE
    label: object = ""
    change: Change | None = None
    opening: Change | None = None
    day: Day | None = None
    span: Span | None = None

    @property
    def until(self) -> datetime | None:
        """The moment of the next change of kind."""
        return self.change.at if self.change else None

    @property
    def next_opening(self) -> datetime | None:
        """The moment of the next opening, also by appointment."""
        return self.opening.at if self.opening else None

    @property
    def last_admission(self) -> datetime | None:
        """The moment after which nobody is let in any more, though it is open."""
        return self.span.last_admission if self.span else None

    @property
    def turns(self) -> list[datetime]:
        """The moments, past ones among them, at which other hours or another reason may hold."""
        gaps = self.day.removed if self.day else ()
        parts = (self.span,) if self.span else gaps
        ends = [at for part in parts for at in (part.start, part.end)]
        return ends + [at for at in (self.until, self.last_admission) if at]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of these hours, where they differ from others."""
        return self.span.hours.languages if self.span else ()


@dataclass(frozen=True)
class Schedule:
    """All layers of the hours of one channel. Without rules in force they are unknown.

    ``service`` are the days on which there is such a channel at all.
    """

    rules: tuple[WeeklyRule, ...] = ()
    seasons: tuple[Season, ...] = ()
    exceptions: tuple[DayException, ...] = ()
    notices: tuple[Notice, ...] = ()
    holidays: Holidays | None = None
    service: Period = ALWAYS
    # Answers given before; they are no part of the value.
    _states: dict[datetime, State] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _under: dict[Holidays, "Schedule"] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def state_at(self, moment: datetime) -> State:
        """What it says of the aware ``moment``, kept for callers that ask of one many times."""
        if moment not in self._states:
            self._states[moment] = state_at(self, moment)
        return self._states[moment]

    def under(self, holidays: Holidays) -> "Schedule":
        """The same with ``holidays`` above it; for the same ones one value, with what it keeps."""
        if holidays not in self._under:
            self._under[holidays] = replace(self, holidays=holidays)
        return self._under[holidays]

    def season_on(self, day: date) -> Season | None:
        """The season of ``day``: the shortest, where one lies within another."""
        running = [season for season in self.seasons if season.period.covers(day)]
        return min(running, key=lambda season: season.period.length, default=None)

    def rules_on(self, day: date) -> tuple[WeeklyRule, ...]:
        """The weekly rules, for all weekdays, that are in force on ``day``."""
        if self._is_timeless:
            return self.rules
        season = self.season_on(day)
        rules = season.rules if season else self.rules
        return tuple([rule for rule in rules if rule.period.covers(day)])

    @cached_property
    def _is_timeless(self) -> bool:
        """Whether one and the same week is in force on all days: the usual case, made fast."""
        return not self.seasons and all(rule.period == ALWAYS for rule in self.rules)

    def weekly_day(self, day: date) -> Day:
        """``day`` as the season or the base week has it, without anything above them."""
        season = self.season_on(day) if self.seasons else None
        reason, label = (Reason.SEASON, season.label) if season else (Reason.BASE, "")
        rules = self.rules_on(day)
        of_day = [rule for rule in rules if rule.applies_to(day)]
        hours = [span for rule in of_day for span in rule.hours]
        is_known = bool(rules) and all(rule.is_known for rule in of_day)
        kind = Kind.CLOSED if is_known else Kind.UNKNOWN
        return Day(day, _spans(day, hours, reason, label), kind, reason, label)

    def day(self, day: date) -> Day:
        """``day`` as all layers leave it."""
        if not self.service.covers(day):
            reason = Reason.NOT_YET if self.service.begins_after(day) else Reason.ENDED
            return Day(day, (), Kind.CLOSED, reason)
        for notice in self.notices:
            if notice.period.covers(day):
                return Day(day, (), notice.kind, Reason.NOTICE, notice.label, notice=notice)
        plan = self.weekly_day(day)
        holiday = self.holidays.get(day) if self.holidays else None
        if holiday and (not holiday.may_open or self.opens_in_week_of(day)):
            plan = _on_holiday(plan, holiday)
        for first, last, exception in self._exceptions_in_order:
            if first <= day <= last:
                apply = _APPLIED[exception.effect] if exception.is_known else _made_unknown
                plan = apply(plan, exception)
        return plan

    @cached_property
    def _exceptions_in_order(self) -> list[tuple[date, date, DayException]]:
        """With first and last day: what replaces days, then what is added, then what is removed."""
        ordered = sorted(self.exceptions, key=_effect_order)
        return [(one.period.first or date.min, one.period.last or date.max, one) for one in ordered]

    def opens_in_week_of(self, day: date) -> bool:
        """Whether the week in force on ``day`` has any hours."""
        return any(rule.hours for rule in self.rules_on(day))

    @cached_property
    def _turning_days(self) -> list[date]:
        """The days on which a period begins or has just ended, in order."""
        is_plain = self._is_timeless and self.service == ALWAYS
        if is_plain and not self.exceptions and not self.notices:
            return []
        of_seasons = (rule for season in self.seasons for rule in season.rules)
        dated: list[Dated] = [
            *self.rules,
            *self.seasons,
            *of_seasons,
            *self.exceptions,
            *self.notices,
        ]
        periods = {self.service, *(part.period for part in dated)}
        first = {period.first for period in periods if period.first}
        after = {
            period.last + _ONE_DAY for period in periods if period.last and period.last < date.max
        }
        return sorted(first | after)

    def _never_closes(self, plan: Day) -> bool:
        """Whether the week that ``plan`` is a day of serves at all hours, and always in one way."""
        if not plan.spans or not _is_whole_day(plan.spans[0].hours):
            return False
        rules = self.rules_on(plan.date)
        hours = [span for rule in rules for span in rule.hours]
        weekdays = {
            weekday for rule in rules if rule.hours and not rule.weeks for weekday in rule.weekdays
        }
        is_one_kind = len({span.kind for span in hours}) == 1 and all(map(_is_known, rules))
        # A span over midnight would run on into the day after the last that is skipped.
        return is_one_kind and len(weekdays) == 7 and all(map(_is_whole_day, hours))

    def _next_day(
        self, day: date, rules: Iterable[WeeklyRule], *, minds_holidays: bool
    ) -> date | None:
        """The next turning day, day on which one of ``rules`` serves, or holiday if they matter.

        Those that are not turning days are looked for within four hundred days.
        """
        turn = next((turn for turn in self._turning_days if turn > day), None)
        holidays = self.holidays if minds_holidays else None
        if not (rules or holidays):
            return turn
        weekdays = {weekday for rule in rules for weekday in rule.weekdays}
        for _number in range(_MOST_DAYS):
            day += _ONE_DAY
            if day == turn or (holidays and holidays.get(day)):
                return day
            if day.weekday() in weekdays and any(rule.applies_to(day) for rule in rules):
                return day
        return turn

    def _day_after(self, plan: Day, *, is_all_unknown: bool) -> date | None:
        """The next day that may bring a change; days like ``plan`` that cannot are skipped.

        Where nothing opens, a holiday matters only as the first day that closes what is unknown
        so far; where something opens in the week, or nothing closes, each does.
        """
        never_closes = self._never_closes(plan)
        is_steady = never_closes and not plan.is_exceptional
        if plan.removed or plan.reason in _OF_A_HOLIDAY or (plan.spans and not is_steady):
            return plan.date + _ONE_DAY
        in_force = self.rules_on(plan.date)
        if plan.kind == Kind.UNKNOWN and plan.notice is None and in_force:
            return plan.date + _ONE_DAY  # only some weekdays are unknown
        if plan.reason not in _WEEKLY:
            return self._next_day(plan.date, (), minds_holidays=False)
        rules = [] if is_steady else [one for one in in_force if one.hours or not one.is_known]
        minds_holidays = bool(rules) or is_steady or is_all_unknown
        return self._next_day(plan.date, rules, minds_holidays=minds_holidays)

    def days_from(self, day: date) -> Iterator[Day]:
        """``day``, and the days after it that can bring the next change or the next opening.

        Ends where nothing can open any more, and after four hundred days at the latest.
        """
        following: date | None = day
        is_all_unknown = True
        for _count in range(_MOST_DAYS):
            if following is None:
                return
            plan = self.day(following)
            yield plan
            is_all_unknown = is_all_unknown and plan.kind == Kind.UNKNOWN
            following = self._day_after(plan, is_all_unknown=is_all_unknown)


def state_at(schedule: Schedule, moment: datetime) -> State:
    """What ``schedule`` says of the aware ``moment``."""
    now = moment.timestamp()
    timeline = _timeline(schedule, moment.astimezone(WARSAW).date())
    current = before = next(timeline)  # from midnight on
    change = opening = None
    for stretch in timeline:
        if stretch.start <= now:
            current = stretch
        elif stretch.kind != before.kind:
            change = change or _change(stretch)
            if stretch.kind is Kind.OPEN or stretch.kind is Kind.BY_APPOINTMENT:
                opening = _change(stretch)
                break
        before = stretch
    reason, label = _why(current, now)
    return State(current.kind, reason, label, change, opening, current.day, current.span)


def spans(schedule: Schedule, first: date, last: date) -> Iterator[Span]:
    """The hours that begin on the days from ``first`` to ``last``, both included, in order."""
    for day in days(schedule, first, last):
        yield from day.spans


def days(schedule: Schedule, first: date, last: date) -> Iterator[Day]:
    """Every day from ``first`` to ``last``, both included."""
    for number in range((last - first).days + 1):
        yield schedule.day(first + timedelta(days=number))


def exceptional_days(
    schedule: Schedule, first: date, count: int, within_days: int = _MOST_DAYS
) -> list[Day]:
    """The next ``count`` days from ``first`` on of which more than the weekly hours decides."""
    last = first + timedelta(days=within_days - 1)
    return list(islice((day for day in days(schedule, first, last) if day.is_exceptional), count))


class _Stretch(NamedTuple):
    """From ``start`` (seconds since 1970) to the next one the same holds."""

    start: float
    kind: Kind
    day: Day
    span: Span | None
    gaps: tuple[Span, ...]


def _timeline(schedule: Schedule, first: date) -> Iterator[_Stretch]:
    """What holds from the midnight that begins ``first`` on, in order and without gaps."""
    yesterday = schedule.day(first - _ONE_DAY)
    spill, gaps = yesterday.spans, yesterday.removed
    for day in schedule.days_from(first):
        midnight, next_midnight = _timestamp(day.date, 0), _timestamp(day.date, DAY_MINUTES)
        timed = [
            (_timestamp(span.day, span.hours.opens), _timestamp(span.day, span.hours.closes), span)
            for span in spill + day.spans
        ]
        moments = {at for start, end, _span in timed for at in (start, end)}
        cuts = sorted(at for at in moments if midnight < at < next_midnight)
        for cut in (midnight, *cuts):
            holding = [span for start, end, span in timed if start <= cut < end]
            best = min(holding, key=_is_by_appointment) if holding else None
            kind = best.hours.kind if best else day.kind
            yield _Stretch(cut, kind, day, best, gaps + day.removed)
        spill = tuple([span for span in day.spans if span.hours.closes > DAY_MINUTES])
        gaps = day.removed


def _change(stretch: _Stretch) -> Change:
    reason, label = _why(stretch, stretch.start)
    return Change(_moment(stretch.start), stretch.kind, reason, label)


def _why(stretch: _Stretch, at: float) -> tuple[Reason, object]:
    """Reason and label of the ``stretch``, of which the moment ``at`` is a part."""
    if stretch.span:
        return stretch.span.reason, stretch.span.label
    for gap in stretch.gaps:
        if gap.start.timestamp() <= at < gap.end.timestamp():
            return gap.reason, gap.label
    return stretch.day.reason, stretch.day.label


@lru_cache(maxsize=8192)
def _timestamp(day: date, minutes: int) -> float:
    """The moment of a clock time, in seconds since 1970.

    A time that the clock skips in spring is the moment of the jump; of two equal times in
    autumn it is the first.
    """
    past_days, minutes = divmod(minutes, DAY_MINUTES)
    clock = time(minutes // 60, minutes % 60)
    local = datetime.combine(day + timedelta(days=past_days), clock, WARSAW)
    if local.utcoffset() < local.replace(fold=1).utcoffset():  # type: ignore[operator]
        # Warsaw's clocks jump at a full hour.
        local = local.replace(minute=0)
    return local.timestamp()


def _moment(timestamp: float) -> datetime:
    return datetime.fromtimestamp(timestamp, WARSAW)


def _is_whole_day(hours: Hours) -> bool:
    return hours.opens == 0 and hours.closes == DAY_MINUTES


def _effect_order(exception: DayException) -> int:
    return tuple(Effect).index(exception.effect)


_start_and_end = attrgetter("opens", "closes")
_is_known = attrgetter("is_known")


def _is_by_appointment(span: Span) -> bool:
    return span.kind == Kind.BY_APPOINTMENT


def _spans(day: date, hours: Iterable[Hours], reason: Reason, label: object) -> tuple[Span, ...]:
    """``hours`` as spans of ``day``, earliest first."""
    ordered = sorted(hours, key=_start_and_end)
    return tuple([Span(day, one, reason, label) for one in ordered])


def _on_holiday(plan: Day, holiday: Holiday) -> Day:
    """``plan`` on a holiday. One that is not confirmed changes nothing on a day off anyway."""
    if not holiday.is_known:
        return Day(plan.date, (), Kind.UNKNOWN, Reason.HOLIDAY, holiday.label)
    if holiday.is_confirmed:
        hours = _spans(plan.date, holiday.hours, Reason.HOLIDAY, holiday.label)
        return Day(plan.date, hours, Kind.CLOSED, Reason.HOLIDAY, holiday.label)
    if plan.is_day_off:
        return plan
    return Day(plan.date, (), Kind.UNKNOWN, Reason.UNCONFIRMED_HOLIDAY, holiday.label)


def _made_unknown(plan: Day, exception: DayException) -> Day:
    spans = plan.spans if exception.effect == Effect.ADDS else ()
    return Day(plan.date, spans, Kind.UNKNOWN, Reason.EXCEPTION, exception.label)


def _replaced(plan: Day, exception: DayException) -> Day:
    hours = _spans(plan.date, exception.hours, Reason.EXCEPTION, exception.label)
    return Day(plan.date, hours, Kind.CLOSED, Reason.EXCEPTION, exception.label)


def _added(plan: Day, exception: DayException) -> Day:
    more = _spans(plan.date, exception.hours, Reason.EXCEPTION, exception.label)
    for span in plan.spans:  # what is there anyway is not told twice
        more = tuple(
            piece
            for one in more
            for piece in (_without(one, span.hours) if one.kind == span.kind else (one,))
        )
    return plan._replace(spans=_in_order((*plan.spans, *more)))


def _removed(plan: Day, exception: DayException) -> Day:
    gaps = _spans(plan.date, exception.hours, Reason.EXCEPTION, exception.label)
    left = plan.spans
    for gap in gaps:
        left = tuple(piece for span in left for piece in _without(span, gap.hours))
    left = _in_order(left)  # what is left of one may begin after another that overlaps it
    if left == plan.spans:
        return plan
    plan = plan._replace(spans=left, removed=(*plan.removed, *gaps))
    if plan.is_day_off:  # then it is closed for this reason at all hours
        plan = plan._replace(reason=Reason.EXCEPTION, label=exception.label)
    return plan


def _in_order(spans: Iterable[Span]) -> tuple[Span, ...]:
    return tuple(sorted(spans, key=lambda span: _start_and_end(span.hours)))


def _without(span: Span, gap: Hours) -> Iterator[Span]:
    """What ``gap`` leaves of ``span``: all, a part, two parts or nothing."""
    hours = span.hours
    before = replace(hours, closes=min(hours.closes, gap.opens))
    after = replace(hours, opens=max(hours.opens, gap.closes))
    for piece in (before, after):
        if piece.opens < piece.closes:
            yield span._replace(hours=_with_fitting_admission(piece))


def _with_fitting_admission(hours: Hours) -> Hours:
    """``hours`` without a last admission that no longer lies within them."""
    last = hours.last_admission
    is_within = last is not None and hours.opens < last <= hours.closes
    return hours if is_within else replace(hours, last_admission=None)


_APPLIED = {Effect.REPLACES: _replaced, Effect.ADDS: _added, Effect.REMOVES: _removed}
