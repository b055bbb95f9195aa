"""Every form of every set, drawn with everyday and with the longest data, then read back."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from dossiers import reference
from dossiers.models import Form, PageSize
from dossiers.papers import drawing, lint, samples, wording
from dossiers.papers.registry import invented
from khanhson_portal.ground.text import one_line

A4, A5 = (595, 842), (420, 595)
SIZES = {
    "A5": A5,
    "A5 landscape": A5[::-1],
    "A4": A4,
    "A4 landscape": A4[::-1],
}
ROLL_WIDTH = 227  # points: 80 mm
IDENTITY = ["Nội dung yêu cầu giải quyết:", "Địa chỉ:", "Số điện thoại:", "Email:"]
# The labels of the official forms, in their order.
LABELS = {
    "tiep-nhan": [
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "(Liên: Lưu/Giao khách hàng)",
        "Tiếp nhận hồ sơ của:",
        "Địa chỉ:",
        "Số điện thoại:",
        "Email:",
        "Nội dung yêu cầu giải quyết:",
        "1. Thành phần hồ sơ, số lượng mỗi loại giấy tờ:",
        "2. Số lượng hồ sơ:",
        "3. Thời gian giải quyết hồ sơ theo quy định là:",
        "4. Thời gian nhận hồ sơ:",
        "5. Thời gian trả kết quả giải quyết hồ sơ:",
        "Vào Sổ theo dõi hồ sơ, Quyển số:",
        "Số thứ tự:",
        "NGƯỜI NỘP HỒ SƠ",
        "NGƯỜI TIẾP NHẬN HỒ SƠ",
    ],
    "tiep-nhan-chung-thuc": ["1. Thành phần hồ sơ", "Số trang", "Số bản giấy", "Ký bản điện tử"],
    "tiep-nhan-cuon": [
        "Tiếp nhận hồ sơ của:",
        "Giấy tờ đã nhận:",
        "Thời gian nhận:",
        "Thời gian trả kết quả:",
        "Người tiếp nhận:",
        "Mã tra cứu:",
        "Giấy thật hay giả",
    ],
    "tiep-nhan-nhieu": ["Tiếp nhận hồ sơ của:", "Nội dung", "Mã hồ sơ", "Đơn vị", "Họ và tên"],
    "bien-ban-giao-nhan": ["BIÊN BẢN GIAO NHẬN HỒ SƠ", "Bên giao:", "Bên nhận:", "NGƯỜI GIAO"],
    "huong-dan": [*IDENTITY, "gồm những nội dung như sau:", "Lý do:", "NGƯỜI HƯỚNG DẪN"],
    "bo-sung": [*IDENTITY, "gồm những nội dung như sau:", "Lý do:", "NGƯỜI HƯỚNG DẪN"],
    "tu-choi": [
        *IDENTITY,
        "thông báo không tiếp nhận, giải quyết hồ sơ này với lý do cụ thể như sau:",
        "Xin thông báo cho Ông/Bà được biết và thực hiện.",
        "NGƯỜI NỘP HỒ SƠ",
        "NGƯỜI TIẾP NHẬN HỒ SƠ",
    ],
    "xin-loi": [
        "Kính gửi:",
        "Địa chỉ:",
        "Số điện thoại:",
        "Mã hồ sơ:",
        "Thời gian hẹn trả kết quả:",
        "Tuy nhiên",
        "Lý do:",
        "xin lỗi Ông/Bà",
        "./.",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        invented.NAME,
    ],
    "dung-giai-quyet": ["Kính gửi:", "thông báo dừng giải quyết hồ sơ", "Lý do:", "./."],
    "nghia-vu-tai-chinh": ["Khoản Ông/Bà phải nộp:", "./."],
    "rut-ho-so": ["Theo yêu cầu của Ông/Bà", "Giấy tờ trả lại:", "NGƯỜI RÚT HỒ SƠ"],
    "kiem-soat": [
        "Kèm theo hồ sơ của:",
        "Mã hồ sơ:",
        "Ngày nhận:",
        "Ngày, giờ hẹn trả kết quả:",
        "Cơ quan (bộ phận) giải quyết hồ sơ:",
        "Cơ quan phối hợp giải quyết hồ sơ:",
        "TÊN CƠ QUAN",
        "1. Giao:",
        "2. Nhận:",
    ],
    "qua-trinh": ["Ngày xử lý", "Người xử lý", "Thao tác", "Người nhận", "Thời hạn"],
    "tra-ket-qua": ["Người trả:", "Người nhận:", "Thành phần trả gồm:", "Ngày trả kết quả:"],
    "bien-lai": [
        "BIÊN LAI THU TIỀN PHÍ, LỆ PHÍ",
        "Đơn vị thu:",
        "Mẫu số:",
        "Ký hiệu:",
        "Mã số thuế:",
        "Số:",
        "Họ tên người nộp:",
        "Địa chỉ:",
        "Phí: 150.000 đồng",
        "Lệ phí: 50.000 đồng",
        "Số tiền: 200.000 đồng",
        "Bằng chữ: Hai trăm nghìn đồng",
        "Hình thức thanh toán:",
        "NGƯỜI THU TIỀN",
    ],
    "ban-giao": ["Bên giao:", "Bên nhận:", "Mã hồ sơ", "Tổng số hồ sơ:", "NGƯỜI GIAO"],
    "ban-giao-ket-qua": ["PHIẾU BÀN GIAO KẾT QUẢ", "Mã hồ sơ", "Kết quả", "Chủ hồ sơ"],
    "ban-giao-buu-chinh": ["45/2016/QĐ-TTg", "Người nhận", "Số hiệu bưu gửi"],
    "so-theo-doi": ["STT", "Tên thủ tục hành chính", "Nhận và trả kết quả", "Ghi chú"],
    "danh-gia": ["Nội dung đánh giá", "2 điểm", "1 điểm", "0 điểm"],
}


def kinds() -> list[tuple[str, str]]:
    import tomllib

    files = [tomllib.loads(p.read_text()) for p in sorted(reference.FORMS.glob("*.toml"))]
    return [(file["slug"], form["kind"]) for file in files for form in file["form"]]


def draw(slug: str, kind: str, data: dict) -> tuple[Form, PdfReader, str]:
    form = Form.objects.get(form_set__slug=slug, kind=kind)
    reader = PdfReader(BytesIO(drawing.sheets(form, data, samples.marks())))
    return form, reader, one_line(" ".join(page.extract_text() for page in reader.pages))


def fonts(reader: PdfReader) -> dict[str, bool]:
    """Return each font of a file and whether it is embedded."""
    found = {}
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            about = inner["/FontDescriptor"].get_object()
            embedded = any(key in about for key in ("/FontFile2", "/FontFile3"))
            found[str(about["/FontName"])] = embedded
    return found


@pytest.mark.django_db
@pytest.mark.parametrize(("slug", "kind"), kinds())
def test_a_paper_has_its_size_its_fonts_and_its_labels_in_order(slug, kind):
    form, reader, text = draw(slug, kind, samples.worst())

    width, height = reader.pages[0].mediabox.width, reader.pages[0].mediabox.height
    if form.size == PageSize.ROLL:
        assert round(width) == ROLL_WIDTH
    else:
        assert (round(width), round(height)) == SIZES[form.size]
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
        assert "Độc lập - Tự do - Hạnh phúc" in text
    for name, embedded in fonts(reader).items():
        assert "Liberation-Serif" in name
        assert embedded
    place = 0
    for label in LABELS[kind]:
        assert label in text[place:], f"{label!r} is missing or out of order"
        place = text.index(label, place)
    assert "{" not in text


@pytest.mark.django_db
@pytest.mark.parametrize(("slug", "kind"), kinds())
def test_an_everyday_paper_takes_one_page_a_copy(slug, kind):
    form, reader, text = draw(slug, kind, samples.usual())

    assert len(reader.pages) == len(form.copies.split("|"))
    assert wording.SAMPLE in text
    assert "Trang" not in text


@pytest.mark.django_db
@pytest.mark.parametrize(("slug", "kind"), kinds())
def test_the_forms_that_come_along_pass_their_own_lint(slug, kind, district):
    form = Form.objects.get(form_set__slug=slug, kind=kind)

    assert lint.faults(form) == []
    assert form.source


@pytest.mark.django_db
def test_a_long_receipt_repeats_its_heads_and_numbers_its_pages():
    _, reader, _ = draw("qd-14-2015", "tiep-nhan", samples.worst())
    pages = [one_line(page.extract_text()) for page in reader.pages]

    assert len(pages) == 3
    assert "Trang" not in pages[0]
    assert "Trang 2/3" in pages[1]
    assert "Thành phần hồ sơ" in pages[1]
    assert all("000.00.20.H32-180416-0007" in page for page in pages)
    assert "Giấy tờ thứ 30" in " ".join(pages)


@pytest.mark.django_db
def test_page_numbers_move_to_the_top_with_the_decree_of_2020():
    data = {**samples.worst(), "so_trang": "tren"}
    _, reader, _ = draw("tt-01-2018", "tiep-nhan", data)

    assert "Trang 2/3" in one_line(reader.pages[1].extract_text())
    assert "Trang" not in reader.pages[0].extract_text()


@pytest.mark.django_db
def test_a_paper_is_tagged_titled_and_its_names_can_be_copied():
    _, reader, text = draw("qd-14-2015", "tra-ket-qua", samples.worst())
    catalogue = reader.trailer["/Root"]

    assert catalogue["/Lang"] == "vi"
    assert catalogue["/MarkInfo"]["/Marked"]
    assert "Giấy biên nhận trả kết quả" in reader.metadata.title
    assert invented.NAME in text


@pytest.mark.django_db
def test_a_fee_receipt_names_each_of_its_three_copies():
    _, reader, _ = draw("qd-14-2015", "bien-lai", samples.usual())
    pages = [page.extract_text() for page in reader.pages]

    for page, owner in zip(
        pages, ["Lưu tại cơ quan thu", "Giao người nộp tiền", "Lưu nội bộ"], strict=True
    ):
        assert owner in page


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("{noi_dung}", "{noi_dug}"), "không có trường 'noi_dug'"),
        (("Địa chỉ:", "Gửi tỉnh Thanh Hóa:"), "địa danh “Thanh Hóa”"),
        (("Địa chỉ:", "Gửi xã Nhơn Hải:"), "tên một địa phương"),
        (("Địa chỉ:", "Gọi 0912 345 678:"), "số điện thoại"),
        (("{hen_tra_luc}", "sớm"), "{hen_tra_luc}"),
        (("[bảng: giay_to]", "[bảng: giay]"), "giay"),
        (("Địa chỉ:", "Địa chỉ ☎:"), "Liberation Serif"),
        (("? Ghi chú: {ghi_chu}", "Ghi chú.\n" * 40), "phải gọn trong một trang"),
    ],
)
def test_lint_says_what_is_wrong_with_a_form(district, change, fault):
    form = Form.objects.get(form_set__slug="qd-14-2015", kind="tiep-nhan")
    form.body = form.body.replace(*change)

    assert any(fault in found for found in lint.faults(form)), lint.faults(form)
