"""What an act told, on its paper: reasons, papers to bring, dates, money, hands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from dossiers.models import Dossier, FormKind
from dossiers.papers.facts import (
    AdviceFacts,
    ApologyFacts,
    FeeFacts,
    ListFacts,
    PaymentFacts,
    ReturnFacts,
    SupplementFacts,
    WithdrawalFacts,
)
from dossiers.papers.matter import Matter
from dossiers.papers.registry.field import FRAME_ONLY, Field, FieldKind, by_hand, of_facts
from dossiers.papers.registry.invented import MOMENT, NAME, OFFICE, REASON, TITLE
from dossiers.papers.wording import SAMPLE
from khanhson_portal.ground import words
from khanhson_portal.ground.moments import local_day
from procedures.catalogue import FeeKind

FEE_RECEIPT = frozenset({FormKind.FEE_RECEIPT})
HANDED_BY_PEN = frozenset({FormKind.HANDOVER_RECORD})


def _sample_mark(matter: Matter) -> str:
    facts, dossier = matter.facts, matter.dossier
    is_demo = facts.is_demo if isinstance(facts, ListFacts) else bool(dossier and dossier.is_demo)
    return SAMPLE if is_demo else ""


def _promise(
    name: str,
    label: str,
    told: Callable[[ApologyFacts], date],
    stored: Callable[[Dossier], datetime | None],
) -> Field:
    """Declare a date of the apology; a dossier that had none before tells its own."""
    return of_facts(
        name,
        label,
        {ApologyFacts: told},
        MOMENT,
        kind=FieldKind.MOMENT,
        otherwise=lambda matter: stored(matter.dossier) if matter.dossier else None,
    )


ADVICE = [
    of_facts(
        "ly_do",
        "lý do",
        {
            AdviceFacts: lambda told: told.reason,
            SupplementFacts: lambda told: told.reason,
            PaymentFacts: lambda told: told.purpose,
            WithdrawalFacts: lambda told: told.request,
            ApologyFacts: lambda told: told.reason,
        },
        "Bản sao đã nộp bị mờ, không đọc được.",
        REASON,
        FieldKind.LINES,
        otherwise=lambda matter: matter.note,
    ),
    of_facts(
        "giay_to_thieu",
        "giấy tờ phải nộp thêm",
        {AdviceFacts: lambda told: told.papers, SupplementFacts: lambda told: told.papers},
        ["Bản sao giấy tờ tùy thân còn hiệu lực"],
        [f"Giấy tờ cần bổ sung thứ {n}" for n in range(1, 6)],
        FieldKind.LIST,
    ),
    of_facts(
        "thoi_gian_bo_sung",
        "nộp bổ sung trước",
        {
            AdviceFacts: lambda told: told.until,
            SupplementFacts: lambda told: local_day(told.until) if told.until else None,
        },
        worst="17 giờ 00 phút, ngày 04 tháng 5 năm 2018",
        kind=FieldKind.DAY,
    ),
    of_facts(
        "lan_thu",
        "yêu cầu bổ sung lần thứ mấy",
        {SupplementFacts: lambda told: told.request},
        worst=1,
        kind=FieldKind.NUMBER,
    ),
    _promise("hen_cu", "lúc đã hẹn trả", lambda told: told.due_at, lambda d: d.due_at),
    _promise("hen_lai", "ngày hẹn lại", lambda told: told.promised_on, lambda d: d.promised_at),
]

MONEY = [
    of_facts(
        "tong_tien",
        "tổng số tiền",
        {PaymentFacts: lambda told: told.amount, FeeFacts: lambda told: told.total},
        200_000,
        kind=FieldKind.MONEY,
    ),
    of_facts(
        "bang_chu",
        "tổng số tiền bằng chữ",
        {
            PaymentFacts: lambda told: words.money_in_words(told.amount),
            FeeFacts: lambda told: words.money_in_words(told.total),
        },
        "Hai trăm nghìn đồng",
    ),
    of_facts(
        "tien_phi",
        "trong đó phí",
        {FeeFacts: lambda told: told.total_of(FeeKind.FEE)},
        150_000,
        kind=FieldKind.MONEY,
    ),
    of_facts(
        "tien_le_phi",
        "trong đó lệ phí",
        {FeeFacts: lambda told: told.total_of(FeeKind.CHARGE)},
        50_000,
        kind=FieldKind.MONEY,
    ),
    of_facts("so_bien_lai", "số biên lai", {FeeFacts: lambda told: told.receipt_number}),
    by_hand("mau_so_bien_lai", "mẫu số biên lai", FEE_RECEIPT),
    by_hand("ky_hieu_bien_lai", "ký hiệu biên lai", FEE_RECEIPT),
    by_hand("ma_so_thue", "mã số thuế của đơn vị thu", FEE_RECEIPT),
    by_hand("hinh_thuc", "hình thức thanh toán", FEE_RECEIPT),
]

HANDS = [
    of_facts("nguoi_nhan", "người nhận kết quả", {ReturnFacts: lambda told: told.taker}, NAME),
    of_facts("nguoi_nhan_dien_thoai", "điện thoại người nhận", {ReturnFacts: lambda t: t.phone}),
    of_facts(
        "nguoi_nhan_giay_to",
        "giấy tờ đã xem của người nhận",
        {ReturnFacts: lambda told: told.identity_seen},
    ),
    of_facts("nhan_thay", "nhận thay cho ai", {ReturnFacts: lambda told: told.on_behalf}),
    of_facts("buu_gui", "số hiệu bưu gửi", {ReturnFacts: lambda told: told.postal_number}),
    of_facts("kq_loai", "loại kết quả", {ReturnFacts: lambda t: t.outcome}, "Đồng ý giải quyết"),
    of_facts("kq_so", "số văn bản kết quả", {ReturnFacts: lambda told: told.number}, "15/GCN"),
    of_facts(
        "kq_trich_yeu",
        "trích yếu kết quả",
        {ReturnFacts: lambda told: told.summary},
        "Giấy chứng nhận đăng ký hộ kinh doanh",
        TITLE,
    ),
    of_facts("kq_nguoi_ky", "người ký kết quả", {ReturnFacts: lambda told: told.signer}),
    of_facts(
        "ben_giao",
        "bên giao",
        {ListFacts: lambda told: told.giver},
        "Bộ phận một cửa dùng thử",
        also=HANDED_BY_PEN,
    ),
    of_facts(
        "ben_nhan",
        "bên nhận",
        {ListFacts: lambda told: told.taker},
        OFFICE,
        also=HANDED_BY_PEN,
    ),
    of_facts(
        "so_luong",
        "số dòng của danh sách",
        {ListFacts: lambda told: f"{len(told.rows):02}"},
        "03",
    ),
]

REST = [
    by_hand("y_kien", "ý kiến của người dân", frozenset({FormKind.EVALUATION})),
    by_hand("yeu_cau", "yêu cầu khác, chỉ có ở mẫu cũ", FRAME_ONLY),
    Field("minh_hoa", "dấu bản minh họa", FieldKind.TEXT, _sample_mark, SAMPLE, forms=FRAME_ONLY),
]
