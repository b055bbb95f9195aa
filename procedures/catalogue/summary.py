"""What a citizen needs first of a procedure: what to bring, how long, how much. Nothing guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from khanhson_portal.ground.words import number
from procedures.catalogue import (
    CaseChannel,
    Fee,
    FeeState,
    ProcedureCase,
    ProcedureVersion,
    RequiredPaper,
)

NO_INFORMATION = "Chưa có thông tin"
_SPARES = re.compile(r"được (?:miễn|giảm)|(?:miễn|giảm) (?:phí|lệ phí|thu)")


@dataclass(frozen=True)
class PaperList:
    """The papers of one case; ``name`` is "" where all cases of the procedure ask for the same."""

    name: str
    case: ProcedureCase
    papers: list[RequiredPaper]


@dataclass(frozen=True)
class Summary:
    bring: str
    time: str
    cost: str


def summarise(version: ProcedureVersion) -> Summary:
    """Return the summary strip from what is prefetched by ``whole()``; no query."""
    cases = list(version.cases.all())
    papers = [_counted(list(case.papers.all())) for case in cases]
    grouped = any(paper.group for case in cases for paper in case.papers.all())
    times = [time_words(row) for case in cases for row in case.channels.all()]
    fees = [fee for case in cases for fee in case.fees.all()]
    cost = _few_of([fee_words(fee) for fee in fees])
    if any(spares_some(fee) for fee in fees):
        cost += "; có người được miễn, giảm"
    bring = _bring(papers, grouped)
    if not grouped and any(sometimes for _, sometimes in papers):
        bring += "; thêm giấy khác tùy trường hợp"
    return Summary(bring=bring, time=_few_of(times), cost=cost)


def paper_lists(version: ProcedureVersion) -> list[PaperList]:
    """Return the papers by case, once where every case asks for the same; no query."""
    lists = [PaperList(case.name, case, list(case.papers.all())) for case in version.cases.all()]
    asked = [[paper.name for paper in one.papers] for one in lists]
    if len(lists) > 1 and asked[0] and all(names == asked[0] for names in asked):
        return [PaperList("", lists[0].case, lists[0].papers)]
    return lists


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


def spares_some(fee: Fee) -> bool:
    """Whether somebody pays less of a fee that others pay; people must not think they all pay."""
    charged = fee.state in {FeeState.KNOWN, FeeState.PROVINCE}
    return charged and bool(fee.exemptions or _SPARES.search(fee.note.lower()))


def paper_words(paper: RequiredPaper) -> str:
    """Return how many of a paper in which form: "1 bản chính, 2 bản sao"; "" when not known."""
    counts = [
        (paper.originals, "bản chính"),
        (paper.certified, "bản chứng thực"),
        (paper.photocopies, "bản sao"),
    ]
    parts = [f"{number(count)} {form}" for count, form in counts if count]
    if paper.presented_only:
        parts.append("chỉ xuất trình, không phải nộp")
    if paper.conditional and not paper.condition:
        parts.append("chỉ khi thuộc trường hợp này")
    return ", ".join(parts)


def _counted(papers: list[RequiredPaper]) -> tuple[int, int]:
    """Return how many papers everybody brings, and how many only some do."""
    sometimes = sum(bool(paper.condition) for paper in papers)
    return len(papers) - sometimes, sometimes


def _bring(counted: list[tuple[int, int]], grouped: bool) -> str:
    papers = [always for always, _ in counted]
    fewest, most = min(papers, default=0), max(papers, default=0)
    if not most:
        return NO_INFORMATION
    if grouped:  # groups are alternatives: "một trong các giấy tờ sau"
        return f"Nhiều nhất {most} loại giấy tờ, tùy trường hợp"
    if fewest == most:
        return f"{most} loại giấy tờ"
    return f"{fewest} đến {most} loại giấy tờ, tùy trường hợp"


def _few_of(words: list[str]) -> str:
    """Join what differs between channels and cases, what is known first."""
    seen = list(dict.fromkeys(words))
    known = [word for word in seen if not word.startswith(NO_INFORMATION.lower())]
    chosen = known or seen[:1] or [NO_INFORMATION]
    text = "; ".join(chosen[:3]) + (" …" if len(chosen) > 3 else "")
    return text[0].upper() + text[1:]
