"""Runs a command on a new, empty PostgreSQL of the machine's own, which goes with it.

    .venv/bin/python -m tests.throwaway_postgres .venv/bin/python -m pytest

Of several versions the oldest is taken: it is the one that the README promises.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlencode


def find() -> Path | None:
    """The folder of the programs of the oldest PostgreSQL here, as Debian lays them out."""
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return min(folders, key=lambda folder: int(folder.parent.name), default=None)


def main() -> None:
    programs = find()
    if not programs:
        raise SystemExit(
            "PostgreSQL is not installed. On Debian and Ubuntu: apt install postgresql."
        )
    # Whoever ends this process ends the server with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Terminated"))
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # else nohup asks to go on
        signal.signal(signal.SIGHUP, lambda *_: sys.exit("Hung up"))
    # A short path: PostgreSQL allows a socket's 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
    # PostgreSQL refuses to run as root; Debian's package brings an account for it.
    account = {}
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
        account = {"user": "postgres", "group": "postgres", "extra_groups": []}

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [programs / program, "-D", folder / "data", *arguments],
            cwd="/",
            check=True,
            stdout=subprocess.DEVNULL,
            **account,
        )

    try:
        run("initdb", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8")
        with (folder / "data/postgresql.conf").open("a", encoding="utf-8") as settings:
            # Nothing is kept, so nothing need be safe on the disk.
            settings.write(
                f"unix_socket_directories = '{folder}'\nlisten_addresses = ''\nfsync = off\n"
            )
        try:
            run("pg_ctl", "--wait", "--log", str(folder / "log"), "start")
        except subprocess.CalledProcessError as error:
            raise SystemExit((folder / "log").read_text(errors="replace")) from error
        try:
            query = urlencode({"host": folder})
            url = {"DATABASE_URL": f"postgres://postgres@/postgres?{query}"}
            print(f"PostgreSQL {programs.parent.name} of this machine", flush=True)
            status = subprocess.run(sys.argv[1:], env=os.environ | url, check=False).returncode
        finally:
            run("pg_ctl", "--wait", "--mode", "fast", "stop")
    finally:
        shutil.rmtree(folder)
    raise SystemExit(status)


if __name__ == "__main__":
    main()
