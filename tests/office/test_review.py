"""Proposals to simplify: anybody may make one, the controller answers, the report names nobody."""

from __future__ import annotations

import gzip
from io import BytesIO

import openpyxl
import pypdf
import pytest

from khanhson_portal.ground.models import Attempt
from procedures.noticeboard import ReviewProposal
from procedures.noticeboard.review import receiving, report
from procedures.offices import Role
from tests.factories import day, local, make_officer, make_procedure

REGISTER = "/ra-soat/xu-ly/"
FORM = {
    "subject": "paper", "part": "Bản sao sổ hộ khẩu có chứng thực", "wish": "drop",
    "burden": "Đi hai buổi để chứng thực.", "reason": "", "name": "Mấu Thị Hoa",
    "contact": "0912345678", "trang_web": "",
}  # fmt: skip


@pytest.fixture
def version(district):
    return make_procedure(district.desk, code="1.001193", title="Đăng ký khai sinh")


@pytest.fixture
def proposal(version):
    return make_proposal(version)


def make_proposal(version, now=None, **fields) -> ReviewProposal:
    values = {"subject": "paper", "part": "Sổ hộ khẩu", "wish": "drop", "burden": "Đi lại nhiều."}
    kept = ReviewProposal(**values | fields)
    return receiving.receive(kept, version, now or local(2018, 5, 2), address="10.0.0.1")


def test_a_citizen_proposes_without_an_account_and_gets_a_code(client, version, time_machine):
    time_machine.move_to(local(2018, 5, 2))
    link = client.get("/thu-tuc/1.001193/").content.decode()

    response = client.post("/ra-soat/thu-tuc/1.001193/", FORM, follow=True, REMOTE_ADDR="10.1.2.3")

    page = response.content.decode()
    assert 'href="/ra-soat/thu-tuc/1.001193/"' in link
    assert "RS-2018-0001" in page
    assert "Mấu Thị Hoa" not in page
    assert "hộ khẩu" not in page
    kept = ReviewProposal.objects.get()
    assert (kept.source, kept.state, kept.title) == ("citizen", "new", "Đăng ký khai sinh")
    attempt = Attempt.objects.get()
    assert (attempt.brake, len(attempt.address)) == ("review", 32)
    assert "10.1.2.3" not in str(attempt.__dict__)


def test_behind_a_proxy_that_hides_addresses_the_village_is_not_one_sender(client, version):
    for _ in range(receiving.FLOOD.per_address + 1):
        response = client.post("/ra-soat/thu-tuc/1.001193/", FORM)

    assert response.status_code == 302


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"part": " "}, "Ghi tên giấy tờ, mẫu hoặc điều kiện"),
        ({"burden": "\u200b"}, "Kể ngắn gọn"),
        ({"subject": "zzz"}, "Chưa gửi được"),
        ({"wish": ""}, "Chọn điều bà con đề nghị"),
        ({"burden": "x" * 3000}, "Chưa gửi được"),
        ({"trang_web": "http://spam.example"}, "Xin để trống ô “Trang web”"),
    ],
)
def test_what_is_missing_is_said_and_nothing_written_is_lost(client, version, fields, words):
    page = client.post("/ra-soat/thu-tuc/1.001193/", FORM | fields).content.decode()

    assert words in page
    assert 'value="0912345678"' in page
    assert not ReviewProposal.objects.exists()


def test_a_machine_is_slowed_down_and_an_honest_person_keeps_the_text(
    client, version, time_machine
):
    time_machine.move_to(local(2018, 5, 2), tick=False)
    for _ in range(receiving.FLOOD.per_address):
        client.post("/ra-soat/thu-tuc/1.001193/", FORM, REMOTE_ADDR="10.1.2.3")

    response = client.post("/ra-soat/thu-tuc/1.001193/", FORM, REMOTE_ADDR="10.1.2.3")
    neighbour = client.post("/ra-soat/thu-tuc/1.001193/", FORM, REMOTE_ADDR="10.9.9.9")

    assert response.status_code == 429
    assert "Đi hai buổi để chứng thực." in response.content.decode()
    assert neighbour.status_code == 302
    time_machine.shift(receiving.FLOOD.pace)
    later = client.post("/ra-soat/thu-tuc/1.001193/", FORM, REMOTE_ADDR="10.1.2.3")
    assert later.status_code == 302  # one village behind one address is slowed down, never shut out
    assert ReviewProposal.objects.count() == receiving.FLOOD.per_address + 2


def test_codes_run_through_each_year(version):
    codes = [
        make_proposal(version, local(2018, 12, 31)).code,
        make_proposal(version, local(2018, 12, 31)).code,
        make_proposal(version, local(2019, 1, 1, 0, 5)).code,
    ]

    assert codes == ["RS-2018-0001", "RS-2018-0002", "RS-2019-0001"]


def staff_paths(proposal) -> list[tuple[str, str]]:
    period = "?tu=01/01/2018&den=31/12/2018"
    return [
        ("get", REGISTER), ("get", f"{REGISTER}{proposal.code}/"),
        ("post", f"{REGISTER}{proposal.code}/"), ("get", f"{REGISTER}bao-cao.pdf{period}"),
        ("get", f"{REGISTER}bao-cao.xlsx{period}"),
    ]  # fmt: skip


def test_only_the_controller_reads_answers_and_reports(client, district, proposal, chief):
    for method, path in [*staff_paths(proposal), ("get", f"{REGISTER}them/")]:
        client.logout()
        assert getattr(client, method)(path).headers["Location"].startswith("/dang-nhap/"), path
    for officer in (chief, district.leader, district.receiver):
        client.force_login(officer)
        for method, path in staff_paths(proposal):
            assert getattr(client, method)(path).status_code == 403, path
        assert client.get(f"{REGISTER}them/").status_code == 200
    client.force_login(district.controller)
    for method, path in staff_paths(proposal):
        assert getattr(client, method)(path).status_code == 200, path


def test_an_officer_without_a_post_may_not_even_propose(client, district, proposal):
    nobody = make_officer(district.desk, Role.RECEPTION)
    nobody.posts.update(valid_to=day("1/5/2018"))
    client.force_login(nobody)

    assert client.get(f"{REGISTER}them/").status_code == 403


def test_staff_propose_with_their_account(client, district, version):
    client.force_login(district.receiver)

    wrong = client.post(f"{REGISTER}them/", FORM | {"code": "9.999999"}).content.decode()
    client.post(f"{REGISTER}them/?thu-tuc=x", FORM | {"code": "1.001193"})

    kept = ReviewProposal.objects.get()
    assert "Danh mục không có mã này" in wrong
    assert (kept.source, kept.by, kept.name) == ("staff", district.receiver, "")


def test_an_answer_needs_its_words_and_appears_when_released(client, district, proposal):
    client.force_login(district.controller)
    path = f"{REGISTER}{proposal.code}/"
    form = {"state": "forwarded", "to_whom": "", "answer": "", "shown": "on"}

    refused = client.post(path, form).content.decode()
    early = client.post(path, form | {"state": "new"}).content.decode()
    client.post(path, form | {"to_whom": "Sở Tư pháp", "answer": "Đã kiến nghị bỏ."})
    client.logout()

    assert "Ghi câu trả lời trước" in refused
    assert "Ghi cơ quan đã gửi kiến nghị tới" in refused
    assert "Chỉ đề nghị đã có trả lời" in early
    for public in ("/ra-soat/", f"/ra-soat/ma/{proposal.code}/"):
        page = client.get(public).content.decode()
        assert "Đã kiến nghị bỏ." in page
        assert "Sở Tư pháp" in page
    assert ReviewProposal.objects.get().answered_by == district.controller


def test_an_answer_that_was_not_released_stays_inside(client, proposal):
    ReviewProposal.objects.update(state="declined", answer="Chuyện riêng")

    for path in ("/ra-soat/", f"/ra-soat/ma/{proposal.code}/"):
        assert "Chuyện riêng" not in client.get(path).content.decode()


def test_no_cell_of_the_sheet_runs_as_a_formula(client, district, version):
    evil = '=HYPERLINK("http://x","y")'
    make_proposal(version, part=evil, burden="+1+1", reason="-2", name="@SUM(A1)", to_whom="\t=1")
    client.force_login(district.controller)

    content = client.get(f"{REGISTER}bao-cao.xlsx?tu=01/01/2018&den=31/12/2018").content

    rows = list(openpyxl.load_workbook(BytesIO(content)).active.iter_rows())
    values = [cell.value for cell in rows[1]]
    assert f"'{evil}" in values
    assert {"'+1+1", "'-2", "'=1"} <= set(values)
    assert all(cell.data_type != "f" for row in rows for cell in row)
    assert not any("SUM" in str(value) for value in values)  # the proposer is not named


def test_letters_that_no_sheet_can_hold_are_dropped(version):
    make_proposal(version, part="a\x0bb\x07", burden="\x1f")

    assert report.xlsx_report(day("1/1/2018"), day("31/12/2018")).startswith(b"PK")


def test_the_report_is_an_official_paper_of_the_period(client, district, version, time_machine):
    time_machine.move_to(local(2018, 11, 5))
    make_proposal(version, name="Mấu Thị Hoa", contact="0912345678")
    make_proposal(version, local(2017, 5, 2), part="Ngoài kỳ")
    client.force_login(district.controller)

    content = client.get(f"{REGISTER}bao-cao.pdf?tu=01/01/2018&den=30/11/2018").content

    text = " ".join(pypdf.PdfReader(BytesIO(content)).pages[0].extract_text().split())
    assert "BÁO CÁO" in text
    assert "/BC-UBND" in text
    assert "ngày 05 tháng 11 năm 2018" in text
    assert "nhận 1 đề nghị" in text
    assert "Ngoài kỳ" not in text
    assert "Mấu Thị Hoa" not in text
    assert "0912345678" not in text


def test_a_period_without_proposals_is_said_and_a_wrong_one_comes_back(client, district, version):
    client.force_login(district.controller)

    empty = client.get(f"{REGISTER}bao-cao.pdf?tu=01/01/2016&den=30/11/2016").content
    wrong = client.get(f"{REGISTER}bao-cao.pdf?tu=31/12/2018&den=01/01/2018")
    nonsense = client.get(f"{REGISTER}bao-cao.xlsx?tu=x")

    text = " ".join(pypdf.PdfReader(BytesIO(empty)).pages[0].extract_text().split())
    assert "không nhận được đề nghị nào" in text
    assert "Ngày cuối kỳ phải từ ngày đầu kỳ" in wrong.content.decode()
    assert (wrong.status_code, nonsense.status_code) == (400, 400)


def test_pages_keep_their_budgets(client, district, version, django_assert_max_num_queries):
    for number in range(60):
        ReviewProposal.objects.create(
            code=f"RS-2018-{number:04}", procedure=version.procedure, title="Thủ tục " * 30,
            subject="paper", part="Giấy " * 40, wish="drop", burden="x", source="citizen",
            received_on=day("2/5/2018"), received_at=local(2018, 5, 2), state="adopted",
            answer="Trả lời " * 100, shown=True,
        )  # fmt: skip

    for path in ("/ra-soat/", "/ra-soat/thu-tuc/1.001193/", "/ra-soat/ma/RS-2018-0001/"):
        with django_assert_max_num_queries(8):
            page = client.get(path).content
        assert len(gzip.compress(page)) <= 14_000
        assert b"<script" not in page
    client.force_login(district.controller)
    with django_assert_max_num_queries(15):
        assert client.get(REGISTER).status_code == 200


@pytest.mark.parametrize("path", ["thu-tuc/9.999999/", "ma/RS-1/", "thu-tuc/%00/"])
def test_unknown_codes_are_a_404(path, client, district):
    assert client.get(f"/ra-soat/{path}").status_code == 404
