"""Sample data for looking at a form before it is published: a usual case, and the worst one.

Nobody here exists; every sample sheet says so in its margin.
"""

from __future__ import annotations

from typing import Any

from dossiers.papers import freezing, gathering
from khanhson_portal.ground import barcode

NAME = "Chamaléa Thị Bích Ngọc Katơr"
TITLE = (
    "Cấp giấy chứng nhận quyền sử dụng đất, quyền sở hữu nhà ở và tài sản khác gắn liền với đất "
    "cho người nhận chuyển nhượng quyền sử dụng đất, mua nhà ở, công trình xây dựng trong các dự "
    "án phát triển nhà ở"
)
ADDRESS = (
    "Tổ 12, thôn Suối Đá Trắng Lớn, đường vào khu sản xuất tập trung số 3, "
    "xã có tên dài nhất trong huyện có tên dài nhất trong tỉnh"
)
REASON = (
    "Bản vẽ kèm theo đơn chưa có chữ ký của các hộ liền kề; tên trong giấy khai sinh và trong "
    "căn cước khác nhau, cần giấy xác nhận là cùng một người."
)
MOMENT = "9 giờ 12 phút, ngày 16 tháng 4 năm 2018"
CODE = "000.00.20.H32-180416-0007"


def usual() -> dict[str, Any]:
    """Return frozen data of an everyday paper: two handed papers, short names."""
    return {
        **_blank(),
        "chu_ho_so": "Người Dùng Thử",
        "nguoi_den": "Người Dùng Thử",
        "dia_chi": "thôn Dùng Thử",
        "noi_dung": "Đăng ký thành lập hộ kinh doanh",
        "ten_thu_tuc": "Đăng ký thành lập hộ kinh doanh",
        "giay_to": [_handed("Giấy đề nghị đăng ký"), _handed("Bản sao giấy tờ tùy thân")],
        "giay_to_thieu": ["Bản sao giấy tờ tùy thân còn hiệu lực"],
        "ly_do": "Bản sao đã nộp bị mờ, không đọc được.",
        "kq_trich_yeu": "Giấy chứng nhận đăng ký hộ kinh doanh",
        **dict.fromkeys(["cac_ho_so", "ket_qua", "buu_pham", "so_theo_doi"], [dict(SHORT)]),
    }


def worst() -> dict[str, Any]:
    """Return frozen data with the longest of everything: thirty papers, a two-line address."""
    papers = [_handed(f"Giấy tờ thứ {n} theo quy định của thủ tục này") for n in range(1, 31)]
    return {
        **_blank(),
        "chu_ho_so": NAME,
        "nguoi_nop": f"{NAME} Nhỏ",
        "nguoi_den": f"{NAME} Nhỏ",
        "dia_chi": ADDRESS,
        "so_dien_thoai": "0000 000 000, 0000 000 001",
        "thu_dien_tu": "dia-chi-thu-dien-tu-rat-dai-de-thu@vi-du.example",
        "noi_dung": TITLE,
        "ten_thu_tuc": TITLE,
        "giay_to": papers,
        "ban_chung_thuc": [{"ten": row["ten"], "so_ban": 3} for row in papers],
        "giay_to_thieu": [f"Giấy tờ cần bổ sung thứ {n}" for n in range(1, 6)],
        "ly_do": REASON,
        "yeu_cau": REASON,
        "lan_thu": 1,
        "thoi_gian_bo_sung": "17 giờ 00 phút, ngày 04 tháng 5 năm 2018",
        "ghi_chu": "Người nộp nhận thay theo giấy ủy quyền đã chứng thực.",
        "phi_le_phi": "Lệ phí: 50.000 đồng",
    }


def marks() -> dict[str, Any]:
    """Return codes that lead nowhere, so that a sample takes the room of a real paper."""
    from khanhson_portal.ground.qr import qr_svg

    address = OFFICE["duong_dan_tra_cuu"]
    return {
        "qr": qr_svg(address),
        "bars": barcode.svg(CODE),
        "mark": "0000-00000000-0",
        "mark_qr": qr_svg(address),
    }


def _blank() -> dict[str, Any]:
    """Return every field a form may ask for, filled plainly."""
    lines = [
        {"name": "Phí thẩm định", "kind": "phi", "amount": 150_000},
        {"name": "Lệ phí cấp giấy", "kind": "le-phi", "amount": 50_000},
    ]
    row = {"ma": CODE, "noi_dung": TITLE, "ket_qua": "15/GCN", "ho_ten": NAME, "dia_chi": ADDRESS}
    handed = {"code": CODE, "title": TITLE, "applicant": NAME, "due": "03/05/2018", "note": ""}
    return {
        **freezing.FROM_ACTS,
        **dict.fromkeys(TEXTS, ""),
        **OFFICE,
        **freezing.money_fields(lines),
        "minh_hoa": freezing.SAMPLE,
        "giay_to": [], "ban_chung_thuc": [], "giay_to_thieu": [],
        "cac_ho_so": [{**row, "don_vi": "Một cửa", "ngay_nhan": "16/04/2018", "so_bo": "01"}] * 3,
        "chang": [gathering._blank_hop()] * gathering.FEWEST_HOPS,
        "qua_trinh": [{"ngay": "16/04/2018", "nguoi": NAME, "viec": "Tiếp nhận hồ sơ"}] * 3,
        "ho_so": [handed] * 3, "ket_qua": [row] * 3, "buu_pham": [row] * 3,
        "so_theo_doi": [{**row, "stt": 1, "ten": TITLE, "nhan": "16/04/2018"}] * 3,
        "tieu_chi": gathering.CRITERIA,
    }  # fmt: skip


def _handed(name: str) -> dict[str, Any]:
    return {"ten": name, "ban_chinh": 1, "chung_thuc": 0, "ban_sao": 1}


SHORT = {
    "stt": 1, "ma": CODE, "ten": "Đăng ký hộ kinh doanh", "noi_dung": "Đăng ký hộ kinh doanh",
    "ho_ten": "Người Dùng Thử", "dia_chi": "thôn Dùng Thử", "ket_qua": "15/GCN", "so_bo": "01",
}  # fmt: skip
TEXTS = [
    "nguoi_nop", "so_giay_to", "thu_dien_tu", "ghi_chu", "phi_le_phi", "duong_day_nong",
    "co_quan_phoi_hop", "dang_o",
]  # fmt: skip

OFFICE: dict[str, Any] = {
    "co_quan_chu_quan": "TÊN CƠ QUAN CHỦ QUẢN",
    "don_vi": "BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ",
    "don_vi_ten": "Bộ phận tiếp nhận và trả kết quả",
    "co_quan_ten": "Ủy ban nhân dân nơi dùng thử",
    "co_quan_xin_loi": "Phòng chuyên môn dùng thử",
    "noi_tiep_nhan": "Bộ phận tiếp nhận và trả kết quả, Ủy ban nhân dân nơi dùng thử",
    "dia_danh": "Nơi dùng thử",
    "don_vi_dia_chi": "", "don_vi_dien_thoai": "", "don_vi_website": "",
    "ngay_phat_hanh": "ngày 16 tháng 4 năm 2018",
    "so_trang": "duoi",
    "trang_tra_cuu": "https://vi-du.example/tra-cuu/",
    "nguoi_ky": NAME, "chuc_vu": "Phó Chủ tịch", "chuc_vu_ky": "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
    "nguoi_tiep_nhan": NAME, "nguoi_lap_dien_thoai": "", "dien_thoai_lien_he": "",
    "ma_ho_so": CODE, "ma_thu_tuc": "1.000000", "linh_vuc": "Lĩnh vực dùng thử",
    "so_dien_thoai": "0000 000 000", "so_bo": "01", "thoi_han": "10 ngày làm việc",
    "nhan_luc": MOMENT, "hen_tra_luc": MOMENT, "hen_lai_luc": MOMENT, "hen_cu": MOMENT,
    "hen_lai": MOMENT, "luc": MOMENT, "quyen_so": "1", "so_thu_tu": "7", "so": "07/MẪU",
    "nhan_ket_qua_tai": "Tại bộ phận một cửa", "ma_tra_cuu": "0000 0000",
    "duong_dan_tra_cuu": "https://vi-du.example/h/dung-thu/",
    "co_quan_giai_quyet": "Phòng chuyên môn dùng thử",
    "nguoi_nhan": NAME, "kq_loai": "Đồng ý giải quyết", "kq_so": "15/GCN", "kq_trich_yeu": TITLE,
    "ben_giao": "Bộ phận một cửa dùng thử", "ben_nhan": "Phòng chuyên môn dùng thử",
    "so_luong": "03",
}  # fmt: skip
