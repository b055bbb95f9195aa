"""How papers look when measured: inside their margins, nothing torn apart, nobody signs alone."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from dossiers.models import Form, FormKind, PageSize
from dossiers.papers import drawing, markup, samples
from dossiers.templatetags.papers import NO_BREAK, printed, unbroken
from khanhson_portal.ground import pdf
from khanhson_portal.ground.text import one_line

HEADS = {
    "co_quan_chu_quan": "ỦY BAN NHÂN DÂN HUYỆN KHÁNH SƠN",
    "don_vi": "BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ",
}
ONE_PIXEL = 1


def form_of(kind: str) -> Form:
    return Form.objects.get(form_set__slug="qd-14-2015", kind=kind)


def pages_of(kind: str, data: dict[str, Any]) -> list[str]:
    reader = PdfReader(BytesIO(drawing.sheets(form_of(kind), data, samples.marks())))
    return [one_line(page.extract_text()) for page in reader.pages]


def lines(box: Any) -> Iterator[tuple[str, float]]:
    """Return every line of a page with where it ends, in pixels."""
    for child in getattr(box, "children", ()):
        if type(child).__name__ == "LineBox":
            texts = [b.text for b in child.descendants() if hasattr(b, "text")]
            yield "".join(texts), max((c.position_x + c.width for c in child.children), default=0)
        yield from lines(child)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [kind for kind in FormKind if kind != FormKind.ROLL_RECEIPT])
def test_nothing_is_printed_beyond_the_right_margin(kind):
    html = drawing.page(form_of(kind), {**samples.worst(), **HEADS}, samples.marks())

    for page in pdf.lay_out(html).pages:
        box = page._page_box
        edge = box.position_x + box.margin_left + box.width
        beyond = [text for text, end in lines(box.children[0]) if end > edge + ONE_PIXEL]
        assert not beyond


@pytest.mark.parametrize(
    ("name", "pieces"),
    [
        ("ỦY BAN NHÂN DÂN HUYỆN KHÁNH SƠN", ["ỦY", "BAN", "NHÂN", "DÂN", "HUYỆN KHÁNH SƠN"]),
        ("ỦY BAN NHÂN DÂN XÃ SƠN BÌNH", ["ỦY", "BAN", "NHÂN", "DÂN", "XÃ SƠN BÌNH"]),
        ("BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ", ["BỘ", "PHẬN", "TIẾP", "NHẬN", "VÀ", "TRẢ KẾT QUẢ"]),
        ("VĂN PHÒNG", ["VĂN PHÒNG"]),
    ],
)
def test_a_letterhead_never_breaks_inside_a_name(name, pieces):
    assert [piece.replace(NO_BREAK, " ") for piece in unbroken(name).split(" ")] == pieces


@pytest.mark.django_db
@pytest.mark.parametrize("papers", range(8, 32, 2))
def test_signatures_never_stand_alone_on_a_page(papers):
    rows = samples.worst()["giay_to"][:papers]
    last = pages_of(FormKind.RECEIPT, {**samples.worst(), "giay_to": rows})[-1]

    assert "NGƯỜI TIẾP NHẬN HỒ SƠ" in last
    assert "Vào Sổ theo dõi hồ sơ" in last


@pytest.mark.django_db
def test_the_appointment_on_a_receipt_is_bold_and_in_one_piece():
    promised = "17 giờ 00 phút, ngày 03 tháng 5 năm 2018"
    data = {**samples.usual(), "hen_tra_luc": promised}
    html = drawing.page(form_of(FormKind.RECEIPT), data, samples.marks())
    drawn = [text for text, _ in lines(pdf.lay_out(html).pages[0]._page_box)]

    assert any(promised in text for text in drawn)
    assert '<p class="line bold">5. Thời gian trả kết quả' in html


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [FormKind.APOLOGY, FormKind.STOP])
def test_a_letter_has_no_dotted_line_where_nothing_is_known(kind):
    unknown = dict.fromkeys(["dia_chi", "so_dien_thoai", "thu_dien_tu"], "")
    (page,) = pages_of(kind, {**samples.usual(), **unknown})

    assert markup.LEADER not in page
    assert "Địa chỉ" not in page
    assert "hồ sơ “Đăng ký thành lập hộ kinh doanh” của" in page


def test_a_part_of_a_line_in_double_brackets_is_left_out_with_its_field():
    line = "Hỏi {ten}[[, số {so}]]."

    (known,) = markup.parse(line, {"ten": "Mấu", "so": "0912"})
    (unknown,) = markup.parse(line, {"ten": "Mấu", "so": ""})

    assert "".join(text for text, _ in known.runs) == "Hỏi Mấu, số 0912."
    assert "".join(text for text, _ in unknown.runs) == "Hỏi Mấu."


def test_a_web_address_stays_in_one_piece_and_nothing_typed_becomes_markup():
    drawn = printed([("Xem <tại> ", False), ("https://vi-du.example/tra-cuu/", True)])

    assert drawn == ('Xem &lt;tại&gt; <b class="value address">https://vi-du.example/tra-cuu/</b>')


@pytest.mark.django_db
def test_a_receipt_on_a_roll_is_one_page_as_long_as_it_needs():
    form = form_of(FormKind.ROLL_RECEIPT)
    drawn = [
        drawing.sheets(form, data, samples.marks()) for data in (samples.usual(), samples.worst())
    ]
    short, long = (PdfReader(BytesIO(content)).pages for content in drawn)

    assert form.size == PageSize.ROLL
    assert len(short) == len(long) == 1
    assert short[0].mediabox.height < 600 < long[0].mediabox.height
