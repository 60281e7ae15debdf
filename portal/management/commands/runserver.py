"""``manage.py runserver``: Django's development server, where ``serve`` would listen."""

from django.contrib.staticfiles.management.commands import runserver

from portal import embedded_postgres, environment


class Command(runserver.Command):
    def handle(self, *args, **options):
        host, port = environment.host(), environment.port()
        name = f"[{host}]" if ":" in host else host
        super().handle(*args, **options | {"addrport": options["addrport"] or f"{name}:{port}"})

    def inner_run(self, *args, **options):
        embedded_postgres.watch()
        super().inner_run(*args, **options)
