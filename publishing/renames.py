"""Old addresses of renamed records: kept when one is saved, forgotten when one is deleted."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.redirects.models import Redirect
from django.db.models import QuerySet
from django.urls import reverse

from languages.alternates import swap_language
from languages.available import LANGUAGE_CODES

if TYPE_CHECKING:
    from .models import PublishedRecord


def keep_redirects(record: "PublishedRecord", former_slug: str | None) -> None:
    """Keep the table true after ``record`` was saved; a new record has no ``former_slug``."""
    here = _addresses(record, record.slug)
    if record.is_published():
        entries().filter(old_path__in=here).delete()  # readers see a page here now
    if former_slug in {None, record.slug} or not record.published_on:
        return  # nobody has seen it elsewhere
    for old_path, new_path in zip(_addresses(record, former_slug), here, strict=True):
        entries().filter(new_path=old_path).update(new_path=new_path)
        entries().update_or_create(
            old_path=old_path, defaults={"new_path": new_path, "site_id": settings.SITE_ID}
        )


def drop_redirects(instance: "PublishedRecord", **kwargs: Any) -> None:
    """Forget what led to a record that was deleted: whoever has its name next is not meant."""
    entries().filter(new_path__in=_addresses(instance, instance.slug)).delete()


def entries() -> QuerySet[Redirect]:
    """The redirects of this site."""
    return Redirect.objects.filter(site_id=settings.SITE_ID)


def _addresses(record: "PublishedRecord", slug: str | None) -> list[str]:
    """The address of ``record`` with ``slug`` in each language."""
    path = reverse(record.detail_url_name, kwargs={"slug": slug})
    return [swap_language(path, code) for code in LANGUAGE_CODES]
