"""Migrations by name: their numbers may change."""

from importlib import import_module
from pathlib import Path
from types import ModuleType

from django.apps import apps


def migration(app: str, name: str) -> ModuleType:
    """The migration of ``app`` that is called ``name``."""
    (path,) = Path(apps.get_app_config(app).path, "migrations").glob(f"*_{name}.py")
    return import_module(f"{app}.migrations.{path.stem}")
