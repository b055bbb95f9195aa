"""The body of a request is taken in whole, within a size and a time, before any page is called.

The web server gives each request a thread as soon as its head is there, and waits for a body
without end: a dozen stalled uploads would hold every thread. Here only some threads wait for
bodies, so that reading pages goes on; whoever is too slow or too big is told and let go.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from tempfile import SpooledTemporaryFile
from threading import BoundedSemaphore, Event, Thread
from typing import Any

MiB = 1024 * 1024
LARGEST = 56 * MiB  # above every upload that a page takes
IN_MEMORY = 1 * MiB
PIECE = 64 * 1024
QUIET = 10.0  # seconds without a byte
LONGEST = 90.0  # seconds for a whole body
WAITING = 20  # threads of one worker that may wait for bodies at once; the others serve pages
READING = 200  # bodies of one worker that still trickle in, those given up among them

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
REFUSALS = {
    400: ("Bad Request", "Dữ liệu gửi lên bị đứt giữa chừng. Hãy gửi lại."),
    408: ("Request Timeout", "Đường truyền quá chậm nên chưa nhận được gì. Hãy gửi lại."),
    413: ("Content Too Large", f"Dữ liệu gửi lên quá lớn: nhiều nhất {LARGEST // MiB} MB một lần."),
    503: ("Service Unavailable", "Đang có quá nhiều người gửi cùng lúc. Hãy gửi lại sau một phút."),
}


class _Refused(Exception):
    """``args[0]`` is the status to answer with."""


class _Body:
    """One body, read by a thread of its own, for reading cannot be called off."""

    def __init__(self, source: Any, done: Callable[[], None]) -> None:
        self.file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - Django reads it
        self.size, self.moved_at = 0, time.monotonic()
        self.ended, self.given_up, self.failed = Event(), False, False
        self._source, self._done = source, done

    def start(self) -> None:
        Thread(target=self._read, daemon=True, name="body").start()

    def _read(self) -> None:
        try:
            while not self.given_up and self.size <= LARGEST:
                piece = self._source.read(PIECE)
                if not piece:
                    break
                self.file.write(piece)
                self.size, self.moved_at = self.size + len(piece), time.monotonic()
        except OSError:
            self.failed = True
        finally:
            self._source = None
            self.ended.set()
            self._done()

    def wait(self) -> None:
        """Return when the body is whole. Raises _Refused."""
        deadline = time.monotonic() + LONGEST
        while not self.ended.is_set():
            patience = min(deadline, self.moved_at + QUIET) - time.monotonic()
            if patience <= 0:
                self.given_up = True
                raise _Refused(408)
            self.ended.wait(patience)
        if self.failed:
            raise _Refused(400)
        if self.size > LARGEST:
            raise _Refused(413)


class Bodies:
    """``application`` behind the door: it finds every body whole, its length known."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self._waiting, self._reading = BoundedSemaphore(WAITING), BoundedSemaphore(READING)

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if not _has_body(environ):
            return self.application(environ, start_response)
        try:
            body = self._taken_in(environ)
        except _Refused as refused:
            return _refusal(refused.args[0], start_response)
        body.seek(0)
        return self.application({**environ, "wsgi.input": body}, start_response)

    def _taken_in(self, environ: Environ) -> Any:
        announced = _announced(environ)
        if announced is not None and announced > LARGEST:
            raise _Refused(413)
        if not self._waiting.acquire(blocking=False):
            raise _Refused(503)
        try:
            if not self._reading.acquire(blocking=False):
                raise _Refused(503)
            body = _Body(environ["wsgi.input"], self._reading.release)
            body.start()
            body.wait()
        finally:
            self._waiting.release()
        if announced is not None and body.size != announced:
            raise _Refused(400)
        environ["CONTENT_LENGTH"] = str(body.size)
        environ.pop("HTTP_TRANSFER_ENCODING", None)
        return body.file


def _has_body(environ: Environ) -> bool:
    return "HTTP_TRANSFER_ENCODING" in environ or environ.get("CONTENT_LENGTH", "") not in {"", "0"}


def _announced(environ: Environ) -> int | None:
    """Return the length that the head gives, None where it gives none. Raises _Refused."""
    length = environ.get("CONTENT_LENGTH", "")
    if not length:
        return None
    if not (length.isascii() and length.isdigit()):
        raise _Refused(400)
    return int(length)


def _refusal(status: int, start_response: Callable[..., Any]) -> list[bytes]:
    phrase, sentence = REFUSALS[status]
    heads = [("Content-Type", "text/plain; charset=utf-8"), ("Connection", "close")]
    start_response(f"{status} {phrase}", heads)
    return [f"{sentence}\n".encode()]
