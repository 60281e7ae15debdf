"""What Django and django-csp leave open: headers, cookies, and the address outside of all rules."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.http import ConditionalGetMiddleware
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers, set_response_etag

from publishing.freshness import limit_keeping

from .refusals import is_admin
from .views import health

# The portal asks for none of these, so no script that slips in may either.
_PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)


class PermissionsPolicyMiddleware:
    """Forbid the browser features that the portal never uses."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", _PERMISSIONS_POLICY)
        return response


class HealthMiddleware:
    """Answers whoever watches over the portal from within: a balancer, a container's probe.

    It asks by number or inner name, without HTTPS, perhaps in HTTP/1.0; so it is answered before
    anything looks at the host. No other address gets past that look.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response
        self.path = reverse("health")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return health(request) if request.path_info == self.path else self.get_response(request)


class CookieMiddleware:
    """Leaves cookies to the admin: what readers see knows of none, so it cannot depend on them.

    Those with NUL go too, which no text in the database holds: none of them is ours.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        cookies = request.COOKIES if is_admin(request) else {}
        request.COOKIES = {name: value for name, value in cookies.items() if "\0" not in value}
        return self.get_response(request)


class CacheControlMiddleware:
    """Says of every response how long it may be kept, whoever made it; so it is the outermost."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        limit_keeping(request, response)
        return response


class RevalidationMiddleware(ConditionalGetMiddleware):
    """Answers 304 where a reader has the page already, and tells the time of the answer.

    The moment stands in a header: a page that told it itself would be another one each second.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        # The same headers as for GET; the body is here still, the server leaves it out.
        if request.method == "HEAD" and self.needs_etag(response):
            set_response_etag(response)
        response = super().process_response(request, response)
        if response.get("ETag", "").startswith('"'):
            # Weak from the start: whether GZipMiddleware makes it so is chance for short answers.
            response.headers["ETag"] = f"W/{response.headers['ETag']}"
        if response.status_code == 304:
            # As the whole page has it from GZipMiddleware, which leaves empty bodies alone.
            patch_vary_headers(response, ["Accept-Encoding"])
        response.headers["Server-Timing"] = f'clock;desc="{timezone.now().isoformat()}"'
        return response
