"""``python -m khanhson_portal.serve``: the whole portal in one go, from nothing to a served page.

Checks what must be there (one clear line and status 1 when it is not), migrates, loads the
reference data, the demo when asked; then runs web server and job worker together. A crash of
either ends the run and is said plainly; Ctrl-C stops everything, the database last.
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
from pathlib import Path
from types import FrameType
from typing import NoReturn

import psycopg

from khanhson_portal.ground.files import close_to_others, keep_private

WEB_WORKERS = "2"
THREADS = "4"
PATIENCE = 20  # seconds a child gets to end by itself


class CannotStart(Exception):
    """Something is missing; ``str()`` is one Vietnamese line."""


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khanhson_portal.settings")
    keep_private()
    os.environ["PORTAL_DATABASE_POOL"] = "0"  # this process only prepares and watches
    port = os.environ.get("PORT", "8000")
    try:
        _check_port(port)
        _prepare()
    except CannotStart as reason:
        print(f"Chưa chạy được: {reason}", file=sys.stderr)
        return 1
    return _Run(port).until_it_ends()


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


def _prepare() -> None:
    """Everything before the first page: printing, database, schema, static files, data."""
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


class _Run:
    """Web server and worker, watched together."""

    def __init__(self, port: str) -> None:
        self.port = port
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.stopping = False

    def until_it_ends(self) -> int:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked_to_stop)
        status = 0
        try:
            self._start("máy chủ web", self._web())
            self._start("tiến trình chạy nền", self._worker())
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
            "--no-ws", "--log-level", "warning", "--respawn-failed-workers",
            "khanhson_portal.wsgi:application",
        ]  # fmt: skip

    def _worker(self) -> list[str]:
        return [sys.executable, "manage.py", "qcluster"]

    def _start(self, name: str, command: list[str]) -> None:
        pool = "0" if "qcluster" in command else "1"  # a pool's threads do not survive a fork
        self.children[name] = subprocess.Popen(
            command,
            cwd=os.path.dirname(os.path.dirname(os.path.abspath(__file__))),
            env={**os.environ, "PORTAL_DATABASE_POOL": pool},
            start_new_session=True,  # Ctrl-C reaches only this process, which stops them in order
            preexec_fn=_die_with_parent,
        )

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
            if self._fallen() or self.stopping:
                return
            time.sleep(0.1)

    def _watch(self) -> int:
        while not self.stopping:
            fallen = self._fallen()
            if fallen:
                name, code = fallen
                print(f"Hỏng: {name} đã tự dừng (mã {code}). Dừng cả cổng.", file=sys.stderr)
                return 1
            time.sleep(0.3)
        return 0

    def _fallen(self) -> tuple[str, int] | None:
        for name, child in self.children.items():
            if child.poll() is not None:
                return name, child.returncode
        return None

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


def _die_with_parent() -> None:
    """Ask Linux to end this child when the runner is killed outright (PR_SET_PDEATHSIG)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def _exit() -> NoReturn:
    sys.exit(main())


if __name__ == "__main__":
    _exit()
