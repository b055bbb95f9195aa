"""``make run``: one clear line when it cannot start, one family of processes that ends together."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psutil
import pytest

from khanhson_portal.serve import MOST_FALLS, GivenUp, _Part

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.processes


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve(data_dir: Path, **environment: str) -> subprocess.Popen[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PORTAL_")}
    env = {**kept, "PORTAL_DATA_DIR": str(data_dir), "PORT": str(free_port()), **environment}
    return subprocess.Popen(
        [sys.executable, "-m", "khanhson_portal.serve"],
        cwd=ROOT, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        start_new_session=True,
    )  # fmt: skip


def refusal(process: subprocess.Popen[str]) -> list[str]:
    """Return what a run that must not start says; it says it in one line and fails."""
    _, error = process.communicate(timeout=90)
    assert process.returncode not in {0, None}
    assert "Traceback" not in error
    return error.strip().splitlines()


def test_a_port_in_use_is_said_in_one_line(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        (line,) = refusal(serve(tmp_path, PORT=port))

    assert f"Cổng {port} đang có chương trình khác dùng" in line


def test_a_data_folder_that_cannot_be_written_is_said_in_one_line():
    (line,) = refusal(serve(Path("/proc/khong-ghi-duoc")))

    assert "không ghi được vào thư mục dữ liệu /proc/khong-ghi-duoc" in line


@pytest.mark.parametrize(
    "url",
    ["postgresql://portal@127.0.0.1:1/portal", "mysql://x", "postgresql://127.0.0.1:1/", "rác"],
)
def test_a_wrong_database_address_is_said_in_one_line(url, tmp_path):
    (line,) = refusal(serve(tmp_path, PORTAL_DATABASE_URL=url))

    assert "cơ sở dữ liệu" in line or "PORTAL_DATABASE_URL" in line


def test_missing_pango_is_said_in_one_line(tmp_path):
    fake = tmp_path / "fake"
    fake.mkdir()
    (fake / "weasyprint.py").write_text("raise OSError('cannot load library pango')")

    (line,) = refusal(serve(tmp_path / "data", PYTHONPATH=str(fake)))

    assert "thiếu thư viện Pango" in line
    assert "apt-get install libpango" in line


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORTAL_DEBUG", "vâng"), ("PORTAL_SECRET_KEY", "ngắn"), ("PORTAL_BASE_URL", "ftp://x")],
)
def test_a_setting_that_cannot_be_meant_stops_the_start(name, value, tmp_path):
    (line,) = refusal(serve(tmp_path, **{name: value}))

    assert name in line


def wait_until_up(process: subprocess.Popen[str]) -> str:
    """Return the address that a starting portal prints; a start that fails fails the test."""
    while True:
        line = process.stdout.readline()
        assert line, process.communicate()[1]
        if "http://" in line:
            return line.split()[3]


def stop(process: subprocess.Popen[str], number: int = signal.SIGTERM) -> str:
    process.send_signal(number)
    return process.communicate(timeout=60)[0]


@pytest.fixture(scope="module")
def migrated(tmp_path_factory) -> Path:
    """The data folder of a portal that has run once."""
    folder = tmp_path_factory.mktemp("portal") / "data"
    folder.mkdir()
    process = serve(folder)
    wait_until_up(process)
    stop(process)
    return folder


@pytest.fixture
def data_dir(migrated, tmp_path) -> Path:
    """A copy of it, to be spoilt."""
    subprocess.run(["cp", "-a", str(migrated), str(tmp_path / "data")], check=True)
    return tmp_path / "data"


@pytest.fixture
def running(data_dir):
    """A portal without demo data, up and answering."""
    process = serve(data_dir)
    process.address = wait_until_up(process)
    yield process
    with contextlib.suppress(ProcessLookupError):
        process.kill()


def family(process: subprocess.Popen[str]) -> list[psutil.Process]:
    return psutil.Process(process.pid).children(recursive=True)


def gone(processes: list[psutil.Process]) -> bool:
    deadline = time.monotonic() + 25
    while time.monotonic() < deadline and any(map(runs, processes)):
        time.sleep(0.1)
    return not any(map(runs, processes))


def runs(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def database_server(data_dir: Path) -> psutil.Process:
    return psutil.Process(int((data_dir / "postgres" / "postmaster.pid").read_text().split()[0]))


def test_everything_starts_together_and_ends_together(running, data_dir):
    assert urllib.request.urlopen(f"{running.address}healthz").status == 200
    children = family(running)
    postmaster = database_server(data_dir)
    assert len(children) >= 4  # web, its workers, the queue, its workers

    output = stop(running, signal.SIGINT)

    assert running.returncode == 0
    assert "Đã dừng." in output
    assert gone(children)
    assert gone([postmaster])


def answers_within(address: str, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            if urllib.request.urlopen(f"{address}healthz", timeout=seconds).status == 200:
                return True
        time.sleep(0.1)
    return False


def test_a_part_that_is_killed_is_started_again(running, data_dir):
    def of(part: str, *, but: int = 0) -> psutil.Process:
        """Return the process of a part, waiting for one that is not ``but``."""
        for _ in range(300):
            for child in psutil.Process(running.pid).children():
                with contextlib.suppress(psutil.Error):
                    if part in " ".join(child.cmdline()) and child.pid != but:
                        return child
            time.sleep(0.1)
        raise AssertionError(f"no {part} within 30 s")

    for part in ("qcluster", "granian"):
        victim = of(part)
        victim.kill()
        gone([victim])
        assert answers_within(running.address, 30)
        assert of(part, but=victim.pid).is_running()
        assert answers_within(running.address, 30)
    server = database_server(data_dir)

    server.kill()

    assert gone([server])
    assert answers_within(running.address, 30)
    assert database_server(data_dir).pid != server.pid
    everything = [*family(running), database_server(data_dir)]
    stop(running)
    assert running.returncode == 0
    assert gone(everything)


class Falling:
    """A part that is down from the start and comes up only when told to."""

    def __init__(self, comes_up: bool) -> None:
        self.up, self.comes_up, self.starts = False, comes_up, 0
        self.part = _Part("Phần thử", self.start, lambda: not self.up)

    def start(self) -> None:
        self.starts += 1
        self.up = self.comes_up


def test_the_first_fall_is_mended_at_once_and_the_next_after_growing_pauses():
    falling, began = Falling(comes_up=True), []
    now = 1000.0
    for _ in range(4):
        falling.up = False
        before, fell = falling.starts, now
        while falling.starts == before:
            falling.part.mend(now)
            now += 0.5
        began.append(now - 0.5 - fell)

    assert began == [0, 1, 2, 4]


def test_a_part_that_keeps_falling_is_given_up():
    falling = Falling(comes_up=False)

    def watch() -> None:
        for second in range(300):
            falling.part.mend(float(second))

    with pytest.raises(GivenUp, match="Phần thử"):
        watch()

    assert falling.starts == MOST_FALLS


def test_falls_of_long_ago_do_not_count():
    falling = Falling(comes_up=True)
    for hour in range(20):
        falling.up = False
        falling.part.mend(hour * 3600.0)

    assert falling.starts == 20


def test_the_second_start_keeps_the_data_and_is_quick(data_dir):
    key = (data_dir / "secret-key").read_text()

    began = time.monotonic()
    second = serve(data_dir)
    wait_until_up(second)
    took = time.monotonic() - began
    stop(second)

    assert took < 15
    assert (data_dir / "secret-key").read_text() == key


def test_a_power_cut_leaves_nothing_to_mend_by_hand(running, data_dir):
    pid_file = data_dir / "postgres" / "postmaster.pid"
    postmaster = database_server(data_dir)
    everything = [*family(running), *postmaster.children(), postmaster, psutil.Process(running.pid)]
    for process in everything:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    running.communicate()
    assert gone(everything)
    lines = pid_file.read_text().splitlines()
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")  # reused after a reboot

    again = serve(data_dir)
    answered = urllib.request.urlopen(f"{wait_until_up(again)}healthz").status
    stop(again)

    assert answered == 200
