"""Rows about one dossier: the papers handed in, and what else its visitor filed that day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from dossiers.models import Dossier, HandedPaper
from dossiers.papers import wording
from khanhson_portal.ground.moments import day_bounds, local_day
from procedures.offices import Agency


def handed_papers(dossier: Dossier) -> list[dict[str, Any]]:
    return [
        {
            "ten": paper.name,
            "ban_chinh": paper.originals,
            "chung_thuc": paper.certified,
            "ban_sao": paper.photocopies,
        }
        for paper in dossier.handed_papers.all()
    ]


def handed_in_words(dossier: Dossier) -> list[str]:
    """Return one line per paper handed in: "Căn cước (1 bản chính, 2 bản photo)"."""
    return [_in_words(paper) for paper in dossier.handed_papers.all()]


def _in_words(paper: HandedPaper) -> str:
    counts = [
        (paper.originals, "bản chính"),
        (paper.certified, "bản chứng thực"),
        (paper.photocopies, "bản photo"),
    ]
    given = ", ".join(f"{number} {copies}" for number, copies in counts if number)
    return f"{paper.name} ({given})" if given else paper.name


def papers_to_certify(dossier: Dossier) -> list[dict[str, Any]]:
    """Return what is to be certified; pages and signing are for the counter to write in."""
    rows = dossier.handed_papers.all()
    return [{"ten": row.name, "so_ban": row.originals + row.photocopies} for row in rows]


def same_visitor(dossier: Dossier) -> list[dict[str, Any]]:
    """Return every dossier that the same person filed at this desk on the same day."""
    visitor = dossier.applicant
    same = Q(name_key=visitor.name_key, phone=visitor.phone)
    if visitor.identity_number:
        same = Q(identity_number=visitor.identity_number)
    people = type(visitor).objects.filter(same).values("pk")
    found = _received(dossier.desk, local_day(dossier.received_at)).filter(
        Q(submitter__in=people) | Q(submitter=None, owner__in=people)
    )
    return [
        {
            "noi_dung": row.title,
            "ma": row.name_on_paper,
            "don_vi": row.desk.short_name,
            "ngay_nhan": wording.short_day(row.received_at),
            "hen_tra": wording.short_day(row.due_at),
            "thoi_han": wording.limit(row.deadline),
            "so_bo": f"{row.sets:02}",
            "ho_ten": row.owner.name,
        }
        for row in found
    ]


def _received(desk: Agency, day: date) -> QuerySet[Dossier]:
    """Return the dossiers received at a desk on one day, in the order of the register."""
    received = Dossier.objects.received_on(*day_bounds(day)).filter(desk=desk)
    return received.select_related("version", "desk", "owner", "submitter").order_by("pk")
