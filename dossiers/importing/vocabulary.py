"""Words of other systems for states, channels and ways of delivery, and what they are here."""

from __future__ import annotations

from dossiers.models import Delivery, State
from khanhson_portal.ground.text import search_key
from procedures.catalogue import Channel

_STATES: dict[State, list[str]] = {
    State.ACCEPTED: ["Được tiếp nhận", "Đã tiếp nhận", "Mới tiếp nhận", "Tiếp nhận", "2"],
    State.IN_PROGRESS: [
        "Đang xử lý", "Đang giải quyết", "Đang thụ lý", "Đang thẩm định", "Chờ ký", "Trình ký",
        "Đang phối hợp", "Chờ phối hợp", "Chờ cơ quan phối hợp", "Chưa giải quyết", "Quá hạn",
        "Đang xử lý quá hạn", "Đang xử lý trong hạn", "Trễ hạn", "Trong hạn", "4",
    ],
    State.AWAITING_SUPPLEMENT: [
        "Chờ bổ sung", "Yêu cầu bổ sung", "Yêu cầu bổ sung giấy tờ", "Đang bổ sung",
        "Chờ bổ sung hồ sơ", "Tạm dừng chờ bổ sung", "5",
    ],
    State.AWAITING_PAYMENT: [
        "Chờ nghĩa vụ tài chính", "Yêu cầu thực hiện nghĩa vụ tài chính",
        "Chờ thực hiện nghĩa vụ tài chính", "6",
    ],
    State.FINISHED: [
        "Đã xử lý xong", "Xử lý xong", "Đã có kết quả", "Chờ trả kết quả", "Chờ trả",
        "Đã giải quyết", "Đã giải quyết chờ trả", "9",
    ],
}  # fmt: skip
_ELSEWHERE = [
    "Mới đăng ký", "Chờ tiếp nhận", "Không được tiếp nhận", "Từ chối tiếp nhận", "Đã trả kết quả",
    "Đã trả", "Công dân yêu cầu rút hồ sơ", "Công dân rút hồ sơ", "Đã rút", "Dừng xử lý",
    "Dừng giải quyết", "Đã hủy", "1", "3", "7", "8", "10",
]  # fmt: skip

STATES = {search_key(word): state for state, words in _STATES.items() for word in words}
ELSEWHERE = {search_key(word) for word in _ELSEWHERE}  # not running: nothing to carry over
STATE_WORDS = [word for words in _STATES.values() for word in words if not word.isdigit()]


def channel(typed: str) -> str | None:
    """Return the channel a word means, None for a word that is not known; silence is direct."""
    key = search_key(typed)
    if any(word in key for word in ("truc tuyen", "qua mang", "dich vu cong", "online")):
        return Channel.ONLINE
    if "buu" in key or "bcci" in key:
        return Channel.POST
    return Channel.DIRECT if not key or "truc tiep" in key or "tai" in key.split() else None


def delivery(typed: str) -> str:
    key = search_key(typed)
    if "buu" in key or "bcci" in key:
        return Delivery.POST
    return Delivery.ONLINE if "dien tu" in key or "truc tuyen" in key else Delivery.COUNTER
