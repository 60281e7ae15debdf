"""Static files as readers get them."""

import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.test import override_settings


def collect():
    call_command("collectstatic", interactive=False, verbosity=0)


@pytest.fixture
def static_root(tmp_path):
    storages = settings.STORAGES | {
        "staticfiles": {"BACKEND": "portal.static_storage.BundledStaticFilesStorage"}
    }
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=storages):
        yield tmp_path


@pytest.fixture
def collected(static_root):
    """The portal's own files: compressing those of all apps takes long."""
    own = {
        "STATICFILES_FINDERS": ["django.contrib.staticfiles.finders.FileSystemFinder"],
        "STATICFILES_DIRS": [settings.BASE_DIR / "portal" / "static"],
    }
    with override_settings(**own):
        collect()
        yield static_root


def served_sheet(folder):
    (name,) = [p for p in (folder / "portal/css").glob("site.*.css") if p.suffix == ".css"]
    return name


def test_the_style_sheet_is_one_file_with_all_layers(collected):
    css = served_sheet(collected).read_text()
    assert "@import" not in css
    assert (
        css.index("@layer reset {") < css.index("@layer tokens {") < css.index("@layer utilities {")
    )
    assert ".masthead" in css


def test_a_change_in_a_layer_changes_the_name(collected):
    """Collecting again over an earlier bundle starts from the sources."""
    before = served_sheet(collected)
    (collected / "portal/css/site.css").write_text("stale")
    collect()
    assert served_sheet(collected).name == before.name


def test_an_older_file_takes_the_place_of_a_newer_one(collected):
    """As after going back to an earlier version, whose files keep their dates."""
    sheet = collected / "portal/css/base.css"
    before = sheet.read_text()
    sheet.write_text("newer")
    collect()
    assert sheet.read_text() == before


def test_the_files_of_every_app_are_collected(static_root, settings):
    settings.WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["css", "js", "svg", "txt"]  # takes long
    collect()
    names = [name for finder in get_finders() for name, _storage in finder.list([])]
    assert len(names) > 100
    assert [name for name in names if not (static_root / name).exists()] == []


def test_files_are_compressed(collected):
    sheet = served_sheet(collected)
    for ending in (".br", ".gz"):
        assert sheet.with_name(sheet.name + ending).stat().st_size < sheet.stat().st_size
