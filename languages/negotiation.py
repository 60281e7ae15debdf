"""In which language a reader is answered who has not chosen one by the address."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from .available import LANGUAGE_CODES

# For a browser that asks for none of ours.
INTERNATIONAL_LANGUAGE = "en"


def preferred_language(request: HttpRequest) -> str:
    """The first of our languages that the browser asks for; no cookie has a say in it."""
    accepted = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    asked = (tag.split("-")[0] for tag, quality in accepted if quality)
    return next((code for code in asked if code in LANGUAGE_CODES), INTERNATIONAL_LANGUAGE)


class ReaderLanguageMiddleware(LocaleMiddleware):
    """Django's own, without the cookie: a public page is the same for all who ask for it."""

    def process_request(self, request: HttpRequest) -> None:
        in_address = translation.get_language_from_path(request.path_info)
        translation.activate(in_address or preferred_language(request))
        request.LANGUAGE_CODE = translation.get_language()

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        answer = super().process_response(request, response)
        if answer is not response:  # on to the same page with a language in its address
            del answer.headers["Vary"]
            patch_vary_headers(answer, ["Accept-Language"])
        return answer
