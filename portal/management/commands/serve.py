"""``manage.py serve``: the production server."""

import os
import socket

from django.core.management.base import BaseCommand, CommandError

from portal.server import serve


class Command(BaseCommand):
    help = "Serve the portal on HOST:PORT (127.0.0.1:8000) with WORKERS processes (one a core)."

    def handle(self, *args, **options):
        host = os.environ.get("HOST") or "127.0.0.1"
        port = self._whole_number("PORT", 8000)
        workers = self._whole_number("WORKERS", os.cpu_count() or 1)
        self._refuse_taken_address(host, port)
        shown = f"[{host}]" if ":" in host else host
        self.stdout.write(self.style.SUCCESS(f"Open Kraków is at http://{shown}:{port}/"))
        self.stdout.write("Stop it with Ctrl+C.")
        self.stdout.flush()
        serve(host, port, workers)

    def _whole_number(self, name: str, default: int) -> int:
        text = os.environ.get(name) or str(default)
        if not text.isdecimal() or not 0 < int(text) < 65536:
            raise CommandError(f"{name} is {text!r}; it must be a whole number from 1 to 65535.")
        return int(text)

    def _refuse_taken_address(self, host: str, port: int) -> None:
        """Say in plain words what the server would say in a stack trace."""
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                raise CommandError(
                    f"Cannot listen on {host}:{port}: {error.strerror}. Choose another address: "
                    f"PORT={port + 1} make run"
                ) from error
