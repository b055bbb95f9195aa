"""The procedure's page: answers in the order of need, a day and a sum that can be believed."""

from __future__ import annotations

import gzip
import re

import pytest
from django.core.files.base import ContentFile
from django.db.models import prefetch_related_objects
from django.utils.timezone import localdate

from procedures.catalogue import (
    CaseChannel,
    Fee,
    InternalStep,
    OnlineLevel,
    ProcedureCase,
    ProcedureResult,
    ProcedureVersion,
    RequiredPaper,
    estimate,
    reading,
)
from procedures.catalogue.models.versions import CONTENTS
from procedures.offices import Hotline
from procedures.worktime import Holiday, Unit, WorkingTime, WorkSession
from tests.factories import day, make_procedure

CODE = "1.000777"
PAGE = f"/thu-tuc/{CODE}/"


@pytest.fixture
def version(district) -> ProcedureVersion:
    return make_procedure(
        district.desk,
        district.office,
        code=CODE,
        papers=("Tờ khai", "Giấy khai sinh", "Sổ hộ khẩu"),
        sequence="Bước 1. Nộp hồ sơ.",
    )


def text_of(response) -> str:
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(plain.split())


def due(client, **typed) -> str:
    page = client.get(PAGE, typed).content.decode()
    found = re.search(r'big-date">[^<]*?(\d\d/\d\d/\d{4})', page)
    return found[1] if found else ""


def limit(version: ProcedureVersion, number: int, unit: Unit) -> None:
    CaseChannel.objects.filter(case__version=version).update(number=number, unit=unit)


def test_the_page_answers_in_the_order_people_ask(client, version):
    page = client.get(PAGE).content.decode()
    order = ["lam-duoc", "giay-to", "thoi-han", "phi", "tinh", "noi-nop", "trinh-tu", "ket-qua"]
    places = [page.index(f'id="{name}"') for name in [*order, "can-cu"]]

    assert places == sorted(places)
    assert "Làm được ở đây" in page
    assert "Đối chiếu gần nhất" in page


def test_what_is_not_known_of_a_place_says_so(client, version):
    page = text_of(client.get(PAGE))

    assert "Địa chỉ: chưa cập nhật" in page
    assert "Đường dây nóng: chưa cập nhật" in page


def test_the_number_of_the_desk_comes_before_its_committees(client, version, district):
    Hotline.objects.create(agency=district.committee, phone="111")
    assert "Đường dây nóng: 111" in text_of(client.get(PAGE))

    Hotline.objects.create(agency=district.desk, mobile="222")
    Hotline.objects.create(agency=district.desk, phone="", mobile="")
    assert "Đường dây nóng: 222" in text_of(client.get(PAGE))


def test_hours_tell_the_duty_that_only_receives(client, version):
    times = WorkingTime.objects.get()
    WorkSession.objects.create(
        working_time=times, weekday=5, opens="07:00", closes="11:00", counts=False
    )

    page = text_of(client.get(PAGE))

    assert "thứ Hai đến thứ Sáu: 7 giờ – 11 giờ 30, 13 giờ 30 – 17 giờ" in page
    assert "thứ Bảy: 7 giờ – 11 giờ" in page


@pytest.mark.parametrize(
    ("received", "hour", "number", "unit", "expected"),
    [  # the worked deadlines, by hand
        ("27/4/2018", "10:00", 3, Unit.WORKING_DAY, "04/05/2018"),
        ("13/2/2018", "16:00", 5, Unit.WORKING_DAY, "27/02/2018"),
        ("26/12/2018", "09:00", 5, Unit.WORKING_DAY, "04/01/2019"),
        ("25/4/2019", "08:00", 4, Unit.WORKING_DAY, "04/05/2019"),
        ("6/8/2018", "09:00", 30, Unit.DAY, "05/09/2018"),
        ("3/8/2018", "09:00", 30, Unit.DAY, "04/09/2018"),
        ("31/3/2018", "09:00", 30, Unit.DAY, "02/05/2018"),
        ("23/5/2018", "15:30", 0, Unit.SAME_DAY, "24/05/2018"),
        ("23/5/2018", "14:50", 0, Unit.SAME_DAY, "23/05/2018"),
        ("21/4/2018", "09:00", 2, Unit.WORKING_DAY, "24/04/2018"),
        ("16/4/2018", "09:12", 10, Unit.WORKING_DAY, "03/05/2018"),
    ],
)
def test_the_day_is_the_one_counted_by_hand(
    client, version, received, hour, number, unit, expected
):
    limit(version, number, unit)

    assert due(client, ngay=received, gio=hour) == expected
    assert due(client, ngay=f"{day(received):%Y-%m-%d}", gio=hour) == expected


def test_the_day_explains_itself_and_a_day_off_is_named(client, version):
    page = text_of(client.get(PAGE, {"ngay": "16/4/2018", "gio": "9:00"}))
    assert "Giỗ Tổ Hùng Vương" in page

    closed = text_of(client.get(PAGE, {"ngay": "21/4/2018", "gio": "9:00"}))
    assert "bộ phận một cửa nghỉ (thứ Bảy)" in closed
    assert "từ ngày 23/04/2018" in closed


def test_a_desk_on_saturday_duty_is_not_said_to_be_shut(client, version):
    WorkSession.objects.create(
        working_time=WorkingTime.objects.get(),
        weekday=5,
        opens="07:00",
        closes="11:00",
        counts=False,
    )

    assert "một cửa nghỉ" not in text_of(client.get(PAGE, {"ngay": "21/4/2018", "gio": "9:00"}))
    on_a_holiday = text_of(client.get(PAGE, {"ngay": "17/2/2018", "gio": "9:00"}))
    assert "bộ phận một cửa nghỉ" in on_a_holiday  # mùng hai Tết, a Saturday


def test_an_hour_when_the_desk_is_shut_is_told(client, version):
    shut = "bộ phận một cửa không nhận hồ sơ trực tiếp"

    assert shut in text_of(client.get(PAGE, {"ngay": "16/4/2018", "gio": "12:30"}))
    assert shut not in text_of(client.get(PAGE, {"ngay": "16/4/2018", "gio": "11:30"}))


def test_each_way_and_case_has_its_own_time(client, version):
    other = ProcedureCase.objects.create(version=version, name="Cấp lại", order=1)
    CaseChannel.objects.create(case=other, channel="direct", number=2, unit=Unit.WORKING_DAY)
    CaseChannel.objects.create(case=other, channel="online", number=1, unit=Unit.WORKING_DAY)
    asked = {"ngay": "16/4/2018", "gio": "9:00", "truong-hop": other.pk}

    assert due(client, **asked, kenh="direct") == "18/04/2018"
    assert due(client, **asked, kenh="online") == "17/04/2018"
    assert due(client, ngay="16/4/2018", gio="9:00", kenh="online") == "03/05/2018"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"ngay": "31/2/2018"}, "Ngày nộp chưa đọc được"),
        ({"ngay": "1/1/1900"}, "Ngày nộp phải từ 10/07/2015"),
        ({"ngay": "2999-01-01"}, "Ngày nộp phải từ"),
        ({"gio": "25:00"}, "Giờ nộp chưa đọc được"),
        ({"so-1": "mười"}, "Số bản là số từ 1 đến 9.999; vừa ghi “mười”"),
        ({"so-1": "0"}, "Số bản là số từ 1"),
    ],
)
def test_a_slip_of_the_pen_is_explained_and_kept(client, version, typed, words):
    Fee.objects.create(case=version.cases.get(), state="known", amount=2_000, per="bản")

    response = client.get(PAGE, typed)

    assert response.status_code == 200
    assert words in text_of(response)
    assert all(f'value="{text}"' in response.content.decode() for text in typed.values())
    assert "big-date" not in response.content.decode()


@pytest.mark.parametrize(
    "nonsense",
    [
        {"truong-hop": "9" * 30, "kenh": "x", "noi": "%00", "ngay": "\x00"},
        {"truong-hop": "-1", "ngay": "🙂", "gio": "x" * 5000},
        {"ngay": "٣/٤/٢٠١٨"},
    ],
)
def test_nonsense_gives_a_page(client, version, nonsense):
    assert client.get(PAGE, nonsense).status_code == 200


def test_money_is_multiplied_only_where_the_catalogue_says_how(client, version):
    case = version.cases.get()
    Fee.objects.create(case=case, state="known", amount=10_000, per="trường hợp", kind="phi")
    Fee.objects.create(case=case, state="known", amount=50_000, kind="le_phi", order=1)
    assert "Tạm tính: 80.000 đồng" in text_of(client.get(PAGE, {"so-1": "3"}))

    Fee.objects.create(case=case, state="unknown", order=2)
    page = text_of(client.get(PAGE, {"so-1": "3"}))
    assert "Tạm tính" not in page
    assert "Chưa cộng được số tiền" in page


def test_a_sliding_fee_is_not_multiplied(client, version):
    """Two thousand a page, one thousand from the third on: twelve times two is a lie."""
    note = "Từ trang thứ 3 thu 1.000 đồng/trang."
    Fee.objects.create(
        case=version.cases.get(), state="known", amount=2_000, per="trang", note=note
    )

    assert "Tạm tính: 2.000 đồng" in text_of(client.get(PAGE))
    assert "Tạm tính" not in text_of(client.get(PAGE, {"so-1": "12"}))


def test_exemptions_stand_beside_the_fee(client, version):
    Fee.objects.create(
        case=version.cases.get(), state="known", amount=8_000, exemptions="Người thuộc hộ nghèo"
    )

    page = text_of(client.get(PAGE))
    assert "Được miễn, giảm: Người thuộc hộ nghèo" in page
    assert "8.000 đồng; có người được miễn, giảm" in page


def test_no_time_limit_no_day(client, version):
    limit(version, 0, Unit.UNKNOWN)

    page = text_of(client.get(PAGE))

    assert "Chưa tính được ngày nhận" in page
    assert "big-date" not in client.get(PAGE).content.decode()


def test_a_procedure_without_desk_or_working_time_is_still_a_page(client, district):
    version = make_procedure(code="1.000778")
    WorkSession.objects.all().delete()

    page = text_of(client.get(version.procedure.get_absolute_url()))

    assert "Chưa có thông tin nơi nhận hồ sơ ở đây" in page


def test_the_checklist_tells_what_is_missing_without_script(client, version):
    first, second, third = RequiredPaper.objects.filter(case__version=version)
    page = client.get(PAGE).content.decode()
    assert page.count('name="co"') == 3
    assert f'action="{PAGE}can-mang/"' in page

    missing = text_of(client.get(f"{PAGE}can-mang/", {"co": [first.pk, third.pk]}))
    assert "Còn thiếu 1 loại giấy tờ" in missing
    assert missing.index("Cần chuẩn bị thêm") < missing.index("Giấy khai sinh")
    assert missing.index("Giấy khai sinh") < missing.index("Đã có") < missing.index("Tờ khai")

    everything = {"co": [first.pk, second.pk, third.pk]}
    assert "Đã đủ giấy tờ" in text_of(client.get(f"{PAGE}can-mang/", everything))
    assert client.get(PAGE, everything).content.decode().count(" checked") == 3


def test_one_of_a_group_is_enough(client, version):
    case = version.cases.get()
    group = "Một trong các giấy tờ sau"
    papers = [
        RequiredPaper.objects.create(case=case, name=f"Giấy {n}", group=group, order=10 + n)
        for n in range(3)
    ]

    page = text_of(client.get(f"{PAGE}can-mang/", {"co": papers[1].pk}))

    assert "Giấy 0" not in page
    assert "Giấy 1" in page
    assert "Giấy khai sinh" in page


@pytest.mark.parametrize("co", ["x", "-1", "9" * 40, "%00", "١"])
def test_any_tick_gives_a_page(client, version, co):
    assert client.get(f"{PAGE}can-mang/", {"co": co, "truong-hop": co}).status_code == 200


def test_forms_are_downloaded_from_approved_versions_only(client, version):
    paper = RequiredPaper.objects.filter(case__version=version).first()
    paper.form_file.save("to-khai.docx", ContentFile(b"mau"))
    address = f"{PAGE}mau/{paper.pk}/"
    assert address in client.get(PAGE).content.decode()

    response = client.get(address)
    assert b"".join(response.streaming_content) == b"mau"
    assert "attachment" in response["Content-Disposition"]

    assert client.get(f"/thu-tuc/1.999999/mau/{paper.pk}/").status_code == 404
    ProcedureVersion.objects.update(approval="draft")
    assert client.get(address).status_code == 404


def test_an_old_version_says_so_and_an_abolished_one_names_its_successor(client, version, district):
    yesterday = localdate().replace(day=1)
    later = make_procedure(district.desk, code="1.000779", title="Thủ tục mới thay thế")
    version.valid_from, version.valid_to = day("1/1/2016"), day("1/1/2017")
    version.save()
    version.procedure.replaced_by = later.procedure
    version.procedure.save()

    page = text_of(client.get(PAGE))
    assert "Được thay bằng Thủ tục mới thay thế" in page
    assert 'id="tinh"' not in client.get(PAGE).content.decode()
    assert client.get(f"{PAGE}can-mang/").url == PAGE

    newer = ProcedureVersion(
        procedure=version.procedure,
        number=2,
        title="Bản mới",
        field=version.field,
        approval="approved",
        valid_from=yesterday,
    )
    newer.refresh_keys()
    newer.save()
    assert "Bản mới" in text_of(client.get(PAGE))
    assert "không còn hiệu lực từ sau ngày 01/01/2017" in text_of(client.get(f"{PAGE}phien-ban/1/"))
    assert client.get(f"{PAGE}phien-ban/3/").status_code == 404


def test_the_largest_page_stays_light_and_asks_eight_times(
    client, district, django_assert_max_num_queries
):
    version = make_procedure(
        district.desk,
        code="1.000780",
        title=("Thủ tục " + "rất dài " * 180)[:1094],
        papers=tuple(f"Giấy tờ số {n} có tên dài của thủ tục này" for n in range(60)),
        sequence="Bước này nói dài. " * 400,
    )
    for n in range(6):
        case = ProcedureCase.objects.create(version=version, name=f"Trường hợp {n}", order=n + 1)
        CaseChannel.objects.create(case=case, channel="online", number=3, unit=Unit.DAY)
        Fee.objects.create(case=case, state="known", amount=5_000, per="bản")

    for path in ("", "can-mang/"):
        with django_assert_max_num_queries(8):
            page = client.get(f"/thu-tuc/1.000780/{path}").content
        assert len(gzip.compress(page)) <= 14_000
        assert b"<script" not in page
        assert b"style=" not in page


def test_contents_read_at_once_are_those_that_prefetching_reads(db, django_assert_num_queries):
    version = make_procedure(papers=("Tờ khai", "Giấy khai sinh"))
    for n in (2, 1):
        case = ProcedureCase.objects.create(version=version, name=f"Trường hợp {n}", order=n)
        CaseChannel.objects.create(case=case, channel="online", number=3, unit=Unit.DAY)
        Fee.objects.create(case=case, state="known", amount=5_000, per="bản")
        InternalStep.objects.create(case=case, order=n, name="Thẩm định", role="specialist")
    for since in (day("1/1/2016"), day("1/1/2018")):
        OnlineLevel.objects.create(version=version, value="3", valid_from=since)
    ProcedureResult.objects.create(version=version, name="Giấy phép")
    other = make_procedure()
    at_once, prefetched = ([*ProcedureVersion.objects.order_by("pk")] for _ in range(2))

    with django_assert_num_queries(1):
        reading.fill(at_once)
    prefetch_related_objects(prefetched, *CONTENTS)

    with django_assert_num_queries(0):
        read, expected = (list(map(whole, rows)) for rows in (at_once, prefetched))
    assert read == expected
    assert [one.pk for one in at_once] == [version.pk, other.pk]


def whole(version: ProcedureVersion) -> list:
    """Return every value of a version's contents, in order."""
    rows = [*version.results.all(), *version.bases.all(), *version.online_levels.all()]
    for case in version.cases.all():
        assert case.version == version
        rows += [case, *case.channels.all(), *case.fees.all(), *case.papers.all()]
        rows += case.steps.all()
    return [
        (type(row), [getattr(row, column.attname) for column in row._meta.concrete_fields])
        for row in rows
    ]


def test_the_common_calendar_costs_two_queries(district, django_assert_num_queries):
    with django_assert_num_queries(2):
        calendar = Holiday.objects.calendar(district.desk, day("1/4/2018"))

    assert 2018 in calendar.announced_years
    assert calendar.why_closed(day("25/4/2018")) == "Giỗ Tổ Hùng Vương"


def test_units_come_from_known_fees_only(version):
    case = version.cases.get()
    Fee.objects.create(case=case, state="province", per="bản")
    assert estimate.units(version) == []
