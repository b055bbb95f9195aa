"""A citizen who asked to be told, and a gateway of the province that really listens."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from dossiers.models import Party, Wording
from tests.factories import make_dossier

KEY = "khoa-chung-voi-cong-tin-nhan-cua-tinh"
OWNER, SUBMITTER = "Mấu Thị Hoa", "Cao Văn Đệ"


@pytest.fixture
def words(district) -> int:
    """How many wordings stand among the reference rows."""
    return Wording.objects.count()


@pytest.fixture
def told(district, words):
    """Return a function that takes in a dossier whose owner wants to be told by ``wish``."""

    def told(wish: str = "email", version=None, **fields):
        owner = Party(name=OWNER, email="hoa@thu.vn", phone="0912345678")
        return make_dossier(district, version, **{"notify_wish": wish, "owner": owner, **fields})

    return told


@dataclass
class Gateway:
    """What the gateway will answer, in order (the last one for ever), and what it was asked."""

    url: str
    answers: list[int | float] = field(default_factory=lambda: [200])
    headers_out: dict[str, str] = field(default_factory=dict)
    requests: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    def next_answer(self) -> int | float:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def messages(self) -> list[dict[str, str]]:
        return [json.loads(body) for _, body in self.requests]


@pytest.fixture
def gateway(settings) -> Iterator[Gateway]:
    """A real HTTP server. A status is answered; a fraction is seconds of silence before 200."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            gateway.requests.append((dict(self.headers), body))
            answer = gateway.next_answer()
            if isinstance(answer, float):
                time.sleep(answer)
                answer = 200
            try:
                self.send_response(answer)
                for name, value in gateway.headers_out.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()
            except OSError:
                pass  # whoever asked has gone

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    gateway = Gateway(f"http://127.0.0.1:{server.server_port}/tin")
    settings.NOTIFY_URL, settings.NOTIFY_KEY = gateway.url, KEY
    yield gateway
    server.shutdown()
    server.server_close()
