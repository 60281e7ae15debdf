"""Slugs from before they were checked: PESEL becomes pesel, and its old address leads there."""

import re
from contextlib import suppress

from django.conf import settings
from django.db import IntegrityError, migrations, transaction
from django.utils.text import slugify

_PATTERN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


def mend_slugs(app_label: str, sections: dict[str, str]) -> migrations.RunPython:
    """Mend those of models, each named with the section in which its pages are; "" for none."""

    def mend(apps, schema_editor):
        for name, section in sections.items():
            model = apps.get_model(app_label, name)
            for record in model.objects.only("slug").order_by("pk"):
                if _PATTERN.match(record.slug):
                    continue
                old, new = record.slug, _mended(model, record)
                # A row that holds something else that cannot be stays: its editor is told.
                with suppress(IntegrityError), transaction.atomic():
                    model.objects.filter(pk=record.pk).update(slug=new)
                    if section:
                        _redirect(apps, section, old, new)

    return migrations.RunPython(mend, migrations.RunPython.noop, elidable=True)


def _mended(model, record) -> str:
    slug = slugify(record.slug.replace("_", "-"))[:60].strip("-")
    if slug and not model.objects.filter(slug=slug).exists():
        return slug
    return f"{slug or model._meta.model_name}-{record.pk}"


def _redirect(apps, section: str, old: str, new: str) -> None:
    for code, _name in settings.LANGUAGES:
        apps.get_model("redirects", "Redirect").objects.update_or_create(
            site_id=settings.SITE_ID,
            old_path=f"/{code}/{section}/{old}/",
            defaults={"new_path": f"/{code}/{section}/{new}/"},
        )
