"""Tài liệu kiểm chứng: every legal act has its paper, and a lost one shows."""

from __future__ import annotations

from io import BytesIO

import pgtrigger
import pytest
import tablib
from django.urls import reverse

from dossiers import acts
from dossiers.models import Event, Paper
from dossiers.papers import audit, keeping, voiding
from khanhson_portal.ground.moments import month_bounds
from tests.dossiers.papers.test_issuing import issuer, receipt, slip
from tests.factories import MONDAY, make_dossier, make_hand

START, END = month_bounds(2018, 4)


def missing(district) -> list[Event]:
    return list(audit.missing_list({district.desk.pk}, START, END))


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

    lines = audit.lines({district.desk.pk}, START, END)

    assert missing(district) == []
    assert sum(line.done for line in lines) == 2
    assert audit.number_gaps({district.desk.pk}, 2018) == []


def test_a_paper_deleted_behind_the_portals_back_shows(district):
    dossier = make_dossier(district)
    make_dossier(district)
    delete_behind_the_portals_back(receipt(dossier))

    assert [event.dossier for event in missing(district)] == [dossier]
    line = audit.lines({district.desk.pk}, START, END)[0]
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
    assert [sheet.title for sheet in sheets] == ["Tổng hợp", "Thiếu giấy", "Giấy đã phát hành"]
    assert len(sheets[1]) == 1
    assert dossier.code in str(sheets[2].dict)
    assert dossier.owner.name not in str(sheets[2].dict)


@pytest.mark.parametrize("month", ["", "abc", "2018-13", "9999-01", "2018-4-1"])
def test_a_strange_month_shows_this_one(client, district, month):
    client.force_login(district.controller, backend="procedures.offices.access.PostBackend")

    assert client.get(reverse("dossiers:proof"), {"thang": month}).status_code == 200


def test_the_page_is_not_for_everybody(client, district):
    client.force_login(district.receiver, backend="procedures.offices.access.PostBackend")

    assert client.get(reverse("dossiers:proof")).status_code == 403
