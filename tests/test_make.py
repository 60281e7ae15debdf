"""The Makefile: what is made is made once and in order, wherever the folder lies.

A script stands in for Python and writes down what it is asked to do.
"""

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from django.conf import settings

MAKE = shutil.which("make") or "make"
STAND_IN = """#!/bin/sh
case "$*" in
  *version_info*) exit ${TOO_OLD:-0};;
  *ensurepip*) exit ${NO_VENV:-0};;
  *django*|*--version) test -e .venv/packages; exit;;
  -c*) exit 0;;
esac
echo "$*" >>called
echo "UTF8=$PYTHONUTF8" >>environment
echo "$HOST:$PORT" >address
case "$*" in
  *venv*--clear*) rm -rf .venv; mkdir -p .venv/bin && cp "$0" .venv/bin/python;;
  *morphology*) sleep ${PIP_TAKES:-0}; echo "$MORPHOLOGY" >&2; test -z "$MORPHOLOGY"; exit;;
  *install*) sleep ${PIP_TAKES:-0}; >.venv/packages; echo "Collecting a==1"; exit ${PIP_FAILS:-0};;
  *collectstatic*--clear*) rm -rf var/static; mkdir -p var/static;;
  *collectstatic*) mkdir -p var/static;;
esac
"""
SET_UP = ["-m venv", "-m pip", "-m pip", "manage.py compile_catalogues"]


class Checkout:
    def __init__(self, folder: Path):
        self.folder = folder
        self.python = folder / "a python"
        self.write("a python", STAND_IN)
        self.python.chmod(0o755)
        for name in ("Makefile", ".env.example"):
            shutil.copy(settings.BASE_DIR / name, folder / name)
        for name in ("requirements-dev.txt", "requirements-morphology.txt"):
            self.write(name, "a==1\n")
        for name in ("locale/pl/LC_MESSAGES/django.po", "portal/static/portal/a.css"):
            self.write(name)
        for name in ("portal/settings.py", "portal/static_storage.py"):
            self.write(name)
            os.utime(folder / name, (0, 0))

    def write(self, name: str, text: str = "") -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def start(self, *targets: str, **environment: str) -> subprocess.Popen[str]:
        # A make around the tests must not speak to the ones in them.
        inherited = {name: text for name, text in os.environ.items() if "MAKE" not in name}
        return subprocess.Popen(
            [MAKE, f"PYTHON={environment.pop('PYTHON', self.python)}", *targets],
            cwd=self.folder,
            env=inherited | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )

    def make(self, *targets: str, **environment: str) -> tuple[int, str]:
        process = self.start(*targets, **environment)
        output, _ = process.communicate(timeout=60)
        return process.returncode, output

    def called(self) -> list[str]:
        """What the stand-in was asked to do since this was asked last, two words each."""
        path = self.folder / "called"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        path.unlink(missing_ok=True)
        return [" ".join(line.split()[:2]) for line in lines]


@pytest.fixture
def checkout(tmp_path):
    folder = tmp_path / "Kraków ż, ґ 'n'"
    folder.mkdir()
    return Checkout(folder)


def test_set_up_is_done_once(checkout):
    assert checkout.make("setup")[0] == 0
    assert checkout.called() == SET_UP
    assert checkout.make("setup") == (0, "")
    assert checkout.called() == []


def test_two_at_once_set_up_once(checkout):
    both = [checkout.start("setup", PIP_TAKES="0.3") for _ in range(2)]
    outputs = [process.communicate(timeout=60)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], outputs
    assert checkout.called() == SET_UP


def test_whoever_waits_for_another_make_is_told(checkout):
    first = checkout.start("setup", PIP_TAKES="1")
    while first.poll() is None and not (checkout.folder / "called").exists():
        time.sleep(0.01)
    assert "Waiting for another make" in checkout.make("setup")[1]
    assert "Waiting for another make" not in first.communicate(timeout=60)[0]


def test_what_a_recipe_leaves_running_does_not_hold_up_the_next(checkout):
    checkout.write("a python", STAND_IN.replace("*collectstatic*)", "*coll*) sleep 20 >&- 2>&- &"))
    assert checkout.make("static")[0] == 0
    checkout.write("portal/static/portal/a.css", "a")
    process = checkout.start("static")
    process.communicate(timeout=15)
    assert process.returncode == 0


def test_a_set_up_that_failed_is_begun_anew(checkout):
    status, output = checkout.make("setup", PIP_FAILS="1")
    assert status != 0
    assert "could not be installed" in output
    checkout.called()
    assert checkout.make("setup")[0] == 0
    assert checkout.called() == SET_UP


NO_WHEEL = "ERROR: No matching distribution found for morfeusz2"


def test_a_machine_without_dictionaries_is_set_up_without_them(checkout):
    status, output = checkout.make("setup", MORPHOLOGY=NO_WHEEL)
    assert status == 0
    assert "There are none for this machine" in output
    assert checkout.make("setup") == (0, "")


@pytest.mark.parametrize(
    "reason",
    ["ERROR: [Errno 28] No space left", f"WARNING: Retrying after connection broken\n{NO_WHEEL}"],
)
def test_dictionaries_that_could_not_be_fetched_are_tried_again(checkout, reason):
    status, output = checkout.make("setup", MORPHOLOGY=reason)
    assert status != 0
    assert f"{reason}\nThe dictionaries could not be installed" in output
    assert "There are none" not in output
    assert checkout.make("setup")[0] == 0


def test_new_pins_are_installed_into_the_same_environment(checkout):
    checkout.make("setup")
    checkout.called()
    os.utime(checkout.folder / ".venv/installed", (0, 0))
    checkout.make("setup")
    assert checkout.called()[:2] == ["-m pip", "-m pip"]


# As after an update of the system's Python: it is gone, or another version has no packages.
@pytest.mark.parametrize("lost", ["bin/python", "packages"])
def test_an_environment_whose_python_was_replaced_is_made_anew(checkout, lost):
    checkout.make("setup")
    checkout.called()
    (checkout.folder / ".venv" / lost).unlink()
    assert checkout.make("setup")[0] == 0
    assert checkout.called() == SET_UP
    assert checkout.make("setup") == (0, "")


def test_run_brings_everything_up_to_date_and_serves(checkout):
    assert checkout.make("run")[0] == 0
    steps = ["manage.py migrate", "manage.py load_starter_content"]
    assert checkout.called() == [*SET_UP, *steps, "manage.py collectstatic", "manage.py serve"]
    checkout.make("run")
    assert checkout.called() == [*steps, "manage.py serve"]


@pytest.mark.parametrize("target", ["run", "dev"])
def test_the_address_is_for_the_server_to_find(checkout, target, monkeypatch):
    """One that make brings would hide what .env says."""
    monkeypatch.delenv("HOST", raising=False)
    monkeypatch.delenv("PORT", raising=False)
    checkout.make(target)
    assert (checkout.folder / "address").read_text() == ":\n"
    checkout.make(target, HOST="::1", PORT="8080")
    assert (checkout.folder / "address").read_text() == "::1:8080\n"


@pytest.mark.parametrize(
    "change",
    [
        lambda checkout: checkout.write("portal/static/portal/b.css"),
        lambda checkout: checkout.write("glossary/static/glossary/g.css"),
        lambda checkout: checkout.write("an_app_of_tomorrow/static/a file's name.css"),
        lambda checkout: checkout.write("portal/static/portal/a.css", "a {}"),
        lambda checkout: (checkout.folder / "portal/static/portal/a.css").unlink(),
        lambda checkout: shutil.rmtree(checkout.folder / "portal/static"),
        lambda checkout: (checkout.folder / "portal/static").rename(
            checkout.folder / "an_app_of_tomorrow"
        ),
        lambda checkout: checkout.write("portal/settings.py", "INSTALLED_APPS = []"),
        lambda checkout: checkout.write("portal/static_storage.py", "pass"),
        lambda checkout: shutil.rmtree(checkout.folder / "var/static"),
    ],
    ids=range(10),
)
def test_static_files_are_collected_again_after_a_change(checkout, change):
    checkout.make("static")
    checkout.called()
    change(checkout)
    assert checkout.make("static")[0] == 0
    assert checkout.called() == ["manage.py collectstatic"]


def test_collecting_leaves_the_files_that_a_running_server_names(checkout):
    checkout.make("static")
    (before,) = (checkout.folder / "var/static").iterdir()
    checkout.write("var/static/a.0123456789ab.css", "a {}")
    checkout.write("portal/static/portal/a.css", "a {}")
    checkout.make("static")
    assert (checkout.folder / "var/static/a.0123456789ab.css").exists()
    assert not before.exists(), "the files of before would pass for collected"


@pytest.mark.parametrize(
    ("target", "environment", "message"),
    [
        ("setup", {"PYTHON": "/nowhere/python"}, "/nowhere/python is not installed. Install"),
        ("setup", {"TOO_OLD": "1"}, "is older than 3.11. Run make PYTHON="),
        ("setup", {"NO_VENV": "1"}, "apt install python3-venv"),
        ("messages", {"PATH": ""}, "apt install gettext"),
        ("lock", {"PATH": ""}, "uv is not installed"),
    ],
)
def test_what_is_missing_is_said(checkout, tmp_path, target, environment, message):
    checkout.make("setup")
    (checkout.folder / "requirements-dev.txt").touch()
    if environment.pop("PATH", None) is not None:
        environment["PATH"] = str(tmp_path / "bin")
        (tmp_path / "bin").mkdir()
        for name in ["make", "flock", "true", "grep", "sleep", "mkdir", "cp", "mv", "touch", "rm"]:
            (tmp_path / "bin" / name).symlink_to(shutil.which(name))
    status, output = checkout.make(target, **environment)
    assert status != 0
    assert message in output


@pytest.mark.parametrize("language", ["C", "POSIX", "xx_YY.UTF-8", "pl_PL.ISO-8859-2", ""])
def test_every_machine_reads_and_writes_utf_8(checkout, language):
    odd = {"LANG": language, "LC_ALL": language, "PYTHONUTF8": "0", "TZ": "Nowhere/Else"}
    assert checkout.make("run", **odd)[0] == 0
    assert set((checkout.folder / "environment").read_text().split()) == {"UTF8=1"}
