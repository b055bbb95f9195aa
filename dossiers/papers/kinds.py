"""What is particular to each kind of paper; a kind in ``FormKind`` and its line here are a form.

What the paper says and looks like is its form's, in ``dossiers/data/forms`` and in the database.
"""

from __future__ import annotations

from dataclasses import dataclass

from dossiers.models import FormKind
from dossiers.papers import facts
from dossiers.papers.facts import Facts


@dataclass(frozen=True)
class PaperKind:
    """``facts``: what its act tells. ``must_ask``: the fields without which a form is no such form.

    ``letter``: under the head and the hand of whoever answers for it, not of the desk.
    ``on_demand``: an officer may issue it at any time, no act does.
    """

    facts: type[Facts] = Facts
    must_ask: frozenset[str] = frozenset()
    letter: bool = False
    on_demand: bool = False


def _asking(*names: str) -> frozenset[str]:
    return frozenset(names)


KINDS: dict[FormKind, PaperKind] = {
    FormKind.RECEIPT: PaperKind(
        must_ask=_asking("chu_ho_so", "noi_dung", "nhan_luc", "hen_tra_luc", "giay_to")
    ),
    FormKind.GROUP_RECEIPT: PaperKind(on_demand=True),
    FormKind.CERTIFICATION_RECEIPT: PaperKind(must_ask=_asking("ban_chung_thuc"), on_demand=True),
    FormKind.ROLL_RECEIPT: PaperKind(
        must_ask=_asking("chu_ho_so", "noi_dung", "nhan_luc", "hen_tra_luc"), on_demand=True
    ),
    FormKind.GUIDANCE: PaperKind(
        facts.AdviceFacts, must_ask=_asking("noi_dung", "ly_do", "giay_to_thieu")
    ),
    FormKind.SUPPLEMENT: PaperKind(
        facts.SupplementFacts, must_ask=_asking("noi_dung", "ly_do", "giay_to_thieu")
    ),
    FormKind.REFUSAL: PaperKind(facts.AdviceFacts, must_ask=_asking("noi_dung", "ly_do")),
    FormKind.APOLOGY: PaperKind(
        facts.ApologyFacts,
        must_ask=_asking("ma_ho_so", "ly_do", "hen_cu", "hen_lai", "chuc_vu_ky"),
        letter=True,
    ),
    FormKind.STOP: PaperKind(
        facts.AdviceFacts, must_ask=_asking("ma_ho_so", "ly_do", "chuc_vu_ky"), letter=True
    ),
    FormKind.PAYMENT_NOTICE: PaperKind(
        facts.PaymentFacts, must_ask=_asking("ly_do", "tong_tien", "bang_chu")
    ),
    FormKind.WITHDRAWAL: PaperKind(facts.WithdrawalFacts),
    FormKind.CONTROL_SHEET: PaperKind(must_ask=_asking("chang"), on_demand=True),
    FormKind.RETURN_SLIP: PaperKind(
        facts.ReturnFacts, must_ask=_asking("chu_ho_so", "nguoi_nhan", "luc")
    ),
    FormKind.FEE_RECEIPT: PaperKind(
        facts.FeeFacts, must_ask=_asking("khoan_thu", "tong_tien", "bang_chu"), on_demand=True
    ),
    FormKind.HANDOVER_SHEET: PaperKind(facts.ListFacts),
    FormKind.HANDOVER_RECORD: PaperKind(on_demand=True),
    FormKind.RESULT_HANDOVER: PaperKind(facts.ListFacts),
    FormKind.POST_LIST: PaperKind(facts.ListFacts),
    FormKind.REGISTER: PaperKind(must_ask=_asking("so_theo_doi")),
    FormKind.PROGRESS: PaperKind(on_demand=True),
    FormKind.EVALUATION: PaperKind(on_demand=True),
}

ON_DEMAND = [kind for kind, about in KINDS.items() if about.on_demand]
LISTS = [kind for kind, about in KINDS.items() if about.facts is facts.ListFacts]
ABOUT_ONE_DOSSIER = frozenset(KINDS) - {*LISTS, FormKind.REGISTER}


def told_by(*types: type[Facts]) -> frozenset[FormKind]:
    """Return the kinds of paper whose act tells facts of one of these types."""
    return frozenset(kind for kind, about in KINDS.items() if issubclass(about.facts, types))
