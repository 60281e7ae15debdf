"""How long a page may be kept by browsers and caches."""

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers, has_vary_header, patch_cache_control

# Short, so that what an editor saves is seen; long enough to take the load off.
MAX_SECONDS = 60


def keep_until(response: HttpResponse, now: datetime, change: datetime) -> None:
    """Let caches keep ``response`` for a minute, but not beyond the moment of ``change``."""
    seconds = int((change - now).total_seconds())
    patch_cache_control(
        response, public=True, max_age=max(0, min(MAX_SECONDS, seconds)), must_revalidate=True
    )


def limit_keeping(request: HttpRequest, response: HttpResponse) -> None:
    """Say how long ``response`` may be kept, where nobody has said it yet.

    Only pages are kept. Without a word browsers keep 301 and 410 for ever, so a record that is
    published again would stay withdrawn, and an address that is given back would lead in a circle.
    """
    if response.has_header("Cache-Control"):
        return
    is_page = request.method in {"GET", "HEAD"} and response.status_code in {200, 304}
    if is_page and not has_vary_header(response, "Cookie"):
        now = timezone.localtime()
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        keep_until(response, now, midnight)
    else:
        add_never_cache_headers(response)
