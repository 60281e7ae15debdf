"""``manage.py load_starter_content``: the first offices, procedures and terms."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import yaml
from django.apps import apps
from django.core import serializers
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.base import DeserializationError
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, transaction
from django.db.models import Model
from django.utils.translation import override

from glossary.models import Declension, Term
from glossary.vocabulary import keep_declensions
from portal.turns import turn

# Lowest layer first; a file may point at records of files that come later.
CONTENT_APPS = ("publishing", "glossary", "offices", "procedures")
# A safe one; that in C, which PyYAML has where it is built with libyaml, takes a tenth of the time.
_YAML_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Seconds without a word that nobody takes for a standstill.
SILENCE = 2


def fixture_files() -> list[Path]:
    """Every YAML file of starter content: one record, with its parts, in each."""
    return [
        path
        for label in CONTENT_APPS
        for path in sorted(Path(apps.get_app_config(label).path, "fixtures").rglob("*.yaml"))
    ]


class Command(BaseCommand):
    help = (
        "Load the starter content into an empty database. Where any record stands already, "
        "nothing is touched. --check loads everything, validates it, and rolls back; readers wait "
        "for the few seconds that it takes."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--check",
            action="store_true",
            help="validate the files against an empty database and keep nothing",
        )

    def handle(self, *args, check: bool = False, verbosity: int = 1, **options):
        self._is_quiet = verbosity == 0
        models = [
            model
            for label in CONTENT_APPS
            for model in apps.get_app_config(label).get_models()
            # Worked out from the content, it is none itself.
            if model is not Declension
        ]
        try:
            with turn(self.stdout), override("pl"), transaction.atomic():
                if check:
                    self._empty(models)
                elif any(model._default_manager.exists() for model in models):
                    keep_declensions(Term.objects.all())
                    self.stdout.write("The database has content already; nothing loaded.")
                    return
                files = fixture_files()
                self._say(f"Reading the starter content, {len(files)} files")
                count = self._load(files)
                connection.check_constraints()
                if check:
                    transaction.set_rollback(True)
                else:
                    self._say("Working out the forms of the words")
                    keep_declensions(Term.objects.all())
        except DatabaseError as error:
            raise CommandError(
                f"The database refused the content, nothing was kept: {error}"
            ) from error
        verb = "Valid" if check else "Loaded"
        self.stdout.write(self.style.SUCCESS(f"{verb}: {count} objects from {len(files)} files."))

    def _say(self, line: str) -> None:
        if not self._is_quiet:
            self.stdout.write(line)
            self.stdout.flush()  # a pipe would keep it back until the end

    def _told(self, done: str, items: list) -> Iterator:
        """Each of ``items``; every few seconds a line says how far it is."""
        spoke = time.monotonic()
        for number, item in enumerate(items):
            if time.monotonic() - spoke >= SILENCE:
                self._say(f"  {done}: {number} of {len(items)}")
                spoke = time.monotonic()
            yield item

    def _empty(self, models) -> None:
        connection.check_constraints()  # a table with deferred checks cannot be emptied
        with connection.cursor() as cursor:
            tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models)
            cursor.execute(f"TRUNCATE {tables} CASCADE")

    def _load(self, files: list[Path]) -> int:
        """Save every object of ``files``, then validate each as a form would."""
        saved: list[tuple[Path, Model]] = []
        postponed: list[tuple[Path, Callable[[], None]]] = []
        for path, data in self._told("records saved", self._parse(files)):
            # Later objects may depend on this one: the first fault ends it.
            with self._faults_named(path):
                links = self._take_mutual_links(data)
                # Whatever stands in another model is there already; a record of the same
                # model (an office's parent) may come later.
                for item in serializers.deserialize(
                    "python", [data], using=DEFAULT_DB_ALIAS, handle_forward_references=True
                ):
                    self._refuse_missing(item)
                    item.save()
                    saved.append((path, item.object))
                    if item.deferred_fields:
                        save = partial(item.save_deferred_fields, using=DEFAULT_DB_ALIAS)
                        postponed.append((path, save))
                    if links:
                        postponed.append((path, partial(self._add_links, item.object, links)))
        for path, finish in postponed:
            with self._faults_named(path):
                finish()
        self._validate(saved)
        return len(saved)

    @contextmanager
    def _faults_named(self, path: Path):
        """Say in which file something is wrong."""
        try:
            yield
        except (
            DeserializationError,
            DatabaseError,
            FieldDoesNotExist,
            ObjectDoesNotExist,
        ) as error:
            raise CommandError(f"{path}: {error}") from error

    def _add_links(self, record, links: dict[str, list]) -> None:
        for name, keys in links.items():
            manager = type(record)._default_manager
            getattr(record, name).add(*(manager.get_by_natural_key(*key) for key in keys))

    def _validate(self, saved: list[tuple[Path, Model]]) -> None:
        """Clean every record; all faults are told together."""
        problems = []
        for path, record in self._told("records checked", saved):
            record.refresh_from_db()
            try:
                # Cleaning also sanitises rich text, so what was cleaned is saved. What must be
                # unique and what constraints say, the database has judged already.
                record.full_clean(validate_unique=False, validate_constraints=False)
                record.save()
            except ValidationError as error:
                problems += [
                    f"{path}: {record._meta.label} {record}: {field}: {' '.join(messages)}"
                    for field, messages in error.message_dict.items()
                ]
        if problems:
            raise CommandError("Nothing was loaded.\n" + "\n".join(problems))

    def _parse(self, files: list[Path]) -> list[tuple[Path, dict]]:
        """The objects of ``files``, those that others point at first."""
        labels = [(apps.get_app_config(label), None) for label in CONTENT_APPS]
        order = {
            model._meta.label_lower: place
            for place, model in enumerate(serializers.sort_dependencies(labels))
        }
        objects = []
        for path in self._told("files read", files):
            try:
                content = yaml.load(path.read_text(encoding="utf-8"), _YAML_LOADER)  # noqa: S506
                objects += [(path, data, order[data["model"]]) for data in content]
            except yaml.YAMLError as error:
                raise CommandError(f"{path} is not valid YAML: {error}") from error
            except (KeyError, TypeError) as error:
                raise CommandError(
                    f"{path}: every entry needs model: and fields:, and the model must be one of "
                    f"{', '.join(sorted(order))} ({error})."
                ) from error
        return [(path, data) for path, data, _ in sorted(objects, key=lambda item: item[2])]

    def _take_mutual_links(self, data: dict) -> dict[str, list]:
        """Take links between equals out of ``data``: setting them on one side, as the
        deserializer does, would drop those that the other side has named.
        """
        model = apps.get_model(data["model"])
        names = [field.name for field in model._meta.many_to_many if field.remote_field.symmetrical]
        return {name: data["fields"].pop(name) for name in names if data["fields"].get(name)}

    def _refuse_missing(self, item) -> None:
        """Name a reference to another model's record that does not exist."""
        for field, key in (item.deferred_fields or {}).items():
            if field.related_model is not type(item.object):
                raise DeserializationError(
                    f"{item.object._meta.label}.{field.name}: there is no "
                    f"{field.related_model.__name__} {key!r}."
                )
