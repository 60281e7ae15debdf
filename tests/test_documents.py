"""The documents say what the code does."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
README = "README.md"


def text(name):
    return (ROOT / name).read_text()


def make_targets():
    return re.findall(r"^([a-z]+):.*## ", text("Makefile"), re.MULTILINE)


@pytest.mark.parametrize("target", make_targets())
def test_readme_names_every_make_target(target):
    assert f"`make {target}`" in text(README)


def environment_variables():
    code = "".join(path.read_text() for path in ROOT.glob("portal/**/*.py"))
    names = set(re.findall(r'environ(?:ment)?\.\w+\(\s*"([A-Z_]+)"', code))
    names |= set(re.findall(r'\b(?:text|whole_number)\("([A-Z_]+)"', code))
    names -= {"DJANGO_SETTINGS_MODULE"}
    return sorted(names)


@pytest.mark.parametrize("name", environment_variables())
def test_every_environment_variable_is_documented(name):
    assert re.search(rf"^(# )?{name}=", text(".env.example"), re.MULTILINE)
    assert f"`{name}`" in text(README)


def test_no_variable_is_documented_that_nobody_reads():
    documented = re.findall(r"^(?:# )?([A-Z_]+)=", text(".env.example"), re.MULTILINE)
    assert set(documented) == set(environment_variables())


@pytest.mark.parametrize("name", [README, "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_document_is_short_and_its_paths_exist(name):
    content = text(name)
    assert len(content.splitlines()) < 200
    for path in re.findall(r"`([a-z_]+/[\w./-]*\w/?)`", content):
        assert (ROOT / path).exists(), f"{name} names {path}"


def test_readme_opens_with_the_two_commands():
    opening = "\n".join(text(README).splitlines()[:20])
    assert "make run" in opening
    assert "make test" in opening


def test_no_registry_host_is_named():
    hosts = re.compile("py" + "pi.org|python" + "hosted|registry.np" + "mjs|deb.deb" + "ian")
    for path in ROOT.glob("requirements*.txt"):
        assert not hosts.search(path.read_text())
