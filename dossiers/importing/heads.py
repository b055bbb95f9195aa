"""Tiêu đề cột: which column of a register holds what, however the office wrote its head.

Heads are those of the register list (Đơn vị tiếp nhận, Tên TTHC …) and of Mẫu 06 Sổ theo dõi hồ sơ.
"""

from __future__ import annotations

from khanhson_portal.ground.text import search_key

HEADS: dict[str, list[str]] = {
    # what it is: the head in the template first, then how other systems call it
    "old_code": ["Mã hồ sơ", "Mã số hồ sơ", "Số hồ sơ", "Mã HS", "Số biên nhận"],
    "procedure_code": ["Mã thủ tục", "Mã TTHC", "Mã thủ tục hành chính", "Mã số TTHC"],
    "title": ["Tên thủ tục hành chính", "Tên thủ tục", "Tên TTHC", "Thủ tục hành chính"],
    "case": ["Trường hợp"],
    "desk": [
        "Đơn vị tiếp nhận", "Nơi tiếp nhận", "Cơ quan tiếp nhận", "Bộ phận tiếp nhận",
        "Bộ phận một cửa",
    ],
    "solver": [
        "Cơ quan chủ trì giải quyết", "Cơ quan giải quyết", "Đơn vị giải quyết", "Đơn vị xử lý",
        "Đơn vị đang xử lý", "Cơ quan xử lý", "Đang ở",
    ],
    "state": ["Trạng thái", "Tình trạng", "Trạng thái hồ sơ", "Tình trạng hồ sơ"],
    "owner": [
        "Chủ hồ sơ", "Tên cá nhân, tổ chức", "Họ tên chủ hồ sơ", "Tên chủ hồ sơ",
        "Cá nhân, tổ chức", "Họ và tên chủ hồ sơ",
    ],
    "submitter": ["Người nộp", "Người nộp hồ sơ", "Họ tên người nộp", "Họ và tên người nộp"],
    "identity": [
        "Số giấy tờ", "Số CMND/Thẻ căn cước/Hộ chiếu", "Số CMND", "Số CCCD", "CCCD", "CMND",
        "Số căn cước", "Số CMND/CCCD",
    ],
    "phone": ["Số điện thoại", "Điện thoại", "SĐT"],
    "email": ["Thư điện tử", "Email", "E-mail"],
    "address": ["Địa chỉ"],
    "address_and_phone": ["Địa chỉ, số điện thoại", "Địa chỉ, điện thoại"],
    "channel": ["Hình thức nộp", "Hình thức tiếp nhận", "Cách nộp", "Kênh tiếp nhận"],
    "sets": ["Số lượng hồ sơ (bộ)", "Số bộ", "Số lượng hồ sơ", "Số bộ hồ sơ"],
    "submitted": ["Ngày nộp", "Thời gian nộp"],
    "received": [
        "Ngày nhận", "Nhận hồ sơ", "Ngày tiếp nhận", "Ngày nhận hồ sơ", "Thời gian nhận hồ sơ",
        "Thời gian tiếp nhận",
    ],
    "promised": [
        "Ngày hẹn trả", "Hẹn trả kết quả", "Ngày hẹn trả kết quả", "Hẹn trả",
        "Thời gian hẹn trả kết quả",
    ],
    "asked": ["Ngày yêu cầu bổ sung", "Ngày dừng tính"],
    "finished": ["Ngày kết thúc xử lý", "Ngày có kết quả", "Ngày xử lý xong"],
    "returned": ["Ngày trả kết quả", "Trả kết quả", "Ngày trả"],
    "delivery": ["Phương thức nhận kết quả", "Hình thức nhận kết quả", "Hình thức trả"],
    "result_number": ["Số văn bản kết quả", "Số ký hiệu kết quả"],
    "result_signer": ["Người ký kết quả", "Người ký"],
    "note": ["Ghi chú"],
}  # fmt: skip
BY_KEY = {search_key(head): name for name, heads in HEADS.items() for head in heads}


def label(name: str) -> str:
    """Return how the template calls a column."""
    return HEADS[name][0]


def missing(names: set[str]) -> list[str]:
    """Return the columns that no file can do without and that ``names`` lack."""
    wanted = [["old_code"], ["title", "procedure_code"], ["owner", "submitter"], ["received"]]
    lacking = [choice for choice in wanted if not names & set(choice)]
    return [" hoặc ".join(f"“{label(name)}”" for name in choice) for choice in lacking]
