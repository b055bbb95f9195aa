"""What people are asked on the evaluation slip of one dossier."""

from __future__ import annotations

from typing import Any

from dossiers.models import Dossier

# Those of the nine criteria of TT 01/2018/TT-VPCP that people are asked about: 1, 3, 4 and 7.
CRITERIA: list[dict[str, Any]] = [
    {
        "ten": "Thời gian giải quyết thủ tục so với thời gian hẹn",
        "hai": "Sớm hơn",
        "mot": "Đúng hẹn",
        "khong": "Muộn hơn",
    },
    {
        "ten": "Số lần phải liên hệ với nơi tiếp nhận để hoàn thiện hồ sơ",
        "hai": "Không lần nào",
        "mot": "Một lần",
        "khong": "Hơn một lần",
    },
    {
        "ten": "Số cơ quan, đơn vị, tổ chức phải liên hệ để hoàn thiện hồ sơ",
        "hai": "Không cơ quan nào",
        "mot": "Chỉ bộ phận một cửa",
        "khong": "Hơn một",
    },
    {
        "ten": "Thái độ của cán bộ, công chức, viên chức",
        "hai": "Tốt",
        "mot": "Bình thường",
        "khong": "Chưa tốt",
    },
]


def criteria(dossier: Dossier) -> list[dict[str, Any]]:
    return CRITERIA
