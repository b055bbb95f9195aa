"""Giải quyết: the dossier goes from hand to hand until there is a result."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from dossiers.acts.step import ActRefused, Hand, Step, step
from dossiers.models import Dossier, Outcome
from procedures.models import Agency, AgencyKind, Officer


def hand_over(
    dossier_id: int, hand: Hand, *, to: Agency, officer: Officer | None = None, note: str = ""
) -> Dossier:
    """Chuyển hồ sơ: close the leg here, open one at ``to``: a line of the control sheet.

    Source: TT 01/2018/TT-VPCP, Mẫu 05.
    """
    with step("hand_over", dossier_id, hand, note=note) as current:
        dossier = current.dossier
        if to.pk == dossier.holder_id and officer == dossier.holder_officer:
            raise ActRefused(f"Hồ sơ {dossier} đang ở {to.short_name} rồi.", "to")
        if to.kind == AgencyKind.DESK and to.pk != dossier.desk_id:
            raise ActRefused("Hồ sơ chỉ quay về bộ phận một cửa đã tiếp nhận nó.", "to")
        current.data["to"] = to.short_name
        current.move_to(to.pk, officer)
    return current.dossier


@dataclass(frozen=True)
class ResultDocument:
    """Văn bản kết quả: what the citizen will get. ``number`` and ``signer`` as printed on it."""

    number: str
    issued_on: date
    signer: str
    summary: str = ""
    outcome: str = Outcome.GRANTED

    def as_json(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "issued_on": self.issued_on.isoformat(),
            "signer": self.signer,
            "summary": self.summary,
        }


def finish(dossier_id: int, hand: Hand, *, result: ResultDocument, note: str = "") -> Dossier:
    """Ghi kết quả: the office is done; the result goes to the desk's shelf. Lateness stops here."""
    with step("finish", dossier_id, hand, note=note) as current:
        close_with_result(current, result)
    return current.dossier


def close_with_result(current: Step, result: ResultDocument) -> None:
    if not result.number or not result.signer:
        raise ActRefused("Kết quả cần số văn bản và người ký.", "number")
    dossier = current.dossier
    dossier.outcome, dossier.result = result.outcome, result.as_json()
    dossier.finished_at, dossier.closed_at = current.at, current.hand.now
    current.data["result"] = dossier.result
    if dossier.holder_id != dossier.desk_id:
        current.move_to(dossier.desk_id, None)
