"""A plan and a report in Vietnamese: lines for a terminal, rows for a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from khanhson_portal.ground import spreadsheets
from procedures.catalogue.importing.comparing import Change
from procedures.catalogue.importing.defects import Defect, count_defects
from procedures.catalogue.importing.planning import CataloguePlan, PlannedRecord, Verdict
from procedures.catalogue.importing.storing import Report

SHORT = 60  # characters of a value in one line
SHOWN = 20  # lines of one kind before "… và n dòng nữa"
HEADS = ["ma", "ten", "noi_doc", "ket_luan", "ly_do", "muc", "cu", "moi", "nghi_van"]


def summary(plan: CataloguePlan) -> Iterator[str]:
    """Yield the counts: verdicts, doubts, and the defects of the sources."""
    counts = [f"{verdict.label} {number}" for verdict, number in plan.counts().items()]
    yield f"Đọc {len(plan.items)} thủ tục: {', '.join(counts)}; có nghi vấn {len(plan.doubted)}."
    defects = [defect for defect in _defects(plan) if defect.count]
    if defects:
        yield "Khiếm khuyết của nguồn (số thủ tục):"
    yield from (f"  {defect.count:>5}  {defect.label}" for defect in defects)


def details(plan: CataloguePlan, *, everything: bool) -> Iterator[str]:
    """Yield one line per record, what needs a person first; long lists shortened unless asked."""
    for verdict in (Verdict.REFUSED, Verdict.CHANGED, Verdict.NEW, Verdict.UNCHANGED):
        lines = [line(item) for item in plan.of(verdict)]
        yield from _shortened(lines, everything=everything)
    doubts = [f"{item.record.code}  nghi vấn: {doubt}" for item in plan.doubted
              for doubt in item.record.doubts]  # fmt: skip
    yield from _shortened(doubts, everything=everything)


def line(item: PlannedRecord) -> str:
    """Return one record in one line: code, verdict, and why or what."""
    code = item.record.code or "(không mã)"
    if item.verdict == Verdict.REFUSED:
        return f"{code}  từ chối: {item.record.place}: {'; '.join(item.reasons)}"
    parts = [*item.reasons]
    if item.verdict == Verdict.NEW:
        parts.append(_short(item.record.title))
    if (corrected := item.corrects) is not None:
        parts.append(f"đính chính phiên bản {corrected.number} đã duyệt cùng ngày")
    parts += [_difference(change) for change in item.shown_changes]
    return f"{code}  {item.verdict.label}" + (f": {'; '.join(parts)}" if parts else "")


def left_as_drafts(plan: CataloguePlan, *, correcting: bool = False) -> Iterator[str]:
    """Yield the records that an approval would not reach, each with its reason."""
    kept = [(item, item.stays_draft_because(correcting=correcting)) for item in plan.items]
    yield from _held_lines([(item, why) for item, why in kept if why])


def outcome(report: Report) -> Iterator[str]:
    """Yield what was written."""
    if report.wrote_nothing:
        yield "Đã chạy: không có gì phải ghi."
    else:
        yield (
            f"Đã ghi: {report.procedures} thủ tục mới, {report.versions} phiên bản mới, "
            f"{report.updated} bản nháp cập nhật, {report.fields} lĩnh vực mới, "
            f"{report.approved} phiên bản được duyệt."
        )
    if report.replaced:
        yield f"{report.replaced} bản được duyệt là bản đính chính, thay phiên bản cùng ngày."
    yield from _held_lines(report.held)


def _held_lines(held: list[tuple[PlannedRecord, str]]) -> Iterator[str]:
    lines = [f"{item.record.code}  còn là bản nháp: {why}" for item, why in held]
    yield from _shortened(lines, everything=False)


def write_table(plan: CataloguePlan, path: Path) -> None:
    """Write the plan as a CSV file for a spreadsheet: one row per change, doubt and reason.

    Raises OSError where the file cannot be written.
    """
    spreadsheets.write_csv(path, spreadsheets.Sheet("Kế hoạch", HEADS, _table(plan)))


def _table(plan: CataloguePlan) -> Iterator[list[str]]:
    for item in plan.items:
        record = item.record
        head = [record.code, record.title, record.place, str(item.verdict.label)]
        head.append("; ".join(item.reasons))
        changes = item.shown_changes
        for change in changes:
            yield [*head, change.label, change.old_words, change.new_words, ""]
        for doubt in record.doubts:
            yield [*head, "", "", "", doubt]
        if not changes and not record.doubts:
            yield [*head, "", "", "", ""]
    for defect in _defects(plan):
        for code in defect.codes:
            yield [code, "", "", "khiếm khuyết của nguồn", defect.label, "", "", "", ""]


def _defects(plan: CataloguePlan) -> list[Defect]:
    return count_defects([item.record for item in plan.items])


def _difference(change: Change) -> str:
    old, new = _short(change.old_words), _short(change.new_words)
    if old and old == new:
        return f"{change.label}: sửa trong một đoạn dài"
    return f"{change.label}: {f'“{old}”' if old else 'trống'} → {f'“{new}”' if new else 'trống'}"


def cut(text: str, most: int) -> str:
    """Return ``text``, or its beginning with "…", at most ``most`` characters."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _short(text: str) -> str:
    return cut(" / ".join(text.split("\n")), SHORT)


def _shortened(lines: list[str], *, everything: bool) -> Iterator[str]:
    if everything or len(lines) <= SHOWN:
        yield from lines
        return
    yield from lines[:SHOWN]
    yield f"… và {len(lines) - SHOWN} dòng nữa (thêm -v 2 để xem hết)"
