"""Những chỗ còn thiếu: what the catalogue in force does not say yet, counted and listed.

A gap is a condition on versions; one query counts all of them, one lists the chosen one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from procedures.catalogue import (
    CaseChannel,
    Competence,
    Confidence,
    Fee,
    FeeState,
    ProcedureVersion,
    RequiredPaper,
)
from procedures.catalogue.models.versions import ProcedureVersionQuerySet
from procedures.worktime import Unit

A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Gap:
    slug: str
    label: str
    why: str
    condition: Callable[[date], Q]


def _of_version(rows: QuerySet) -> Q:
    return Q(Exists(rows.filter(case__version=OuterRef("pk"))))


def _limits() -> QuerySet:
    return CaseChannel.objects.exclude(unit=Unit.UNKNOWN)


def _nobody_receives(day: date) -> Q:
    rows = Competence.objects.in_force(day).filter(procedure=OuterRef("procedure"))
    return ~Q(Exists(rows))


GAPS = [
    Gap(
        "khong-don-vi",
        "Thời hạn có số, không có đơn vị",
        "Nguồn ghi “5” mà không ghi ngày hay ngày làm việc; không tính được ngày hẹn.",
        lambda day: _of_version(
            CaseChannel.objects.filter(unit=Unit.UNKNOWN).exclude(source_text="")
        ),
    ),
    Gap(
        "khong-thoi-han",
        "Không có thời hạn giải quyết",
        "Không hình thức nộp nào có thời hạn đọc được.",
        lambda day: ~_of_version(_limits()),
    ),
    Gap(
        "khong-phi",
        "Chưa rõ phí, lệ phí",
        "Chưa có thông tin không có nghĩa là miễn phí; bà con cần biết mang bao nhiêu tiền.",
        lambda day: ~_of_version(Fee.objects.exclude(state=FeeState.UNKNOWN)),
    ),
    Gap(
        "khong-giay-to",
        "Không có thành phần hồ sơ",
        "Bà con chưa biết phải mang giấy tờ gì.",
        lambda day: ~_of_version(RequiredPaper.objects.all()) & Q(papers_text=""),
    ),
    Gap(
        "khong-co-quan",
        "Không có cơ quan thực hiện",
        "Nguồn không ghi cơ quan thực hiện hay cơ quan có thẩm quyền.",
        lambda day: Q(implementer="", authority=""),
    ),
    Gap(
        "khong-quay-nhan",
        "Chưa giao bộ phận một cửa nào tiếp nhận",
        "Thủ tục đang áp dụng mà không quầy nào trong huyện nhận.",
        _nobody_receives,
    ),
    Gap(
        "khong-quyet-dinh",
        "Không có số quyết định công bố",
        "Chưa biết nội dung dựa vào quyết định nào.",
        lambda day: Q(ministry_decision="", province_decision=""),
    ),
    Gap(
        "lau-chua-doi-chieu",
        "Chưa đối chiếu trong một năm",
        "Chưa ai đối chiếu với quyết định, hoặc lần gần nhất đã quá một năm.",
        lambda day: Q(checked_on=None) | Q(checked_on__lt=day - A_YEAR),
    ),
    Gap(
        "tin-cay-thap",
        "Nguồn có độ tin cậy thấp",
        "Bản sưu tầm tự đánh giá là chưa chắc.",
        lambda day: Q(confidence=Confidence.LOW),
    ),
]


def in_force(day: date) -> ProcedureVersionQuerySet:
    return ProcedureVersion.objects.approved().in_force(day)


def count_gaps(day: date) -> dict[str, int]:
    """Return how many procedures in force have each gap, and how many there are; one query."""
    counted = {gap.slug.replace("-", "_"): _count(gap.condition(day)) for gap in GAPS}
    row = in_force(day).aggregate(whole=Count("pk"), **counted)
    return {gap.slug: row[gap.slug.replace("-", "_")] for gap in GAPS} | {"whole": row["whole"]}


def versions_with(slug: str, day: date) -> ProcedureVersionQuerySet | None:
    """Return the versions with one gap, None for a gap that does not exist."""
    gap = next((gap for gap in GAPS if gap.slug == slug), None)
    if gap is None:
        return None
    return in_force(day).filter(gap.condition(day)).for_listing().order_by("sort_key")


def _count(condition: Q) -> Count:
    return Count("pk", filter=condition)
