"""The interface texts: complete in every language, with the same placeholders."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.conf import settings

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


@pytest.mark.skipif(not shutil.which("xgettext"), reason="GNU gettext is not installed")
def test_catalogues_hold_exactly_the_texts_of_the_code(tmp_path):
    work = tmp_path / "tree"
    ignore = shutil.ignore_patterns(".venv", "var", ".git", "*.mo", ".*_cache", "__pycache__")
    shutil.copytree(ROOT, work, ignore=ignore)
    command = [sys.executable, "manage.py", "makemessages", "--locale=uk", "--no-wrap"]
    subprocess.run([*command, "--add-location=file", "-v0"], cwd=work, check=True, env=_env())
    fresh = polib.pofile(str(work / "locale/uk/LC_MESSAGES/django.po"))
    kept = catalogue("uk")
    assert {(e.msgctxt, e.msgid) for e in fresh if not e.obsolete} == {
        (e.msgctxt, e.msgid) for e in kept
    }


def _env():
    import os

    return os.environ | {"ENVIRONMENT": "local", "DATABASE_URL": "postgres://nobody@localhost/none"}


def test_locale_is_no_python_package():
    """It would shadow the standard library's locale."""
    assert not (Path(ROOT) / "locale" / "__init__.py").exists()
