"""Công bố chỉ số hài lòng: drafted from the answers, approved by a leader, frozen for ever."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from dossiers.models import Dossier
from khanhson_portal.ground.frozen import digest
from khanhson_portal.ground.moments import first_moment, local_day, month_bounds
from procedures.offices import Officer
from satisfaction import indices
from satisfaction.collecting import ENDED
from satisfaction.indices import Share
from satisfaction.models import Answer, Comment, IndexReport, Questionnaire, Target, Way

STRAIGHT_FROM = 6  # criteria answered: all the same from so many on is a straight line


class NotPublishable(Exception):
    """Indices that cannot be drafted or published; ``str()`` is Vietnamese and says why."""


def figures_of(questionnaire: Questionnaire, first: date, last: date) -> dict[str, Any]:
    """Return the indices of the months ``first`` to ``last`` (first days) as plain data."""
    criteria = list(questionnaire.criteria.all())
    numbers = [criterion.number for criterion in criteria]
    rows = Answer.objects.in_months(first, last).filter(questionnaire=questionnaire)
    found = list(rows.values_list("desk_id", "desk__parent__name", "way", "scores"))
    sheets = [scores for _, _, _, scores in found]
    shares = indices.by_criterion(sheets, numbers)
    whole = indices.pooled(shares.values())
    able = _able_to_answer(first, last)
    return {
        "questionnaire": {
            "slug": questionnaire.slug,
            "name": questionnaire.name,
            "basis": questionnaire.basis,
        },
        "first": first.isoformat(),
        "last": last.isoformat(),
        "sheets": len(sheets),
        "able": able,
        "rate": indices.rounded(100 * len(sheets) / able) if able and sheets else None,
        "whole": share_json(whole),
        "mean": indices.rounded(indices.mean_of_criteria(shares.values())),
        "criteria": [
            {"number": c.number, "text": c.text, "factor": c.factor, **share_json(shares[c.number])}
            for c in criteria
        ],
        "factors": _groups((c.factor, shares[c.number]) for c in criteria),
        "plan_groups": _groups((c.plan_group, shares[c.number]) for c in criteria),
        "desks": _parts((name, scores) for _, name, _, scores in found),
        "ways": _parts((Way(way).label, scores) for _, _, way, scores in found),
        "target": _target(whole, last),
        "straight": sum(_is_straight(sheet) for sheet in sheets),
        "themes": _themes(first, last),
    }


def share_json(share: Share) -> dict[str, Any]:
    """Return a share as published: nothing but its size below five answers."""
    if share.suppressed:
        return {"given": share.given, "percent": None, "low": None, "high": None, "small": True}
    low, high = share.interval or (None, None)
    return {
        "given": share.given,
        "percent": indices.rounded(share.percent),
        "low": indices.rounded(low),
        "high": indices.rounded(high),
        "small": share.small,
    }


def _groups(parts: Iterable[tuple[str, Share]]) -> list[dict[str, Any]]:
    """Return the pooled share of each named group, in the order of the questionnaire."""
    pooled: dict[str, Share] = {}
    for name, share in parts:
        if name:
            pooled[name] = pooled.get(name, indices.NOTHING) + share
    return [{"name": name, **share_json(share)} for name, share in pooled.items()]


def _parts(rows: Iterable[tuple[str, dict[str, int]]]) -> list[dict[str, Any]]:
    """Return the share of each part of the whole; small parts, and one more, are not shown."""
    by_name: dict[str, list[dict[str, int]]] = {}
    for name, scores in rows:
        by_name.setdefault(name, []).append(scores)
    shares = {
        name: indices.pooled(indices.by_criterion(sheets, _numbers_in(sheets)).values())
        for name, sheets in by_name.items()
    }
    people = {name: Share(0, len(sheets)) for name, sheets in by_name.items()}
    hidden = indices.hidden_with(people)
    return [
        {
            "name": name,
            "sheets": len(by_name[name]),
            "hidden": name in hidden,
            **(share_json(indices.NOTHING) if name in hidden else share_json(shares[name])),
        }
        for name in sorted(by_name)
    ]


def _numbers_in(sheets: Iterable[dict[str, int]]) -> set[int]:
    return {int(key) for sheet in sheets for key in sheet}


def _target(whole: Share, last: date) -> dict[str, Any] | None:
    target = Target.objects.filter(year__lte=last.year).order_by("-year").first()
    if target is None:
        return None
    said = indices.reached(whole, float(target.percent), above=target.above)
    return {
        "year": target.year,
        "percent": float(target.percent),
        "above": target.above,
        "basis": target.basis,
        "said": said.value,
    }


def _able_to_answer(first: date, last: date) -> int:
    """Return how many dossiers ended in these months: their people could have answered."""
    return Dossier.objects.filter(
        state__in=ENDED,
        closed_at__gte=first_moment(first),
        closed_at__lt=month_bounds(last.year, last.month)[1],
    ).count()


def _is_straight(sheet: dict[str, int]) -> bool:
    return len(sheet) >= STRAIGHT_FROM and len(set(sheet.values())) == 1


def _themes(first: date, last: date) -> list[dict[str, Any]]:
    """Return what people wrote by theme, and what was done about it: masked and approved only."""
    rows = Comment.objects.filter(month__gte=first, month__lte=last).exclude(theme="")
    themes: dict[str, dict[str, Any]] = {}
    for comment in rows:
        theme = themes.setdefault(comment.theme, {"theme": comment.theme, "count": 0, "said": []})
        theme["count"] += 1
        if comment.public and comment.masked:
            theme["said"].append({"text": comment.masked, "done": comment.done})
    return sorted(themes.values(), key=lambda theme: (-theme["count"], theme["theme"]))


def draft(
    questionnaire: Questionnaire, first: date, last: date, now: datetime, *, reason: str = ""
) -> IndexReport:
    """Draft the indices of a period that is over; an unpublished draft is counted anew.

    ``reason`` makes version 2 of what is published. Raises NotPublishable.
    """
    if first > last or month_bounds(last.year, last.month)[1] > now:
        raise NotPublishable("Kỳ này chưa kết thúc, hoặc tháng đầu sau tháng cuối.")
    with transaction.atomic():
        rows = IndexReport.objects.select_for_update().filter(
            questionnaire=questionnaire, first=first, last=last
        )
        newest = rows.order_by("-version").first()
        if newest and newest.published_at and not reason:
            raise NotPublishable("Kỳ này đã công bố. Muốn đính chính thì ghi rõ lý do.")
        data = figures_of(questionnaire, first, last)
        version = 1 if newest is None else newest.version + (1 if newest.published_at else 0)
        report, _ = IndexReport.objects.update_or_create(
            questionnaire=questionnaire,
            first=first,
            last=last,
            version=version,
            defaults={"data": data, "sha256": digest(data), "drafted_at": now, "reason": reason},
        )
    return report


def publish(report_id: int, by: Officer, now: datetime) -> IndexReport:
    """Freeze a draft and show it to everybody; twice is once. Raises NotPublishable."""
    with transaction.atomic():
        report = IndexReport.objects.select_for_update().get(pk=report_id)
        if report.published_at:
            return report
        if not report.intact:
            raise NotPublishable("Số liệu không khớp mã kiểm tra: lập lại bản nháp.")
        if not report.data["sheets"]:
            raise NotPublishable("Kỳ này không có phiếu trả lời nào: không có gì để công bố.")
        report.approved_by, report.approved_at, report.published_at = by, now, now
        report.save()
    return report


def newest_published() -> list[IndexReport]:
    """Return the last version of each published period, the newest period first."""
    published = IndexReport.objects.exclude(published_at=None)
    last = published.values("questionnaire", "first", "last").annotate(v=Max("version"))
    kept = {(r["questionnaire"], r["first"], r["last"], r["v"]) for r in last}
    rows = published.select_related("questionnaire").order_by("-last", "-first")
    return [r for r in rows if (r.questionnaire_id, r.first, r.last, r.version) in kept]


def quarter_before(now: datetime) -> tuple[date, date]:
    """Return the first days of the first and last month of the quarter that ended last."""
    today = local_day(now)
    month = (today.month - 1) // 3 * 3 + 1
    year = today.year
    if month == 1:
        return date(year - 1, 10, 1), date(year - 1, 12, 1)
    return date(year, month - 3, 1), date(year, month - 1, 1)
