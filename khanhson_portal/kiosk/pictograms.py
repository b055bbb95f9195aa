"""Which drawing stands for which field, so that a field is found without reading.

Fields are rows and may be named anew; one that no word fits shows a plain sheet of paper.
"""

from __future__ import annotations

from khanhson_portal.ground.text import search_key

# symbol of static/img/kiosk.svg: words of the field's name, without marks, first match wins
PICTOGRAMS: list[tuple[str, tuple[str, ...]]] = [
    ("tre-em", ("tre em", "con nuoi")),
    ("chung-thuc", ("chung thuc", "bien phap bao dam")),
    ("dat-dai", ("dat dai", "tai nguyen nuoc", "moi truong")),
    ("y-te", ("bhyt", "bhxh", "y te", "bao hiem")),
    ("bao-tro", ("bao tro", "giam ngheo", "nguoi co cong", "boi thuong")),
    ("kinh-doanh", ("kinh doanh", "doanh nghiep", "cong thuong", "hop tac", "tai chinh")),
    ("nha-cua", ("xay dung", "nha o", "quy hoach", "ha tang", "cu tru")),
    ("duong-bo", ("duong bo", "giao thong", "van tai")),
    ("giao-duc", ("giao duc", "dao tao")),
    ("chan-nuoi", ("chan nuoi", "thu y")),
    ("thuy-loi", ("thuy loi", "thuy san", "de dieu", "thien tai")),
    ("nong-nghiep", ("trong trot", "nong nghiep", "nong thon", "nong lam")),
    ("lam-nghiep", ("lam nghiep", "kiem lam")),
    ("van-hoa", ("van hoa", "ton giao", "the thao", "du lich")),
    ("khen-thuong", ("thi dua", "khen thuong")),
    ("hoa-giai", ("hoa giai", "tu phap", "phap luat")),
    ("ho-tich", ("ho tich",)),
]


def pictogram(field_name: str) -> str:
    """Return the name of the drawing for a field."""
    name = search_key(field_name)
    return next((p for p, words in PICTOGRAMS if any(w in name for w in words)), "giay-to")
