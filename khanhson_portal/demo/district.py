"""The demo district: its catalogue, who solves what, and codes plainly for demonstration."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils.timezone import localdate

import procedures
from dossiers.codes import CODE_SCHEME
from dossiers.models import FormSet
from procedures.catalogue import Approval, Competence, Field, Procedure, ProcedureVersion, importing
from procedures.catalogue.filling import fill_contents
from procedures.offices import Agency, AgencyCode, AgencyKind, Level, Officer

DATA = Path(procedures.__file__).parent / "data"
SINCE = date(2015, 7, 10)
DEMO_CODE_SOURCE = "mã minh họa; tỉnh cấp mã thật"
PROMINENT = [
    "Hộ tịch",
    "Chứng thực",
    "Đất đai",
    "Đăng ký kinh doanh",
    "Giảm nghèo",
    "Bảo trợ xã hội",
]
SENSITIVE = ["Nuôi con nuôi", "Bảo trợ xã hội", "Trẻ em", "Bồi thường nhà nước"]

# Which office of the district solves the procedures of a field (district level, 2018).
DISTRICT_SOLVERS = {
    "Hộ tịch": "tu-phap",
    "Chứng thực": "tu-phap",
    "Đăng ký kinh doanh": "tai-chinh-ke-hoach",
    "Hợp tác xã": "tai-chinh-ke-hoach",
    "Công thương": "kinh-te-ha-tang",
    "Xây dựng": "kinh-te-ha-tang",
    "Văn hóa": "van-hoa-thong-tin",
    "Đất đai": "dang-ky-dat-dai",
    "Bảo trợ xã hội": "lao-dong",
    "Người có công": "lao-dong",
    "Trẻ em": "lao-dong",
    "Giáo dục và Đào tạo": "giao-duc",
    "Nông nghiệp": "nong-nghiep",
    "Thi đua, khen thưởng": "noi-vu",
}
# Fields that other bodies receive: no desk of the district is competent for them.
ELSEWHERE = [
    "Đăng ký, quản lý cư trú",
    "Thực hiện chính sách BHXH",
    "Thực hiện chính sách BHYT",
    "Cấp sổ BHXH, thẻ BHYT",
]


@transaction.atomic
def make_catalogue(controller: Officer) -> None:
    """Import the project's own lists; high and medium confidence approved, low left as drafts.

    A code of both lists keeps the district-era version in force; the current one waits as a draft.
    """
    for name in ("procedures-2018.csv", "procedures-2026.csv"):
        records = importing.read_files([DATA / name])
        known = set(Procedure.objects.values_list("code", flat=True))
        fresh = [record for record in records if record.code not in known]
        importing.apply(importing.plan(fresh), approve_by=controller)
        again = [record for record in records if record.code in known]
        importing.apply(importing.plan(again))
    fill_contents()
    Field.objects.filter(name__in=PROMINENT).update(prominent=True)
    Procedure.objects.filter(versions__field__name__in=SENSITIVE).update(sensitive=True)
    ProcedureVersion.objects.filter(title__startswith="Liên thông").update(linked=True)


@transaction.atomic
def make_competences() -> int:
    """Say which desk receives and who solves: communes their own, the district by field."""
    agencies = {agency.slug: agency for agency in Agency.objects.select_related("parent")}
    district_desk = agencies["mot-cua-huyen"]
    commune_desks = [
        agency
        for agency in agencies.values()
        if agency.kind == AgencyKind.DESK and agency.level == Level.COMMUNE
    ]
    rows = []
    today = localdate()
    versions = ProcedureVersion.objects.approved().in_force(today).select_related("field")
    for version in versions.exclude(field__name__in=ELSEWHERE):
        solver = agencies.get(DISTRICT_SOLVERS.get(version.field.name, ""))
        if Level.DISTRICT in version.levels and solver:
            rows.append(_competence(version, district_desk, solver))
        if Level.COMMUNE in version.levels:
            rows += [_competence(version, desk, desk.issuer) for desk in commune_desks]
    return len(Competence.objects.bulk_create(rows))


def _competence(version: ProcedureVersion, desk: Agency, solver: Agency) -> Competence:
    return Competence(procedure_id=version.procedure_id, desk=desk, solver=solver, valid_from=SINCE)


@transaction.atomic
def make_codes() -> None:
    """Give every desk an identification code for demonstration, and pin the forms of QĐ 14/2015."""
    desks = Agency.objects.desks().order_by("order")
    for number, desk in enumerate(desks, 20):
        AgencyCode.objects.create(
            agency=desk,
            scheme=CODE_SCHEME,
            value=f"000.00.{number}.H32",
            source=DEMO_CODE_SOURCE,
            valid_from=SINCE,
        )
    committees = Agency.objects.filter(kind=AgencyKind.COMMITTEE).exclude(level=Level.PROVINCE)
    FormSet.objects.get(slug="qd-14-2015").pinned_by.set(committees)


def drafts() -> int:
    return ProcedureVersion.objects.filter(approval=Approval.DRAFT).count()
