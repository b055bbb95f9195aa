"""Files as answers: named, typed, kept by nobody who should not, asked again cheaply."""

from __future__ import annotations

import hashlib
import re

import pytest
from django.core.files.base import ContentFile

from khanhson_portal.ground import answers
from tests.test_house_rules import BASE, PRODUCT, modules


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("phieu-1.pdf", 'inline; filename="phieu-1.pdf"'),
        (
            "Giấy hẹn Đỗ.pdf",
            'inline; filename="Giay-hen-Do.pdf"; '
            "filename*=UTF-8''Gi%E1%BA%A5y%20h%E1%BA%B9n%20%C4%90%E1%BB%97.pdf",
        ),
        ('a"\r\nSet-Cookie: x=1;.pdf', 'inline; filename="a-Set-Cookie--x=1-.pdf"'),
        ("../../etc/passwd", 'inline; filename="etc-passwd"'),
        ("\u202efdp.exe", 'inline; filename="fdp.exe"'),
        ("", 'inline; filename="tep"'),
    ],
)
def test_a_name_reaches_the_disk_of_the_reader_and_nothing_else_does(name, header):
    made = answers.disposition(name, attached=False)

    assert "\r" not in made
    assert "\n" not in made
    assert made.count('"') == 2
    if "Set-Cookie" not in name:
        assert made == header


def test_what_is_personal_is_kept_by_no_browser_and_listed_by_no_search_engine(rf):
    answer = answers.pdf(rf.get("/"), b"%PDF-1", "giay.pdf")

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Length"] == "6"
    assert answer.headers["Content-Disposition"].startswith("inline")


def test_what_may_be_kept_is_asked_again_without_being_sent_again(rf):
    first = answers.file(rf.get("/"), b"a,b", "so.csv", "text/csv", fresh=60)
    again = rf.get("/", headers={"If-None-Match": first.headers["ETag"]})
    other = rf.get("/", headers={"If-None-Match": '"cu"'})

    assert first.headers["Cache-Control"] == "private, max-age=60"
    assert first.headers["ETag"] == f'"{hashlib.sha256(b"a,b").hexdigest()[:32]}"'
    assert first.headers["Content-Disposition"].startswith("attachment")
    assert answers.file(again, b"a,b", "so.csv", "text/csv", fresh=60).status_code == 304
    assert answers.file(again, b"a,c", "so.csv", "text/csv", fresh=60).status_code == 200
    assert answers.file(other, b"a,b", "so.csv", "text/csv", fresh=60).status_code == 200


def test_a_stored_file_is_sent_piece_by_piece_under_its_own_kind():
    answer = answers.stored(ContentFile(b"<b>", name="x"), "mau-don.docx", attached=True)

    assert b"".join(answer) == b"<b>"
    assert answer.headers["Content-Type"].endswith("wordprocessingml.document")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Length"] == "3"


def test_no_view_answers_with_a_file_by_another_road():
    other = re.compile(r"Content-Disposition|FileResponse\(|StreamingHttpResponse|content_type=\"")
    for folder in PRODUCT:
        for path in modules(folder):
            if path != BASE / "khanhson_portal/ground/answers.py":
                assert not other.search(path.read_text()), path
