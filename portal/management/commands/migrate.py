"""``manage.py migrate``: Django's, but of several at once one works and the others wait."""

from django.core.management.commands import migrate

from portal.turns import turn


class Command(migrate.Command):
    def handle(self, *args, **options):
        with turn(self.stdout):
            super().handle(*args, **options)
