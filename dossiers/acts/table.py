"""Bảng các việc: every act on a dossier, who may do it, from and into which states, its paper.

This table is the whole rule. Buttons, refusals, tests and the README are read from it; the
functions beside it only say what else an act writes.
Sources: QĐ 09/2015/QĐ-TTg, QĐ 14/2015/QĐ-UBND, TT 01/2018/TT-VPCP.
"""

from __future__ import annotations

from dataclasses import dataclass

from dossiers.models import FormKind, State
from procedures.models import Role

AT_DESK = {Role.RECEPTION, Role.DESK_HEAD}
AT_RETURN = {Role.RETURN, Role.RECEPTION, Role.DESK_HEAD}
AT_OFFICE = {Role.SPECIALIST, Role.HEAD}
IN_CHARGE = {Role.CONTROLLER, Role.ADMINISTRATOR}


@dataclass(frozen=True)
class Act:
    """``label`` is the button. ``target`` None leaves the state as it is.

    ``roles`` count at the dossier's desk, or ``by_holder`` at the agency that holds it now; a
    leader's or controller's at the committee above (see ``dossiers.acts.rights``).
    """

    label: str
    sources: frozenset[State]
    target: State | None
    roles: frozenset[Role]
    paper: FormKind | None = None
    by_holder: bool = False
    primary: bool = False


def _act(
    label: str,
    sources: set[State],
    target: State | None,
    roles: set[Role],
    paper: FormKind | None = None,
    *,
    by_holder: bool = False,
    primary: bool = False,
) -> Act:
    return Act(label, frozenset(sources), target, frozenset(roles), paper, by_holder, primary)


NEW: set[State] = set()  # acts that make the dossier have no state to start from

ACTS: dict[str, Act] = {
    "accept": _act("Tiếp nhận hồ sơ", NEW, State.ACCEPTED, AT_DESK, FormKind.RECEIPT, primary=True),
    "hand_over": _act(
        "Chuyển hồ sơ",
        {State.ACCEPTED, State.IN_PROGRESS},
        State.IN_PROGRESS,
        AT_DESK | AT_OFFICE | {Role.CLERK, Role.LEADER},
        by_holder=True,
        primary=True,
    ),
    "finish": _act(
        "Ghi kết quả",
        {State.ACCEPTED, State.IN_PROGRESS},
        State.FINISHED,
        AT_DESK | AT_OFFICE | {Role.CLERK},
        by_holder=True,
        primary=True,
    ),
    "return_result": _act(
        "Trả kết quả",
        {State.FINISHED},
        State.RETURNED,
        AT_RETURN,
        FormKind.RETURN_SLIP,
        primary=True,
    ),
    # acts on many dossiers at once, never a button on one: no state to start from
    "import": _act("Chuyển từ hệ thống cũ", NEW, None, IN_CHARGE),
    "recount": _act("Tính lại hạn do thay đổi lịch làm việc", NEW, None, IN_CHARGE),
}
