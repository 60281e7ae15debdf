"""Rows as JSON, as PostgreSQL makes it of them: so rows of many models come with one query."""

from copy import copy
from typing import Any

from django.db import models
from django.db.models import Expression, JSONField

# What JSON has no type of its own for.
_TEXT_IN_JSON = (models.DateField, models.TimeField, models.DecimalField)


class RowAsJSON(Expression):
    """A whole row of the model that is asked for, by column."""

    output_field = JSONField()
    table = ""

    def resolve_expression(self, query: Any = None, *args: Any, **kwargs: Any) -> "RowAsJSON":
        resolved = copy(self)
        resolved.table = query.get_initial_alias()
        return resolved

    def as_sql(self, compiler, connection):
        return f"to_jsonb({compiler.quote_name_unless_alias(self.table)})", []


def is_text_in_json(field: Any) -> bool:
    """Whether its values are read with ``to_python``; those of other fields are as they are."""
    return isinstance(field, _TEXT_IN_JSON)
