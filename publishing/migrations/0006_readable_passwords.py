"""A password that begins as one and goes on otherwise breaks the login and the page of the account."""

from django.db import migrations
from django.db.models import Q

from publishing.readable import Readable

CONSTRAINT = Readable(
    condition=Q(password__regex=r"^(?!pbkdf2_sha256\$)|^pbkdf2_sha256\$[1-9][0-9]{0,7}\$[^$]+\$[^$]+$"),
    name="auth_user_password_readable",
)


def constrain(apps, schema_editor):
    schema_editor.add_constraint(apps.get_model("auth", "User"), CONSTRAINT)


def free(apps, schema_editor):
    schema_editor.remove_constraint(apps.get_model("auth", "User"), CONSTRAINT)


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0005_readable_messages_of_the_log"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(constrain, free)]
