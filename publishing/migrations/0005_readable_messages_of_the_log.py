"""What Django's log of changes says: the admin shows it, and breaks on other JSON than its own."""

from django.db import migrations, models
from django.db.models.expressions import RawSQL

from publishing.readable import Readable

_TEXT = r'"([^"\\]|\\.)*"'
_OBJECT = rf'"name": {_TEXT}, "object": {_TEXT}'
_CHANGED = rf'("name": {_TEXT}, )?"fields": \[({_TEXT}(, {_TEXT})*)?\](, "object": {_TEXT})?'
_ENTRY = (
    rf'\{{("added": \{{({_OBJECT})?\}}|"deleted": \{{{_OBJECT}\}}|"changed": \{{{_CHANGED}\}})\}}'
)
# Only what begins as a list is read as JSON; jsonb writes it in one way.
SQL = (
    "CASE WHEN left(change_message, 1) = '[' "
    rf"THEN change_message::jsonb::text ~ '^\[({_ENTRY}(, {_ENTRY})*)?\]$' ELSE TRUE END"
)
CONSTRAINT = Readable(
    condition=RawSQL(SQL, (), output_field=models.BooleanField()),  # noqa: S611
    name="django_admin_log_change_message_readable",
)


def constrain(apps, schema_editor):
    schema_editor.add_constraint(apps.get_model("admin", "LogEntry"), CONSTRAINT)


def free(apps, schema_editor):
    schema_editor.remove_constraint(apps.get_model("admin", "LogEntry"), CONSTRAINT)


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0004_slugs_are_checked"),
        ("admin", "0003_logentry_add_action_flag_choices"),
    ]

    operations = [migrations.RunPython(constrain, free)]
