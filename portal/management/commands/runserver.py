"""``manage.py runserver``: Django's development server, where ``serve`` would listen."""

import os

from django.contrib.staticfiles.management.commands import runserver

from portal import embedded_postgres


class Command(runserver.Command):
    def handle(self, *args, **options):
        host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
        name = f"[{host}]" if ":" in host else host
        super().handle(*args, **options | {"addrport": options["addrport"] or f"{name}:{port}"})

    def inner_run(self, *args, **options):
        embedded_postgres.watch()
        super().inner_run(*args, **options)
