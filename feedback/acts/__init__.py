"""The acts on a case, each called alike: ``act(case_id, hand, …)`` returns the saved case."""

from feedback.acts.answering import (
    approve,
    draft_answer,
    publish,
    reopen,
    say_whether_solved,
    send_back,
    unpublish,
)
from feedback.acts.binding import ENGINE, may_see
from feedback.acts.handling import assign, lead_elsewhere, merge, sort, transfer
from feedback.acts.taking import Letter, ask_back, receive, say_more

__all__ = [
    "ENGINE",
    "Letter",
    "approve",
    "ask_back",
    "assign",
    "draft_answer",
    "lead_elsewhere",
    "may_see",
    "merge",
    "publish",
    "receive",
    "reopen",
    "say_more",
    "say_whether_solved",
    "send_back",
    "sort",
    "transfer",
    "unpublish",
]
