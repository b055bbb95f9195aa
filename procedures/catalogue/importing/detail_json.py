"""The detail page of one procedure (JSON), its tables flattened by whoever collected it.

What can be told apart with certainty becomes rows; the rest stays text, is marked as unsure, and
leaves a doubt.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from typing import Any, TypeVar

from khanhson_portal.ground.text import one_line
from procedures.catalogue.importing import flat_bases, flat_channels, flat_papers, flat_results
from procedures.catalogue.importing.channel_rows import put_together
from procedures.catalogue.importing.faults import FileFault, NotTold
from procedures.catalogue.importing.records import (
    BasisRecord,
    Format,
    Origin,
    PrintedRow,
    ProcedureRecord,
    Value,
)
from procedures.catalogue.importing.texts import read_decision, read_levels, said, said_in_a_line

SOURCE = "Trang chi tiết thủ tục hành chính (tệp JSON)"
LONGEST_AGENCY = 600  # characters: above that a cell holds more than names of agencies

_LINES = {"title": "ten_thu_tuc", "category": "loai_thu_tuc", "field": "linh_vuc"}
_TEXTS = {
    "applicants": "doi_tuong_thuc_hien",
    "implementer": "co_quan_thuc_hien",
    "partners": "co_quan_phoi_hop",
    "receiving_address": "dia_chi_tiep_nhan",
    "sequence": "trinh_tu_thuc_hien",
    "conditions": "yeu_cau_dieu_kien",
    "related": "thu_tuc_lien_quan",
}

T = TypeVar("T")


def read_detail_pages(text: str, name: str) -> list[ProcedureRecord]:
    """Return the record of the page, or of each page of a list.

    Raises FileFault for what is no JSON, or no page of a procedure.
    """
    try:
        pages = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FileFault(f"{name}: tệp JSON hỏng, không đọc được.") from error
    pages = pages if isinstance(pages, list) else [pages]
    if not pages:
        raise FileFault(f"{name}: tệp JSON không có thủ tục nào.")
    if len(pages) == 1:
        return [_record_of_page(pages[0], Origin(name, format=Format.DETAIL))]
    return [
        _record_of_page(page, Origin(name, at, Format.DETAIL)) for at, page in enumerate(pages, 1)
    ]


def _record_of_page(page: Any, origin: Origin) -> ProcedureRecord:
    if not isinstance(page, dict) or not {"ma_thu_tuc", "ten_thu_tuc"} & set(page):
        raise FileFault(f"{origin}: không phải trang chi tiết của một thủ tục (thiếu ma_thu_tuc).")
    cells = {key: _text_of_cell(value) for key, value in page.items()}
    reading = _Reading(cells)
    return ProcedureRecord(
        code=one_line(cells.get("ma_thu_tuc", "")),
        origins=(origin,),
        content=reading.content,
        source=SOURCE,
        source_url=_address(cells.get("detail_url", "")),
        unsure=frozenset(reading.unsure),
        doubts=tuple(reading.doubts),
        rows=tuple(reading.rows),
    )


def _text_of_cell(value: Any) -> str:
    if isinstance(value, str):
        return value.encode(errors="replace").decode()  # half a surrogate pair is no text
    if isinstance(value, list):
        return "\n".join(map(_text_of_cell, value))
    return "" if value is None else json.dumps(value, ensure_ascii=False)


def _address(url: str) -> str:
    """Return the address of the page, "" for anything that is none or is too long to keep."""
    url = one_line(url)
    return url if url.startswith(("https://", "http://")) and len(url) <= 300 else ""


class _Reading:
    """One page being read: each step adds to ``content`` what it is sure of."""

    def __init__(self, cells: dict[str, str]) -> None:
        self.cells = cells
        self.content: dict[str, Value] = {}
        self.unsure: set[str] = set()
        self.doubts: list[str] = []
        self.rows: list[PrintedRow] = []
        for aspect, key in _LINES.items():
            if key in cells:
                self.content[aspect] = said_in_a_line(cells[key])
        for aspect, key in _TEXTS.items():
            if key in cells:
                self.content[aspect] = said(cells[key])
        self._read_small_cells()
        self._read_channels()
        self._read_papers()
        self._read_results()
        self._read_bases()

    def _read_small_cells(self) -> None:
        if "cap_thuc_hien" in self.cells:
            self.content["levels"], doubts = read_levels(self.cells["cap_thuc_hien"])
            self.doubts += doubts
        if "so_quyet_dinh" in self.cells:
            decision, doubts = read_decision(self.cells["so_quyet_dinh"])
            self.content.update(decision)
            self.doubts += doubts
        if "co_quan_co_tham_quyen" in self.cells:
            deputy = said(self.cells.get("co_quan_duoc_uy_quyen", ""))
            lines = [said(self.cells["co_quan_co_tham_quyen"])]
            lines += [f"Cơ quan được ủy quyền: {deputy}"] if deputy else []
            self.content["authority"] = "\n".join(filter(None, lines))
        if len(str(self.content.get("implementer", ""))) > LONGEST_AGENCY:
            self.unsure.add("implementer")
            self.doubts.append("ô cơ quan thực hiện lẫn chữ của mục khác, giữ nguyên văn")

    def _read_channels(self) -> None:
        if "cach_thuc_thuc_hien" not in self.cells:
            return
        both = self._split(
            "cach_thuc_thuc_hien", flat_channels.split_channels, "cách thức thực hiện"
        )
        if both is None:
            return
        offers = put_together([row for row, _ in both])
        self.rows = [printed for _, printed in both]
        self.content["channels"], self.content["fees"] = offers.channels, offers.fees
        self.doubts += offers.doubts
        self.unsure |= offers.unsure

    def _read_papers(self) -> None:
        if "thanh_phan_ho_so" not in self.cells:
            return
        read = self._split("thanh_phan_ho_so", flat_papers.split_papers, "thành phần hồ sơ")
        if read is None:
            self.content["papers"] = ()
            self.content["papers_text"] = said(self.cells["thanh_phan_ho_so"])
            self.unsure.add("papers")
            return
        self.content["papers"], self.content["papers_text"] = read.papers, read.text
        if read.remarks:
            self.doubts.append(f"{len(read.remarks)} dòng giấy tờ ghi 0 bản, giữ ở phần nguyên văn")
        if any(map(flat_papers.keeps_a_form, read.papers)):
            self.doubts.append("tên tệp mẫu đơn dính vào tên giấy tờ, giữ nguyên văn")
        elif any(_runs_together(paper.name) for paper in read.papers):
            self.doubts.append("có tên giấy tờ gồm chữ của hai ô dính vào nhau")

    def _read_results(self) -> None:
        if "ket_qua_xu_ly" in self.cells:
            read = flat_results.read_results(self.cells["ket_qua_xu_ly"])
            self.content["results"], self.content["keywords"] = read.results, read.keywords
            self.doubts += read.doubts

    def _read_bases(self) -> None:
        if "can_cu_phap_ly" not in self.cells:
            return
        bases = self._split("can_cu_phap_ly", flat_bases.split_bases, "căn cứ pháp lý")
        if bases is None:
            whole = said(self.cells["can_cu_phap_ly"]).removeprefix(flat_bases.HEAD)
            bases = (BasisRecord(whole),)
            self.unsure.add("bases")
        self.content["bases"] = bases

    def _split(self, key: str, split: Callable[[str], T], label: str) -> T | None:
        try:
            return split(self.cells[key])
        except NotTold as why:
            self.doubts.append(f"bảng {label} giữ nguyên văn: {why}")
            return None


def _runs_together(name: str) -> bool:
    """Whether a small letter runs straight into a capital: no Vietnamese word is written so."""
    return any(left.islower() and right.isupper() for left, right in pairwise(name))
