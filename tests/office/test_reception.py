"""Who sits where: entered by the desk's head, read by all, with photos that are photos."""

from __future__ import annotations

import gzip
from io import BytesIO

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from procedures.noticeboard import Duty, FacilityCheck, FacilityItem, Picture
from procedures.offices import Agency
from tests.factories import day, local, make_field
from tests.office.conftest import make_picture

PAGE = "/can-bo/quan-ly/"


def staff_paths(duty) -> list[tuple[str, str]]:
    desk = duty.desk.slug
    return [
        ("get", PAGE),
        ("get", f"{PAGE}{desk}/phan-cong/"), ("post", f"{PAGE}{desk}/phan-cong/"),
        ("get", f"{PAGE}{desk}/kiem-tra/"), ("post", f"{PAGE}{desk}/kiem-tra/"),
        ("get", f"{PAGE}phan-cong/{duty.pk}/"), ("post", f"{PAGE}phan-cong/{duty.pk}/"),
        ("post", f"{PAGE}phan-cong/{duty.pk}/anh/"),
        ("get", f"{PAGE}phan-cong/{duty.pk}/bien-ten.pdf"),
    ]  # fmt: skip


def test_strangers_sign_in_officers_without_the_role_are_refused(client, district, duty):
    for method, path in staff_paths(duty):
        client.logout()
        assert getattr(client, method)(path).headers["Location"].startswith("/dang-nhap/"), path
        client.force_login(district.receiver)
        assert getattr(client, method)(path).status_code == 403, path


def test_another_desks_head_may_touch_nothing(client, duty, other_chief):
    client.force_login(other_chief)

    assert "Quầy 2" not in client.get(f"{PAGE}?noi={duty.desk.slug}").content.decode()
    for method, path in staff_paths(duty)[1:]:
        assert getattr(client, method)(path).status_code == 403, path


def test_the_head_and_the_administrator_may(client, duty, chief, administrator, facility_items):
    for officer in (chief, administrator):
        client.force_login(officer)
        for method, path in staff_paths(duty):
            if method == "get":
                assert client.get(path).status_code == 200, path
    assert client.get(f"{PAGE}khong-co/phan-cong/").status_code == 404


def test_the_head_assigns_a_counter_and_people_read_it(client, district, chief):
    client.force_login(chief)
    field = make_field("Hộ tịch")
    form = {
        "post": district.specialist.posts.get().pk, "counter": " Quầy  4 ", "hours": "",
        "valid_from": "02/05/2018", "valid_to": "", "fields_of_work": [field.pk],
    }  # fmt: skip

    client.post(f"{PAGE}{district.desk.slug}/phan-cong/", form)
    again = client.post(f"{PAGE}{district.desk.slug}/phan-cong/", form).content.decode()
    client.logout()
    page = client.get("/can-bo/").content.decode()

    assert "đã được phân công ở quầy ấy" in again
    assert Duty.objects.get().valid_from == day("2/5/2018")
    assert "Tro Văn Hai" in page
    assert "<b>Quầy 4</b>" in page
    assert "Lĩnh vực: Hộ tịch" in page


def test_a_wrong_period_and_a_foreign_officer_are_refused_and_nothing_typed_is_lost(
    client, district, chief
):
    client.force_login(chief)
    form = {
        "post": district.stranger.posts.get().pk, "counter": "Quầy 9",
        "valid_from": "05/03/2018", "valid_to": "04/03/2018",
    }  # fmt: skip

    page = client.post(f"{PAGE}{district.desk.slug}/phan-cong/", form).content.decode()

    assert "không thuộc đơn vị" in page
    assert "Ngày kết thúc phải từ ngày bắt đầu" in page
    assert 'value="Quầy 9"' in page
    assert not Duty.objects.exists()


def test_a_duty_that_ended_is_no_longer_shown_nor_its_portrait(client, duty, chief):
    client.force_login(chief)
    client.post(f"{PAGE}phan-cong/{duty.pk}/anh/", {"picture": make_picture(900, 1200)})
    picture = Picture.objects.get()
    client.logout()
    seen = client.get(f"/can-bo/anh/{picture.pk}.jpg")
    shown = client.get("/can-bo/").content.decode()

    Duty.objects.update(valid_to=day("1/5/2018"))

    drawn = Image.open(BytesIO(b"".join(seen.streaming_content)))
    assert (drawn.format, drawn.size) == ("JPEG", (900, 1200))
    assert str(picture.pk) in shown
    assert client.get(f"/can-bo/anh/{picture.pk}.jpg").status_code == 404
    assert "Cao Thị Mấu" not in client.get("/can-bo/").content.decode()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("chandung.jpg", b"MZ\x90\x00" + b"\0" * 500, "không phải là ảnh"),
        ("anh.png", b"", "Tệp vừa chọn trống"),
        ("to.jpg", b"\xff\xd8" + b"\0" * 20_000_000, "Ảnh nặng 20,0 MB"),
    ],
)
def test_a_file_that_is_no_picture_is_refused_in_words(client, duty, chief, name, content, words):
    client.force_login(chief)
    upload = SimpleUploadedFile(name, content, content_type="image/jpeg")

    page = client.post(f"{PAGE}phan-cong/{duty.pk}/anh/", {"picture": upload}).content.decode()

    assert words in page
    assert not Picture.objects.exists()


def test_forgetting_to_choose_a_picture_is_said(client, duty, chief):
    client.force_login(chief)

    assert "Chưa chọn ảnh" in client.post(f"{PAGE}phan-cong/{duty.pk}/anh/").content.decode()


def test_the_room_is_checked_with_a_dated_photo_and_the_newest_is_read(
    client, district, chief, facility_items, time_machine
):
    time_machine.move_to(local(2018, 6, 1))
    client.force_login(chief)
    water = FacilityItem.objects.get(name="Nước uống")
    path = f"{PAGE}{district.desk.slug}/kiem-tra/"
    form = {"item": water.pk, "state": "missing", "checked_on": "02/05/2018", "note": ""}

    client.post(path, form)
    client.post(
        path, {**form, "state": "there", "checked_on": "30/05/2018", "photo": make_picture()}
    )
    future = client.post(path, {**form, "checked_on": "02/07/2018"}).content.decode()
    client.logout()
    page = client.get("/can-bo/").content.decode()

    assert "Ngày kiểm tra chưa đến" in future
    assert FacilityCheck.objects.count() == 2
    assert "Kiểm tra ngày 30/05/2018" in page
    assert "Ảnh chụp: nước uống" in page
    assert page.count("Chưa cập nhật") == facility_items - 1


def test_the_public_page_keeps_its_budget_with_many_people(
    client, district, facility_items, django_assert_max_num_queries
):
    fields = [make_field(f"Lĩnh vực {number}") for number in range(12)]
    post = district.receiver.posts.get()
    for number in range(40):
        Duty.objects.create(post=post, desk=district.desk, counter=f"Quầy {number}").fields.set(
            fields
        )

    with django_assert_max_num_queries(8):
        page = client.get("/can-bo/").content

    assert len(gzip.compress(page)) <= 14_000
    assert b"<script" not in page


def test_staff_page_keeps_its_budget(
    client, district, administrator, django_assert_max_num_queries
):
    post = district.receiver.posts.get()
    for number in range(60):
        Duty.objects.create(post=post, desk=district.desk, counter=f"Quầy {number}")
    client.force_login(administrator)

    with django_assert_max_num_queries(15):
        assert client.get(f"{PAGE}?noi={district.desk.slug}").status_code == 200


def test_the_name_plate_is_one_page_that_says_who_and_where(client, duty, chief):
    client.force_login(chief)

    content = client.get(f"{PAGE}phan-cong/{duty.pk}/bien-ten.pdf").content

    reader = pypdf.PdfReader(BytesIO(content))
    text = reader.pages[0].extract_text()
    assert len(reader.pages) == 1
    assert "Cao Thị Mấu" in text
    assert "Quầy 2" in text


def test_an_empty_office_still_gives_a_page(client, db):
    Agency.objects.update(valid_to=day("31/12/2015"))

    assert "Chưa có bộ phận một cửa nào" in client.get("/can-bo/").content.decode()
    assert client.get("/can-bo/?noi=%00").status_code == 200


def test_a_duty_is_ended_by_its_last_day(client, duty, chief, district):
    client.force_login(chief)
    form = {
        "post": duty.post_id, "counter": "Quầy 3", "hours": "Sáng thứ Hai",
        "valid_from": "10/07/2015", "valid_to": "01/05/2018",
    }  # fmt: skip

    client.post(f"{PAGE}phan-cong/{duty.pk}/", form)

    duty.refresh_from_db()
    assert (duty.counter, duty.hours, duty.valid_to) == ("Quầy 3", "Sáng thứ Hai", day("1/5/2018"))
    assert "Đã hết" in client.get(PAGE).content.decode()


def test_a_new_portrait_removes_the_old_one_file_and_all(
    client, duty, chief, django_capture_on_commit_callbacks
):
    client.force_login(chief)
    path = f"{PAGE}phan-cong/{duty.pk}/anh/"
    client.post(path, {"picture": make_picture()})
    old = Picture.objects.get()

    with django_capture_on_commit_callbacks(execute=True):
        client.post(path, {"picture": make_picture(50, 50)})

    assert Picture.objects.count() == 1
    assert not old.content.storage.exists(old.content.name)
    assert client.get(f"/can-bo/anh/{old.pk}.jpg").status_code == 404
