"""Issued papers: numbered, frozen, kept byte for byte, voided only with a reason."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from pypdf import PdfReader

from dossiers import acts
from dossiers.models import Dossier, Form, FormKind, FormSet, Paper
from dossiers.papers import drawing, issuing, keeping, voiding
from dossiers.papers.facts import AdviceFacts, ApologyFacts
from dossiers.papers.matter import Issuer
from khanhson_portal.ground import files
from khanhson_portal.ground.text import one_line
from procedures.offices import Agency, Post
from tests.dossiers.doing import RESULT
from tests.factories import (
    MONDAY,
    local,
    make_dossier,
    make_field,
    make_hand,
    make_intake,
    make_procedure,
)


def text_of(content: bytes) -> str:
    return one_line(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages))


def issuer(officer, now=MONDAY) -> Issuer:
    return Issuer(officer, officer.posts_on(now.date())[0], now)


def receipt(dossier: Dossier) -> Paper:
    return dossier.papers.select_related("form").get(kind=FormKind.RECEIPT)


def slip(dossier: Dossier, officer, now=MONDAY) -> Paper:
    """A guidance slip with what its act would say."""
    facts = AdviceFacts("Bản sao mờ", ("Bản sao rõ",))
    return issuing._issue(FormKind.GUIDANCE, dossier, issuer(officer, now), facts)


def test_a_reprint_after_everything_was_renamed_is_the_same_paper(district):
    dossier = make_dossier(district)
    original = keeping.original(receipt(dossier))
    Agency.objects.filter(pk=district.desk.pk).update(name="Trung tâm mới", place_name="Nơi mới")
    type(district.receiver).objects.filter(pk=district.receiver.pk).update(full_name="Tên Mới")
    dossier.version.title = "Tên thủ tục mới"
    dossier.version.save()

    paper = receipt(Dossier.objects.get(pk=dossier.pk))
    copy = text_of(keeping.copy(paper, MONDAY + timedelta(days=400)))

    assert keeping.original(paper) == original
    assert "Bản in lại lúc" in copy
    assert "Trung tâm mới" not in copy
    for fact in ["BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ", "Cao Thị Mấu", dossier.code]:
        assert fact in copy


def test_two_drawings_of_one_paper_are_the_same_bytes(district):
    paper = receipt(make_dossier(district))

    assert drawing.pdf(paper) == drawing.pdf(paper)


def test_a_file_changed_on_disk_is_never_served(district):
    paper = receipt(make_dossier(district))
    keeping.original(paper)
    paper.refresh_from_db()
    place = Path(settings.MEDIA_ROOT) / files.name_of(keeping.SHELF, paper.pdf_sha256)
    place.write_bytes(b"something else")

    with pytest.raises(keeping.PaperDamaged, match="đã bị thay đổi"):
        keeping.original(paper)


def test_a_receipt_bears_the_number_of_its_line_in_the_register(district):
    make_dossier(district)
    second = make_dossier(district)

    assert receipt(second).number == "02/BPTNTKQ"


def test_slips_are_numbered_per_agency_and_begin_anew_each_year(district):
    dossier = make_dossier(district)
    moments = [MONDAY, MONDAY, local(2019, 2, 5)]

    numbers = [slip(dossier, district.receiver, moment).number for moment in moments]

    assert numbers == ["01/HDHS", "02/HDHS", "01/HDHS"]


def test_a_slip_says_what_is_asked_for_beside_what_the_dossier_is_about(district):
    paper = slip(make_dossier(district), district.receiver)

    assert paper.data["noi_dung"] == "Đăng ký thành lập hộ kinh doanh"
    assert paper.data["giay_to_thieu"] == ["Bản sao rõ"]


def test_a_faulty_form_refuses_the_act_as_a_whole(district):
    Form.objects.filter(kind=FormKind.RECEIPT).update(body="Xin chào {khong_co}")

    with pytest.raises(acts.ActRefused, match="chưa được ghi nhận.*khong_co"):
        make_dossier(district)

    assert not Dossier.objects.exists()
    assert not Paper.objects.exists()


DAYS = {
    (2018, 5, 23): "qd-14-2015",
    (2019, 1, 5): "qd-14-2015",
    (2019, 1, 6): "tt-01-2018",
    (2025, 9, 14): "tt-01-2018",
    (2025, 9, 15): "tt-03-2025",
}


def test_the_set_of_forms_follows_the_day_unless_one_is_pinned(district):
    desk = district.desk
    assert issuing.form_set_for(desk, local(2026, 1, 1).date()).slug == "qd-14-2015"
    FormSet.objects.get(slug="qd-14-2015").pinned_by.clear()

    chosen = {day: issuing.form_set_for(desk, local(*day).date()).slug for day in DAYS}

    assert chosen == DAYS


def test_a_newer_set_borrows_what_it_lacks_from_an_older_one(district):
    newest = FormSet.objects.get(slug="tt-03-2025")

    form = issuing.form_for(newest.pk, FormKind.FEE_RECEIPT, local(2026, 1, 2).date())

    assert form.form_set.slug == "qd-14-2015"


def test_a_letter_bears_the_head_and_signature_of_whoever_answers_for_it(district):
    post = district.head.posts.get()
    post.acting, post.acting_for, post.title = "KT.", "Trưởng phòng", "Phó Trưởng phòng"
    post.save()
    letter = issuing._issue(
        FormKind.APOLOGY,
        make_dossier(district),
        Issuer(district.head, post, MONDAY),
        ApologyFacts("Mưa lũ", MONDAY, local(2018, 5, 10).date()),
    )
    text = text_of(keeping.original(letter))

    assert letter.agency == district.office
    assert district.office.name.upper() in text
    assert "KT. TRƯỞNG PHÒNG PHÓ TRƯỞNG PHÒNG" in text
    assert "ngày 10 tháng 5 năm 2018" in text


@pytest.mark.parametrize(
    ("seat", "acting", "acting_for", "title", "heading"),
    [
        ("committee", "", "", "Chủ tịch", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"),
        (
            "committee", "KT.", "Chủ tịch", "Phó Chủ tịch",
            "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
        ),
        ("committee", "TL.", "Chủ tịch", "Chánh Văn phòng", "TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG"),
        ("committee", "Q.", "", "Chủ tịch", "TM. ỦY BAN NHÂN DÂN\nQ. CHỦ TỊCH"),
        ("office", "", "", "Trưởng phòng", "TRƯỞNG PHÒNG"),
        ("office", "KT.", "Trưởng phòng", "Phó phòng", "KT. TRƯỞNG PHÒNG\nPHÓ PHÒNG"),
    ],
)  # fmt: skip
def test_whoever_signs_for_another_says_for_whom(
    district, seat, acting, acting_for, title, heading
):
    post = Post(agency=getattr(district, seat), acting=acting, acting_for=acting_for, title=title)

    assert "\n".join(post.signing_lines) == heading


def test_papers_of_the_demo_say_so_in_the_margin(district):
    demo, real = make_dossier(district, is_demo=True), make_dossier(district)

    assert "Bản minh họa, không có giá trị sử dụng" in text_of(keeping.original(receipt(demo)))
    assert "Bản minh họa" not in text_of(keeping.original(receipt(real)))


def test_a_voided_receipt_is_issued_anew_under_its_number(district):
    dossier = make_dossier(district)
    old = receipt(dossier)
    type(dossier.owner).objects.filter(pk=dossier.owner.pk).update(address="thôn Sửa Lại")

    newer = voiding.void(
        old.pk, issuer(district.receiver), reason="Ghi sai địa chỉ của chủ hồ sơ", again=True
    )
    old.refresh_from_db()

    assert newer
    assert (newer.number, newer.replaces) == (old.number, old)
    assert newer.data["dia_chi"] == "thôn Sửa Lại"
    assert list(dossier.papers.for_citizen()) == [newer]
    assert "GIẤY ĐÃ HỦY" in text_of(keeping.copy(old, MONDAY))


@pytest.mark.parametrize("reason", ["", "  ", "sai"])
def test_voiding_wants_a_reason(district, reason):
    paper = receipt(make_dossier(district))

    with pytest.raises(voiding.VoidRefused, match="lý do"):
        voiding.void(paper.pk, issuer(district.receiver), reason=reason, again=False)

    paper.refresh_from_db()
    assert paper.voided_at is None


def test_a_paper_is_voided_once(district):
    paper, by = receipt(make_dossier(district)), issuer(district.receiver)
    voiding.void(paper.pk, by, reason="In nhầm tên người nộp", again=False)

    with pytest.raises(voiding.VoidRefused, match="trước đó"):
        voiding.void(paper.pk, by, reason="In nhầm tên người nộp", again=False)


@pytest.mark.parametrize("column", ["number", "data_sha256", "kind"])
def test_the_database_itself_refuses_to_change_a_paper(district, column):
    paper = receipt(make_dossier(district))

    with pytest.raises(DatabaseError), transaction.atomic():
        Paper.objects.filter(pk=paper.pk).update(**{column: "bo-sung"})


def test_a_control_sheet_is_printed_from_the_journal(district):
    dossier = make_dossier(district)
    acts.hand_over(dossier.pk, make_hand(district.receiver), to=district.office)
    dossier.refresh_from_db()

    sheet = issuing.issue_on_demand(FormKind.CONTROL_SHEET, dossier, issuer(district.receiver))
    text = text_of(keeping.original(sheet))

    assert f"1. Giao: {district.desk.name}" in text
    assert f"2. Nhận: {district.office.name}" in text
    assert "Người giao (Ký): Cao Thị Mấu" in text


def test_the_control_sheet_tells_who_took_it_and_who_was_asked(district):
    pk = make_dossier(district).pk
    acts.hand_over(pk, make_hand(district.receiver), to=district.office)
    acts.ask_partner(pk, make_hand(district.specialist), whom="Công an huyện", days=3)
    acts.receive_partner(pk, make_hand(district.specialist), note="CV 15: đồng ý")
    acts.finish(pk, make_hand(district.specialist), result=RESULT)
    dossier = Dossier.objects.get(pk=pk)

    sheet = issuing.issue_on_demand(FormKind.CONTROL_SHEET, dossier, issuer(district.receiver))
    there, back, *_ = sheet.data["chang"]

    assert "Người giao (Ký): Cao Thị Mấu" in there["thoi_gian"]
    assert "Người nhận (Ký): Tro Văn Hai" in there["thoi_gian"]
    assert "Người giao (Ký): Tro Văn Hai" in back["thoi_gian"]
    assert back["thoi_gian"].endswith("Người nhận (Ký): \n\n")  # nobody at the desk touched it yet
    assert "Hỏi ý kiến Công an huyện" in back["ghi_chu"]
    assert sheet.data["co_quan_phoi_hop"] == "Công an huyện"


def test_an_apology_names_the_office_that_was_late(district):
    pk = make_dossier(district).pk
    acts.hand_over(pk, make_hand(district.receiver), to=district.office)
    late = local(2018, 5, 7)
    acts.apologise(pk, make_hand(district.leader, late), reason="Mưa lũ kéo dài", days=3)

    letter = Dossier.objects.get(pk=pk).papers.get(kind=FormKind.APOLOGY)

    assert letter.data["co_quan_tre"] == district.office.name
    assert f"Tuy nhiên, {district.office.name} không trả được" in text_of(keeping.original(letter))


def test_a_certification_gets_the_receipt_of_its_field(district):
    field = make_field("Chứng thực")
    version = make_procedure(district.desk, district.office, field=field)

    certified, usual = receipt(make_dossier(district, version)), receipt(make_dossier(district))

    assert certified.form.kind == FormKind.CERTIFICATION_RECEIPT
    assert "Số bản giấy" in text_of(keeping.original(certified))
    assert (certified.number, usual.number) == ("01/BPTNTKQ", "02/BPTNTKQ")
    assert usual.form.kind == FormKind.RECEIPT


@pytest.mark.parametrize("asked", [True, False])
def test_an_evaluation_slip_goes_along_where_the_set_of_forms_asks(district, asked):
    FormSet.objects.filter(slug="qd-14-2015").update(with_evaluation=asked)
    pk = make_dossier(district).pk
    acts.finish(pk, make_hand(district.receiver), result=RESULT)
    acts.return_result(pk, make_hand(district.returner), collector=acts.Collector("Mấu Thị Hoa"))

    assert Dossier.objects.get(pk=pk).papers.filter(kind=FormKind.EVALUATION).exists() == asked


def test_a_fee_receipt_without_money_is_refused(district):
    dossier = make_dossier(district)

    with pytest.raises(issuing.PaperFailed, match="chưa thu khoản nào"):
        issuing.issue_on_demand(FormKind.FEE_RECEIPT, dossier, issuer(district.receiver))


def test_one_visitor_with_several_dossiers_gets_one_list(district):
    first = make_dossier(district)
    second = acts.accept(make_intake(district), make_hand(district.receiver))

    paper = issuing.issue_on_demand(FormKind.GROUP_RECEIPT, first, issuer(district.receiver))

    assert [row["ma"] for row in paper.data["cac_ho_so"]] == [first.code, second.code]
