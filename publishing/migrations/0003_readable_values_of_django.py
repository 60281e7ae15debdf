"""Dates and choices in the tables of Django itself: a value that cannot be read breaks the admin."""

from django.db import migrations

from publishing.readable import constraints_of

MODELS = [("auth", "User"), ("admin", "LogEntry"), ("sessions", "Session")]


def constrain(apps, schema_editor):
    for label in MODELS:
        model = apps.get_model(*label)
        for constraint in constraints_of(model):
            schema_editor.add_constraint(model, constraint)


def free(apps, schema_editor):
    for label in MODELS:
        model = apps.get_model(*label)
        for constraint in constraints_of(model):
            schema_editor.remove_constraint(model, constraint)


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0002_readable_values"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("sessions", "0001_initial"),
    ]

    operations = [migrations.RunPython(constrain, free)]
