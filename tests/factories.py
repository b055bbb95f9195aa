"""Rows for tests. A factory makes a valid row from nothing; a test names what it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from uuid import uuid4

from django.contrib.auth.models import Group

from dossiers import acts
from dossiers.models import Dossier, FormSet, HandedPaper, Party
from khanhson_portal.ground.moments import LOCAL
from khanhson_portal.ground.text import sort_key
from procedures.catalogue import (
    Approval,
    CaseChannel,
    Competence,
    Field,
    Procedure,
    ProcedureCase,
    ProcedureVersion,
    RequiredPaper,
)
from procedures.offices import Agency, AgencyCode, Officer, Post, Role
from procedures.worktime import Unit
from tests import database

MONDAY = datetime(2018, 4, 16, 9, 12, tzinfo=LOCAL)  # ten working days from here end on 3 May
PASSWORD = "mot-cua-2018"

_number = count(1)


@dataclass
class District:
    """The rows most tests lean on; officers are named after what they do."""

    committee: Agency
    desk: Agency
    office: Agency
    other_office: Agency
    commune_desk: Agency
    receiver: Officer
    returner: Officer
    specialist: Officer
    head: Officer
    leader: Officer
    controller: Officer
    stranger: Officer


def make_district() -> District:
    """Seat one officer per role in the real district."""
    database.add_reference_rows()
    agencies = {agency.slug: agency for agency in Agency.objects.select_related("parent")}
    for serial, slug in enumerate(["mot-cua-huyen", "mot-cua-son-binh"], 20):
        AgencyCode.objects.create(
            agency=agencies[slug], scheme="ma-dinh-danh", value=f"000.00.{serial}.H32"
        )
    desk, office = agencies["mot-cua-huyen"], agencies["tai-chinh-ke-hoach"]
    FormSet.objects.get(slug="qd-14-2015").pinned_by.add(agencies["ubnd-huyen"])
    return District(
        committee=agencies["ubnd-huyen"],
        desk=desk,
        office=office,
        other_office=agencies["tu-phap"],
        commune_desk=agencies["mot-cua-son-binh"],
        receiver=make_officer(desk, Role.RECEPTION, name="Cao Thị Mấu"),
        returner=make_officer(desk, Role.RETURN, name="Bo Bo Thị Nga"),
        specialist=make_officer(office, Role.SPECIALIST, name="Tro Văn Hai"),
        head=make_officer(office, Role.HEAD, name="Nguyễn Văn Lãnh"),
        leader=make_officer(agencies["ubnd-huyen"], Role.LEADER, name="Đinh Văn Chủ"),
        controller=make_officer(agencies["ubnd-huyen"], Role.CONTROLLER, name="Lê Thị Soát"),
        stranger=make_officer(agencies["mot-cua-son-binh"], Role.RECEPTION, name="Mấu Văn Xa"),
    )


def make_officer(agency: Agency, *roles: Role, name: str = "") -> Officer:
    number = next(_number)
    officer = Officer.objects.create_user(
        f"canbo{number}", password=PASSWORD, full_name=name or f"Cán bộ {number}"
    )
    post = Post.objects.create(officer=officer, agency=agency, title="Chuyên viên")
    post.groups.set(Group.objects.filter(name__in=[role.value for role in roles]))
    return officer


def make_field(name: str = "Đăng ký kinh doanh") -> Field:
    slug = f"linh-vuc-{next(_number)}"
    field, _ = Field.objects.get_or_create(
        name=name, defaults={"slug": slug, "sort_key": sort_key(name)}
    )
    return field


def make_procedure(
    desk: Agency | None = None,
    solver: Agency | None = None,
    *,
    title: str = "Đăng ký thành lập hộ kinh doanh",
    number: int = 10,
    unit: Unit = Unit.WORKING_DAY,
    papers: tuple[str, ...] = ("Giấy đề nghị đăng ký hộ kinh doanh",),
    code: str = "",
    **version_fields: object,
) -> ProcedureVersion:
    """An approved version in force since 2015, received at ``desk`` when one is named."""
    procedure = Procedure.objects.create(code=code or f"1.{next(_number):06}")
    version = ProcedureVersion(
        procedure=procedure,
        title=title,
        approval=Approval.APPROVED,
        **{"field": make_field(), "levels": ["district"], **version_fields},
    )
    version.refresh_keys()
    version.save()
    case = ProcedureCase.objects.create(version=version)
    CaseChannel.objects.create(
        case=case, channel="direct", number=number if unit.counted else 0, unit=unit
    )
    for order, name in enumerate(papers):
        RequiredPaper.objects.create(case=case, name=name, originals=1, order=order)
    if desk:
        Competence.objects.create(procedure=procedure, desk=desk, solver=solver or desk.issuer)
    return version


def make_intake(
    district: District, version: ProcedureVersion | None = None, **fields
) -> acts.Intake:
    version = version or make_procedure(district.desk, district.office)
    case = version.cases.first()
    defaults = {
        "desk": district.desk,
        "version": version,
        "case": case,
        "owner": Party(
            name="Mấu Thị Hoa",
            identity_number="056190000123",
            phone="0912345678",
            address="thôn Dốc Trầu, xã Ba Cụm Bắc",
        ),
        "papers": [
            HandedPaper(required=paper, name=paper.name, originals=paper.originals)
            for paper in case.papers.all()
        ],
    }
    return acts.Intake(**{**defaults, **fields})


def make_hand(officer: Officer, now: datetime = MONDAY) -> acts.Hand:
    return acts.Hand(by=officer, now=now, nonce=uuid4())


def make_dossier(
    district: District,
    version: ProcedureVersion | None = None,
    *,
    now: datetime = MONDAY,
    **fields,
) -> Dossier:
    """A dossier really taken in at the district's desk."""
    return acts.accept(make_intake(district, version, **fields), make_hand(district.receiver, now))


def local(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=LOCAL)


def day(text: str) -> date:
    """Return a date from how people write it: "4/5/2018"."""
    d, m, y = map(int, text.split("/"))
    return date(y, m, d)
