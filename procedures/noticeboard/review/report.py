"""Báo cáo rà soát thủ tục hành chính for a period, as PDF and XLSX. No proposer is named.

Source of the layout: domain rules of printouts (TT 01/2011/TT-BNV, NĐ 30/2020/NĐ-CP).
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from django.template.loader import render_to_string

from khanhson_portal.ground import pdf, spreadsheets, words
from khanhson_portal.ground.spreadsheets import Sheet
from procedures.noticeboard import ReviewProposal, ReviewState, Source
from procedures.noticeboard.review.forms import plain
from procedures.offices import Agency

MOST_ROWS = 500  # one report; WeasyPrint slows down beyond, and nobody reads on
HEADS = [
    "Mã đề nghị", "Ngày nhận", "Mã thủ tục", "Tên thủ tục", "Vướng ở đâu", "Cụ thể", "Vướng mắc",
    "Đề nghị", "Lý do", "Từ ai", "Kiến nghị tới", "Tình trạng", "Trả lời, kết quả",
]  # fmt: skip


def rows(first: date, last: date) -> list[ReviewProposal]:
    """Return the proposals received in the period, oldest first."""
    found = ReviewProposal.objects.received_between(first, last).for_listing()
    return list(found.order_by("received_at", "pk"))


def context(committee: Agency, first: date, last: date, made_on: date) -> dict[str, Any]:
    """Return what the report says, counted from the rows themselves."""
    found = rows(first, last)
    states = Counter(row.state for row in found)
    sources = Counter(row.source for row in found)
    return {
        "committee": committee,
        "first": words.short_date(first),
        "last": words.short_date(last),
        "made_on": words.official_date(made_on),
        "rows": found[:MOST_ROWS],
        "left_out": max(len(found) - MOST_ROWS, 0),
        "total": len(found),
        "procedures": len({row.procedure_id for row in found}),
        "sources": [(label, sources[value]) for value, label in Source.choices],
        "states": [(label, states[value]) for value, label in ReviewState.choices],
    }


def pdf_report(committee: Agency, first: date, last: date, made_on: date) -> bytes:
    html = render_to_string("review/report.html", context(committee, first, last, made_on))
    return pdf.render(html)


def xlsx_report(first: date, last: date) -> bytes:
    """Return every proposal of the period; nothing in a cell can run as a formula."""
    cells = [
        [
            row.code, words.short_date(row.received_on), row.procedure.national_code, row.title,
            row.get_subject_display(), row.part, row.burden, row.get_wish_display(), row.reason,
            row.get_source_display(), row.to_whom, row.get_state_display(), row.answer,
        ]
        for row in rows(first, last)
    ]  # fmt: skip
    sheet = Sheet("Rà soát", HEADS, [[plain(cell) for cell in row] for row in cells])
    return spreadsheets.xlsx(sheet)
