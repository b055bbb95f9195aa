"""One paper of every kind, issued by the acts that people really do, with everything filled in."""

from __future__ import annotations

from dossiers import acts
from dossiers.models import CollectedFee, Dossier, FormKind, HandedPaper, Paper, Party
from dossiers.papers import issuing, lists
from dossiers.papers.kinds import ON_DEMAND
from dossiers.papers.matter import Issuer
from procedures.offices import Hotline, Officer
from tests.dossiers.doing import ADVICE, RESULT, WHY, make_guided
from tests.factories import MONDAY, District, local, make_dossier, make_hand, make_procedure

REGISTER_IS_NO_PAPER = {FormKind.REGISTER}  # a volume is drawn from the books, frozen nowhere
TUESDAY, LATER, LAST = local(2018, 4, 17, 14, 30), local(2018, 5, 2, 8), local(2018, 5, 7, 15, 5)


def papers_of_each_kind(district: District) -> dict[str, Paper]:
    """Return a paper per kind; the register is none."""
    Hotline.objects.create(
        agency=district.committee, phone="0258 000 0000", valid_from=MONDAY.date()
    )
    made = [*_one_whole_life(district), *_other_ends(district), *_lists(district)]
    return {paper.kind: paper for paper in made}


def _one_whole_life(district: District) -> list[Paper]:
    """Received for another, asked for papers and money, late with an apology, returned."""
    dossier = _received(district)
    desk, office = district.receiver, district.specialist
    pk = dossier.pk
    acts.hand_over(pk, make_hand(desk, MONDAY), to=district.office)
    acts.request_supplement(pk, make_hand(office, TUESDAY), advice=ADVICE)
    acts.receive_supplement(pk, make_hand(desk, LATER), note="Đủ")
    acts.request_payment(pk, make_hand(office, LATER), amount=1_250_000, reason="Lệ phí trước bạ")
    acts.confirm_payment(pk, make_hand(desk, LATER), document="BL 15")
    acts.ask_partner(pk, make_hand(office, LATER), whom="Công an huyện", days=3)
    acts.receive_partner(pk, make_hand(office, LATER), note="CV 15: đồng ý")
    acts.apologise(pk, make_hand(district.head, LATER), reason=WHY, days=3)
    acts.finish(pk, make_hand(office, LAST), result=RESULT)
    taker = acts.Collector("Mấu Thị Hoa", "căn cước 056190000123", "Cao Văn Bảy", "0912 345 678")
    acts.return_result(pk, make_hand(district.returner, LAST), collector=taker)
    by = _hand(desk)
    for kind in ON_DEMAND:
        issuing.issue_on_demand(kind, Dossier.objects.get(pk=pk), by)
    return list(dossier.papers.all())


def _received(district: District) -> Dossier:
    version = make_procedure(district.desk, district.office)
    dossier = make_dossier(
        district,
        version,
        owner=Party(
            name="Mấu Thị Hoa",
            identity_number="056190000123",
            phone="0912345678",
            email="hoa@vi-du.example",
            address="thôn Dốc Trầu, xã Ba Cụm Bắc",
        ),
        submitter=Party(name="Cao Văn Bảy", phone="0987654321", relation="em trai"),
        papers=[
            HandedPaper(name="Giấy đề nghị đăng ký", originals=1, photocopies=2, order=0),
            HandedPaper(name="Căn cước", certified=1, order=1),
        ],
        note="Người nộp hẹn bổ sung ảnh",
    )
    for kind, name, amount in [("phi", "Phí thẩm định", 150_000), ("le_phi", "Lệ phí", 50_000)]:
        CollectedFee.objects.create(
            dossier=dossier,
            kind=kind,
            name=name,
            amount=amount,
            receipt_number="BL 07",
            paid_at=MONDAY,
            collector=district.receiver,
        )
    return dossier


def _other_ends(district: District) -> list[Paper]:
    guided = make_guided(district)
    withdrawn, stopped, refused = (make_dossier(district) for _ in range(3))
    acts.withdraw(withdrawn.pk, make_hand(district.receiver), request="Đơn ngày 16/4 của bà Hoa")
    for dossier in (stopped, refused):
        acts.hand_over(dossier.pk, make_hand(district.receiver), to=district.office)
    acts.stop(stopped.pk, make_hand(district.head), advice=ADVICE)
    acts.refuse(refused.pk, make_hand(district.specialist), advice=ADVICE, document=RESULT)
    return [dossier.papers.last() for dossier in (guided, withdrawn, stopped, refused)]


def _lists(district: District) -> list[Paper]:
    posted = make_dossier(district, delivery="post", delivery_address="thôn Tà Nỉa")
    acts.finish(posted.pk, make_hand(district.receiver), result=RESULT)
    by, desk, office = _hand(district.receiver), district.desk, district.office
    return [
        lists.issue(FormKind.HANDOVER_SHEET, desk, office, MONDAY.date(), by),
        lists.issue(FormKind.RESULT_HANDOVER, desk, office, LAST.date(), by),
        lists.issue(FormKind.POST_LIST, desk, None, MONDAY.date(), by),
    ]


def _hand(officer: Officer) -> Issuer:
    return Issuer(officer, officer.posts_on(MONDAY.date())[0], LAST)
