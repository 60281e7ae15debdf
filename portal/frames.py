"""Room for the interpreter's frames.

CPython keeps them in chunks of 16 kB. Where calls go to and fro over the edge of one, it asks the
system for the next chunk each time and gives it back: a form of the admin, whose templates lie
deep, lost a fifth of its time so.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# In words of 8 bytes. A frame that wants more than 256 kB gets a chunk of 512, and all that are
# above it have the rest: more than Python's limit of recursion.
_WORDS = 2**15 + 1


def room_for_frames(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """A middleware under which calls may lie as deep as they like at no cost."""

    def respond(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    respond.__code__ = respond.__code__.replace(co_stacksize=_WORDS)
    return respond
