"""The desk's pages about papers: who opens them, what they cost, mistakes in words."""

from __future__ import annotations

import pytest
from django.urls import reverse

from dossiers.models import Paper
from dossiers.papers import voiding
from procedures.offices import Role
from tests.dossiers.doing import do
from tests.dossiers.papers.test_issuing import issuer, receipt
from tests.factories import make_dossier, make_officer


def sign_in(client, officer):
    client.force_login(officer, backend="procedures.offices.access.PostBackend")
    return client


@pytest.fixture
def desk_head(district):
    return make_officer(district.desk, Role.DESK_HEAD, name="Tro Thị Trưởng")


def test_a_paper_has_its_page_its_original_and_its_copy(
    client, district, django_assert_max_num_queries
):
    paper = receipt(make_dossier(district))
    sign_in(client, district.receiver)
    with django_assert_max_num_queries(15):
        page = client.get(reverse("dossiers:paper_page", args=[paper.pk])).content.decode()
    original = client.get(reverse("dossiers:paper_pdf", args=[paper.pk]))
    again = client.get(reverse("dossiers:paper_pdf", args=[paper.pk]))
    copy = client.get(reverse("dossiers:paper_pdf", args=[paper.pk]) + "?ban-sao")

    assert "01/BPTNTKQ" in page
    assert "Hủy giấy" not in page
    assert original.content == again.content
    assert copy.content != original.content


def test_the_head_of_the_desk_voids_a_paper_and_keeps_what_was_typed(client, district, desk_head):
    dossier = make_dossier(district)
    paper = receipt(dossier)
    sign_in(client, desk_head)
    address = reverse("dossiers:paper_void", args=[paper.pk])

    refused = client.post(address, {"ly-do": "sai tên", "lap-lai": "on"})
    done = client.post(address, {"ly-do": "Ghi sai tên người nộp", "lap-lai": "on"}, follow=True)

    assert refused.status_code == 400
    assert "sai tên" in refused.content.decode()
    assert "ít nhất 10 chữ" in refused.content.decode()
    assert "Đã lập giấy mới" in done.content.decode()
    file = client.get(dossier.get_absolute_url()).content.decode()
    assert "Đã hủy" in file


def test_a_receptionist_may_not_void(client, district):
    paper = receipt(make_dossier(district))
    sign_in(client, district.receiver)

    response = client.post(
        reverse("dossiers:paper_void", args=[paper.pk]), {"ly-do": "Ghi sai tên người nộp"}
    )

    assert response.status_code == 403
    paper.refresh_from_db()
    assert paper.voided_at is None


def test_the_head_of_an_office_that_holds_the_file_may_not_void_the_receipt_of_the_desk(
    client, district
):
    dossier = make_dossier(district)
    paper = receipt(dossier)
    do("hand_over", dossier, district.receiver, district)
    sign_in(client, district.head)

    page = client.get(reverse("dossiers:paper_page", args=[paper.pk]))
    response = client.post(
        reverse("dossiers:paper_void", args=[paper.pk]), {"ly-do": "Ghi sai tên người nộp"}
    )

    assert page.status_code == 200
    assert "Hủy giấy" not in page.content.decode()
    assert response.status_code == 403
    paper.refresh_from_db()
    assert paper.voided_at is None


def test_strangers_see_no_paper(client, district):
    paper = receipt(make_dossier(district))
    sign_in(client, district.stranger)

    for name in ["paper_page", "paper_pdf"]:
        assert client.get(reverse(f"dossiers:{name}", args=[paper.pk])).status_code == 403


@pytest.mark.parametrize("kind", ["kiem-soat", "qua-trinh", "danh-gia", "bien-ban-giao-nhan"])
def test_more_papers_are_issued_from_the_file(client, district, kind):
    dossier = make_dossier(district)
    sign_in(client, district.receiver)

    page = client.post(
        reverse("dossiers:issue_paper", args=[dossier.code, kind]), follow=True
    ).content.decode()

    paper = Paper.objects.get(kind=kind)
    assert paper.form.title in page
    file = client.get(reverse("dossiers:paper_pdf", args=[paper.pk]))
    assert file.content.startswith(b"%PDF")


def test_what_cannot_be_issued_is_said_on_the_file(client, district):
    dossier = make_dossier(district)
    sign_in(client, district.receiver)
    address = reverse("dossiers:issue_paper", args=[dossier.code, "bien-lai"])

    assert "chưa thu khoản nào" in client.post(address, follow=True).content.decode()
    unknown = reverse("dossiers:issue_paper", args=[dossier.code, "tiep-nhan"])
    assert client.post(unknown).status_code == 404
    assert client.get(address).status_code == 405


def test_a_control_sheet_is_no_business_of_the_citizen(client, district):
    dossier = make_dossier(district)
    sign_in(client, district.receiver)
    client.post(reverse("dossiers:issue_paper", args=[dossier.code, "kiem-soat"]))
    sheet = Paper.objects.get(kind="kiem-soat")

    assert client.get(f"/h/{dossier.token}/giay-to/{sheet.pk}.pdf").status_code == 404
    assert client.get(f"/h/{dossier.token}/giay-to/{receipt(dossier).pk}.pdf").status_code == 200


def test_the_tracking_page_gives_the_newest_paper_of_an_act(
    client, district, django_assert_max_num_queries
):
    dossier = make_dossier(district)
    old = receipt(dossier)
    newer = voiding.void(
        old.pk, issuer(district.receiver), reason="Ghi sai tên người nộp", again=True
    )

    with django_assert_max_num_queries(8):
        page = client.get(f"/h/{dossier.token}/").content.decode()

    assert page.count(f"/giay-to/{newer.pk}.pdf") == 2
    assert f"/giay-to/{old.pk}.pdf" not in page
    assert client.get(f"/h/{dossier.token}/giay-to/{old.pk}.pdf").status_code == 404
