"""A few invented letters to the office, plainly marked, each at another point of its life."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction

from dossiers.acts.engine import Citizen, Hand
from dossiers.declaring import Assurance
from feedback import acts
from feedback.kinds import load_kinds
from feedback.models import CaseKind, Finding
from khanhson_portal.demo.accounts import MARK
from procedures.offices import Agency, Officer

SENDER = Citizen(Assurance.HOLDS_THE_CODE)
DAYS = 10  # working days the demo district gives itself; the real ones are the office's to enter
LETTERS = [
    ("hoi-dap", "Chứng thực bản sao cần mang gì", "Tôi muốn chứng thực bản sao thì mang bản nào?"),
    ("gop-y", "Ghế chờ ở một cửa còn thiếu", "Ngày phiên đông người, ghế chờ không đủ chỗ ngồi."),
    (
        "hoi-dap",
        "Nộp thay người nhà được không",
        "Mẹ tôi đi lại khó, tôi nộp hồ sơ thay được không?",
    ),
    ("khen", "Cán bộ hướng dẫn tận tình", "Cán bộ ở quầy nói chậm, dễ hiểu, tôi rất mừng."),
    ("thai-do", "Bị hẹn đi hẹn lại", "Tôi đến ba lần mà lần nào cũng được bảo hôm khác quay lại."),
    ("gop-y", "Nên có bảng chỉ đường đến quầy", "Bà con lần đầu đến không biết quầy nào."),
]
ANSWERS = [
    "Ông/bà mang bản chính và bản cần chứng thực; một cửa đối chiếu và trả ngay trong ngày.",
    "Một cửa đã kê thêm ghế chờ ở hành lang trong ngày phiên. Cảm ơn ông/bà đã nhắc.",
    "Được. Người nộp thay mang giấy ủy quyền; cha, mẹ, vợ, chồng, con thì hỏi cán bộ ở quầy.",
]


@transaction.atomic
def make_voices(now: datetime) -> int:
    """Receive the letters over the last weeks; three are answered, and shown to everybody."""
    load_kinds()
    CaseKind.objects.filter(working_days=None).update(working_days=DAYS)
    desk = Agency.objects.get(slug="mot-cua-huyen")
    kinds = {kind.slug: kind for kind in CaseKind.objects.all()}
    controller = Officer.objects.get(username="kiemsoat")
    leader = Officer.objects.get(username="lanhdao")
    for number, (slug, title, text) in enumerate(LETTERS):
        at = now - timedelta(days=30 - 5 * number)
        case = acts.receive(
            acts.Letter(
                kind=kinds[slug],
                agency=desk,
                title=f"{title} {MARK}",
                text=f"{text} {MARK}",
                consents=slug != "thai-do",
                is_demo=True,
            ),
            Hand(SENDER, at, uuid4()),
        )
        if number < len(ANSWERS):
            later = at + timedelta(days=2)
            acts.draft_answer(
                case.pk, _hand(controller, later), answer=ANSWERS[number], finding=_finding(slug)
            )
            acts.approve(case.pk, _hand(leader, later + timedelta(hours=2)))
            acts.publish(
                case.pk,
                _hand(controller, later + timedelta(hours=3)),
                title=f"{title} {MARK}",
                text=f"{text} {MARK}",
                answer=ANSWERS[number],
            )
    return len(LETTERS)


def _hand(officer: Officer, at: datetime) -> Hand:
    return Hand(officer, at, uuid4())


def _finding(slug: str) -> str:
    return Finding.FOUNDED.value if slug == "gop-y" else ""
