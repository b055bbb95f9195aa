"""The names in braces that the words of a notice may hold. Pure text, no models."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

NAMES: dict[str, str] = {
    "kinh_gui": "ông/bà và họ tên người nhận tin; tên tổ chức",
    "ma": "mã hồ sơ, hoặc số biên nhận khi chưa có mã",
    "ho_so": "mã hồ sơ, kèm tên thủ tục trong ngoặc (thủ tục nhạy cảm: chỉ có mã)",
    "ngay_hen": "ngày hẹn trả, hoặc ngày hẹn lại",
    "noi_gui": "tên bộ phận một cửa; thư điện tử ghi cả tên ủy ban",
    "cach_nhan": "cách nhận kết quả bà con đã đăng ký",
    "trang_ho_so": "đường dẫn riêng đến trang hồ sơ (chỉ nên dùng trong thư)",
    "trang_tra_cuu": "trang tra cứu chung của cổng",
    "duong_day_nong": "số đường dây nóng; chưa có số thì là “bộ phận một cửa”",
}
_NAME = re.compile(r"\{([^{}]*)\}")


def unknown_names(text: str) -> list[str]:
    """Return the names in braces that nothing fills in, braces included."""
    return [f"{{{name}}}" for name in _NAME.findall(text) if name not in NAMES]


def fill(text: str, values: Mapping[str, Callable[[], str]]) -> str:
    """Replace each name by what its function returns; a name nobody knows stays as it is."""
    return _NAME.sub(lambda match: values.get(match[1], match.group)(), text)
