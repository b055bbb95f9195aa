"""A month as files to take away, and the words that explain its figures everywhere alike."""

from __future__ import annotations

from collections.abc import Callable

from dossiers import journal
from dossiers.statistics import Counts
from khanhson_portal.ground import spreadsheets, words
from khanhson_portal.ground.spreadsheets import Sheet
from khanhson_portal.publication import balance
from khanhson_portal.publication.models import MonthReport

DEFINITIONS = [
    ("Số kỳ trước chuyển qua", "Hồ sơ đã vào sổ trước kỳ và chưa giải quyết xong khi kỳ bắt đầu."),
    ("Số mới tiếp nhận", "Hồ sơ vào sổ trong kỳ, tính theo lúc được cấp mã."),
    (
        "Số đã giải quyết",
        "Hồ sơ có kết quả, được rút hoặc dừng trong kỳ; tính lúc cơ quan làm xong, "
        "không phải lúc người dân đến nhận.",
    ),
    (
        "Đúng thời hạn, quá hạn",
        "So ngày làm xong với hạn theo luật; ngày hẹn lại trong thư xin lỗi không làm hồ sơ trễ "
        "thành đúng hạn. Hạn tính bằng giờ thì so đến phút.",
    ),
    (
        "Đang giải quyết, chưa đến hạn",
        "Hồ sơ chưa xong khi kỳ kết thúc và hạn chưa qua; gồm cả hồ sơ chờ bổ sung.",
    ),
    (
        "Tỷ lệ đúng hạn",
        "Hồ sơ làm xong không quá hạn chia cho hồ sơ làm xong có thời hạn. "
        "Không có hồ sơ nào thì ghi “không phát sinh”.",
    ),
]


def sentence(report: MonthReport) -> str:
    """Return the month in one sentence."""
    counts = Counts(**report.data["total"])
    if balance.is_empty(report.data):
        return (
            f"Tháng {report.month}/{report.year} không có hồ sơ nào trong sổ một cửa: "
            "không nhận mới, không giải quyết, không còn hồ sơ kỳ trước."
        )
    rate = report.data["on_time"]
    late = (
        f"{words.number(counts.done_late)} hồ sơ quá hạn" if counts.done_late else "không quá hạn"
    )
    share = f"{rate:.1f} %".replace(".", ",") if rate is not None else "không phát sinh"
    return (
        f"Trong tháng {report.month}/{report.year}, một cửa nhận mới "
        f"{words.number(counts.new)} hồ sơ, giải quyết xong {words.number(counts.done)} hồ sơ "
        f"({late}; tỷ lệ đúng hạn {share}), còn {words.number(counts.open)} hồ sơ đang giải quyết."
    )


def _sheet(report: MonthReport) -> Sheet:
    """Return the first table."""
    table = report.data["tables"][0]
    heads = ["Lĩnh vực, công việc giải quyết theo cấp"]
    heads += [f"{group}: {head}" for _, group, head in table["columns"]]
    rows = [
        [row["name"], *(row["figures"][key] for key, _, _ in table["columns"])]
        for row in table["rows"]
    ]
    return Sheet(f"{report.month:02}-{report.year}", heads, rows)


def _csv(report: MonthReport) -> tuple[str, bytes]:
    return spreadsheets.CSV, spreadsheets.csv_text(_sheet(report))


def _xlsx(report: MonthReport) -> tuple[str, bytes]:
    return spreadsheets.XLSX, spreadsheets.xlsx(_sheet(report))


def _json(report: MonthReport) -> tuple[str, bytes]:
    content = {"sha256": report.sha256, "version": report.version, "data": report.data}
    return "application/json", journal.canonical(content).encode()


WRITERS: dict[str, Callable[[MonthReport], tuple[str, bytes]]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "json": _json,
}
