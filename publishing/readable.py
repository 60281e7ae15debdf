"""What a column must hold to be read back at all, kept by the database.

Forms check what they are sent; ``update``, a script and SQL do not, and one value that Python
cannot read or a page cannot show would take down every page that lists it. So each field of our
models brings a constraint that repeats what its kind promises: one of its choices, a day from which
others can be counted, a number. It is worked out from the field: one that is added tomorrow gets
its own with its migration. Texts need none: pages show any.
"""

import logging
from collections.abc import Iterator
from datetime import datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.migrations.operations.base import Operation
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)

# Python counts days from the year 1 to 9999; nothing here is that old or that far ahead.
FIRST_YEAR, LAST_YEAR = 1900, 2100
_YEAR_MESSAGE = _("The year must be between 1900 and 2100.")

# How many rows a message names.
_MOST_NAMED = 20


class Readable(models.CheckConstraint):
    """That a column holds nothing that cannot be read.

    Rows that are there before it do not stop the migration: they are named, and the constraint
    holds for all that is written from then on.
    """

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: its field has told a form already, and Django would ask a query for each."""

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        sql = super().create_sql(model, schema_editor)
        if schema_editor.collect_sql or not (keys := self._unreadable(model, schema_editor)):
            return sql
        logger.warning(
            "%s %s: a value cannot be read. Correct these rows in the admin; the database refuses "
            "such values from now on (%s).",
            model._meta.label,
            ", ".join(keys),
            self.name,
        )
        return f"{sql} NOT VALID"

    def _unreadable(self, model: type[models.Model], schema_editor: Any) -> list[str]:
        """The primary keys of the rows that it would refuse; of many the first."""
        check = self._get_check_sql(model, schema_editor)  # type: ignore[attr-defined]
        table, key = map(schema_editor.quote_name, (model._meta.db_table, model._meta.pk.column))
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(f"SELECT {key} FROM {table} WHERE NOT ({check}) ORDER BY {key}")  # noqa: S608
            return [str(row[0]) for row in cursor.fetchmany(_MOST_NAMED)]


class ReadableYear(Readable):
    """That days and moments are such that others can be counted from them."""

    def __init__(self, *, field: str, name: str):
        self.field = field
        years = {f"{field}__year__gte": FIRST_YEAR, f"{field}__year__lte": LAST_YEAR}
        super().__init__(name=name, condition=Q(**years))

    def deconstruct(self) -> Any:
        path, args, kwargs = super().deconstruct()
        del kwargs["condition"]
        return path, args, kwargs | {"field": self.field}

    def validate(self, model, instance, exclude=None, using=None) -> None:
        """Tell it at the field: Django's own date fields take all years."""
        value = getattr(instance, self.field)
        if value is None or self.field in (exclude or ()):
            return
        year = (timezone.localtime(value) if isinstance(value, datetime) else value).year
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise ValidationError({self.field: _YEAR_MESSAGE})


class AddConstraints(Operation):
    """Adds many constraints in one go: Django's own makes all models anew for each."""

    reversible = True

    def __init__(self, constraints: list[tuple[str, models.BaseConstraint]]):
        self.constraints = constraints

    def state_forwards(self, app_label: str, state: Any) -> None:
        for name, constraint in self.constraints:
            options = state.models[app_label, name].options
            options["constraints"] = [*options.get("constraints", []), constraint]
        state.reload_models({(app_label, name) for name, _constraint in self.constraints})

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        for name, constraint in self.constraints:
            schema_editor.add_constraint(to_state.apps.get_model(app_label, name), constraint)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        for name, constraint in self.constraints:
            schema_editor.remove_constraint(to_state.apps.get_model(app_label, name), constraint)

    def describe(self) -> str:
        return f"Create {len(self.constraints)} constraints"


def constrain_models() -> None:
    """Give every column of our models its constraint, those of translations included."""
    for model in apps.get_models():
        config = apps.get_app_config(model._meta.app_label)
        if Path(config.path).resolve().parent == settings.BASE_DIR:
            constraints = [*model._meta.constraints, *constraints_of(model)]
            # Migrations are made from the second.
            model._meta.constraints = constraints
            model._meta.original_attrs["constraints"] = constraints


def constraints_of(model: type[models.Model]) -> Iterator[Readable]:
    """What every value of ``model`` must fulfil, column by column."""
    for field in model._meta.local_concrete_fields:
        name = f"{model._meta.db_table}_{field.column}_readable"
        if isinstance(field, models.DateField):
            yield ReadableYear(field=field.name, name=name)
        elif condition := _condition(field):
            yield Readable(name=name, condition=condition)


def _condition(field: Any) -> Any:
    """What all values of ``field`` fulfil; nothing if none can do harm."""
    name = field.name
    if hasattr(field, "readable"):  # one of our own fields
        return field.readable()
    if field.choices:
        empty = [""] if field.blank and field.empty_strings_allowed else []
        return Q(**{f"{name}__in": [value for value, _label in field.flatchoices] + empty})
    if isinstance(field, models.TimeField):  # PostgreSQL has a 24:00 too
        return Q(**{f"{name}__lte": time.max})
    if isinstance(field, models.URLField):
        is_address = Q(**{f"{name}__iregex": "^(https?|ftps?)://"})
        return is_address | Q(**{name: ""}) if field.blank else is_address
    if isinstance(field, models.DecimalField):
        return _within_limits(field)
    return None


def _within_limits(field: Any) -> Q:
    """The limits that validators set, else those of its digits: NaN is beyond all of them."""
    most = Decimal(10) ** (field.max_digits - field.decimal_places)
    lookups = {f"{field.name}__gt": -most, f"{field.name}__lt": most}
    for validator in field._validators:
        if isinstance(validator, MinValueValidator | MaxValueValidator):
            lookup = "gte" if isinstance(validator, MinValueValidator) else "lte"
            lookups[f"{field.name}__{lookup}"] = Decimal(validator.limit_value)
    return Q(**lookups)
