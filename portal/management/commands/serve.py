"""``manage.py serve``: the production server."""

import errno
import os
import socket

from django.conf import settings
from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS
from django.http.request import validate_host

from portal import environment
from portal.server import serve

# Each keeps four connections to the database; PostgreSQL takes a hundred if not told otherwise.
_MOST_WORKERS = 8
_EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104 - what is asked for, not what is done


class Command(BaseCommand):
    help = (
        "Serve the portal on HOST:PORT (127.0.0.1:8000) with WORKERS processes (one a core, at "
        "most 8)."
    )

    def handle(self, *args, **options):
        host, port = environment.host(), environment.port()
        most = min(os.cpu_count() or 1, _MOST_WORKERS)
        workers = environment.whole_number("WORKERS", most, range(1, 1_001))
        address = self._free_address(host, port)
        self.check(tags=[Tags.database], databases=[DEFAULT_DB_ALIAS])
        for line in greeting(host, port, settings.ALLOWED_HOSTS):
            self.stdout.write(line)
        self.stdout.flush()
        serve(address, port, workers)

    def _free_address(self, host: str, port: int) -> str:
        """The number behind ``host``; what the server would say in a stack trace, in words."""
        try:
            family, *_, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        except (OSError, UnicodeError) as error:
            raise CommandError(
                f"HOST is {host!r}, which is no address of this machine. Leave it out, or set it "
                "to an address: HOST=127.0.0.1 make run"
            ) from error
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(place)
            except OSError as error:
                raise CommandError(
                    f"Cannot listen on {host}:{port}: {error.strerror}. Choose another address: "
                    f"{_other_address(error, port)} make run"
                ) from error
        return str(place[0])


def _other_address(error: OSError, port: int) -> str:
    if error.errno == errno.EADDRNOTAVAIL:
        return "HOST=127.0.0.1"
    return f"PORT={port + 1 if error.errno == errno.EADDRINUSE and port < 65535 else 8000}"


def greeting(host: str, port: int, allowed: list[str]) -> list[str]:
    """What to say at the start: an address that answers, and what other machines need."""
    name = f"[{host}]" if ":" in host else host
    hosts = ", ".join(allowed)
    lines = []
    if host in _EVERYWHERE:
        named = [] if "*" in allowed else [one.lstrip(".") for one in allowed]
        lines.append(f"Open Kraków is at http://{next(iter(named), '127.0.0.1')}:{port}/")
        if named:
            lines.append(
                f"It listens on all addresses of this machine and answers to {hosts}. For others "
                "set ALLOWED_HOSTS to the names or numbers by which they call it."
            )
    elif validate_host(name, allowed):
        lines.append(f"Open Kraków is at http://{name}:{port}/")
    else:
        lines.append(
            f"Open Kraków listens on {name}:{port}, but answers to {hosts} alone. To call it by "
            f"that address, start it with ALLOWED_HOSTS={name}"
        )
    return [*lines, "Stop it with Ctrl+C."]
