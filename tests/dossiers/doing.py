"""How to do each act in a test, with everything it needs."""

from __future__ import annotations

from datetime import date

from dossiers import acts
from dossiers.models import Dossier, State
from procedures.offices import Agency, Officer, Succession
from tests.factories import (
    MONDAY,
    District,
    make_dossier,
    make_hand,
    make_intake,
    make_officer,
    make_procedure,
)

RESULT = acts.ResultDocument("15/GCN-HKD", MONDAY.date(), "Nguyễn Văn Lãnh")
WHY = "Giấy tờ chưa khớp với bản chính đã xuất trình."
ADVICE = acts.Advice(WHY, ["Bản sao căn cước"], "thieu-giay-to")


def do(act: str, dossier: Dossier, officer: Officer, district: District, now=MONDAY) -> Dossier:
    """Do one act on a dossier that exists."""
    hand, pk = make_hand(officer, now), dossier.pk
    other = district.other_office if dossier.holder_id == district.office.pk else district.office
    calls = {
        "accept": lambda: acts.accept_registered(pk, hand),
        "guide": lambda: acts.guide(pk, hand, advice=ADVICE),
        "decline": lambda: acts.decline(pk, hand, advice=ADVICE),
        "hand_over": lambda: acts.hand_over(pk, hand, to=other),
        "assign": lambda: acts.assign(pk, hand, officer=_colleague(dossier)),
        "request_supplement": lambda: acts.request_supplement(pk, hand, advice=ADVICE),
        "receive_supplement": lambda: acts.receive_supplement(pk, hand, note="Đủ"),
        "request_payment": lambda: acts.request_payment(pk, hand, amount=150000, reason="Lệ phí"),
        "confirm_payment": lambda: acts.confirm_payment(pk, hand, document="BL 15"),
        "ask_partner": lambda: acts.ask_partner(pk, hand, whom="Công an huyện", days=3),
        "receive_partner": lambda: acts.receive_partner(pk, hand, note="CV 15: đồng ý"),
        "propose": lambda: acts.propose(pk, hand, draft="Dự thảo giấy chứng nhận"),
        "sign": lambda: acts.sign(pk, hand),
        "send_back": lambda: acts.send_back(pk, hand, note="Sai tên"),
        "finish": lambda: acts.finish(pk, hand, result=RESULT),
        "refuse": lambda: acts.refuse(pk, hand, advice=ADVICE, document=RESULT),
        "shelve": lambda: acts.shelve(pk, hand, place="tủ 2"),
        "return_result": lambda: acts.return_result(
            pk, hand, collector=acts.Collector("Mấu Thị Hoa")
        ),
        "withdraw": lambda: acts.withdraw(pk, hand, request="Đơn ngày 16/4 của bà Hoa"),
        "stop": lambda: acts.stop(pk, hand, advice=ADVICE),
        "apologise": lambda: acts.apologise(pk, hand, reason=WHY, days=3),
        "reclassify": lambda: acts.reclassify(pk, hand, case=_other_case(district), reason=WHY),
        "transfer": lambda: acts.transfer(pk, hand, to=_heir(district)),
        "reopen": lambda: acts.reopen(pk, hand, reason=WHY),
    }
    return calls[act]()


def make_guided(district: District, now=MONDAY) -> Dossier:
    return acts.guide_visitor(make_intake(district), make_hand(district.receiver, now), ADVICE)


def dossier_in(state: State, district: District) -> Dossier:
    """A dossier put into a state from outside, as if its acts had been done."""
    before = {State.SUBMITTED, State.GUIDED, State.DECLINED}
    dossier = make_guided(district) if state in before else make_dossier(district)
    waiting = state in {State.AWAITING_SUPPLEMENT, State.AWAITING_PAYMENT}
    Dossier.objects.filter(pk=dossier.pk).update(
        state=state,
        finished_at=MONDAY,
        returned_at=MONDAY,
        standing=waiting,
        resume_state=State.IN_PROGRESS if waiting else "",
    )
    return Dossier.objects.get(pk=dossier.pk)


def make_everybody(district: District) -> Officer:
    """An officer with every role everywhere: what is refused is refused by the state."""
    officer = make_officer(district.desk, *list_of_roles())
    for agency in (district.office, district.other_office, district.committee):
        post = officer.posts.create(agency=agency, title="Chuyên viên")
        post.groups.set(officer.posts.first().groups.all())
    return officer


def list_of_roles():
    from procedures.offices import Role

    return list(Role)


def _colleague(dossier: Dossier) -> Officer:
    return make_officer(Agency.objects.get(pk=dossier.holder_id))


def _other_case(district: District):
    return make_procedure(district.desk, title="Thủ tục đúng", number=5).cases.get()


def _heir(district: District) -> Agency:
    Succession.objects.get_or_create(
        old=district.desk, new=district.commune_desk, on=date(2018, 1, 1), basis="NQ"
    )
    return district.commune_desk
