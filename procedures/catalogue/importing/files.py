"""From paths to records: each file is recognised by what it holds, never by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from procedures.catalogue.importing import bounds, channel_csv, detail_json, table_files, xlsx_list
from procedures.catalogue.importing.books import ZIP, text_of
from procedures.catalogue.importing.combining import combine
from procedures.catalogue.importing.faults import FileFault
from procedures.catalogue.importing.records import ProcedureRecord

LARGEST = 50_000_000  # bytes: the whole national list is far below


def read_files(
    paths: Iterable[Path | str], *, tell: Callable[[int, int], None] | None = None
) -> list[ProcedureRecord]:
    """Return what the files, and the files of folders, say; one record per procedure and period.

    What several files say of one procedure is put together (see ``combining``). Raises FileFault
    with one Vietnamese sentence for the first file that cannot be read; then nothing is returned.
    ``tell`` hears how many of how many files have been read.
    """
    files = [found for path in paths for found in _files_under(Path(path))]
    records: list[ProcedureRecord] = []
    for done, (file, name) in enumerate(files, 1):
        records += _read_file(file, name)
        if tell:
            tell(done, len(files))
    return combine(records)


def _files_under(path: Path) -> list[tuple[Path, str]]:
    """Return a file, or the files of a folder, each with the name it goes by in reports."""
    if not path.exists():
        raise FileFault(f"{path}: không có tệp này.")
    if not path.is_dir():
        return [(path, path.name)]
    files = sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith((".", "~$")))
    if not files:
        raise FileFault(f"{path}: thư mục không có tệp nào.")
    return [(file, str(file.relative_to(path))) for file in files]


def _read_file(path: Path, name: str) -> list[ProcedureRecord]:
    try:
        if path.stat().st_size > LARGEST:
            raise FileFault(f"{name}: tệp lớn hơn {LARGEST // 1_000_000} MB, không đọc.")
        data = path.read_bytes()
    except OSError as error:
        raise FileFault(f"{name}: không mở được tệp ({error.strerror}).") from error
    if data.startswith(ZIP):
        bounds.check(data, name)
        table = table_files.csv_of_sheet(data)
        return (
            channel_csv.read_channel_table(table, name)
            if table
            else xlsx_list.read_list_sheet(data, name)
        )
    text = text_of(data, name)
    if text.startswith(("{", "[")):
        table = table_files.csv_of_json(text)
        return (
            channel_csv.read_channel_table(table, name)
            if table
            else detail_json.read_detail_pages(text, name)
        )
    if channel_csv.heads_of(text)[0]:
        return channel_csv.read_channel_table(text, name)
    raise FileFault(
        f"{name}: không nhận ra là danh sách XLSX, trang chi tiết JSON hay bảng CSV "
        "(dòng đầu phải có các cột ma, ten)."
    )
