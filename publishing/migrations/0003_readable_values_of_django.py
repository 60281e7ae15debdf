"""Dates and choices in the tables of Django itself: a value that cannot be read breaks the admin."""

from django.db import migrations
from django.db.models import Q

from publishing.readable import Readable, ReadableYear

CONSTRAINTS = [
    ("auth", "User", ReadableYear(field="last_login", name="auth_user_last_login_readable")),
    ("auth", "User", ReadableYear(field="date_joined", name="auth_user_date_joined_readable")),
    (
        "admin",
        "LogEntry",
        ReadableYear(field="action_time", name="django_admin_log_action_time_readable"),
    ),
    (
        "admin",
        "LogEntry",
        Readable(
            condition=Q(action_flag__in=[1, 2, 3]), name="django_admin_log_action_flag_readable"
        ),
    ),
    (
        "sessions",
        "Session",
        ReadableYear(field="expire_date", name="django_session_expire_date_readable"),
    ),
]


def constrain(apps, schema_editor):
    for app, name, constraint in CONSTRAINTS:
        schema_editor.add_constraint(apps.get_model(app, name), constraint)


def free(apps, schema_editor):
    for app, name, constraint in CONSTRAINTS:
        schema_editor.remove_constraint(apps.get_model(app, name), constraint)


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0002_readable_values"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("sessions", "0001_initial"),
    ]

    operations = [migrations.RunPython(constrain, free)]
