"""Uploads that stall, trickle or swell never stop the portal from showing its pages."""

from __future__ import annotations

import socket
import time
import urllib.request
from contextlib import ExitStack
from io import BytesIO

import pytest

from khanhson_portal import bodies
from khanhson_portal.bodies import Bodies
from tests.test_serve import data_dir, migrated, running  # noqa: F401 - fixtures


class Trickle:
    """A source that gives one byte and then nothing for a while."""

    def __init__(self, pause: float) -> None:
        self.pause = pause
        self.calls = 0

    def read(self, _size: int) -> bytes:
        self.calls += 1
        if self.calls > 1:
            time.sleep(self.pause)
            return b""
        return b"x"


def answer(door: Bodies, **environ) -> tuple[str, bytes]:
    said = []
    body = b"".join(door(environ, lambda status, heads: said.append(status)))
    return said[0][:3], body


def echo(environ, start_response):
    start_response("200 OK", [])
    return [environ["wsgi.input"].read() if "wsgi.input" in environ else b"page"]


@pytest.mark.parametrize(
    ("environ", "status", "says"),
    [
        ({}, "200", b"page"),
        ({"CONTENT_LENGTH": "3", "wsgi.input": BytesIO(b"abc")}, "200", b"abc"),
        ({"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input": BytesIO(b"abc")}, "200", b"abc"),
        ({"CONTENT_LENGTH": "9", "wsgi.input": BytesIO(b"abc")}, "400", "đứt".encode()),
        ({"CONTENT_LENGTH": "-3", "wsgi.input": BytesIO(b"abc")}, "400", "đứt".encode()),
        ({"CONTENT_LENGTH": str(10**9), "wsgi.input": BytesIO()}, "413", "quá lớn".encode()),
        (
            {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input": BytesIO(bytes(2000))},
            "413",
            "quá lớn".encode(),
        ),
        ({"CONTENT_LENGTH": "9", "wsgi.input": Trickle(3)}, "408", "quá chậm".encode()),
    ],
)
def test_a_body_is_whole_or_refused_in_one_sentence(environ, status, says, monkeypatch):
    monkeypatch.setattr(bodies, "LARGEST", 1000)
    monkeypatch.setattr(bodies, "PIECE", 500)
    monkeypatch.setattr(bodies, "QUIET", 0.2)

    found, body = answer(Bodies(echo), **environ)

    assert (found, says in body) == (status, True)


def test_when_too_many_wait_the_next_is_told_so_and_pages_are_served(monkeypatch):
    monkeypatch.setattr(bodies, "WAITING", 0 + 1)
    door = Bodies(echo)
    door._waiting.acquire()

    assert answer(door, CONTENT_LENGTH="3", **{"wsgi.input": BytesIO(b"abc")})[0] == "503"
    assert answer(door)[0] == "200"


@pytest.mark.processes
def test_forty_stalled_bodies_and_heads_leave_the_front_page_quick(running):  # noqa: F811
    port = int(running.address.rsplit(":", 1)[1].strip("/"))
    begun = f"POST /tra-cuu/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n".encode()
    urllib.request.urlopen(running.address).read()
    with ExitStack() as lines:
        for count in (8, 40):
            for number in range(count):
                line = lines.enter_context(socket.create_connection(("127.0.0.1", port)))
                line.sendall(begun + (b"Content-Length: 5000\r\n\r\nma=" if number % 4 else b""))
            time.sleep(0.5)
            started = time.monotonic()
            assert urllib.request.urlopen(running.address, timeout=5).status == 200
            assert time.monotonic() - started < 1
