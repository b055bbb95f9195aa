"""One thing of each kind at the district's desk and at a commune's: a 404 says something then."""

from __future__ import annotations

from types import SimpleNamespace

from dossiers import acts
from dossiers.acts import reserving, visits
from dossiers.models import (
    Batch,
    CalendarChange,
    CalendarFeed,
    Dossier,
    DossierImport,
    Form,
    Notice,
    NoticeChannel,
    NoticeKind,
    NoticeStatus,
)
from dossiers.papers import keeping
from feedback import acts as feedback_acts
from feedback.kinds import load_kinds
from feedback.models import CaseKind
from khanhson_portal.kiosk.models import Screen
from khanhson_portal.publication import months
from procedures.catalogue import Approval, ImportBatch, SearchMiss
from procedures.noticeboard import (
    Duty,
    GuidanceSession,
    GuidanceTeam,
    Printout,
    PrintoutKind,
    ReviewProposal,
)
from procedures.noticeboard.review import receiving
from procedures.offices import Agency, Officer, Post, Role
from procedures.worktime import Holiday, WorkingTime
from satisfaction import publishing
from satisfaction.models import Comment, IndexReport, Questionnaire
from satisfaction.questionnaires import load_questionnaires
from tests.factories import (
    District,
    day,
    local,
    make_dossier,
    make_hand,
    make_intake,
    make_officer,
    make_procedure,
)

NOW = local(2018, 4, 16, 10)
PLACES = {
    "d": {**dict.fromkeys("RTHP", "mot-cua-huyen"), **dict.fromkeys("SO", "tai-chinh-ke-hoach"),
          "L": "ubnd-huyen", **dict.fromkeys("KCA", "van-phong")},
    "c": {**dict.fromkeys("RTHP", "mot-cua-son-binh"), **dict.fromkeys("SOLKCA", "son-binh")},
}  # fmt: skip
ROLES = {
    "R": Role.RECEPTION, "T": Role.RETURN, "H": Role.DESK_HEAD, "P": Role.POSTAL,
    "S": Role.SPECIALIST, "O": Role.HEAD, "L": Role.LEADER, "K": Role.CLERK,
    "C": Role.CONTROLLER, "A": Role.ADMINISTRATOR,
}  # fmt: skip


def people(level: str) -> dict[str, Officer]:
    """Return one officer for each role of a level, "d" or "c"."""
    agencies = {row.slug: row for row in Agency.objects.all()}
    return {who: make_officer(agencies[slug], ROLES[who]) for who, slug in PLACES[level].items()}


def make_world(district: District) -> dict[str, SimpleNamespace]:
    """Return what the placeholders of the table stand for: ``d`` and ``c``."""
    version = make_procedure(district.desk, district.office)
    at_district = make_dossier(district, version, now=NOW)
    acts.hand_over(at_district.pk, make_hand(district.receiver, NOW), to=district.office)
    commune = Agency.objects.get(slug="son-binh")
    below = make_procedure(district.commune_desk, commune, code="2.000815")
    at_commune = acts.accept(
        make_intake(district, below, desk=district.commune_desk), make_hand(district.stranger, NOW)
    )
    draft = make_procedure(code="2.000816")
    type(draft).objects.filter(pk=draft.pk).update(approval=Approval.DRAFT)
    return {
        "d": SimpleNamespace(
            **_of_desk(district.desk, district.receiver, at_district),
            **_of_district(district, version, draft.pk),
        ),
        "c": SimpleNamespace(
            **_of_desk(district.commune_desk, district.stranger, at_commune),
            leader=make_officer(commune, Role.LEADER).pk,
        ),
    }


def _of_desk(desk: Agency, receiver: Officer, dossier: Dossier) -> dict[str, object]:
    """Make what every desk has."""
    head = make_officer(desk, Role.DESK_HEAD)
    slips = reserving.reserve(desk, NOW.date(), 2, make_hand(head, NOW))
    batch = Batch.objects.create(
        kind="giay-tiep-nhan", agency=desk, day=NOW.date(), ordered_by=head, ordered_at=NOW,
        pdf_sha256=keeping.store(b"%PDF-1.7"),
    )  # fmt: skip
    notice = Notice.objects.create(
        kind=NoticeKind.ACCEPTED, channel=NoticeChannel.EMAIL, agency=desk, dossier=dossier,
        event=_untold(dossier), address="a@b.vn", body="Tin", created_at=NOW,
        status=NoticeStatus.FAILED,
    )  # fmt: skip
    session = GuidanceSession.objects.create(
        desk=desk, day=NOW.date(), helpers="Tổ", helped=1, by=head
    )
    team = GuidanceTeam.objects.create(
        desk=desk, decision="1/QĐ", decided_on=NOW.date(), decided_by="UBND", valid_from=NOW.date()
    )
    return {
        "desk": desk.slug,
        "dossier": dossier.code,
        "paper": dossier.papers.get(kind="tiep-nhan").pk,
        "visit": visits.start_visit(dossier, make_hand(receiver, NOW)).pk,
        "slip": slips.slips.first().code,
        "slips": slips.pk,
        "batch": batch.pk,
        "notice": notice.pk,
        "feed": CalendarFeed.objects.create(desk=desk, label="x", made_by=head, made_at=NOW).pk,
        "duty": Duty.objects.create(post=receiver.posts.get(), desk=desk, counter="Quầy 2").pk,
        "session": session.pk,
        "team": team.pk,
        "screen": Screen.objects.create(desk=desk, name="Màn hình").pk,
        "closure": Holiday.objects.create(
            day=day("20/12/2018"), kind="closure", name="Sửa nhà", agency=desk
        ).pk,
        "officer": receiver.pk,
        "case": _heard(desk, receiver, private=False),
        "conduct": _heard(desk, receiver, private=True),
    }


def _heard(desk: Agency, receiver: Officer, *, private: bool) -> str:
    """Return the code of what somebody said about a desk, or about how its people behave."""
    load_kinds()
    kind = CaseKind.objects.get(slug="thai-do" if private else "hoi-dap")
    CaseKind.objects.filter(pk=kind.pk).update(working_days=5)
    letter = feedback_acts.Letter(CaseKind.objects.get(pk=kind.pk), desk, "Việc", "Lời kể")
    return feedback_acts.receive(letter, make_hand(receiver, NOW)).code


def _untold(dossier: Dossier):
    Notice.objects.filter(dossier=dossier).delete()
    return dossier.events.first()


def _of_district(district: District, version, draft: int) -> dict[str, object]:
    """Make what there is once for the whole district."""
    months.draft(2018, 3, NOW)
    proposal = receiving.receive(
        ReviewProposal(subject="papers", part="x", wish="drop", burden="x"), version, NOW,
        by=district.receiver,
    )  # fmt: skip
    carried = DossierImport.objects.create(
        source="cũ", file_name="x.csv", sha256="0" * 64, uploaded_by=district.controller,
        uploaded_at=NOW, applied_at=NOW,
    )  # fmt: skip
    printout = Printout.objects.create(
        key="a" * 64, kind=PrintoutKind.LIST, title="x", data={}, asked_at=NOW, touched_at=NOW
    )
    miss = SearchMiss.objects.create(
        key="x", text="x", times=1, first_on=NOW.date(), last_on=NOW.date()
    )
    return {
        "field": version.field.slug,
        "procedure": version.procedure.code,
        "draft": draft,
        "holiday": Holiday.objects.get(day=day("30/4/2018"), agency=None).pk,
        "change": CalendarChange.objects.create(at=NOW, done_at=NOW, lines=["Thêm ngày nghỉ"]).pk,
        "proposal": proposal.code,
        "carried": carried.pk,
        "load": ImportBatch.objects.create(by=district.controller, digest="0", rows=[]).pk,
        "printout": printout.key,
        "miss": miss.pk,
        "hours": WorkingTime.objects.get(agency=None).pk,
        "form": Form.objects.filter(kind="tiep-nhan").first().pk,
        "leader": district.leader.pk,
        "comment": Comment.objects.create(desk=district.desk, month=day("1/4/2018"), text="x").pk,
        "index": _draft_of_indices(),
    }


def _draft_of_indices() -> int:
    load_questionnaires()
    questionnaire = Questionnaire.objects.get(slug="sipas-2017")
    first = day("1/1/2018")
    publishing.draft(questionnaire, first, day("1/3/2018"), NOW)
    return IndexReport.objects.get().pk


def strangers() -> dict[str, Officer | None]:
    """Return who may nothing: nobody, an account without a post, and one whose post has ended."""
    desk = Agency.objects.get(slug="mot-cua-huyen")
    idle = Officer.objects.create_user("khong-vi-tri", password="x", is_staff=True)
    ended = make_officer(desk, *Role)
    Post.objects.filter(officer=ended).update(valid_to=day("15/4/2018"))
    return {"nobody": None, "idle": idle, "ended": ended}
