"""``ENGINE = "khanhson_portal.embedded"``: PostgreSQL under the data folder, there when wanted.

Reading the settings starts nothing; the first connection of a process (or a pool, or ``dbshell``)
finds the server running or starts it, and learns its socket.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.backends.postgresql import base, client

from khanhson_portal import database


class DatabaseClient(client.DatabaseClient):
    def runshell(self, parameters: Iterable[str]) -> None:
        self.connection.get_connection_params()
        super().runshell(parameters)


class DatabaseWrapper(base.DatabaseWrapper):
    client_class = DatabaseClient

    def get_connection_params(self) -> dict[str, Any]:
        """Return what psycopg connects with; raises NoDatabase, an OperationalError."""
        self.settings_dict.update(database.socket_settings(settings.DATA_DIR))
        return super().get_connection_params()
