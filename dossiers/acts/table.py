"""Bảng các việc: every act on a dossier, who may do it, from and into which states, its paper.

This table is the whole rule. Buttons, refusals, tests and the README are read from it; the
functions beside it only say what else an act writes.
Sources: QĐ 09/2015/QĐ-TTg, QĐ 14/2015/QĐ-UBND, TT 01/2018/TT-VPCP, NĐ 61/2018/NĐ-CP.
"""

from __future__ import annotations

from dataclasses import dataclass

from dossiers.models import FormKind, State
from procedures.offices import Role

AT_DESK = {Role.RECEPTION, Role.DESK_HEAD}
AT_RETURN = {Role.RETURN, Role.RECEPTION, Role.DESK_HEAD}
AT_OFFICE = {Role.SPECIALIST, Role.HEAD}
KEEPING = {Role.CONTROLLER, Role.ADMINISTRATOR}
IN_CHARGE = {Role.HEAD, Role.DESK_HEAD, Role.LEADER}

WORKED_ON = {State.ACCEPTED, State.IN_PROGRESS}
WAITING = {State.AWAITING_SUPPLEMENT, State.AWAITING_PAYMENT, State.AWAITING_PARTNER}
RUNNING = WORKED_ON | WAITING
BEFORE_ACCEPTANCE = {State.SUBMITTED, State.GUIDED}
ENDED = {State.FINISHED, State.RETURNED, State.WITHDRAWN, State.STOPPED, State.DECLINED}


@dataclass(frozen=True)
class Act:
    """``label`` is the button. ``target`` None: the act itself says where to, or nowhere.

    ``roles`` of the desk count at the dossier's desk, or with ``by_holder`` only while the desk
    holds it; roles of an office where the dossier is now; those of a leader or controller at the
    committee above (see ``dossiers.acts.rights``). ``grave``: asked twice.
    ``rare``: kept aside.
    """

    label: str
    sources: frozenset[State]
    target: State | None
    roles: frozenset[Role]
    paper: FormKind | None = None
    by_holder: bool = False
    primary: bool = False
    grave: bool = False
    rare: bool = False


def _act(
    label: str,
    sources: set[State],
    target: State | None,
    roles: set[Role],
    paper: FormKind | None = None,
    **flags: bool,
) -> Act:
    return Act(label, frozenset(sources), target, frozenset(roles), paper, **flags)


ACTS: dict[str, Act] = {
    # at the counter; submit, guide, decline and accept also make the dossier they write
    "submit": _act("Ghi nhận hồ sơ gửi đến", set(), State.SUBMITTED, AT_DESK),
    "accept": _act(
        "Tiếp nhận hồ sơ",
        BEFORE_ACCEPTANCE,
        State.ACCEPTED,
        AT_DESK,
        FormKind.RECEIPT,
        primary=True,
    ),
    "guide": _act(
        "Hướng dẫn hoàn thiện",
        BEFORE_ACCEPTANCE,
        State.GUIDED,
        AT_DESK,
        FormKind.GUIDANCE,
    ),
    "decline": _act(
        "Không tiếp nhận",
        BEFORE_ACCEPTANCE,
        State.DECLINED,
        AT_DESK,
        FormKind.REFUSAL,
        grave=True,
    ),
    # from hand to hand
    "hand_over": _act(
        "Chuyển hồ sơ",
        WORKED_ON,
        State.IN_PROGRESS,
        AT_DESK | AT_OFFICE | {Role.CLERK, Role.LEADER},
        by_holder=True,
        primary=True,
    ),
    "assign": _act("Phân công", RUNNING, None, IN_CHARGE, by_holder=True),
    # waiting
    "request_supplement": _act(
        "Yêu cầu bổ sung",
        WORKED_ON,
        State.AWAITING_SUPPLEMENT,
        AT_DESK | AT_OFFICE,
        FormKind.SUPPLEMENT,
        by_holder=True,
    ),
    "receive_supplement": _act(
        "Nhận đủ bổ sung", {State.AWAITING_SUPPLEMENT}, None, AT_DESK, primary=True
    ),
    "request_payment": _act(
        "Báo nghĩa vụ tài chính",
        WORKED_ON,
        State.AWAITING_PAYMENT,
        AT_DESK | AT_OFFICE,
        FormKind.PAYMENT_NOTICE,
        by_holder=True,
    ),
    "confirm_payment": _act(
        "Đã nộp tiền", {State.AWAITING_PAYMENT}, None, AT_DESK | AT_OFFICE, primary=True
    ),
    "ask_partner": _act(
        "Hỏi cơ quan phối hợp",
        {State.IN_PROGRESS},
        State.AWAITING_PARTNER,
        AT_OFFICE,
        by_holder=True,
    ),
    "receive_partner": _act(
        "Nhận ý kiến phối hợp",
        {State.AWAITING_PARTNER},
        State.IN_PROGRESS,
        AT_OFFICE | AT_DESK,
        primary=True,
    ),
    # the result
    "propose": _act("Trình ký", WORKED_ON, None, AT_OFFICE | AT_DESK, by_holder=True),
    "sign": _act("Ký duyệt", WORKED_ON, None, {Role.HEAD, Role.LEADER}),
    "send_back": _act("Trả lại để xem lại", WORKED_ON, None, {Role.HEAD, Role.LEADER}),
    "finish": _act(
        "Ghi kết quả",
        WORKED_ON,
        State.FINISHED,
        AT_DESK | AT_OFFICE | {Role.CLERK},
        by_holder=True,
        primary=True,
    ),
    "refuse": _act(
        "Từ chối giải quyết",
        WORKED_ON,
        State.FINISHED,
        AT_OFFICE | AT_DESK,
        FormKind.REFUSAL,
        by_holder=True,
        grave=True,
    ),
    "shelve": _act("Nơi để kết quả", {State.FINISHED}, None, AT_RETURN),
    "return_result": _act(
        "Trả kết quả",
        {State.FINISHED},
        State.RETURNED,
        AT_RETURN,
        FormKind.RETURN_SLIP,
        primary=True,
    ),
    # ended otherwise
    "withdraw": _act(
        "Rút hồ sơ theo yêu cầu",
        RUNNING | BEFORE_ACCEPTANCE,
        State.WITHDRAWN,
        AT_DESK,
        FormKind.WITHDRAWAL,
        grave=True,
    ),
    "stop": _act("Dừng giải quyết", RUNNING, State.STOPPED, IN_CHARGE, FormKind.STOP, grave=True),
    # mending
    "apologise": _act("Xin lỗi và hẹn lại", RUNNING, None, IN_CHARGE, FormKind.APOLOGY),
    "reclassify": _act("Sửa nhầm thủ tục", WORKED_ON, None, AT_DESK, FormKind.RECEIPT, rare=True),
    "transfer": _act(
        "Chuyển cơ quan kế thừa",
        RUNNING | BEFORE_ACCEPTANCE | {State.FINISHED},
        None,
        {Role.DESK_HEAD, Role.CONTROLLER, Role.LEADER},
        rare=True,
    ),
    "reopen": _act(
        "Mở lại để đính chính",
        ENDED,
        None,
        {Role.DESK_HEAD, Role.CONTROLLER, Role.LEADER},
        grave=True,
    ),
    # acts on many dossiers at once, never a button on one: no state to start from
    "import": _act("Chuyển từ hệ thống cũ", set(), None, KEEPING),
    "recount": _act("Tính lại hạn do thay đổi lịch làm việc", set(), None, KEEPING),
}
