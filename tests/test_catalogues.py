"""The interface texts: complete in every language, with the same placeholders."""

import os
import re
import shutil
import subprocess
import sys
from difflib import ndiff
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from languages.available import LANGUAGE_CODES

ROOT = settings.BASE_DIR
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|<[^>]+>")


def catalogue(language):
    return polib.pofile(str(ROOT / "locale" / language / "LC_MESSAGES" / "django.po"))


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_nothing_is_missing_or_fuzzy(language):
    entries = catalogue(language)
    assert [entry.msgid for entry in entries.untranslated_entries()] == []
    assert [entry.msgid for entry in entries.fuzzy_entries()] == []
    assert entries.obsolete_entries() == []


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_placeholders_and_tags_are_those_of_the_source(language):
    for entry in catalogue(language):
        sources = {entry.msgid, entry.msgid_plural} - {""}
        expected = [sorted(_PLACEHOLDER.findall(source)) for source in sources]
        for text in entry.msgstr_plural.values() or [entry.msgstr]:
            assert sorted(_PLACEHOLDER.findall(text)) in expected, entry.msgid


@pytest.mark.parametrize(("language", "forms"), [("pl", 4), ("en", 2), ("uk", 4), ("ru", 4)])
def test_plural_forms_are_those_of_the_language(language, forms):
    entries = catalogue(language)
    assert f"nplurals={forms};" in entries.metadata["Plural-Forms"]
    for entry in entries:
        assert not entry.msgid_plural or len(entry.msgstr_plural) == forms


ADDED = """
from django.utils.translation import gettext, ngettext
gettext("A text that nobody has translated yet, longer than a line of the catalogue may be %(x)s")
ngettext("%(n)s text more", "%(n)s texts more", 2)
"""


@pytest.mark.skipif(not shutil.which("xgettext"), reason="GNU gettext is not installed")
def test_collecting_changes_nothing_but_what_the_code_has_more_or_less(tmp_path):
    """In a copy: no difference but these two texts, so the catalogues hold what the code says."""
    ignore = shutil.ignore_patterns(
        ".venv", "var", ".git", "*.mo", ".*_cache", "__pycache__", "fixtures", "tests"
    )
    shutil.copytree(ROOT, tmp_path / "tree", ignore=ignore)
    with (tmp_path / "tree/offices/districts.py").open("a") as module:
        module.write(ADDED)
    environment = {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "ENVIRONMENT": "local",
        # No database is needed, so none is started.
        "DATABASE_URL": "postgres://nobody@localhost/none",
    }
    subprocess.run(
        [sys.executable, "manage.py", "makemessages", "--all", "--verbosity=0"],
        cwd=tmp_path / "tree",
        check=True,
        env=os.environ | environment,
    )
    for language, forms in (("pl", 4), ("en", 2), ("uk", 4), ("ru", 4)):
        path = f"locale/{language}/LC_MESSAGES/django.po"
        before = (ROOT / path).read_text().splitlines()
        after = (tmp_path / "tree" / path).read_text().splitlines()
        changed = [line for line in ndiff(before, after) if line[:2] in {"+ ", "- "}]
        assert [line[2:] for line in changed if line[0] == "-"] == []
        assert [line[2:] for line in changed if line[0] == "+"] == [
            "#: offices/districts.py",
            "#, python-format",
            'msgid ""',
            '"A text that nobody has translated yet, longer than a line of the catalogue "',
            '"may be %(x)s"',
            'msgstr ""',
            "",
            "#: offices/districts.py",
            "#, python-format",
            'msgid "%(n)s text more"',
            'msgid_plural "%(n)s texts more"',
            *(f'msgstr[{number}] ""' for number in range(forms)),
            "",
        ]


def test_locale_is_no_python_package():
    """It would shadow the standard library's locale."""
    assert not (Path(ROOT) / "locale" / "__init__.py").exists()


@pytest.mark.parametrize(
    ("text", "is_writable", "reason"),
    [("nonsense", True, "Syntax error"), ('msgid "one"', False, "Is a directory")],
)
def test_a_catalogue_that_cannot_be_compiled_is_named(
    tmp_path, monkeypatch, text, is_writable, reason
):
    path = tmp_path / "django.po"
    path.write_text(text)
    if not is_writable:
        path.with_suffix(".mo").mkdir()
    monkeypatch.setattr(settings, "LOCALE_PATHS", [tmp_path])
    with pytest.raises(CommandError, match=rf"{path} cannot be compiled: .*{reason}"):
        call_command("compile_catalogues")
