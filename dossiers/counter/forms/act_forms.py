"""Which form asks what an act needs beyond the press of its button, and at which address."""

from __future__ import annotations

from dossiers.counter.forms import (
    ending_forms,
    front_forms,
    mending_forms,
    waiting_forms,
    work_forms,
)
from dossiers.counter.forms.act_base import ActForm

ACT_FORMS: dict[str, tuple[str, type[ActForm]]] = {
    # the word in the address: the act and its form
    "tiep-nhan": ("accept", front_forms.AcceptForm),
    "huong-dan": ("guide", front_forms.GuideForm),
    "khong-tiep-nhan": ("decline", front_forms.DeclineForm),
    "chuyen": ("hand_over", work_forms.HandOverForm),
    "phan-cong": ("assign", work_forms.AssignForm),
    "bo-sung": ("request_supplement", waiting_forms.RequestSupplementForm),
    "nhan-bo-sung": ("receive_supplement", waiting_forms.ReceiveSupplementForm),
    "nghia-vu": ("request_payment", waiting_forms.RequestPaymentForm),
    "da-nop-tien": ("confirm_payment", waiting_forms.ConfirmPaymentForm),
    "hoi-y-kien": ("ask_partner", waiting_forms.AskPartnerForm),
    "nhan-y-kien": ("receive_partner", waiting_forms.ReceivePartnerForm),
    "trinh-ky": ("propose", work_forms.ProposeForm),
    "ky": ("sign", work_forms.SignForm),
    "tra-lai-trinh": ("send_back", work_forms.SendBackForm),
    "ket-qua": ("finish", work_forms.FinishForm),
    "tu-choi": ("refuse", ending_forms.RefuseForm),
    "noi-de": ("shelve", work_forms.ShelveForm),
    "tra": ("return_result", work_forms.ReturnForm),
    "rut": ("withdraw", ending_forms.WithdrawForm),
    "dung": ("stop", ending_forms.StopForm),
    "xin-loi": ("apologise", mending_forms.ApologiseForm),
    "sua-thu-tuc": ("reclassify", mending_forms.ReclassifyForm),
    "co-quan-ke-thua": ("transfer", mending_forms.TransferForm),
    "mo-lai": ("reopen", ending_forms.ReopenForm),
}


def act_slug(name: str) -> str:
    """Return the word in the address of an act's page, "" for an act without a page."""
    return next((slug for slug, (act, _) in ACT_FORMS.items() if act == name), "")
