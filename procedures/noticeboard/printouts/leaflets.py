"""Tờ rơi: one A4 sheet folded once, in plain words; for a procedure or for a whole field.

Only what the catalogue and the agencies' rows know is printed; a gap says so. A sheet that would
run over is set smaller, then shortened, and says how much more there is behind the QR code.
"""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from django.conf import settings
from django.urls import reverse

from khanhson_portal.ground import pdf, words
from khanhson_portal.ground.text import one_line
from procedures.catalogue import Fee, Field, ProcedureVersion, RequiredPaper
from procedures.catalogue.places import Place, Places, places_of
from procedures.catalogue.summary import PaperList, paper_lists, paper_words
from procedures.noticeboard.printouts import folding
from procedures.noticeboard.printouts.listing import Progress
from procedures.noticeboard.printouts.panels import (
    ASK_FIRST,
    GENERAL_STEPS,
    NOT_YET,
    Leaflet,
    Section,
    ask,
    committee_name,
    cover,
    filled,
    received_here,
)
from procedures.noticeboard.printouts.rows import fee_lines, time_lines


def of_procedure(version: ProcedureVersion, places: Places, agency: str, day: date) -> Leaflet:
    """Return the leaflet of a version whose contents are filled; ``agency`` hands it out."""
    hotline = next((place.hotline for place in places.all if place.hotline), "")
    return {
        "agency": agency,
        "kicker": version.field.name,
        "title": one_line(version.title),
        "address": f"{settings.BASE_URL}{version.procedure.get_absolute_url()}",
        "hotline": hotline or NOT_YET,
        "inside": [
            *_papers(version),
            {"head": "Bao lâu có kết quả?", "text": time_lines(version)},
            {"head": "Hết bao nhiêu tiền?", "text": _fees_and_exemptions(version)},
            {"head": "Làm thế nào?", "items": _steps(version), "style": "steps"},
        ],
        "back": [
            {"head": "Nộp ở đâu?", "items": [_place(p) for p in places.all], "text": ""}
            if places.all
            else {"head": "Nộp ở đâu?", "text": ASK_FIRST},
            {"head": "Khi nào?", "text": places.same_hours or _hours(places)},
            {"head": "Nội dung này lấy từ đâu?", "text": _source(version, day)},
        ],
    }


def of_field(field: Field, day: date) -> Leaflet:
    """Return the leaflet of a field: its procedures, each with time and money."""
    versions = filled(received_here(ProcedureVersion.objects.filter(field=field), day), day)
    items = [
        f"{one_line(v.title)}. {_flat(time_lines(v))}. Phí: {_flat(fee_lines(v))}."
        for v in versions
    ]
    address = f"{reverse('procedures:list')}?linh-vuc={field.slug}"
    return {
        **cover(field.name, "Các thủ tục của lĩnh vực", address, day),
        "inside": [{"head": "Bà con làm được gì?", "items": items, "style": "plain"}],
        "back": [ask(day), {"head": "Làm thế nào?", "items": GENERAL_STEPS, "style": "steps"}],
    }


def of_all(field: Field, day: date) -> list[Leaflet]:
    """Return the leaflets of every procedure of a field; a constant number of queries."""
    versions = filled(received_here(ProcedureVersion.objects.filter(field=field), day), day)
    places = places_of([version.procedure for version in versions], day)
    agency = committee_name(day)
    return [of_procedure(v, places[v.procedure_id], agency, day) for v in versions]


def pieces(data: dict[str, Any]) -> int:
    return len(data["leaflets"])


def draw_leaflets(data: dict[str, Any], progress: Progress = lambda done: None) -> bytes:
    """Return frozen leaflets one behind the other; ``progress`` hears after each, and may raise."""
    documents = []
    for number, leaflet in enumerate(data["leaflets"], 1):
        documents.append(folding.fit(leaflet))
        progress(number)
    return pdf.join(documents)


def draw_one(leaflet: Leaflet) -> bytes:
    return draw_leaflets({"leaflets": [leaflet]})


def _papers(version: ProcedureVersion) -> list[Section]:
    lists = [one for one in paper_lists(version) if one.papers]
    if not lists:
        seen = "Xem nguyên văn trên trang của thủ tục (quét mã ở bìa)."
        return [{"head": "Cần mang gì?", "text": seen if version.papers_text else ASK_FIRST}]
    return [section for one in lists for section in _listed_papers(one)]


def _listed_papers(one: PaperList) -> list[Section]:
    """One section for each group of papers, the first under the heading of the case."""
    sections: list[Section] = []
    for group, papers in groupby(one.papers, key=lambda paper: one_line(paper.group)):
        head = "" if sections else f"Cần mang gì? {one.name}".strip()
        items = [_paper_with_counts(paper) for paper in papers]
        sections.append({"head": head, "sub": group, "items": items, "style": "ticks"})
    return sections


def _paper_with_counts(paper: RequiredPaper) -> str:
    counts = paper_words(paper)
    when = f"{paper.condition}: " if paper.condition else ""
    return when + one_line(paper.name).lstrip("-+• ") + (f" ({counts})" if counts else "")


def _fees_and_exemptions(version: ProcedureVersion) -> str:
    fees: list[Fee] = [fee for case in version.cases.all() for fee in case.fees.all()]
    spared = dict.fromkeys(one_line(fee.exemptions) for fee in fees if fee.exemptions)
    lines = [fee_lines(version), *(f"Được miễn, giảm: {text}" for text in spared)]
    if any(fee.note for fee in fees):
        lines.append("Có quy định thêm: xem trang của thủ tục.")
    return "\n".join(lines)


def _steps(version: ProcedureVersion) -> list[str]:
    if not version.receipt_needed:
        return [GENERAL_STEPS[1], "Nhận kết quả theo thời hạn ghi ở trên."]
    return GENERAL_STEPS[1:]


def _place(place: Place) -> str:
    parts = [place.desk.short_name]
    if place.address:
        parts.append(place.address)
    if place.hotline:
        parts.append(f"gọi {place.hotline}")
    return ", ".join(parts)


def _hours(places: Places) -> str:
    known = [f"{p.desk.short_name}: {p.hours}" for p in places.all if p.hours]
    return "\n".join(known) or "Giờ nhận hồ sơ chưa cập nhật."


def _source(version: ProcedureVersion, day: date) -> str:
    checked = version.checked_on
    return "\n".join(
        [
            f"Mã thủ tục: {version.procedure.national_code or 'chưa có thông tin'}.",
            f"Quyết định công bố: {version.decision or 'chưa có thông tin'}.",
            f"Đối chiếu: {words.short_date(checked) if checked else 'chưa có thông tin'}. "
            f"In ngày {words.short_date(day)}.",
        ]
    )


def _flat(text: str) -> str:
    return text.replace("\n", ", ")
