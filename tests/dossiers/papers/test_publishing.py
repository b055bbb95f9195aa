"""Correcting a form: a draft, a look, the lint, and a day from which it counts."""

from __future__ import annotations

from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from dossiers.models import Form, FormKind, SigningImage
from dossiers.papers import issuing, keeping, publishing
from dossiers.papers.facts import ApologyFacts
from dossiers.papers.matter import Issuer
from procedures.offices import Role
from tests.dossiers.papers.test_issuing import receipt, text_of
from tests.factories import MONDAY, local, make_dossier, make_officer

TODAY = MONDAY.date()


def old_form() -> Form:
    return Form.objects.get(form_set__slug="qd-14-2015", kind=FormKind.RECEIPT)


def draft(**changes: str) -> Form:
    made = publishing.draft_from(old_form(), TODAY)
    for name, value in changes.items():
        setattr(made, name, value)
    made.save()
    return made


def test_a_correction_counts_from_its_day_and_issued_papers_stay(district):
    before = make_dossier(district, now=local(2018, 4, 13))
    original = keeping.original(receipt(before))
    made = draft(title="Giấy tiếp nhận và hẹn ngày trả kết quả")

    publishing.publish(made.pk, MONDAY, TODAY)
    after = make_dossier(district)

    assert "GIẤY TIẾP NHẬN VÀ HẸN NGÀY TRẢ KẾT QUẢ" in text_of(keeping.original(receipt(after)))
    assert keeping.original(receipt(before)) == original
    old = Form.objects.get(pk=old_form_id(before))
    assert old.valid_to == local(2018, 4, 15).date()


def old_form_id(dossier) -> int:
    return receipt(dossier).form_id


def test_a_draft_is_used_by_nobody(district):
    made = draft(body="Bản nháp {chu_ho_so}")

    form = issuing.form_for(made.form_set_id, FormKind.RECEIPT, TODAY)

    assert form != made


def test_a_draft_with_faults_is_not_published(district):
    made = draft(body=old_form().body.replace("Địa chỉ:", "Kính gửi UBND tỉnh Thanh Hóa:"))

    with pytest.raises(publishing.PublishRefused, match="Thanh Hóa"):
        publishing.publish(made.pk, MONDAY, TODAY)

    made.refresh_from_db()
    assert made.published_at is None


def test_the_past_is_not_corrected(district):
    made = publishing.draft_from(old_form(), local(2018, 4, 2).date())

    with pytest.raises(publishing.PublishRefused, match="từ hôm nay"):
        publishing.publish(made.pk, MONDAY, TODAY)


# Quản trị ----------------------------------------------------------------------------------------


@pytest.fixture
def admin_client(client, district):
    officer = make_officer(district.committee, Role.ADMINISTRATOR)
    officer.is_staff = True
    officer.save()
    client.force_login(officer, backend="procedures.offices.access.PostBackend")
    return client


def page_of(form: Form) -> str:
    return reverse("admin:dossiers_form_change", args=[form.pk])


def typed(form: Form, **changes: str) -> dict[str, object]:
    """Return what the browser sends when "Lưu, soát lỗi và công bố" is pressed."""
    names = ["kind", "label", "title", "subtitle", "number_suffix", "size", "copies", "body"]
    fields = {name: getattr(form, name) for name in [*names, "source"]}
    day = {"form_set": form.form_set_id, "valid_from": "16/04/2018", "_publish": "1"}
    return {**fields, **day, **changes}


def test_an_administrator_drafts_looks_and_publishes(admin_client):
    with time_machine.travel(MONDAY, tick=False):
        page = admin_client.get(page_of(old_form())).content.decode()
        assert "Mẫu đã công bố không sửa được" in page
        assert "<code>[bảng: giay_to]</code>" in page
        assert "nội dung yêu cầu giải quyết" in page
        assert "{nguoi_nhan}" not in page  # a receipt hands out no result
        form = old_form()
        admin_client.post(reverse("admin:form_draft", args=[form.pk]))
        made = Form.objects.get(published_at=None)
        for query in ["", "?dai"]:
            seen = admin_client.get(reverse("admin:form_preview", args=[made.pk]) + query)
            assert seen.content.startswith(b"%PDF")
        sent = typed(made, title="Giấy tiếp nhận hồ sơ")
        response = admin_client.post(page_of(made), sent, follow=True)

    made.refresh_from_db()
    assert made.published_at
    assert made.title == "Giấy tiếp nhận hồ sơ"
    assert "Đã công bố, dùng từ 16/04/2018" in response.content.decode()


def test_a_faulty_draft_is_kept_and_explained_and_its_preview_never_breaks(admin_client):
    made = draft()
    with time_machine.travel(MONDAY, tick=False):
        sent = typed(made, body="Xin chào {khong_co}")
        page = admin_client.post(page_of(made), sent, follow=True).content.decode()
        preview = admin_client.get(
            reverse("admin:form_preview", args=[made.pk]), follow=True
        ).content.decode()

    made.refresh_from_db()
    assert made.body == "Xin chào {khong_co}"
    assert made.published_at is None
    assert "chưa công bố" in page
    assert "khong_co" in page
    assert "Chưa xem trước được" in preview


def test_drafting_is_for_administrators_and_by_button_only(client, district, admin_client):
    address = reverse("admin:form_draft", args=[old_form().pk])
    assert admin_client.get(address).status_code == 403
    client.force_login(district.receiver, backend="procedures.offices.access.PostBackend")

    client.post(address)

    assert not Form.objects.filter(published_at=None).exists()


def png() -> bytes:
    kept = BytesIO()
    Image.new("RGBA", (120, 60), (0, 0, 160, 90)).save(kept, "PNG")
    return kept.getvalue()


def test_a_scanned_signature_is_printed_on_letters_from_its_day(admin_client, district):
    def upload(content: bytes):
        fields = {"officer": district.head.pk, "agency": "", "basis": "QĐ 1/QĐ-UBND",
                  "valid_from": "01/01/2018", "valid_to": ""}  # fmt: skip
        fields["file"] = SimpleUploadedFile("ky.png", content, "image/png")
        return admin_client.post(reverse("admin:dossiers_signingimage_add"), fields)

    assert "không phải ảnh PNG" in upload(b"nothing").content.decode()
    upload(png())
    image = SigningImage.objects.get()
    post = district.head.posts.get()
    letter = issuing._issue(
        FormKind.APOLOGY,
        make_dossier(district),
        Issuer(district.head, post, MONDAY),
        ApologyFacts("Mưa lũ", MONDAY, TODAY),
    )

    assert bytes(image.png) == png()
    assert letter.data["anh_chu_ky"] == image.pk
    assert b"/Image" in keeping.original(letter)
    assert "anh_chu_ky" not in receipt(make_dossier(district)).data
