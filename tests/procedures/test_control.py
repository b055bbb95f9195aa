"""The catalogue's keepers: drafts with their differences, approval, gaps, imports, searches."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate, now

from procedures.catalogue import (
    Approval,
    CaseChannel,
    ImportBatch,
    ProcedureVersion,
    SearchMiss,
    Synonym,
    approval,
    differences,
    drafting,
    gaps,
    reading,
)
from procedures.catalogue.models.search import TWICE
from procedures.catalogue.search import log
from procedures.offices import Role
from tests.factories import make_dossier, make_officer, make_procedure

HEADS = [
    "ma", "ten", "linh_vuc", "cap_thuc_hien", "so_quyet_dinh", "doi_tuong", "kenh",
    "so_thoi_gian", "don_vi_thoi_gian", "phi_hien_thi", "mo_ta_phi_thoi_han",
]  # fmt: skip
ROW = {
    "ma": "1.001612",
    "ten": "Đăng ký thành lập hộ kinh doanh",
    "linh_vuc": "Đăng ký kinh doanh",
    "cap_thuc_hien": "Cấp huyện",
    "kenh": "Trực tiếp",
    "so_thoi_gian": "10",
    "don_vi_thoi_gian": "Ngày làm việc",
    "phi_hien_thi": "100.000 Đồng",
}


def table(*rows: dict[str, str], name: str = "bang.csv") -> SimpleUploadedFile:
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADS)
    writer.writeheader()
    writer.writerows(rows)
    return SimpleUploadedFile(name, out.getvalue().encode())


@pytest.fixture
def controller(district, client):
    client.force_login(district.controller)
    return district.controller


@pytest.fixture
def administrator(district):
    return make_officer(district.committee, Role.ADMINISTRATOR)


def upload(client, *files, **data):
    return client.post("/kiem-soat/nap/", {"uploads": list(files), **data}, follow=True)


def draft_of(version, **changes):
    made = drafting.begin(version.procedure, today=localdate())
    for name, value in changes.items():
        setattr(made, name, value)
    made.refresh_keys()
    made.save()
    return made


def approve(version, by, **options):
    return approval.approve([version.pk], by=by, at=now(), **options)


# From a file to the public ----------------------------------------------------------------------


def test_a_changed_file_shows_its_diff_and_approval_publishes_it(client, controller, district):
    upload(client, table(ROW), valid_from="01/01/2018")
    batch = ImportBatch.objects.get()
    client.post(f"/kiem-soat/nap/{batch.pk}/ghi/")
    first = ProcedureVersion.objects.get()
    assert client.get("/thu-tuc/1.001612/").status_code == 404  # a draft is nobody's business

    client.post("/kiem-soat/duyet/", {"ban-nhap": [first.pk]})
    dossier = make_dossier_of(first, district)

    page = upload(client, table({**ROW, "so_thoi_gian": "5", "ten": ROW["ten"] + " mới"}))
    text = page.content.decode()
    assert "Thay đổi" in text
    assert "Trực tiếp: 10 ngày làm việc" in text
    assert "Trực tiếp: 5 ngày làm việc" in text
    second_batch = ImportBatch.objects.first()
    client.post(f"/kiem-soat/nap/{second_batch.pk}/ghi/")
    second = ProcedureVersion.objects.drafts().get()

    diff = client.get(f"/kiem-soat/ban-nhap/{second.pk}/").content.decode()
    assert "<ins>" in diff
    assert "<del>" in diff
    assert ROW["ten"] + " mới" not in client.get("/thu-tuc/1.001612/").content.decode()

    client.post(
        f"/kiem-soat/ban-nhap/{second.pk}/duyet/",
        {"province_decision": "123/QĐ-UBND", "valid_from": f"{localdate():%d/%m/%Y}"},
    )
    second.refresh_from_db()
    assert second.approval == Approval.APPROVED
    assert second.approved_by == controller
    assert "123/QĐ-UBND" in client.get("/thu-tuc/1.001612/").content.decode()
    old = client.get("/thu-tuc/1.001612/phien-ban/1/").content.decode()
    assert "không còn hiệu lực" in old
    dossier.refresh_from_db()
    assert dossier.version == first


def make_dossier_of(version, district):
    version.refresh_from_db()
    from procedures.catalogue import Competence

    Competence.objects.create(
        procedure=version.procedure, desk=district.desk, solver=district.office
    )
    return make_dossier(district, version)


def test_a_dossier_keeps_the_version_it_was_taken_in_under(district):
    version = make_procedure(district.desk, district.office)
    dossier = make_dossier(district, version)
    newer = draft_of(version, title="Tên mới")

    approve(newer, district.controller)

    dossier.refresh_from_db()
    assert dossier.version_id == version.pk
    assert ProcedureVersion.holding(version.procedure_id, localdate()) == newer


def test_a_file_that_cannot_be_read_is_said_and_keeps_nothing(client, controller):
    page = upload(client, SimpleUploadedFile("anh.csv", b"\xff\xd8\xff"))

    assert "anh.csv" in page.content.decode()
    assert not ImportBatch.objects.exists()


def test_every_row_has_its_verdict_and_its_reason(client, controller):
    page = upload(client, table(ROW, {**ROW, "ma": "abc"}))
    text = page.content.decode()

    assert "Từ chối" in text
    assert "không theo mẫu N.NNNNNN" in text
    assert "Ghi 1 thủ tục" in text
    assert not ProcedureVersion.objects.exists()


def test_what_was_not_shown_is_not_written(client, controller):
    upload(client, table(ROW))
    batch = ImportBatch.objects.get()
    make_procedure(code="1.001612", title="Có người vừa nhập")

    page = client.post(f"/kiem-soat/nap/{batch.pk}/ghi/", follow=True)

    assert "Danh mục đã thay đổi" in page.content.decode()
    assert not ProcedureVersion.objects.drafts().exists()


def test_writing_twice_writes_once(client, controller):
    upload(client, table(ROW))
    batch = ImportBatch.objects.get()
    for _ in range(2):
        client.post(f"/kiem-soat/nap/{batch.pk}/ghi/")

    assert ProcedureVersion.objects.count() == 1


# Approving ----------------------------------------------------------------------------------------


def test_a_low_confidence_waits_for_somebody_who_compared(district):
    version = make_procedure()
    draft = draft_of(version, confidence="low")

    assert approve(draft, district.controller).held
    result = approve(draft, district.controller, checked=True)

    assert [one.pk for one in result.passed] == [draft.pk]
    draft.refresh_from_db()
    assert draft.checked_on == localdate()


def test_the_version_before_ends_the_day_before(district):
    version = make_procedure()
    draft = draft_of(version)

    approve(draft, district.controller)

    version.refresh_from_db()
    assert version.valid_to == draft.valid_from - timedelta(days=1)


def test_two_versions_cannot_begin_on_one_day(client, controller):
    version = make_procedure(valid_from=localdate())
    draft = draft_of(version)

    page = client.post(
        f"/kiem-soat/ban-nhap/{draft.pk}/duyet/", {"valid_from": f"{localdate():%d/%m/%Y}"}
    )

    assert "chọn ngày hiệu lực sau" in page.content.decode()
    draft.refresh_from_db()
    assert draft.approval == Approval.DRAFT


def test_a_correction_takes_the_place_of_the_version_of_the_same_day(client, controller, district):
    wrong = make_procedure(district.desk, code="1.000777", title="Cấp giấy phép sai tên")
    draft = draft_of(wrong, title="Cấp giấy phép", valid_from=wrong.valid_from)
    assert "Cùng ngày bản đã duyệt" in client.get("/kiem-soat/").content.decode()
    page = client.get(f"/kiem-soat/ban-nhap/{draft.pk}/").content.decode()
    assert "<del>" in page
    address, typed = f"/kiem-soat/ban-nhap/{draft.pk}/duyet/", {"valid_from": "10/07/2015"}

    refused = client.post(address, typed).content.decode()
    client.post(address, {**typed, "correcting": "on"})

    assert "duyệt là bản đính chính để thay phiên bản ấy" in refused
    draft.refresh_from_db()
    wrong.refresh_from_db()
    assert (wrong.approval, draft.approval) == (Approval.REPLACED, Approval.APPROVED)
    assert "Cấp giấy phép sai tên" not in client.get("/thu-tuc/1.000777/").content.decode()
    old = client.get("/thu-tuc/1.000777/phien-ban/1/")  # printed addresses go on working
    assert "không còn hiệu lực" in old.content.decode()


def test_many_corrections_are_approved_in_one_press(client, controller, district):
    drafts = [
        draft_of(make_procedure(district.desk), title=f"Tên đúng {n}", valid_from=date(2015, 7, 10))
        for n in range(2)
    ]
    ticked = {"ban-nhap": [draft.pk for draft in drafts]}

    client.post("/kiem-soat/duyet/", ticked)
    assert ProcedureVersion.objects.drafts().count() == 2
    page = client.post("/kiem-soat/duyet/", {**ticked, "dinh-chinh": "1"}, follow=True)

    assert "Đã duyệt 2 phiên bản, 2 bản đính chính." in page.content.decode()


def test_a_refused_draft_keeps_the_reason_and_who(client, controller):
    draft = draft_of(make_procedure())

    client.post(f"/kiem-soat/ban-nhap/{draft.pk}/khong-duyet/", {"ly-do": "Sai số ngày"})

    page = client.get(f"/kiem-soat/ban-nhap/{draft.pk}/").content.decode()
    assert "Sai số ngày" in page
    assert str(controller) in page


def test_only_the_controller_approves(client, district, administrator):
    draft = draft_of(make_procedure())
    client.force_login(administrator)

    assert client.get("/kiem-soat/").status_code == 200
    assert client.post("/kiem-soat/duyet/", {"ban-nhap": [draft.pk]}).status_code == 403
    client.force_login(district.receiver)
    assert client.get("/kiem-soat/").status_code == 403


def test_an_abolished_procedure_says_what_replaced_it(client, controller):
    version = make_procedure(code="1.000001", title="Thủ tục cũ")
    other = make_procedure(code="1.000002", title="Thủ tục thay thế")
    yesterday = localdate() - timedelta(days=1)

    client.post(
        "/kiem-soat/thu-tuc/1.000001/bai-bo/",
        {"last_day": f"{yesterday:%d/%m/%Y}", "decision": "9/QĐ-UBND", "replaced_by": "1.000002"},
    )

    version.refresh_from_db()
    assert version.valid_to == yesterday
    page = client.get("/thu-tuc/1.000001/").content.decode()
    assert "bãi bỏ theo 9/QĐ-UBND" in page
    assert other.title in page


def test_a_wrong_replacement_is_said_and_nothing_ends(client, controller):
    version = make_procedure(code="1.000001")

    page = client.post(
        "/kiem-soat/thu-tuc/1.000001/bai-bo/",
        {"last_day": "30/06/2030", "decision": "9/QĐ-UBND", "replaced_by": "9.999999"},
    )

    assert "Không có thủ tục nào khác mang mã “9.999999”" in page.content.decode()
    version.refresh_from_db()
    assert version.valid_to is None


def test_a_draft_is_begun_like_what_holds_and_only_once(district):
    version = make_procedure(papers=("Giấy một", "Giấy hai"))
    draft = drafting.begin(version.procedure, today=localdate())

    reading.fill([version, draft])
    changed = [row.label for row in differences.between(version, draft)]
    assert "thành phần hồ sơ" not in changed
    assert draft.approval == Approval.DRAFT
    with pytest.raises(approval.NotAllowed, match="đang có một bản nháp"):
        drafting.begin(version.procedure, today=localdate())


def test_a_difference_names_words_and_rows():
    old, new = differences._compared_words("Nộp hồ sơ tại xã", "Nộp hồ sơ tại huyện")

    assert [part.text.strip() for part in old if part.changed] == ["xã"]
    assert [part.text.strip() for part in new if part.changed] == ["huyện"]


# Gaps ---------------------------------------------------------------------------------------------


def test_gaps_are_counted_and_listed(client, controller):
    whole = make_procedure(
        implementer="UBND huyện", ministry_decision="1/QĐ", checked_on=localdate()
    )
    bare = make_procedure(title="Thiếu đủ thứ", papers=())
    CaseChannel.objects.filter(case__version=bare).update(number=0, unit="unknown", source_text="5")

    counted = gaps.count_gaps(localdate())
    assert counted["whole"] == 2
    assert counted["khong-don-vi"] == counted["khong-thoi-han"] == counted["khong-giay-to"] == 1
    assert counted["khong-phi"] == 2
    assert counted["lau-chua-doi-chieu"] == counted["khong-quyet-dinh"] == 1
    page = client.get("/kiem-soat/con-thieu/?thieu=khong-giay-to").content.decode()
    assert bare.title in page
    assert whole.title not in page


def test_an_old_check_is_a_gap(db):
    make_procedure(checked_on=date(2020, 1, 1))

    assert gaps.count_gaps(localdate())["lau-chua-doi-chieu"] == 1


# Searches -----------------------------------------------------------------------------------------


def test_a_synonym_is_attached_in_one_press(client, controller):
    version = make_procedure(title="Đăng ký thường trú")
    log.record_search("chuyển nhà thường", found=False, day=localdate())
    miss = SearchMiss.objects.get()
    page = client.get("/kiem-soat/tim-kiem/").content.decode()
    assert "chuyển nhà thường" in page
    assert version.title in page

    client.post(f"/kiem-soat/tim-kiem/{miss.pk}/gan/", {"ma": version.procedure.code})

    assert Synonym.objects.get(procedure=version.procedure).phrase == "chuyển nhà thường"
    assert "Từ nay" in client.get("/kiem-soat/tim-kiem/").content.decode()
    assert "chuyển nhà thường" not in client.get("/kiem-soat/tim-kiem/").content.decode()


def test_attaching_the_same_words_twice_is_told_and_never_breaks(client, controller):
    log.record_search("giấy khai sanh", found=False, day=localdate())
    address = f"/kiem-soat/tim-kiem/{SearchMiss.objects.get().pk}/gan/"

    client.post(address, {"nghia": "đăng ký khai sinh"})
    again = client.post(address, {"nghia": "đăng ký khai sinh"}, follow=True)

    assert again.status_code == 200
    assert TWICE in again.content.decode()
    assert Synonym.objects.filter(phrase="giấy khai sanh").count() == 1


def test_words_nobody_can_help_are_put_away(client, controller):
    log.record_search("bẫy chuột", found=False, day=localdate())

    client.post(f"/kiem-soat/tim-kiem/{SearchMiss.objects.get().pk}/bo-qua/")

    assert not SearchMiss.objects.waiting()


# Pages --------------------------------------------------------------------------------------------


def test_pages_ask_a_constant_number_of_queries(client, controller, django_assert_max_num_queries):
    for number in range(60):
        draft_of(make_procedure(title=f"Thủ tục số {number}"))
        log.record_search(f"bẫy {number} con chuột", found=False, day=localdate())
    upload(client, *(table({**ROW, "ma": f"1.{n:06}"}, name=f"{n}.csv") for n in range(30)))
    draft = ProcedureVersion.objects.drafts().first()
    batch = ImportBatch.objects.get()
    for path in [
        "/kiem-soat/",
        "/kiem-soat/?q=thu+tuc",
        f"/kiem-soat/ban-nhap/{draft.pk}/",
        f"/kiem-soat/thu-tuc/{draft.procedure.code}/",
        "/kiem-soat/con-thieu/?thieu=khong-phi",
        "/kiem-soat/tim-kiem/",
        "/kiem-soat/nap/",
        f"/kiem-soat/nap/{batch.pk}/",
    ]:
        with django_assert_max_num_queries(15):
            assert client.get(path).status_code == 200, path


@pytest.mark.parametrize(
    "path", ["ban-nhap/99999999999999999999/", "nap/999/", "thu-tuc/khong-co/", "ban-nhap/1/"]
)
def test_what_does_not_exist_is_a_404(path, client, controller):
    assert client.get(f"/kiem-soat/{path}").status_code == 404
