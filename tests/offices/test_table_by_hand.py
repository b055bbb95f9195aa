"""The table of rights once more, written by hand: a role that gains or loses a right is noticed."""

from __future__ import annotations

import pytest

from dossiers.acts import ACTS
from procedures.offices import Agency, Role
from procedures.offices.reach import post_over
from procedures.offices.rights import TABLE, Right, Scope
from tests.factories import day, make_officer

TODAY = day("16/4/2018")

# O own place, H where the dossier lies, C committee with its desk and offices, B all below, W whole
LETTERS = {"O": Scope.OWN, "H": Scope.HOLDER, "C": Scope.COMMITTEE, "B": Scope.BELOW,
           "W": Scope.WHOLE_DISTRICT}  # fmt: skip
COLUMNS = [
    Role.RECEPTION, Role.RETURN, Role.DESK_HEAD, Role.SPECIALIST, Role.HEAD, Role.LEADER,
    Role.CLERK, Role.CONTROLLER, Role.POSTAL, Role.ADMINISTRATOR,
]  # fmt: skip
BY_HAND = """
                   rec ret dhd spe hea lea cle con pos adm
enter               O   O   O   O   O   O   O   O   O   O
see_dossiers        O   O   O   O   O   B   O   B   O   O
issue_papers        O   O   O   O   O   C   O   C   .   .
receive             O   .   O   .   .   .   .   .   .   .
reserve_numbers     .   .   O   .   .   .   .   .   .   .
hand_over           H   .   H   H   H   C   H   .   .   .
assign              .   .   H   .   H   C   .   .   .   .
work_on             H   .   H   H   H   .   .   .   .   .
ask_partners        .   .   .   H   H   .   .   .   .   .
note_answers        O   .   O   H   H   .   .   .   .   .
sign                .   .   .   .   H   C   .   .   .   .
finish              H   .   H   H   H   .   H   .   .   .
give_back           O   O   O   .   .   .   .   .   .   .
answer_for          .   .   O   .   H   C   .   .   .   .
mend                .   .   O   .   .   C   .   C   .   .
void_papers         .   .   O   .   O   C   .   C   .   .
see_proof           .   .   O   .   O   B   .   B   .   .
oversee             .   .   .   .   .   .   .   B   .   .
follow_notices      .   .   O   .   .   .   .   .   .   B
give_calendars      .   .   O   .   .   .   .   .   .   B
manage_reception    .   .   O   .   .   .   .   .   .   B
write_guidance      O   O   O   .   .   .   .   .   .   B
manage_guidance     .   .   O   .   .   .   .   .   .   B
watch_guidance      .   .   O   .   .   B   .   B   .   B
manage_screens      .   .   O   .   .   .   .   .   .   B
see_screens         .   .   O   .   .   B   .   B   .   B
change_calendar     .   .   O   .   .   .   .   W   .   W
set_working_time    .   .   O   .   .   .   .   W   .   W
confirm_years       .   .   .   .   .   .   .   W   .   W
prepare_months      .   .   W   .   .   W   .   W   .   .
publish_months      .   .   .   .   .   W   .   .   .   .
see_feedback        O   .   O   O   O   B   .   B   .   .
see_conduct         .   .   O   .   O   B   .   B   .   .
take_feedback       O   .   O   O   O   B   .   B   .   .
sort_feedback       .   .   O   .   H   B   .   B   .   .
answer_feedback     H   .   H   H   H   .   .   B   .   .
approve_answers     .   .   O   .   H   B   .   .   .   .
publish_feedback    .   .   .   .   .   .   .   B   .   .
type_surveys        .   .   .   .   .   W   .   W   .   .
prepare_indices     .   .   .   .   .   W   .   W   .   .
read_comments       .   .   .   .   .   .   .   W   .   .
publish_indices     .   .   .   .   .   W   .   W   .   .
import_dossiers     .   .   .   .   .   .   .   W   .   W
keep_catalogue      .   .   .   .   .   .   .   W   .   W
approve_catalogue   .   .   .   .   .   .   .   W   .   .
review_procedures   .   .   .   .   .   .   .   W   .   .
keep_forms          .   .   .   .   .   .   .   .   .   W
keep_structure      .   .   .   .   .   .   .   .   .   W
keep_officers       .   .   .   .   .   .   .   .   .   B
see_rights          .   .   .   .   .   .   .   B   .   B
see_health          .   .   .   .   .   .   .   W   .   W
"""
ROWS = {name: cells for name, *cells in map(str.split, BY_HAND.strip().splitlines()[1:])}

ACTS_BY_HAND = {
    Right.RECEIVE: "submit accept guide decline receive_supplement withdraw reclassify",
    Right.HAND_OVER: "hand_over",
    Right.ASSIGN: "assign",
    Right.WORK_ON: "request_supplement request_payment propose refuse",
    Right.ASK_PARTNERS: "ask_partner",
    Right.NOTE_ANSWERS: "receive_partner confirm_payment",
    Right.SIGN: "sign send_back",
    Right.FINISH: "finish",
    Right.GIVE_BACK: "shelve return_result",
    Right.ANSWER_FOR: "stop apologise",
    Right.MEND: "reopen transfer",
    Right.IMPORT_DOSSIERS: "import",
    Right.CHANGE_CALENDAR: "recount",
}


def test_every_right_has_its_row():
    assert set(ROWS) == {right.value for right in Right}
    assert len(COLUMNS) == len(Role)


@pytest.mark.parametrize("right", list(Right))
def test_a_right_belongs_to_the_roles_of_its_row_and_to_no_other(right):
    cells = dict(zip(COLUMNS, ROWS[right.value], strict=True))

    assert TABLE[right] == {role: LETTERS[cell] for role, cell in cells.items() if cell != "."}


def test_every_act_needs_the_right_written_here():
    named = {act: right for right, acts in ACTS_BY_HAND.items() for act in acts.split()}

    assert {act.name: act.right for act in ACTS.values()} == named


# received at the district's desk, lying at its finance office: where must one sit to do it?
PLACES = [
    "mot-cua-huyen", "tai-chinh-ke-hoach", "tu-phap", "ubnd-huyen", "son-binh",
    "mot-cua-son-binh", "ubnd-tinh",
]  # fmt: skip
SEATS = [
    (Right.RECEIVE, Role.RECEPTION, {"mot-cua-huyen"}),
    (Right.GIVE_BACK, Role.RETURN, {"mot-cua-huyen"}),
    (Right.WORK_ON, Role.SPECIALIST, {"tai-chinh-ke-hoach"}),
    (Right.SIGN, Role.HEAD, {"tai-chinh-ke-hoach"}),
    # a leader: of this committee, seated anywhere in it; never of one above or below
    (Right.SIGN, Role.LEADER, {"ubnd-huyen", "mot-cua-huyen", "tai-chinh-ke-hoach", "tu-phap"}),
    (Right.MEND, Role.CONTROLLER, {"ubnd-huyen", "mot-cua-huyen", "tai-chinh-ke-hoach", "tu-phap"}),
    # whoever looks down upon it, but nobody beside or below
    (Right.SEE_DOSSIERS, Role.CONTROLLER,
     {"ubnd-huyen", "mot-cua-huyen", "tai-chinh-ke-hoach", "tu-phap", "ubnd-tinh"}),
    # what is the whole district's: from the owner's own seat
    (Right.IMPORT_DOSSIERS, Role.CONTROLLER,
     {"ubnd-huyen", "mot-cua-huyen", "tai-chinh-ke-hoach", "tu-phap"}),
    (Right.SIGN, Role.SPECIALIST, set()),
    (Right.RECEIVE, Role.LEADER, set()),
]  # fmt: skip


@pytest.mark.parametrize(("right", "role", "seats"), SEATS)
def test_a_right_over_one_dossier_depends_on_the_seat(right, role, seats, district):
    agencies = {agency.slug: agency for agency in Agency.objects.all()}
    where = {
        "received_at": agencies["mot-cua-huyen"].pk,
        "lies_at": agencies["tai-chinh-ke-hoach"].pk,
    }

    may = {
        slug
        for slug in PLACES
        if post_over(make_officer(agencies[slug], role), right, TODAY, **where)
    }

    assert may == seats
