"""Nothing planted in a text makes a paper read the disk, the network or a bomb."""

from __future__ import annotations

import base64
import socket
import threading

import pytest
from weasyprint.urls import FatalURLFetchingError

from khanhson_portal.ground import pdf

SECRET = "bi-mat-trong-tep"


def page(address: str) -> str:
    return (
        f'<html lang="vi"><head><title>Thử</title><link rel="stylesheet" href="{address}"></head>'
        f'<body><p style="background: url({address})">Chữ</p><img alt="" src="{address}">'
        f'<object data="{address}"></object><a rel="attachment" href="{address}">tệp</a>'
        "</body></html>"
    )


def drawn(address: str) -> bytes:
    """Return the page drawn with an address planted in it, b"" where it is refused as a whole."""
    try:
        return pdf.render(page(address), compressed=False)
    except FatalURLFetchingError:
        return b""


def test_a_picture_of_the_portal_is_drawn():
    address = "data:image/svg+xml;base64," + base64.b64encode(b"<svg/>").decode()
    assert pdf.render(f'<html lang="vi"><title>T</title><img alt="" src="{address}"></html>')


def test_a_file_of_the_disk_is_not_read(tmp_path):
    (tmp_path / "a.css").write_text(f"p::before {{ content: '{SECRET}' }}")
    (tmp_path / "a.css").chmod(0o644)

    assert SECRET.encode() not in drawn((tmp_path / "a.css").as_uri())


def test_nobody_on_the_network_is_asked():
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(1)
        asked = threading.Event()

        def listen() -> None:
            try:
                server.accept()
                asked.set()
            except OSError:
                pass

        listener = threading.Thread(target=listen)
        listener.start()
        drawn(f"http://127.0.0.1:{server.getsockname()[1]}/a")
        listener.join()

    assert not asked.is_set()


@pytest.mark.parametrize(
    "address",
    [
        "data:text/css,p{content:url(file:///etc/passwd)}",
        "data:image/png;base64," + "A" * 3_000_000,
        "data:image/svg+xml;base64,"
        + base64.b64encode(
            b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'
        ).decode(),
    ],
    ids=["a style sheet", "a picture without end", "a picture that names a file"],
)
def test_a_bomb_is_refused_or_left_out(address):
    content = drawn(address)

    assert b"root:" not in content
    assert len(content) < 1_000_000
