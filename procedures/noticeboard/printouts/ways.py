"""Tờ rơi of the ways to file: online, and by post."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db.models import Q
from django.urls import reverse

from procedures.catalogue import Channel, OnlineLevel, ProcedureVersion
from procedures.noticeboard.printouts.letterhead import main_committee
from procedures.noticeboard.printouts.panels import (
    NOT_YET,
    Leaflet,
    ask,
    cover,
    filled,
    named,
    only_here,
)

ONLINE = ["3", "4", "partial", "full"]


def of_online(day: date) -> Leaflet:
    """Return the leaflet of filing online. Levels: NĐ 43/2011/NĐ-CP; later names as rows say."""
    levels = OnlineLevel.objects.filter(value__in=ONLINE).filter(
        Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day
    )
    online = ProcedureVersion.objects.filter(online_levels__in=levels)
    versions = filled(only_here(online, day), day)
    address = f"{reverse('procedures:list')}?muc-do=3"
    committee = main_committee(day)
    website = committee.website if committee else ""
    return {
        **cover("Nộp hồ sơ trực tuyến mức độ 3", "Ở nhà cũng nộp được", address, day),
        "inside": [
            {
                "head": "Mức độ 3 là gì?",
                "text": "Bà con điền tờ khai và gửi hồ sơ qua mạng. Nộp tiền (nếu có) và nhận kết "
                "quả tại cơ quan. Mức độ 4 thì nộp tiền và nhận kết quả qua mạng hoặc bưu chính.",
            },
            {
                "head": "Làm thế nào?",
                "items": [
                    "Tìm thủ tục bằng mã ở bìa, xem cần giấy tờ gì.",
                    f"Vào trang nộp hồ sơ: {website or NOT_YET}.",
                    "Điền tờ khai, gửi kèm bản chụp giấy tờ.",
                    "Giữ mã hồ sơ để xem hồ sơ đang ở đâu.",
                    "Đến bộ phận một cửa nộp tiền (nếu có) và nhận kết quả.",
                ],
                "style": "steps",
            },
            named("Thủ tục nộp được qua mạng", versions),
        ],
        "back": [
            ask(day),
            {
                "head": "Không quen dùng mạng?",
                "text": "Bà con vẫn nộp trực tiếp được ở bộ phận một cửa.",
            },
        ],
    }


def of_postal(day: date) -> Leaflet:
    """Return the leaflet of the postal service. Source: QĐ 45/2016/QĐ-TTg of 19/10/2016."""
    posted = ProcedureVersion.objects.filter(cases__channels__channel=Channel.POST)
    versions = filled(only_here(posted, day), day)
    return {
        **cover(
            "Gửi hồ sơ, nhận kết quả qua bưu chính",
            "Quyết định 45/2016/QĐ-TTg",
            reverse("procedures:list"),
            day,
        ),
        "inside": [
            {
                "head": "Có ba dịch vụ, bà con chọn một",
                "items": ["Gửi hồ sơ.", "Nhận kết quả.", "Cả gửi hồ sơ và nhận kết quả."],
                "style": "plain",
            },
            {
                "head": "Làm thế nào?",
                "items": [
                    "Chuẩn bị đủ giấy tờ như khi nộp trực tiếp.",
                    "Mang đến bưu điện. Nhân viên bưu chính kiểm tra theo danh sách giấy tờ.",
                    "Hai bên ký phiếu gửi, hồ sơ được niêm phong.",
                    "Phí, lệ phí nộp qua nhân viên bưu chính thì nhận biên lai.",
                    "Nhận kết quả tại nơi đã đăng ký, hoặc tại bộ phận một cửa.",
                ],
                "style": "steps",
            },
            {
                "head": "Tiền gửi bưu chính",
                "text": "Trả trực tiếp hoặc chuyển khoản. Mức giá: hỏi bưu điện nơi gửi.",
            },
            named("Thủ tục ghi rõ có thể nộp qua bưu chính", versions),
        ],
        "back": [
            ask(day),
            {
                "head": "Căn cứ",
                "text": "Quyết định 45/2016/QĐ-TTg ngày 19/10/2016 của Thủ tướng Chính phủ, "
                "có hiệu lực từ 16/12/2016.",
            },
        ],
    }


THEMES: dict[str, Callable[[date], Leaflet]] = {"truc-tuyen": of_online, "buu-chinh": of_postal}
