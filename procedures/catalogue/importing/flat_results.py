"""The table "Kết quả xử lý" of a detail page, with the litter of the page that follows it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from khanhson_portal.ground.text import one_line, tidy
from procedures.catalogue.importing.records import ResultRecord
from procedures.catalogue.importing.texts import said_in_a_line

_TAIL = re.compile(r"Từ khóa(?P<keywords>.*?)Mô tả(?P<description>.*)", re.DOTALL)
_LITTER = re.compile(r"(?:Chọn cơ quan thực hiện|Nộp hồ sơ$).*", re.DOTALL)
_CODE = r"(?:KQ\.[A-Z][0-9]{2}\.[0-9]{6}|[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Z][0-9]{2}-KQ[0-9]{4})"
_RESULT = re.compile(rf"(?P<name>.+?)Mã:\s?(?P<code>{_CODE})(?![0-9])", re.DOTALL)
_ONE = re.compile(r"(?P<name>.+?)Mã:\s?(?P<code>\S{0,60})", re.DOTALL)


@dataclass(frozen=True)
class ReadResults:
    results: tuple[ResultRecord, ...] = ()
    keywords: str = ""
    doubts: tuple[str, ...] = ()


def read_results(text: str) -> ReadResults:
    """Return the results and keywords of the page; what cannot be told apart is one result."""
    text = tidy(text)
    tail = _TAIL.search(text)
    head = text[: tail.start()] if tail else _LITTER.sub("", text)
    results, doubts = _results(head.strip())
    if not tail:
        return ReadResults(results, "", tuple(doubts))
    if description := said_in_a_line(_LITTER.sub("", tail["description"])):
        doubts.append(f"trang có mục “Mô tả” mà danh mục không có chỗ ghi: {description}")
    return ReadResults(results, said_in_a_line(tail["keywords"]), tuple(doubts))


def _results(head: str) -> tuple[tuple[ResultRecord, ...], list[str]]:
    if not said_in_a_line(head):
        return (), []
    found = list(_RESULT.finditer(head))
    if found and found[-1].end() == len(head) and not any("Mã:" in m["name"] for m in found):
        return tuple(ResultRecord(one_line(m["name"]), m["code"]) for m in found), []
    if head.count("Mã:") == 1 and (one := _ONE.fullmatch(head)):
        doubts = [f"mã kết quả “{one['code']}” không theo mẫu"]
        return (ResultRecord(one_line(one["name"]), one["code"]),), doubts
    return (ResultRecord(one_line(head)),), ["kết quả thực hiện dính vào nhau, giữ nguyên văn"]
