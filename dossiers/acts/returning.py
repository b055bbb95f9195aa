"""Trả kết quả: the result leaves the shelf, once, into known hands."""

from __future__ import annotations

from dataclasses import dataclass

from dossiers.acts.actors import ActRefused, Hand
from dossiers.acts.binding import step
from dossiers.acts.who_and_when import Chapter
from dossiers.declaring import ACTS, Act, Sentence
from dossiers.models import Delivery, Dossier, FormKind, State
from dossiers.papers.facts import ReturnFacts
from procedures.offices.rights import Right


@dataclass(frozen=True)
class Collector:
    """Who took the result: name, how the officer knew them, and on whose behalf."""

    name: str
    identity_seen: str = ""
    on_behalf: str = ""
    phone: str = ""
    postal_number: str = ""


ACTS.declare(
    Act(
        "shelve",
        "Nơi để kết quả",
        Chapter.RESULT,
        told=Sentence("Để kết quả ở {place}"),
        public=Sentence("Kết quả để sẵn ở nơi trả"),
        sources={State.FINISHED},
        right=Right.GIVE_BACK,
        slug="noi-de",
        form="work_forms.ShelveForm",
    )
)


def shelve(dossier_id: int, hand: Hand, *, place: str) -> Dossier:
    """Nơi để kết quả: so that whoever stands at the return desk finds it at once."""
    if not place.strip():
        raise ActRefused("Ghi nơi để kết quả, ví dụ “tủ 2, ngăn H”.", "place")
    with step("shelve", dossier_id, hand) as current:
        current.dossier.shelf = current.data["place"] = place.strip()
    return current.dossier


ACTS.declare(
    Act(
        "return_result",
        "Trả kết quả",
        Chapter.RESULT,
        told=Sentence(
            "Trả kết quả",
            " cho {collector[name]}",
            ", đã xem {collector[identity_seen]}",
            ", nhận thay {collector[on_behalf]}",
            ", bưu gửi {collector[postal_number]}",
        ),
        public=Sentence("Đã trả kết quả"),
        sources={State.FINISHED},
        target=State.RETURNED,
        right=Right.GIVE_BACK,
        paper=FormKind.RETURN_SLIP,
        slug="tra",
        form="work_forms.ReturnForm",
        primary=True,
    )
)


def return_result(dossier_id: int, hand: Hand, *, collector: Collector, note: str = "") -> Dossier:
    """Trả kết quả, with a return slip. A result already handed over is refused by its state."""
    with step("return_result", dossier_id, hand, note=note) as current:
        dossier = current.dossier
        if dossier.delivery == Delivery.POST and not collector.postal_number:
            raise ActRefused("Gửi qua bưu chính thì ghi số hiệu bưu gửi.", "postal_number")
        if not collector.name.strip():
            raise ActRefused("Ghi họ tên người nhận kết quả.", "name")
        dossier.returned_at, dossier.shelf = current.at, ""
        dossier.legs.filter(ended_at=None).update(ended_at=current.at)
        current.data["collector"] = vars(collector)
        result = dossier.result
        current.facts = ReturnFacts(
            taker=collector.name,
            phone=collector.phone,
            identity_seen=collector.identity_seen,
            on_behalf=collector.on_behalf,
            postal_number=collector.postal_number,
            outcome=dossier.get_outcome_display(),
            number=result.get("number", ""),
            summary=result.get("summary") or dossier.version.title,
            signer=result.get("signer", ""),
        )
    return current.dossier
