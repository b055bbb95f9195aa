"""Soát mẫu giấy trước khi công bố: drawn with the usual and the worst data, then read.

Slips of two provinces in daily use name a third one: nobody had looked. Here a form cannot be
published before it was looked at by this module.
"""

from __future__ import annotations

import re

from dossiers.models import Form, FormKind
from dossiers.papers import drawing, markup, samples
from dossiers.papers.kinds import KINDS
from dossiers.papers.registry import FIELDS
from khanhson_portal.ground import pdf as pdf_tool
from khanhson_portal.ground.text import search_key
from procedures.offices import Agency

MOST_PAGES = 4  # of one copy, with the worst data
PHONE = re.compile(r"\b0[\d .]{8,13}\d\b")
NAMED_PLACE = re.compile(r"\b(?:tỉnh|thành phố|huyện|thị xã|quận|xã|phường|thị trấn)\s+[A-ZĐÀ-Ỹ]")
BODY = re.compile(r"<body")
PROVINCES = """
An Giang, Bà Rịa, Bạc Liêu, Bắc Giang, Bắc Kạn, Bắc Ninh, Bến Tre, Bình Dương, Bình Định,
Bình Phước, Bình Thuận, Cà Mau, Cao Bằng, Cần Thơ, Đà Nẵng, Đắk Lắk, Đắk Nông, Điện Biên, Đồng Nai,
Đồng Tháp, Gia Lai, Hà Giang, Hà Nam, Hà Nội, Hà Tĩnh, Hải Dương, Hải Phòng, Hậu Giang, Hòa Bình,
Hưng Yên, Khánh Hòa, Kiên Giang, Kon Tum, Lai Châu, Lạng Sơn, Lào Cai, Lâm Đồng, Long An, Nam Định,
Nghệ An, Ninh Bình, Ninh Thuận, Phú Thọ, Phú Yên, Quảng Bình, Quảng Nam, Quảng Ngãi, Quảng Ninh,
Quảng Trị, Sóc Trăng, Sơn La, Tây Ninh, Thái Bình, Thái Nguyên, Thanh Hóa, Thừa Thiên, Tiền Giang,
Hồ Chí Minh, Trà Vinh, Tuyên Quang, Vĩnh Long, Vĩnh Phúc, Yên Bái
"""


def faults(form: Form) -> list[str]:
    """Return one Vietnamese sentence for everything that must be mended; [] for a good form."""
    found = _words_at_fault(form) + _fields_at_fault(form)
    try:
        usual = drawing.page(form, samples.usual(), samples.marks())
        worst = drawing.page(form, samples.worst(), samples.marks())
    except markup.MarkupError as error:
        return [*found, f"Không đọc được mẫu. {error}"]
    except Exception as error:
        return [*found, f"Không in thử được mẫu: {error}"]
    return found + _drawn_at_fault(form, usual, worst)


def _fields_at_fault(form: Form) -> list[str]:
    """Return what the form must ask for and does not, and what its kind of paper never knows."""
    kind, asked = FormKind(form.kind), markup.asked_in(form.body)
    found = []
    if lacking := sorted(KINDS[kind].must_ask - asked):
        found.append(f"Mẫu thiếu nội dung bắt buộc: {_braced(lacking)}.")
    known = {name for name in asked if name in FIELDS}
    if strange := sorted(name for name in known if kind not in FIELDS[name].forms):
        found.append(f"Loại giấy này không có dữ liệu cho {_braced(strange)}; bỏ khỏi mẫu.")
    rows = {name for name in known if FIELDS[name].has_rows}
    if inline := sorted(markup.fields_in(form.body) & rows):
        found.append(f"{_braced(inline)} là bảng hoặc danh sách; viết [bảng: …], [danh sách: …].")
    return found


def _braced(names: list[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)


def _words_at_fault(form: Form) -> list[str]:
    """Return places, numbers and telephone numbers written into the form instead of asked for."""
    written = "\n".join([form.title, form.subtitle, form.copies, form.body])
    text = search_key(markup.FIELD.sub(" ", written))
    places = {name.strip() for name in PROVINCES.replace("\n", " ").split(",")}
    places |= set(Agency.objects.exclude(place_name="").values_list("place_name", flat=True))
    found = [
        f"Mẫu ghi sẵn địa danh “{place}”. Thay bằng trường như {{co_quan_ten}} hoặc {{dia_danh}}."
        for place in sorted(places)
        if re.search(rf"\b{re.escape(search_key(place))}\b", text)
    ]
    if NAMED_PLACE.search(written) and not found:
        found.append("Mẫu ghi sẵn tên một địa phương. Thay bằng trường {co_quan_ten}.")
    if PHONE.search(written):
        found.append("Mẫu ghi sẵn số điện thoại. Thay bằng trường {duong_day_nong}.")
    return found


def _drawn_at_fault(form: Form, usual: str, worst: str) -> list[str]:
    found = []
    left = sorted(set(markup.FIELD.findall(BODY.split(usual)[-1])))
    if left:
        found.append(f"Còn trường chưa được điền khi in: {', '.join(left)}.")
    copies = len(form.copies.split("|"))
    everyday, rare = pdf_tool.measure(usual), pdf_tool.measure(worst)
    if everyday.pages > copies:
        found.append(f"Giấy thông thường dài {everyday.pages} trang; phải gọn trong một trang.")
    if rare.pages > MOST_PAGES * copies:
        found.append(f"Trường hợp dài nhất in ra {rare.pages} trang; nhiều nhất {MOST_PAGES}.")
    foreign = sorted((everyday.fonts | rare.fonts) - pdf_tool.OUR_FONTS)
    if foreign:
        found.append(f"Có chữ không in được bằng Liberation Serif (dùng {', '.join(foreign)}).")
    return found
