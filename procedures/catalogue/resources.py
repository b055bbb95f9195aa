"""The catalogue for django-import-export: rows of the table of channels, in and out.

Reading in goes through ``importing`` like every other door: a plan first, drafts afterwards. One
procedure stands on several rows; its first row tells what would change, the others follow it.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import tablib
from django.utils.html import format_html, format_html_join
from import_export.resources import Resource
from import_export.results import Result, RowResult

from khanhson_portal.ground.spreadsheets import plain_csv
from procedures.catalogue import exporting, importing
from procedures.catalogue.importing import PlannedRecord, Verdict, channel_csv
from procedures.catalogue.importing.combining import combine

KINDS = {
    Verdict.NEW: RowResult.IMPORT_TYPE_NEW,
    Verdict.CHANGED: RowResult.IMPORT_TYPE_UPDATE,
    Verdict.UNCHANGED: RowResult.IMPORT_TYPE_SKIP,
    Verdict.REFUSED: RowResult.IMPORT_TYPE_SKIP,
}
NAME = "tệp tải lên"


class CatalogueResource(Resource):
    """Versions with everything that the table of channels can say of them."""

    def __init__(self, **_options: Any) -> None:
        super().__init__()

    @classmethod
    def get_display_name(cls) -> str:
        return "Bảng cách thức thực hiện"

    def get_user_visible_fields(self) -> list[Any]:
        return []

    def export(self, queryset: Any = None, **_options: Any) -> tablib.Dataset:
        return exporting.dataset_of(queryset.select_related("procedure", "field"))

    def import_data(
        self, dataset: tablib.Dataset, dry_run: bool = False, **_options: Any
    ) -> Result:
        """Plan, and write drafts unless ``dry_run``; the result has one row per procedure."""
        result = Result()
        result.diff_headers = ["Mã", "Tên", "Kết luận", "Lý do và thay đổi"]
        heads = {str(head).strip().lower() for head in dataset.headers or []}
        if not heads >= channel_csv.NEEDED:
            return _failed(
                result, f"Dòng đầu của tệp phải có các cột {', '.join(exporting.HEADS)}."
            )
        try:
            rows = [[str(cell or "") for cell in row] for row in (dataset.headers, *dataset)]
            plan = importing.plan(combine(channel_csv.read_channel_table(plain_csv(rows), NAME)))
            if not dry_run:
                importing.apply(plan)
        except importing.ImportFault as fault:
            return _failed(result, str(fault))
        for item in plan.items:
            result.append_row_result(_result_row(item))
        kinds = Counter(row.import_type for row in result.rows)
        result.total_rows = len(result.rows)
        result.totals.update(kinds)
        return result


def _failed(result: Result, sentence: str) -> Result:
    from import_export.results import Error

    result.append_base_error(Error(ValueError(sentence)))
    return result


def _result_row(item: PlannedRecord) -> RowResult:
    row = RowResult()
    row.import_type = KINDS[item.verdict]
    row.object_repr = item.record.title
    told = [*item.reasons, *item.record.doubts]
    changes = format_html_join(
        "",
        "<p>{}: <del>{}</del> <ins>{}</ins></p>",
        ((c.label, c.old_words[:200], c.new_words[:200]) for c in item.changes if item.base),
    )
    said = format_html("{}{}", "; ".join(told), changes)
    row.diff = [item.record.code, item.record.title, item.verdict.label, said]
    return row
