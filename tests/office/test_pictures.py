"""Uploads are judged by their content; whatever is kept has been drawn anew."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from khanhson_portal.ground.pictures import LONGEST_SIDE, NotAPicture, redraw
from tests.office.conftest import make_picture


def bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """A PNG of a few bytes that claims to be enormous."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_becomes_a_fresh_jpeg(kind):
    upload = make_picture(3000, 1500, kind)

    drawn = Image.open(BytesIO(redraw(upload, upload.size)))

    assert drawn.format == "JPEG"
    assert drawn.size == (LONGEST_SIDE, LONGEST_SIDE // 2)


@pytest.mark.parametrize(("mode", "kind"), [("CMYK", "JPEG"), ("L", "JPEG"), ("P", "PNG")])
def test_other_colours_than_red_green_blue_are_drawn_too(mode, kind):
    out = BytesIO()
    Image.new(mode, (30, 20)).save(out, kind)

    drawn = Image.open(BytesIO(redraw(BytesIO(out.getvalue()), len(out.getvalue()))))

    assert (drawn.mode, drawn.size) == ("RGB", (30, 20))


def test_where_and_with_what_a_photo_was_taken_is_not_kept():
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Hang may anh"
    upload = make_picture(40, 20, "JPEG", exif=exif)

    drawn = Image.open(BytesIO(redraw(upload, upload.size)))

    assert drawn.size == (20, 40)  # turned upright
    assert not dict(drawn.getexif())


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00" + b"\0" * 500,
        b"%PDF-1.7 ...",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a" + b"\0" * 50,
        b"\xff\xd8\xff\xe0" + b"\0" * 200,
        b"\x89PNG\r\n\x1a\n" + b"\0" * 60,
        b"",
    ],
    ids=["exe", "pdf", "svg", "gif", "broken jpeg", "broken png", "empty"],
)
def test_what_is_no_picture_is_refused_with_a_way_out(content):
    with pytest.raises(NotAPicture, match="không phải là ảnh"):
        redraw(BytesIO(content), len(content))


@pytest.mark.parametrize("side", [60_000, 12_000, 7_000])
def test_a_decompression_bomb_is_refused_unopened(side):
    content = bomb(side, side)

    with pytest.raises(NotAPicture, match="triệu điểm ảnh"):
        redraw(BytesIO(content), len(content))


def test_twenty_megabytes_are_refused_unread():
    with pytest.raises(NotAPicture, match=r"Ảnh nặng 20,0 MB; nhiều nhất là 10 MB"):
        redraw(BytesIO(b""), 20_000_000)
