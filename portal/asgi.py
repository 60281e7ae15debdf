"""The portal as its server calls it: whoever sends or reads slowly takes no thread.

Django answers a request in a thread, of which there are few. Here the event loop takes in the
whole body before a thread has the request, and hands the answer out after the thread is done.
A slow connection therefore costs a connection, of which there are many, and never a thread.
Whoever reads no answer may keep it: for sending the server has no time limit, a proxy must.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from typing import Any
from urllib.parse import unquote_to_bytes

from .wsgi import application as portal

# Threads wait for the database, so each process has a few.
_THREADS = 4
# The largest form, a procedure in four languages, is far below; Django takes 2.5 MB of fields.
_LARGEST_BODY = 10_000_000
_SECONDS_FOR_BODY = 60

_Message = dict[str, Any]
_Answer = tuple[int, list[tuple[bytes, bytes]], bytes]

_threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="request")


async def application(
    scope: _Message,
    receive: Callable[[], Awaitable[_Message]],
    send: Callable[[_Message], Awaitable[None]],
) -> None:
    with SpooledTemporaryFile(max_size=100_000) as body:
        try:
            async with asyncio.timeout(_SECONDS_FOR_BODY):
                refused = await _take_in(receive, body)
        except TimeoutError:
            refused = HTTPStatus.REQUEST_TIMEOUT
        except ConnectionError:
            return
        if refused:
            answer = _refusal(refused)
        else:
            environ = _environ(scope, body)
            answer = await asyncio.get_running_loop().run_in_executor(_threads, _answer, environ)
    status, headers, content = answer
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})


async def _take_in(receive: Callable[[], Awaitable[_Message]], body: Any) -> HTTPStatus | None:
    """Read the request's body; why it is refused, if it is. ConnectionError if nobody waits."""
    size, goes_on = 0, True
    while goes_on:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionError
        size += len(message["body"])
        if size > _LARGEST_BODY:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        body.write(message["body"])
        goes_on = message.get("more_body", False)
    return None


def _refusal(status: HTTPStatus) -> _Answer:
    headers = [(b"content-type", b"text/plain"), (b"connection", b"close")]
    return status, headers, f"{status.phrase}\n".encode()


def _answer(environ: dict[str, Any]) -> _Answer:
    """What Django answers, whole."""
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    headers: list[tuple[bytes, bytes]] = []

    content: list[bytes] = []

    def start(
        line: str, lines: list[tuple[str, str]], exc_info: Any = None
    ) -> Callable[[bytes], object]:
        nonlocal status, headers
        status = HTTPStatus(int(line.split(" ", 1)[0]))
        headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in lines]
        return content.append

    response = portal(environ, start)
    try:
        content.extend(response)
        return status, headers, b"".join(content)
    finally:
        response.close()


def _environ(scope: _Message, body: Any) -> dict[str, Any]:
    """The request as WSGI puts it: text is bytes, read as Latin-1."""
    size = body.tell()
    body.seek(0)
    host, port = scope.get("server") or ("", None)
    environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port or ""),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": (scope.get("client") or ("",))[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    headers: dict[str, list[str]] = {}
    for name, value in scope["headers"]:
        # With an underscore it could pass for a header that a proxy sets.
        if b"_" not in name:
            key = name.decode("latin-1").upper().replace("-", "_")
            headers.setdefault(key, []).append(value.decode("latin-1"))
    for key, values in headers.items():
        together = "; " if key == "COOKIE" else ","
        environ["CONTENT_TYPE" if key == "CONTENT_TYPE" else f"HTTP_{key}"] = together.join(values)
    # As it came, not as it was announced.
    environ["CONTENT_LENGTH"] = str(size)
    return environ
