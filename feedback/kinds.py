"""Các loại phản ánh that a portal begins with; the office mends them in the admin.

No deadline is written here: the one of the law was not at hand, so the office enters it with its
basis, and until then the page says so.
"""

from __future__ import annotations

from typing import Any

from feedback.models import CaseKind

RULES = "Nghị định 20/2008/NĐ-CP, sửa đổi bởi 48/2013 và 92/2017; Thông tư 02/2017/TT-VPCP"
HEADS = "Người đứng đầu cơ quan bị phản ánh và cán bộ kiểm soát thủ tục; không ai khác."
HANDLERS = "Cán bộ xử lý và người duyệt câu trả lời; trang công khai không có tên."
KINDS: list[dict[str, Any]] = [
    {
        "slug": "thai-do",
        "name": "Thái độ, cách phục vụ của cán bộ",
        "explains": "Bị hách dịch, gây khó, đòi thêm giấy tờ, đòi tiền; phục vụ chưa tốt.",
        "private": True,
        "readers": HEADS,
    },
    {
        "slug": "quy-dinh",
        "name": "Quy định, thủ tục chưa hợp lý",
        "explains": "Quy định không hợp thực tế, chồng chéo; chậm trễ khi thực hiện quy định.",
        "anonymous": False,
        "readers": HANDLERS,
        "basis": RULES,
    },
    {
        "slug": "hoi-dap",
        "name": "Hỏi về thủ tục, hồ sơ",
        "explains": "Chưa rõ cần giấy tờ gì, nộp ở đâu, bao giờ có.",
        "readers": HANDLERS,
    },
    {
        "slug": "gop-y",
        "name": "Góp ý, sáng kiến",
        "explains": "Cách làm nào tốt hơn, nơi tiếp dân thiếu gì.",
        "readers": HANDLERS,
    },
    {
        "slug": "khen",
        "name": "Lời khen",
        "explains": "Cán bộ, cách làm đáng khen.",
        "readers": HANDLERS,
    },
]


def load_kinds() -> int:
    """Add the kinds that are missing; return how many."""
    added = 0
    for order, row in enumerate(KINDS):
        _, new = CaseKind.objects.get_or_create(slug=row["slug"], defaults={**row, "order": order})
        added += new
    return added
