"""Between the server and Django: slow ones cost no thread, requests arrive as they were sent."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from portal import asgi

SCOPE = {
    "type": "http",
    "method": "POST",
    "http_version": "1.1",
    "scheme": "http",
    "path": "/",
    "raw_path": b"/",
    "query_string": b"",
    "headers": [],
    "server": ("127.0.0.1", 8000),
    "client": ("10.0.0.1", 40000),
}


class Response(list):
    closed = False

    def close(self):
        self.closed = True


@pytest.fixture
def asked(monkeypatch):
    """What reached Django: each request's environment, with its body."""
    asked = []
    response = Response([b"whole ", b"answer"])

    def portal(environ, start_response):
        asked.append(environ | {"body": environ["wsgi.input"].read(), "response": response})
        start_response("201 Created", [("X-Name", "value"), ("Set-Cookie", "a=1")])
        return response

    monkeypatch.setattr(asgi, "portal", portal)
    return asked


def call(messages=({"type": "http.request", "body": b""},), **scope):
    """What the application sends to a client that sends ``messages`` and then nothing more."""
    sent, waiting = [], list(messages)

    async def receive():
        if not waiting:
            await asyncio.sleep(60)
        return waiting.pop(0)

    async def send(message):
        sent.append(message)

    run_apart(asgi.application(SCOPE | scope, receive, send))
    return sent


def run_apart(coroutine):
    """In a thread of its own: where a browser test went before, this one has Playwright's loop."""
    with ThreadPoolExecutor(1) as executor:
        executor.submit(asyncio.run, coroutine).result()


def body(text, *, more=False):
    return {"type": "http.request", "body": text, "more_body": more}


def test_an_answer_is_handed_out_whole_and_closed(asked):
    start, content = call()
    assert start["status"] == 201
    assert start["headers"] == [(b"X-Name", b"value"), (b"Set-Cookie", b"a=1")]
    assert content["body"] == b"whole answer"
    assert not content.get("more_body")
    assert asked[0]["response"].closed


def test_django_gets_a_request_when_its_body_is_there(asked):
    call([body(b"a=", more=True), body(b"b")], headers=[(b"content-length", b"99")])
    assert asked[0]["body"] == b"a=b"
    assert asked[0]["CONTENT_LENGTH"] == "3", "as it came, not as it was announced"


def test_a_body_that_trickles_takes_no_thread_and_is_given_up(asked, monkeypatch):
    monkeypatch.setattr(asgi, "_SECONDS_FOR_BODY", 0.05)
    start, _ = call([body(b"a", more=True)])
    assert start["status"] == 408
    assert (b"connection", b"close") in start["headers"]
    assert asked == []


def test_a_body_that_is_too_large_is_refused(asked, monkeypatch):
    monkeypatch.setattr(asgi, "_LARGEST_BODY", 10)
    start, _ = call([body(b"x" * 6, more=True), body(b"x" * 6, more=True)])
    assert start["status"] == 413
    assert asked == []
    assert call([body(b"x" * 10)])[0]["status"] == 201


def test_nobody_is_answered_who_has_left(asked):
    assert call([body(b"a", more=True), {"type": "http.disconnect"}]) == []
    assert asked == []


@pytest.mark.parametrize(
    ("scope", "key", "value"),
    [
        ({"raw_path": b"/a%FF/%C5%82"}, "PATH_INFO", "/a\xff/Å\x82"),
        ({"query_string": b"q=\xc5\x82"}, "QUERY_STRING", "q=Å\x82"),
        ({"headers": [(b"host", b"a"), (b"host", b"b")]}, "HTTP_HOST", "a,b"),
        ({"headers": [(b"cookie", b"a=1"), (b"cookie", b"b=2")]}, "HTTP_COOKIE", "a=1; b=2"),
        ({"headers": [(b"content-type", b"text/plain")]}, "CONTENT_TYPE", "text/plain"),
        ({"headers": [(b"x-forwarded-proto", b"https")]}, "HTTP_X_FORWARDED_PROTO", "https"),
        # A proxy that sets the one may not know that the other means the same to Django.
        ({"headers": [(b"x_forwarded_proto", b"https")]}, "HTTP_X_FORWARDED_PROTO", None),
        ({}, "REMOTE_ADDR", "10.0.0.1"),
        ({"client": None}, "REMOTE_ADDR", ""),
        ({}, "SERVER_PORT", "8000"),
    ],
)
def test_a_request_reaches_django_as_it_was_sent(asked, scope, key, value):
    call(**scope)
    assert asked[0].get(key) == value


def test_few_requests_are_answered_at_once(monkeypatch):
    running, most, turn = 0, 0, threading.Lock()

    def portal(environ, start_response):
        nonlocal running, most
        with turn:
            running += 1
            most = max(most, running)
        threading.Event().wait(0.02)
        with turn:
            running -= 1
        start_response("200 OK", [])
        return Response([b""])

    monkeypatch.setattr(asgi, "portal", portal)

    async def receive():
        return body(b"")

    async def send(message):
        pass

    async def many():
        await asyncio.gather(*(asgi.application(SCOPE, receive, send) for _ in range(20)))

    run_apart(many())
    assert most == asgi._THREADS
