"""The rows of the posted list: one procedure each, every value as text that people read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings

from khanhson_portal.ground import words
from khanhson_portal.ground.text import one_line
from procedures.catalogue import Competence, Fee, OnlineLevel, ProcedureVersion, reading
from procedures.catalogue.filters import CatalogueFilter
from procedures.catalogue.summary import NO_INFORMATION, fee_words
from procedures.noticeboard.printouts.letterhead import letterhead, main_committee
from procedures.offices import Agency, AgencyKind, Level

Row = dict[str, str]

HEADS = {
    "ma": "Mã thủ tục",
    "ten": "Tên thủ tục hành chính",
    "linh_vuc": "Lĩnh vực",
    "cap_thuc_hien": "Cấp thực hiện",
    "thoi_han": "Thời hạn giải quyết",
    "phi_le_phi": "Phí, lệ phí",
    "noi_nop": "Nơi nộp hồ sơ",
    "co_quan_giai_quyet": "Cơ quan giải quyết",
    "truc_tuyen": "Mức độ trực tuyến",
    "quyet_dinh": "Quyết định công bố",
    "doi_chieu": "Ngày đối chiếu gần nhất",
    "dia_chi": "Địa chỉ trang",
}
MANY: dict[str, str] = {AgencyKind.DESK: "bộ phận một cửa", AgencyKind.COMMITTEE: "UBND"}
FEW_PLACES = 2  # more desks of one level than this are counted, not named


def posted_rows(chosen: CatalogueFilter) -> list[Row]:
    """Return the rows of the filtered catalogue, by field and title; three queries."""
    versions = chosen.rows()
    reading.fill(versions)
    competences: dict[int, list[Competence]] = defaultdict(list)
    wanted = Competence.objects.in_force(chosen.day).for_listing()
    for row in wanted.filter(procedure__in=[version.procedure_id for version in versions]):
        competences[row.procedure_id].append(row)
    versions.sort(key=lambda version: (version.field.sort_key, version.sort_key))
    return [row_of(v, competences[v.procedure_id], chosen.day) for v in versions]


def row_of(version: ProcedureVersion, competences: list[Competence], day: date) -> Row:
    online = next((level for level in version.online_levels.all() if level.covers(day)), None)
    address = version.procedure.get_absolute_url()
    return {
        "ma": version.procedure.national_code,
        "ten": one_line(version.title),
        "linh_vuc": version.field.name,
        "cap_thuc_hien": ", ".join(Level(level).label for level in version.levels),
        "thoi_han": time_lines(version),
        "phi_le_phi": fee_lines(version),
        "noi_nop": agencies_in_words([row.desk for row in competences]),
        "co_quan_giai_quyet": agencies_in_words(_distinct(row.solver for row in competences)),
        "truc_tuyen": _online(online),
        "quyet_dinh": version.decision,
        "doi_chieu": words.short_date(version.checked_on) if version.checked_on else "",
        "dia_chi": f"{settings.BASE_URL}{address}",
    }


def freeze(chosen: CatalogueFilter, rows: list[Row]) -> dict[str, Any]:
    """Return the whole list as it will be printed: letterhead, title, rows, signature."""
    agency = chosen.agency or main_committee(chosen.day)
    return {
        **letterhead(agency, chosen.day),
        "title": "Danh mục thủ tục hành chính",
        "about": about(chosen, agency),
        "day": words.short_date(chosen.day),
        "rows": rows,
    }


def about(chosen: CatalogueFilter, agency: Agency | None) -> list[str]:
    """Return the lines under the title that say what was chosen."""
    lines = []
    if agency:
        verb = "giải quyết của" if chosen.agency else "công khai tại"
        lines.append(f"{verb[0].upper()}{verb[1:]} {agency.name}")
    if chosen.field:
        lines.append(f"Lĩnh vực: {chosen.field.name}")
    if chosen.level in Level.values:
        lines.append(f"Thực hiện ở {Level(chosen.level).label.lower()}")
    if chosen.online in dict(OnlineLevel.VALUES):
        lines.append(f"Dịch vụ công trực tuyến {dict(OnlineLevel.VALUES)[chosen.online]}")
    if chosen.q:
        lines.append(f"Tìm theo: “{chosen.q}”")
    return lines


def time_lines(version: ProcedureVersion) -> str:
    """Return the time limits, each named by case and channel only where they differ."""
    said = [
        (case.name, row.get_channel_display(), str(row.limit))
        for case in version.cases.all()
        for row in case.channels.all()
    ]
    times = _distinct(text for _, _, text in said)
    if len(times) < 2:
        return _capital(times[0]) if times else NO_INFORMATION
    several = len({case for case, _, _ in said}) > 1
    return "\n".join(
        _distinct(
            f"{case + ', ' if several and case else ''}{channel}: {text}"
            for case, channel, text in said
        )
    )


def fee_lines(version: ProcedureVersion) -> str:
    cases = version.cases.all()
    lines = _distinct(_posted_fee(fee) for case in cases for fee in case.fees.all())
    return "\n".join(lines) or NO_INFORMATION


def agencies_in_words(agencies: list[Agency]) -> str:
    """Name a few agencies, count many of one kind: "Một cửa huyện; 8 bộ phận một cửa cấp xã"."""
    alike: dict[tuple[str, str], list[Agency]] = defaultdict(list)
    for agency in agencies:
        alike[agency.level, agency.kind].append(agency)
    lines = []
    for (level, kind), found in alike.items():
        if len(found) > FEW_PLACES:
            name = MANY.get(kind, "cơ quan")
            lines.append(f"{len(found)} {name} {Level(level).label.lower()}")
        else:
            lines += [a.short_name if a.kind == AgencyKind.DESK else a.name for a in found]
    return "; ".join(lines) or NO_INFORMATION


def _posted_fee(fee: Fee) -> str:
    channel = f" (nộp {fee.get_channel_display().lower()})" if fee.channel else ""
    return f"{_capital(fee_words(fee))}{channel}"


def _online(level: OnlineLevel | None) -> str:
    if level is None:
        return ""
    return f"{_capital(str(level))}" + (f" ({level.decision})" if level.decision else "")


def _distinct(values: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(values))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
