"""What a citizen needs first of a procedure: what to bring, how long, how much. Nothing guessed."""

from __future__ import annotations

from dataclasses import dataclass

from procedures.models import CaseChannel, Fee, FeeState, ProcedureVersion

NO_INFORMATION = "Chưa có thông tin"


@dataclass(frozen=True)
class Summary:
    bring: str
    time: str
    cost: str


def summarise(version: ProcedureVersion) -> Summary:
    """Return the summary strip from what is prefetched by ``whole()``; no query."""
    cases = list(version.cases.all())
    papers = [len(case.papers.all()) for case in cases]
    times = [time_words(row) for case in cases for row in case.channels.all()]
    fees = [fee_words(fee) for case in cases for fee in case.fees.all()]
    return Summary(bring=_bring(papers), time=_distinct(times), cost=_distinct(fees))


def time_words(row: CaseChannel) -> str:
    """Return a time limit as people read it; a number without unit stays what it is: unknown."""
    if row.limit.known:
        return str(row.limit)
    if row.source_text:
        return f"{NO_INFORMATION.lower()} (nguồn ghi “{row.source_text}”)"
    return NO_INFORMATION.lower()


def fee_words(fee: Fee) -> str:
    if fee.state == FeeState.FREE:
        return "miễn phí"
    return str(fee)


def _bring(papers: list[int]) -> str:
    fewest, most = min(papers, default=0), max(papers, default=0)
    if not most:
        return NO_INFORMATION
    if fewest == most:
        return f"{most} loại giấy tờ"
    return f"{fewest} đến {most} loại giấy tờ, tùy trường hợp"


def _distinct(words: list[str]) -> str:
    """Join what differs between channels and cases, what is known first."""
    seen = list(dict.fromkeys(words))
    known = [word for word in seen if not word.startswith(NO_INFORMATION.lower())]
    chosen = known or seen[:1] or [NO_INFORMATION]
    text = "; ".join(chosen[:3]) + (" …" if len(chosen) > 3 else "")
    return text[0].upper() + text[1:]
