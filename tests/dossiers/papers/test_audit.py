"""Tài liệu kiểm chứng: every legal act has its paper, and a lost one shows."""

from __future__ import annotations

from io import BytesIO

import pgtrigger
import pytest
import tablib
from django.urls import reverse

from dossiers import acts
from dossiers.models import Event, FormKind, Paper
from dossiers.papers import audit, keeping, voiding
from khanhson_portal.ground.moments import month_bounds
from tests.dossiers.doing import ADVICE
from tests.dossiers.papers.test_issuing import issuer, receipt, slip
from tests.factories import MONDAY, local, make_dossier, make_hand, make_procedure

START, END = month_bounds(2018, 4)


def missing(district) -> list[Event]:
    return list(audit.missing_list({district.desk.pk}, START, END))


def letters(district) -> audit.Letters:
    return audit.letters({district.desk.pk}, START, END)


def lines_of(district) -> list[audit.Line]:
    return audit.lines({district.desk.pk}, START, END, letters(district))


def delete_behind_the_portals_back(paper: Paper) -> None:
    with pgtrigger.ignore("dossiers.Paper:no_delete"):
        Paper.objects.filter(pk=paper.pk).delete()


def test_a_whole_life_leaves_nothing_missing(district):
    dossier = make_dossier(district)
    acts.hand_over(dossier.pk, make_hand(district.receiver), to=district.office)
    result = acts.ResultDocument("15/GCN", MONDAY.date(), "Nguyễn Văn Lãnh")
    acts.finish(dossier.pk, make_hand(district.specialist), result=result)
    acts.return_result(
        dossier.pk, make_hand(district.returner), collector=acts.Collector("Mấu Thị Hoa")
    )

    lines = lines_of(district)

    assert missing(district) == []
    assert sum(line.done for line in lines) == 2
    assert audit.number_gaps({district.desk.pk}, 2018) == []


def test_a_paper_deleted_behind_the_portals_back_shows(district):
    dossier = make_dossier(district)
    make_dossier(district)
    delete_behind_the_portals_back(receipt(dossier))

    assert [event.dossier for event in missing(district)] == [dossier]
    line = lines_of(district)[0]
    assert (line.done, line.issued, line.missing) == (2, 1, 1)


def test_a_voided_paper_is_missing_until_it_is_issued_anew(district):
    dossier = make_dossier(district)
    by = issuer(district.receiver)
    newer = voiding.void(receipt(dossier).pk, by, reason="In nhầm tên người nộp", again=True)
    assert missing(district) == []

    voiding.void(newer.pk, by, reason="Lại in nhầm tên người nộp", again=False)

    assert [event.dossier for event in missing(district)] == [dossier]


def test_a_number_without_its_slip_is_a_gap(district):
    dossier = make_dossier(district)
    slips = [slip(dossier, district.receiver) for _ in range(3)]
    assert audit.number_gaps({district.desk.pk}, 2018) == []

    delete_behind_the_portals_back(slips[1])

    assert audit.number_gaps({district.desk.pk}, 2018) == [
        f"Số …/HDHS năm 2018 của {district.desk.short_name}: thiếu 1 giấy."
    ]


def test_the_page_says_what_is_missing_and_gives_a_workbook(
    client, district, django_assert_max_num_queries
):
    dossier = make_dossier(district)
    keeping.original(receipt(dossier))
    delete_behind_the_portals_back(receipt(make_dossier(district)))
    client.force_login(district.controller, backend="procedures.offices.access.PostBackend")
    with django_assert_max_num_queries(15):
        page = client.get(reverse("dossiers:proof"), {"thang": "2018-04"}).content.decode()
    book = client.get(reverse("dossiers:proof"), {"thang": "2018-04", "dinh-dang": "xlsx"})

    assert "Thiếu 1 giấy trên 2 việc" in page
    sheets = tablib.Databook().load(BytesIO(book.content), format="xlsx").sheets()
    assert [sheet.title for sheet in sheets] == [
        "Tổng hợp", "Thiếu giấy", "Chưa xin lỗi", "Giấy đã phát hành",
    ]  # fmt: skip
    assert len(sheets[1]) == 1
    assert dossier.code in str(sheets[3].dict)
    assert dossier.owner.name not in str(sheets[3].dict)


def finish(dossier, district, now):
    result = acts.ResultDocument("15/GCN", now.date(), "Nguyễn Văn Lãnh")
    return acts.finish(dossier.pk, make_hand(district.receiver, now), result=result)


def test_a_late_dossier_owes_a_letter_though_nobody_did_anything(client, district, time_machine):
    """Of six: in time, late with its letter, late without, open and late, waiting, too young."""
    one_day = make_procedure(district.desk, district.desk, number=1)
    timely, sorry, silent, still_open, waiting = (
        make_dossier(district, one_day, now=local(2018, 4, 16)) for _ in range(5)
    )
    make_dossier(district, one_day, now=local(2018, 4, 30, 15))
    acts.request_supplement(
        waiting.pk, make_hand(district.receiver, local(2018, 4, 16, 10)), advice=ADVICE
    )
    finish(timely, district, local(2018, 4, 17, 10))
    acts.apologise(
        sorry.pk, make_hand(district.leader, local(2018, 4, 17)), reason="Mưa lũ kéo dài", days=2
    )
    finish(sorry, district, local(2018, 4, 20))
    finish(silent, district, local(2018, 4, 20))

    (line,) = [line for line in lines_of(district) if line.act == audit.BEING_LATE]
    assert (line.paper, line.done, line.missing) == (FormKind.APOLOGY.label, 3, 2)
    assert letters(district).lacking == [silent, still_open]
    assert missing(district) == []

    time_machine.move_to(local(2018, 5, 2))
    client.force_login(district.controller, backend="procedures.offices.access.PostBackend")
    page = client.get(reverse("dossiers:proof"), {"thang": "2018-04"}).content.decode()
    assert "Đủ giấy" not in page
    assert silent.code in page
    assert sorry.code not in page

    acts.apologise(
        still_open.pk,
        make_hand(district.leader, local(2018, 5, 2)),
        reason="Mưa lũ kéo dài",
        days=2,
    )
    assert letters(district).lacking == [silent]


@pytest.mark.parametrize("month", ["", "abc", "2018-13", "9999-01", "2018-4-1"])
def test_a_strange_month_shows_this_one(client, district, month):
    client.force_login(district.controller, backend="procedures.offices.access.PostBackend")

    assert client.get(reverse("dossiers:proof"), {"thang": month}).status_code == 200


def test_the_page_is_not_for_everybody(client, district):
    client.force_login(district.receiver, backend="procedures.offices.access.PostBackend")

    assert client.get(reverse("dossiers:proof")).status_code == 403
