"""What Django's log of changes says: the admin shows it, and breaks on other JSON than its own."""

from django.db import migrations, models
from django.db.models import F, Func

from publishing.readable import Readable

_TEXT = r'"([^"\\]|\\.)*"'
_OBJECT = rf'"name": {_TEXT}, "object": {_TEXT}'
_CHANGED = rf'("name": {_TEXT}, )?"fields": \[({_TEXT}(, {_TEXT})*)?\](, "object": {_TEXT})?'
_ENTRY = (
    rf'\{{("added": \{{({_OBJECT})?\}}|"deleted": \{{{_OBJECT}\}}|"changed": \{{{_CHANGED}\}})\}}'
)
# Only what begins as a list can be read as JSON, which jsonb writes in one way. Python reads NaN too.
_LIKE_JSON = r'^\[[[:space:]]*([]["{0-9-]|true|false|null|NaN|Infinity)'
CREATE = rf"""
CREATE FUNCTION publishing_log_is_readable(message text) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    IF message !~ '{_LIKE_JSON}' THEN
        RETURN TRUE;
    END IF;
    RETURN message::jsonb::text ~ '^\[({_ENTRY}(, {_ENTRY})*)?\]$';
EXCEPTION WHEN data_exception OR statement_too_complex THEN
    RETURN FALSE;
END
$$
"""
DROP = "DROP FUNCTION publishing_log_is_readable(text)"
CONSTRAINT = Readable(
    condition=Func(
        F("change_message"),
        function="publishing_log_is_readable",
        output_field=models.BooleanField(),
    ),
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

    operations = [migrations.RunSQL(CREATE, DROP), migrations.RunPython(constrain, free)]
