"""Tài liệu kiểm chứng: every paper that is owed, per place and month; which of them is missing.

Plan 643/KH-UBND, IV.1: "các biểu mẫu theo quyết định 14/2015/QĐ-UBND". Two things owe a paper. An
act of ``ACTS.papers()``: it and its paper are written together, so that one removed behind the
portal's back shows here. And lateness, which nobody does: a dossier past its due date owes a letter
of apology before it is finished (QĐ 09/2015/QĐ-TTg; NĐ 61/2018/NĐ-CP, Điều 19).
"""

from __future__ import annotations

from collections import Counter as Tally
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import StrIndex, Substr

from dossiers import statistics
from dossiers.declaring import ACTS
from dossiers.models import Counter, Dossier, Event, FormKind, Paper
from khanhson_portal.ground import spreadsheets, words
from khanhson_portal.ground.moments import LOCAL
from khanhson_portal.ground.spreadsheets import Sheet

COUNTED = ["Nơi tiếp nhận", "Việc", "Giấy", "Số việc", "Có giấy", "Thiếu"]
LACKING = ["Mã hồ sơ", "Nơi tiếp nhận", "Việc", "Lúc", "Người làm"]
UNAPOLOGISED = ["Mã hồ sơ", "Nơi tiếp nhận", "Hạn giải quyết", "Có kết quả lúc"]
BEING_LATE = "Quá hạn giải quyết"


@dataclass(frozen=True)
class Line:
    """What owes a paper at one place: how often it happened, how often its paper is missing."""

    agency: str
    act: str
    paper: str
    done: int
    missing: int

    @property
    def issued(self) -> int:
        return self.done - self.missing


def proven_acts(desk_ids: set[int], start: datetime, end: datetime) -> QuerySet[Event]:
    """Return the acts recorded in a period that need a paper. Index: event_by_time."""
    return Event.objects.filter(
        act__in=ACTS.papers(), desk__in=desk_ids, recorded_at__gte=start, recorded_at__lt=end
    )


def without_paper(events: QuerySet[Event]) -> QuerySet[Event]:
    """Return those of ``events`` whose paper, or the one issued in its place, is not there."""
    own = Paper.objects.valid().filter(event=OuterRef("pk"))
    in_its_place = Paper.objects.valid().filter(replaces__event=OuterRef("pk"))
    on_receipt = [name for name, paper in ACTS.papers().items() if paper == FormKind.RECEIPT]
    newer_receipt = Paper.objects.valid().filter(
        kind=FormKind.RECEIPT, dossier=OuterRef("dossier"), issued_at__gte=OuterRef("at")
    )
    without = events.filter(~Exists(own), ~Exists(in_its_place))  # one OR would scan every paper
    return without.exclude(Q(act__in=on_receipt) & Exists(newer_receipt))


@dataclass(frozen=True)
class Letters:
    """The letters of apology that lateness owes: how many at each place, and who has none."""

    owed: dict[str, int]
    lacking: list[Dossier]

    def lines(self) -> list[Line]:
        missing = Tally(dossier.desk.short_name for dossier in self.lacking)
        letter = FormKind.APOLOGY.label
        return [
            Line(agency, BEING_LATE, letter, count, missing[agency])
            for agency, count in self.owed.items()
        ]


def letters(desk_ids: set[int], start: datetime, end: datetime) -> Letters:
    """Return what was late with its result in the period, or open and late at ``end``; two queries.

    Never while the clock stood. A letter written since ``end``, while it still ran, is there.
    Those without come the longest late first.
    """
    late = statistics.late_ones(desk_ids, start, end)
    without = [one.dossier_id for one in late if not one.apologised]
    lacking = Dossier.objects.filter(pk__in=without, promised_at=None).select_related("desk")
    return Letters(Tally(one.desk for one in late), list(lacking.order_by("due_at", "pk")))


def lines(desk_ids: set[int], start: datetime, end: datetime, letters: Letters) -> list[Line]:
    """Return one line per place and what owes a paper there, most missing first; two queries."""
    found = _lines_of_acts(desk_ids, start, end) + letters.lines()
    return sorted(found, key=lambda line: (-line.missing, line.agency, line.act))


def _lines_of_acts(desk_ids: set[int], start: datetime, end: datetime) -> list[Line]:
    events = proven_acts(desk_ids, start, end).order_by()
    key = ["desk__short_name", "act"]
    done = events.values(*key).annotate(count=Count("pk"))
    lacking = without_paper(events).values(*key).annotate(count=Count("pk"))
    missing = {(row["desk__short_name"], row["act"]): row["count"] for row in lacking}
    return [
        Line(
            agency=row["desk__short_name"],
            act=ACTS[row["act"]].label,
            paper=FormKind(ACTS.papers()[row["act"]]).label,
            done=row["count"],
            missing=missing.get((row["desk__short_name"], row["act"]), 0),
        )
        for row in done
    ]


def missing_list(desk_ids: set[int], start: datetime, end: datetime) -> QuerySet[Event]:
    """Return the acts without their paper, oldest first, ready for a list."""
    events = without_paper(proven_acts(desk_ids, start, end))
    return events.select_related("dossier", "desk", "by").order_by("recorded_at", "pk")


def number_gaps(desk_ids: set[int], year: int) -> list[str]:
    """Return one sentence per number series that has given out more numbers than papers exist.

    Two queries. Receipts are numbered by the register, so their acts show a missing one.
    """
    series = Counter.objects.filter(series__startswith="paper:", series__endswith=f":{year}")
    slash = StrIndex("number", Value("/"))
    papers = (
        Paper.objects.filter(number_year=year, agency__in=desk_ids)
        .exclude(kind=FormKind.RECEIPT)
        .exclude(number="")
        .order_by()
        .values("agency", "agency__short_name", suffix=Substr("number", slash + 1))
        .annotate(count=Count("number", distinct=True))
    )
    there = {(row["suffix"], row["agency"]): row for row in papers}
    found = []
    for counter in series:
        _, suffix, agency, _ = counter.series.split(":")
        row = there.get((suffix, int(agency)))
        if int(agency) in desk_ids and counter.last != (row["count"] if row else 0):
            lost = counter.last - (row["count"] if row else 0)
            place = row["agency__short_name"] if row else f"đơn vị số {agency}"
            found.append(f"Số …/{suffix} năm {year} của {place}: thiếu {lost} giấy.")
    return found


def export(desk_ids: set[int], start: datetime, end: datetime) -> bytes:
    """Return the audit as a workbook: the table, what lacks its paper, the issued papers."""
    owed = letters(desk_ids, start, end)
    counted = [
        [line.agency, line.act, line.paper, line.done, line.issued, line.missing]
        for line in lines(desk_ids, start, end, owed)
    ]
    lacking = [
        [event.dossier.name_on_paper, event.desk.short_name, event.label,
         _moment(event.recorded_at), event.who]
        for event in missing_list(desk_ids, start, end).iterator(chunk_size=1000)
    ]  # fmt: skip
    late = [
        [dossier.name_on_paper, dossier.desk.short_name, _plain(dossier.due_at),
         _plain(dossier.finished_at)]
        for dossier in owed.lacking
    ]  # fmt: skip
    return spreadsheets.xlsx(
        Sheet("Tổng hợp", COUNTED, counted),
        Sheet("Thiếu giấy", LACKING, lacking),
        Sheet("Chưa xin lỗi", UNAPOLOGISED, late),
        _papers(desk_ids, start, end),
    )


def _papers(desk_ids: set[int], start: datetime, end: datetime) -> Sheet:
    """Return every paper issued in the period: number, title, dossier, hash; no personal data."""
    heads = ["Số", "Giấy", "Mã hồ sơ", "Nơi phát hành", "Lúc", "Đã hủy", "SHA-256 của PDF"]
    found = Paper.objects.filter(issued_at__gte=start, issued_at__lt=end).filter(
        Q(dossier__desk__in=desk_ids) | Q(agency__in=desk_ids)
    )
    rows = found.order_by("issued_at").values_list(
        "number", "form__title", F("dossier__code"), "agency__name", "issued_at", "void_reason",
        "pdf_sha256",
    ).iterator(chunk_size=2000)  # fmt: skip
    return Sheet("Giấy đã phát hành", heads, ([_plain(value) for value in row] for row in rows))


def _plain(value: datetime | str | None) -> str:
    return _moment(value) if isinstance(value, datetime) else value or ""


def _moment(moment: datetime) -> str:
    local = moment.astimezone(LOCAL)
    return f"{words.short_date(local.date())} {local:%H:%M}"
