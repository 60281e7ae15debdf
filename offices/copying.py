"""Copying the weekly hours of one schedule to another, with their seasons and translations."""

from .models import Schedule, Season


def copy_week(original: Schedule, to: Schedule) -> tuple[int, int]:
    """Add the weekly hours and seasons of ``original`` to those of ``to``; how many of each.

    Exceptions stay where they are: a day off of one counter is not one of another.
    """
    seasons: dict[int | None, Season | None] = {None: None}
    for season in original.seasons.all():
        key = season.pk
        seasons[key] = _as_new(season, schedule=to)
    rules = list(original.rules.all())
    for rule in rules:
        _as_new(rule, schedule=to, season=seasons[rule.season_id])
    return len(rules), len(seasons) - 1


def _as_new(part, **relations):
    """``part`` saved as another row, in all its languages."""
    part.pk, part._state.adding = None, True
    for name, record in relations.items():
        setattr(part, name, record)
    part.save()
    return part
