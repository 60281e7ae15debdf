"""``manage.py compile_catalogues``: Django's compilemessages without GNU gettext."""

from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Compile every .po file under locale/ into the .mo file that Django reads."
    requires_system_checks = []

    def handle(self, *args, **options):
        for folder in settings.LOCALE_PATHS:
            for path in sorted(Path(folder).rglob("*.po")):
                try:
                    catalogue = polib.pofile(str(path), check_for_duplicates=True)
                    catalogue.save_as_mofile(str(path.with_suffix(".mo")))
                except (OSError, ValueError) as error:
                    raise CommandError(f"{path} cannot be compiled: {error}") from error
