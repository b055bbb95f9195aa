"""``python -m khanhson_portal.serve``: the whole portal in one go, from nothing to a served page.

Checks what must be there (one clear line and status 1 when it is not), migrates, loads the
reference data, the demo when asked; then runs web server and job worker together. What falls, its
own database too, is started again, with growing pauses; what keeps falling ends the run and is said
plainly. Ctrl-C stops everything, the database last.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import NoReturn

import psycopg

from khanhson_portal.ground.files import close_to_others, keep_private

WEB_WORKERS = "2"
THREADS = "40"  # of a worker; of these so many wait for bodies as bodies.py allows
CONNECTIONS = "400"  # of a worker
HEAD_WITHIN = "10000"  # milliseconds
PATIENCE = 20  # seconds a child gets to end by itself
MOST_FALLS, LATELY = 5, 600  # falls of one part that are mended within so many seconds
WEB_SECONDS, JOB_SECONDS = "30", "600"  # what one statement may take: ``database.limits``


class GivenUp(Exception):
    """A part falls again and again; ``str()`` is its name."""


class CannotStart(Exception):
    """Something is missing; ``str()`` is one Vietnamese line."""


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khanhson_portal.settings")
    keep_private()
    os.environ["PORTAL_DATABASE_POOL"] = "0"  # this process only prepares and watches
    seconds = os.environ.pop("PORTAL_STATEMENT_SECONDS", "")  # a migration takes its time
    port = os.environ.get("PORT", "8000")
    try:
        _check_port(port)
        own_database = _prepare()
    except CannotStart as reason:
        print(f"Chưa chạy được: {reason}", file=sys.stderr)
        return 1
    return _Run(port, own_database, seconds).until_it_ends()


def _check_port(port: str) -> None:
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise CannotStart(f"PORT={port!r} không phải số cổng từ 1 đến 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except OSError as error:
            raise CannotStart(
                f"Cổng {port} đang có chương trình khác dùng ({error.strerror}). "
                "Đặt PORT sang số khác, ví dụ PORT=8001 make run."
            ) from error


def _prepare() -> Path | None:
    """Everything before the first page: printing, database, schema, static files, data.

    Returns the data folder of the portal's own database, None where it has another server.
    """
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from khanhson_portal import database
    from khanhson_portal.ground import pdf

    django.setup()
    _check_data_dir(settings.DATA_DIR, Path(settings.MEDIA_ROOT), settings.DATA_DIR / "outbox")
    try:
        pdf.check_printing()
        url = settings.DATABASE_URL or database.ensure_running(settings.DATA_DIR)
        psycopg.connect(url, connect_timeout=5).close()
    except pdf.PrintingUnavailable as error:
        raise CannotStart(str(error)) from error
    except database.NoDatabase as error:
        raise CannotStart(str(error)) from error
    except psycopg.Error as error:
        first = str(error).strip().splitlines()[0]
        raise CannotStart(f"Không kết nối được cơ sở dữ liệu: {first}") from error
    print("Cập nhật cơ sở dữ liệu …", flush=True)
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    call_command("load_reference", verbosity=0)
    _check_demo(settings.DEMO)
    if settings.DEMO:
        call_command("demo")
    connection.close()
    # children use the same server and hold no handle of their own
    os.environ["PORTAL_DATABASE_URL"] = url
    return None if settings.DATABASE_URL else settings.DATA_DIR


def _check_data_dir(folder: Path, *private: Path) -> None:
    """Check that the folder can be written, and that no other account reads what is private."""
    if not os.access(folder, os.W_OK | os.X_OK):
        raise CannotStart(f"Không ghi được vào thư mục dữ liệu {folder}.")
    for place in private:
        try:
            close_to_others(place)
        except PermissionError as error:
            raise CannotStart(
                f"người khác trên máy đọc được {place} và thư mục ấy không thuộc người dùng này. "
                f"Hãy chạy: chown -R $USER {place}; chmod 700 {place}"
            ) from error


def _check_demo(demo: bool) -> None:
    """A real portal must not run with the demo's published passwords."""
    from procedures.offices import Officer

    if not demo and Officer.objects.filter(is_demo=True, is_active=True).exists():
        raise CannotStart(
            "cơ sở dữ liệu có tài khoản minh họa với mật khẩu công khai. "
            "Dùng thư mục dữ liệu khác (PORTAL_DATA_DIR), hoặc đặt PORTAL_DEMO=1 để xem thử."
        )


class _Part:
    """One part that must run: how it is started, and when it fell lately."""

    def __init__(self, name: str, start: Callable[[], object], fallen: Callable[[], bool]) -> None:
        self.name, self._start, self.fallen = name, start, fallen
        self.falls: list[float] = []
        self._again_at: float | None = None

    def start(self) -> None:
        self._again_at = None
        self._start()

    def mend(self, now: float) -> None:
        """Start it again when it fell and its pause is over. Raises GivenUp after too many falls.

        The first fall costs no pause, the next 1 s, 2 s, 4 s …
        """
        if not self.fallen():
            return
        if self._again_at is None:
            self.falls = [fall for fall in self.falls if now - fall < LATELY] + [now]
            if len(self.falls) > MOST_FALLS:
                raise GivenUp(self.name)
            pause = 0 if len(self.falls) == 1 else 2 ** (len(self.falls) - 2)
            self._again_at = now + pause
            print(f"{self.name} đã dừng; chạy lại sau {pause} giây.", file=sys.stderr, flush=True)
        if now >= self._again_at:
            self.start()


class _Run:
    """Database, web server and worker, watched together."""

    def __init__(self, port: str, own_database: Path | None, seconds: str) -> None:
        self.port = port
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.stopping = False
        self.parts = [self._child("Máy chủ web", self._web(), seconds or WEB_SECONDS)]
        worker = self._child("Tiến trình chạy nền", self._worker(), seconds or JOB_SECONDS)
        self.parts.append(worker)
        if own_database:
            self.parts.insert(0, _database(own_database))  # the first: the others stand on it

    def until_it_ends(self) -> int:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked_to_stop)
        status = 0
        try:
            for part in self.parts:
                if part.fallen():  # the database runs since the preparations
                    part.start()
            self._greet()
            status = self._watch()
        finally:
            self._stop_all()
        print("Đã dừng.", flush=True)
        return status

    def _web(self) -> list[str]:
        return [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1",
            "--port", self.port, "--workers", WEB_WORKERS, "--blocking-threads", THREADS,
            "--backpressure", CONNECTIONS, "--http1-header-read-timeout", HEAD_WITHIN,
            "--http", "1", "--no-ws", "--log-level", "warning", "--respawn-failed-workers",
            "khanhson_portal.wsgi:application",
        ]  # fmt: skip

    def _worker(self) -> list[str]:
        return [sys.executable, "manage.py", "qcluster"]

    def _child(self, name: str, command: list[str], seconds: str) -> _Part:
        surroundings = {
            # a pool's threads do not survive a fork
            "PORTAL_DATABASE_POOL": "0" if "qcluster" in command else "1",
            "PORTAL_STATEMENT_SECONDS": seconds,
        }

        def start() -> None:
            self._end(name)
            self.children[name] = subprocess.Popen(
                command,
                cwd=os.path.dirname(os.path.dirname(os.path.abspath(__file__))),
                env={**os.environ, **surroundings},
                start_new_session=True,  # Ctrl-C reaches only this process: it stops them in order
                preexec_fn=_die_with_parent,
            )

        def fallen() -> bool:
            return name not in self.children or self.children[name].poll() is not None

        return _Part(name, start, fallen)

    def _end(self, name: str) -> None:
        """Kill what a fallen child left of its family: its port and its jobs are wanted again."""
        if name in self.children:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.children[name].pid, signal.SIGKILL)

    def _greet(self) -> None:
        from django.conf import settings

        from khanhson_portal.demo import accounts

        self._wait_for_web()
        print(f"\nCổng một cửa: http://127.0.0.1:{self.port}/   (Ctrl-C để dừng)")
        if settings.DEMO:
            print(accounts.listing())
        sys.stdout.flush()

    def _wait_for_web(self) -> None:
        for _ in range(300):
            with (
                contextlib.suppress(OSError),
                socket.create_connection(("127.0.0.1", int(self.port)), timeout=1),
            ):
                return
            if self.stopping or any(part.fallen() for part in self.parts):
                return
            time.sleep(0.1)

    def _watch(self) -> int:
        while not self.stopping:
            try:
                for part in self.parts:
                    part.mend(time.monotonic())
            except GivenUp as name:
                print(
                    f"Hỏng: {name} dừng quá {MOST_FALLS} lần trong {LATELY // 60} phút. "
                    "Dừng cả cổng; nguyên nhân ở các dòng phía trên.",
                    file=sys.stderr,
                )
                return 1
            time.sleep(0.3)
        return 0

    def _asked_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def _stop_all(self) -> None:
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + PATIENCE
        for child in self.children.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(max(0.1, deadline - time.monotonic()))
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(child.pid, signal.SIGKILL)  # whatever of its family is left
            child.wait()


def _database(data_dir: Path) -> _Part:
    from khanhson_portal import database

    def start() -> None:
        try:
            database.start_again(data_dir)
        except database.NoDatabase as reason:  # counted as one more fall at the next look
            print(reason, file=sys.stderr, flush=True)

    return _Part("Cơ sở dữ liệu", start, lambda: not database.is_running(data_dir))


def _die_with_parent() -> None:
    """Ask Linux to end this child when the runner is killed outright (PR_SET_PDEATHSIG)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def _exit() -> NoReturn:
    sys.exit(main())


if __name__ == "__main__":
    _exit()
