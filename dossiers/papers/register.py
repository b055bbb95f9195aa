"""Sổ theo dõi hồ sơ (Mẫu 06): one volume with its cover, drawn in pieces of bounded size."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.template.loader import render_to_string

from dossiers.models import Batch, Dossier, FormKind
from dossiers.papers import issuing, wording
from dossiers.papers.registry.tables import REGISTER_LAYOUT
from dossiers.papers.tables import filled
from khanhson_portal.ground import pdf as pdf_tool
from khanhson_portal.ground import words
from khanhson_portal.ground.moments import local_day
from procedures.catalogue import Competence
from procedures.offices import Agency

ROWS_AT_ONCE = 250  # a larger table costs memory faster than it grows


def book(batch: Batch) -> QuerySet[Dossier]:
    """Return the dossiers of one volume."""
    return Dossier.objects.filter(desk=batch.agency, book_year=batch.year, book_volume=batch.volume)


def draw(batch: Batch, report: Callable[[int], None]) -> bytes:
    """Return the volume as one PDF; ``report`` is told the rows done and may raise to stop."""
    assert batch.year is not None
    assert batch.volume is not None
    rows = _rows(batch)
    form = _form(batch)
    sample = wording.SAMPLE if book(batch).filter(is_demo=True).exists() else ""
    pieces: list[Any] = []
    pages = 1  # the cover
    for start in range(0, len(rows), ROWS_AT_ONCE):
        report(start)
        piece = rows[start : start + ROWS_AT_ONCE]
        context = {
            "form": form,
            "table": filled(REGISTER_LAYOUT, piece),
            "first_page": pages + 1,
            "sample": sample,
            "agency": batch.agency,
            "batch": batch,
        }
        pieces.append(pdf_tool.lay_out(render_to_string("papers/register.html", context)))
        pages += len(pieces[-1].pages)
    cover = pdf_tool.lay_out(
        render_to_string("papers/cover.html", {**_cover(batch, form, pages), "sample": sample})
    )
    report(len(rows))
    return pdf_tool.join([cover, *pieces])


def _rows(batch: Batch) -> list[dict[str, Any]]:
    """Return the lines of one volume in their order; two queries."""
    solvers = _solvers(batch.agency)
    return [
        {
            "stt": row.book_serial,
            "ma": row.code,
            "ten": row.version.title,
            "so_bo": f"{row.sets:02}",
            "ho_ten": row.owner.name,
            "dia_chi": "\n".join(filter(None, [row.owner.address, row.owner.phone])),
            "co_quan": solvers.get(row.version.procedure_id, ""),
            "nhan": wording.short_day(row.received_at),
            "hen": wording.short_day(row.promised_at or row.due_at),
            "tra": wording.short_day(row.returned_at),
            "cach": row.get_delivery_display(),
            "ghi_chu": row.note or ("Nhập bù" if row.late_entry else ""),
        }
        for row in book(batch).select_related("version", "owner").order_by("book_serial")
    ]


def _solvers(desk: Agency) -> dict[int, str]:
    """Return the short name of who decides, by procedure; the latest where they changed."""
    rows = Competence.objects.filter(desk=desk).order_by("valid_from")
    return dict(rows.values_list("procedure_id", "solver__short_name"))


def _form(batch: Batch) -> Any:
    """Return the form of the register in force at the desk on the day of the order."""
    day = local_day(batch.ordered_at)
    form_set = issuing.form_set_for(batch.agency, day)
    return issuing.form_for(form_set.pk, FormKind.REGISTER, day)


def _cover(batch: Batch, form: Any, pages: int) -> dict[str, Any]:
    lines = book(batch).order_by("book_serial")
    first, last = lines.first(), lines.last()
    assert first is not None
    assert last is not None
    return {
        "form": form,
        "agency": batch.agency,
        "batch": batch,
        "from": _date(first.received_at),
        "to": _date(last.received_at),
        "first": first.book_serial,
        "last": last.book_serial,
        "pages": pages,
    }


def _date(moment: datetime) -> str:
    return words.official_date(local_day(moment))
