"""The PostgreSQL that a command is given goes with it, however it ends."""

import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.conf import settings

from tests.throwaway_postgres import find

pytestmark = pytest.mark.skipif(find() is None, reason="PostgreSQL is not installed")


@pytest.mark.parametrize("ends", [signal.SIGHUP, signal.SIGTERM])
def test_whoever_ends_it_leaves_nothing(ends):
    if signal.getsignal(ends) is signal.SIG_IGN:
        pytest.skip("nohup asks to go on")
    command = ["sh", "-c", 'echo "$DATABASE_URL"; exec sleep 60']
    with subprocess.Popen(
        [sys.executable, "-m", "tests.throwaway_postgres", *command],
        cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        process.stdout.readline()  # which PostgreSQL it is
        folder = Path(unquote(process.stdout.readline().strip().partition("host=")[2]))
        assert (folder / "data/postmaster.pid").exists()
        process.send_signal(ends)
        assert process.wait(60) == 1
    assert not folder.exists()


def test_why_it_does_not_start_is_said_before_it_goes():
    broken = (
        "from tests import throwaway_postgres; run = throwaway_postgres.subprocess.run\n"
        "def without_a_port(command, **options):\n"
        "    return run([*command, *(['-o-p0'] if 'start' in command else [])], **options)\n"
        "throwaway_postgres.subprocess.run = without_a_port; throwaway_postgres.main()"
    )
    result = subprocess.run(
        [sys.executable, "-c", broken],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert "FATAL" in result.stderr
    assert "Traceback" not in result.stderr
