"""Lúc nào: the sets of states from which acts start, and the chapters their buttons stand in.

Sources: QĐ 09/2015/QĐ-TTg, QĐ 14/2015/QĐ-UBND, TT 01/2018/TT-VPCP, NĐ 61/2018/NĐ-CP.
"""

from __future__ import annotations

from enum import IntEnum

from dossiers.models import State

WORKED_ON = {State.ACCEPTED, State.IN_PROGRESS}
WAITING = {State.AWAITING_SUPPLEMENT, State.AWAITING_PAYMENT, State.AWAITING_PARTNER}
RUNNING = WORKED_ON | WAITING
BEFORE_ACCEPTANCE = {State.SUBMITTED, State.GUIDED}
ENDED = {State.FINISHED, State.RETURNED, State.WITHDRAWN, State.STOPPED, State.DECLINED}


class Chapter(IntEnum):
    """Where an act stands among the buttons."""

    AT_THE_COUNTER = 1
    FROM_HAND_TO_HAND = 2
    WAITING = 3
    RESULT = 4
    ENDED_OTHERWISE = 5
    MENDING = 6
    MANY_AT_ONCE = 7  # never a button on one dossier: no state to start from
