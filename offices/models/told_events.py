"""What the calendar feed of an office told last, so that programs are told what has changed."""

import logging
from datetime import date, datetime

from django.db import DatabaseError, models, transaction
from django.utils.translation import gettext_lazy as _

from .offices import Office

logger = logging.getLogger(__name__)

# Neither RFC 5545 nor the column counts any further.
_HIGHEST = 2**31 - 1


class ToldEventQuerySet(models.QuerySet):
    """Events that were told."""

    def tell(
        self, office: Office, contents: dict[date, str], first: date, now: datetime
    ) -> list["ToldEvent"]:
        """All events ever told of ``office``, once those since the day ``first`` are up to date.

        ``contents`` are the fingerprints of what there is to tell, by first day. What is new, says
        something else or is not there any more has changed at ``now``. Most of the time nothing
        has, and nothing is written.
        """
        stored = {event.first_day: event for event in self.filter(office=office)}
        if not _outdated(stored, contents, first):
            return list(stored.values())
        try:
            with transaction.atomic():
                # Whoever asks at the same moment waits, and then finds it done.
                Office.objects.select_for_update().only("pk").get(pk=office.pk)
                stored = {event.first_day: event for event in self.filter(office=office)}
                new, changed = self._bring_up_to_date(stored, office, contents, first, now)
                self.bulk_create(new)
                self.bulk_update(changed, ["fingerprint", "sequence", "changed_at"])
        except DatabaseError as error:
            # Whatever it is that refuses, a full disk or a database that may only be read: what is
            # told now is kept another time.
            logger.warning("Events of %s could not be kept: %s", office.slug, error)
            new, _changed = self._bring_up_to_date(stored, office, contents, first, now)
        return [*stored.values(), *new]

    def _bring_up_to_date(
        self,
        stored: dict[date, "ToldEvent"],
        office: Office,
        contents: dict[date, str],
        first: date,
        now: datetime,
    ) -> tuple[list["ToldEvent"], list["ToldEvent"]]:
        """What is new, and those of the ``stored`` that have changed; nothing is written."""
        outdated = _outdated(stored, contents, first)
        new = [self.model(office=office, first_day=day) for day in outdated if day not in stored]
        changed = [stored[day] for day in outdated if day in stored]
        for event in changed:
            event.sequence = min(event.sequence + 1, _HIGHEST)
        for event in [*new, *changed]:
            event.fingerprint, event.changed_at = contents.get(event.first_day, ""), now
        return new, changed


def _outdated(told: dict[date, "ToldEvent"], contents: dict[date, str], first: date) -> list[date]:
    """The first days of which something else is to be told than was."""
    before = {day: event.fingerprint for day, event in told.items()}
    days = {*contents, *(day for day in before if day >= first)}
    return sorted(day for day in days if before.get(day) != contents.get(day, ""))


class ToldEvent(models.Model):
    """An event of the feed as it was last told: by which text, how often changed, and when.

    It is compared with what there is to tell at each request, so a change shows however it was
    made: by an editor, in SQL, by a new law of holidays, by a day on which something is published.
    """

    office = models.ForeignKey(
        Office,
        models.CASCADE,
        related_name="told_events",
        editable=False,
        verbose_name=_("office"),
    )
    first_day = models.DateField(_("first day"), editable=False)
    # Empty: told once, and not any more.
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(editable=False)

    objects = ToldEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event in the calendar feed")
        verbose_name_plural = _("events in the calendar feed")
        constraints = [
            models.UniqueConstraint(
                fields=["office", "first_day"], name="offices_toldevent_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office}, {self.first_day}: {self.sequence}"
