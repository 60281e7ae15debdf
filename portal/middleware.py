"""Headers that Django and django-csp do not set, and the one address outside of all rules."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

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
