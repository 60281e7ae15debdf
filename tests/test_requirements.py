"""The locks: complete, so that nothing is looked for beside them, whatever the index holds."""

import ast
import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path

import pytest
from django.conf import settings
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]
EXTRAS = PROJECT["optional-dependencies"]


def pins(lock: str) -> dict[str, Requirement]:
    """What the file pins for this machine and Python."""
    lines = (settings.BASE_DIR / lock).read_text().splitlines()
    found = [Requirement(line.rstrip(" \\")) for line in lines if re.match(r"[a-z]", line)]
    return {
        canonicalize_name(pin.name): pin for pin in found if not pin.marker or pin.marker.evaluate()
    }


def needs(requirement: Requirement) -> list[Requirement]:
    """What the installed package asks for, with the extras that are asked of it."""
    try:
        lines = requires(requirement.name) or []
    except PackageNotFoundError:
        return []  # one of the dictionaries, which not every machine has
    return [
        need
        for need in map(Requirement, lines)
        if not need.marker
        or any(need.marker.evaluate({"extra": extra}) for extra in {"", *requirement.extras})
    ]


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("requirements.txt", []),
        ("requirements-dev.txt", EXTRAS["dev"]),
        ("requirements-morphology.txt", EXTRAS["morphology"]),
    ],
)
def test_all_that_a_pinned_package_needs_is_pinned(lock, wanted):
    pinned = pins(lock)
    todo = [Requirement(line) for line in [*PROJECT["dependencies"], *wanted]]
    seen = set()
    while todo:
        need = todo.pop()
        if str(need) in seen:
            continue
        seen.add(str(need))
        (pin,) = pinned[canonicalize_name(need.name)].specifier
        assert pin.operator == "=="
        assert need.specifier.contains(pin.version), f"{lock} pins {pin.version} against {need}"
        todo += needs(need)
    assert len(seen) > len(pinned) / 2


def imported() -> Iterator[tuple[str, Path]]:
    """The names from which our files import, each with its file."""
    folders = [path for path in settings.BASE_DIR.glob("[!.]*") if (path / "__init__.py").exists()]
    for file in [
        settings.BASE_DIR / "manage.py",
        *(one for a in folders for one in a.rglob("*.py")),
    ]:
        for node in ast.walk(ast.parse(file.read_bytes())):
            if isinstance(node, ast.Import):
                yield from ((alias.name, file) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and not node.level:
                yield node.module, file


def test_what_we_import_ourselves_is_asked_for_by_ourselves():
    """Not only by a package that may stop needing it."""
    lines = [*PROJECT["dependencies"], *EXTRAS["dev"], *EXTRAS["morphology"]]
    asked_for = {canonicalize_name(Requirement(line).name) for line in lines}
    bring = packages_distributions()
    missing = {
        (name, file.name)
        for name, file in imported()
        for top in [name.partition(".")[0]]
        if top in bring and not {canonicalize_name(one) for one in bring[top]} & asked_for
    }
    assert not missing


@pytest.mark.parametrize("name", ["README.md", "Makefile"])
def test_locks_are_installed_as_they_are(name):
    """Without --no-deps pip before 23.3 looks for packages with extras anew."""
    lines = [
        line
        for line in (settings.BASE_DIR / name).read_text().splitlines()
        if "pip install" in line and "--require-hashes" in line
    ]
    assert lines
    assert all("--no-deps" in line for line in lines)
