"""Layers, beyond what import-linter sees: relations and template includes point down."""

import gzip
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

LAYERS = ["languages", "publishing", "glossary", "offices", "procedures", "portal"]
TEMPLATES = Path(settings.BASE_DIR, "templates")


def test_relations_point_down():
    for app in LAYERS:
        for model in apps.get_app_config(app).get_models():
            for field in [*model._meta.fields, *model._meta.many_to_many]:
                other = field.related_model and field.related_model._meta.app_label
                if other in LAYERS:
                    assert LAYERS.index(other) <= LAYERS.index(app), (
                        f"{model.__name__}.{field.name}"
                    )


def test_template_includes_point_down():
    for template in TEMPLATES.rglob("*.html"):
        folder = template.relative_to(TEMPLATES).parts[0]
        for included in re.findall(r'{% (?:include|extends) "([^"]+)"', template.read_text()):
            owner = included.split("/")[0]
            if owner in LAYERS and folder in LAYERS:
                assert LAYERS.index(owner) <= LAYERS.index(folder), (
                    f"{template} includes {included}"
                )


def test_components_say_what_they_need():
    for template in (TEMPLATES / "components").glob("*.html"):
        assert template.read_text().startswith("{# Inputs: "), template
    for template in TEMPLATES.rglob("*.html"):
        for tag in re.findall(r'{% include "components/[^%]+%}', template.read_text()):
            assert tag.endswith(" only %}"), f"{template}: {tag}"


@pytest.mark.parametrize(
    "pattern", [r"<style", r"\sstyle=", r"\son\w+=\"", r"<script(?! type=\"module\" src)"]
)
def test_templates_hold_no_inline_code(pattern):
    for template in TEMPLATES.rglob("*.html"):
        assert not re.search(pattern, template.read_text()), template


@pytest.mark.django_db
def test_migrations_are_complete():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_no_folder_is_named_after_nothing():
    vague = {"core", "common", "base", "utils", "helpers", "misc", "services", "selectors"}
    for app in LAYERS:
        for path in Path(settings.BASE_DIR, app).rglob("*.py"):
            assert not vague & {path.stem, *path.relative_to(settings.BASE_DIR).parts[:-1]}, path


def test_style_sheets_are_small():
    sheets = Path(settings.BASE_DIR, "portal/static/portal/css").glob("*.css")
    assert len(gzip.compress(b"".join(sheet.read_bytes() for sheet in sheets))) < 10_000
