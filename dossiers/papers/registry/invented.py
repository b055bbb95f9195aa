"""People, places and codes that exist nowhere, to look at a form before it is published."""

from __future__ import annotations

from datetime import UTC, datetime

PERSON = "Người Dùng Thử"
NAME = "Chamaléa Thị Bích Ngọc Katơr"
CHILD = f"{NAME} Nhỏ"
MATTER = "Đăng ký thành lập hộ kinh doanh"
TITLE = (
    "Cấp giấy chứng nhận quyền sử dụng đất, quyền sở hữu nhà ở và tài sản khác gắn liền với đất "
    "cho người nhận chuyển nhượng quyền sử dụng đất, mua nhà ở, công trình xây dựng trong các dự "
    "án phát triển nhà ở"
)
VILLAGE = "thôn Dùng Thử"
ADDRESS = (
    "Tổ 12, thôn Suối Đá Trắng Lớn, đường vào khu sản xuất tập trung số 3, "
    "xã có tên dài nhất trong huyện có tên dài nhất trong tỉnh"
)
REASON = (
    "Bản vẽ kèm theo đơn chưa có chữ ký của các hộ liền kề; tên trong giấy khai sinh và trong "
    "căn cước khác nhau, cần giấy xác nhận là cùng một người."
)
MOMENT = datetime(2018, 4, 16, 2, 12, tzinfo=UTC)  # 9 giờ 12 phút here
CODE = "000.00.20.H32-180416-0007"
DESK = "Bộ phận tiếp nhận và trả kết quả"
COMMITTEE = "Ủy ban nhân dân nơi dùng thử"
OFFICE = "Phòng chuyên môn dùng thử"
TRACKING = "https://vi-du.example/h/dung-thu/"
LONG_PAPERS = [f"Giấy tờ thứ {n} theo quy định của thủ tục này" for n in range(1, 31)]
SHORT_ROW = {
    "stt": 1, "ma": CODE, "ten": "Đăng ký hộ kinh doanh", "noi_dung": "Đăng ký hộ kinh doanh",
    "ho_ten": PERSON, "dia_chi": VILLAGE, "ket_qua": "15/GCN", "so_bo": "01", "code": CODE,
    "title": TITLE, "applicant": NAME, "due": "03/05/2018",
}  # fmt: skip
LONG_ROW = {
    **SHORT_ROW, "ten": TITLE, "noi_dung": TITLE, "ho_ten": NAME, "dia_chi": ADDRESS,
    "don_vi": "Một cửa", "ngay_nhan": "16/04/2018", "nhan": "16/04/2018",
}  # fmt: skip
