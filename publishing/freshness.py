"""How long a page may be kept by browsers and caches."""

from datetime import datetime

from django.http import HttpResponse
from django.utils.cache import patch_cache_control

# Short, so that what an editor saves is seen; long enough to take the load off.
MAX_SECONDS = 60


def keep_until(response: HttpResponse, now: datetime, change: datetime) -> None:
    """Let caches keep ``response`` for a minute, but not beyond the moment of ``change``."""
    seconds = int((change - now).total_seconds())
    patch_cache_control(
        response, public=True, max_age=max(0, min(MAX_SECONDS, seconds)), must_revalidate=True
    )
