"""The story of a dossier: what each event says to staff and to the citizen, written by hand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from dossiers import acts
from dossiers.acts import ACTS
from dossiers.declaring import Sentence
from dossiers.models import State
from tests.dossiers.doing import ADVICE, RESULT, do, dossier_in, make_everybody
from tests.factories import MONDAY, make_dossier, make_hand

# act: the state it is done in, the sentence for staff, the sentence for the citizen
TOLD = {
    "accept": ("submitted", "Tiếp nhận hồ sơ, hẹn trả ngày 03/05/2018", "Đã tiếp nhận"),
    "guide": (
        "submitted",
        "Hướng dẫn hoàn thiện hồ sơ: Bản sao căn cước",
        "Được hướng dẫn hoàn thiện hồ sơ",
    ),
    "decline": ("submitted", "Không tiếp nhận: Bản sao căn cước", "Không được tiếp nhận"),
    "hand_over": (
        "accepted",
        "Chuyển hồ sơ từ Một cửa huyện đến Tài chính - Kế hoạch",
        "Tài chính - Kế hoạch xem xét",
    ),
    "request_supplement": (
        "in_progress",
        "Yêu cầu bổ sung lần 1: Bản sao căn cước",
        "Cần bà con bổ sung giấy tờ",
    ),
    "request_payment": (
        "in_progress",
        "Báo nghĩa vụ tài chính 150.000 đồng",
        "Cần bà con nộp tiền: 150.000 đồng",
    ),
    "confirm_payment": ("awaiting_payment", "Đã nộp tiền, chứng từ BL 15", "Đã nộp tiền"),
    "ask_partner": (
        "in_progress",
        "Hỏi ý kiến Công an huyện, đề nghị trả lời trong 3 ngày làm việc",
        "Hỏi ý kiến Công an huyện",
    ),
    "finish": (
        "in_progress",
        "Ghi kết quả 15/GCN-HKD ngày 16/04/2018, Nguyễn Văn Lãnh ký",
        "Có kết quả",
    ),
    "refuse": (
        "in_progress",
        "Từ chối giải quyết, văn bản 15/GCN-HKD ngày 16/04/2018, Nguyễn Văn Lãnh ký",
        "Có kết quả: từ chối giải quyết",
    ),
    "shelve": ("finished", "Để kết quả ở tủ 2", "Kết quả để sẵn ở nơi trả"),
    "return_result": ("finished", "Trả kết quả cho Mấu Thị Hoa", "Đã trả kết quả"),
    "withdraw": (
        "accepted",
        "Rút hồ sơ theo yêu cầu: Đơn ngày 16/4 của bà Hoa",
        "Đã rút theo yêu cầu của người nộp",
    ),
    "stop": ("in_progress", "Dừng giải quyết: Bản sao căn cước", "Dừng giải quyết"),
    "apologise": (
        "in_progress",
        "Xin lỗi và hẹn lại đến ngày 08/05/2018, thêm 3 ngày làm việc",
        "Cơ quan xin lỗi và hẹn lại đến ngày 08/05/2018",
    ),
    "reclassify": (
        "accepted",
        "Sửa nhầm thủ tục từ “Đăng ký thành lập hộ kinh doanh” sang “Thủ tục đúng”, "
        "hẹn trả ngày 23/04/2018",
        "Cán bộ chọn nhầm thủ tục, nay sửa lại cho đúng",
    ),
    "transfer": (
        "in_progress",
        "Chuyển cơ quan kế thừa từ Một cửa huyện sang Một cửa xã Sơn Bình",
        "Một cửa xã Sơn Bình tiếp tục giải quyết",
    ),
}


@pytest.mark.parametrize("act", TOLD)
def test_an_event_is_told_in_one_sentence(act, district):
    state, told, publicly = TOLD[act]
    dossier = dossier_in(State(state), district)

    do(act, dossier, make_everybody(district), district)

    event = dossier.events.last()
    assert (event.told, event.told_publicly) == (told, publicly)


def test_an_answer_names_what_was_asked_and_a_signature_what_was_laid_before(district):
    dossier, everybody = dossier_in(State.IN_PROGRESS, district), make_everybody(district)

    for act in ["ask_partner", "receive_partner", "propose", "send_back", "propose", "sign"]:
        do(act, dossier, everybody, district)

    assert [event.told for event in dossier.events.all()][2:] == [
        "Nhận ý kiến phối hợp của Công an huyện",
        "Trình ký “Dự thảo giấy chứng nhận”",
        "Trả lại để xem lại “Dự thảo giấy chứng nhận”",
        "Trình ký “Dự thảo giấy chứng nhận”",
        "Ký duyệt “Dự thảo giấy chứng nhận”",
    ]


def test_the_day_counted_anew_after_a_wait_is_told(district):
    dossier = make_dossier(district)
    acts.request_supplement(dossier.pk, make_hand(district.receiver), advice=ADVICE)
    later = make_hand(district.receiver, MONDAY + timedelta(days=7))
    acts.receive_supplement(dossier.pk, later)

    dossier.refresh_from_db()
    day = f"{dossier.due_at:%d/%m/%Y}"
    assert dossier.events.last().told == f"Nhận đủ bổ sung, hẹn trả ngày {day}"


def test_who_took_the_result_and_how_they_were_known_is_told_to_staff_only(district):
    dossier = make_dossier(district)
    acts.finish(dossier.pk, make_hand(district.receiver), result=RESULT)
    taker = acts.Collector("Cao Văn Bảy", "CCCD 056190000456", "bà Mấu Thị Hoa", "", "RA123")
    acts.return_result(dossier.pk, make_hand(district.returner), collector=taker)

    event = dossier.events.last()
    assert event.told == (
        "Trả kết quả cho Cao Văn Bảy, đã xem CCCD 056190000456, nhận thay bà Mấu Thị Hoa, "
        "bưu gửi RA123"
    )
    assert event.told_publicly == "Đã trả kết quả"


def test_both_pages_tell_the_same_story_in_their_own_words(district, client):
    dossier, everybody = make_dossier(district), make_everybody(district)
    for act in ["hand_over", "propose", "sign", "finish"]:
        do(act, dossier, everybody, district)

    client.force_login(everybody, backend="procedures.offices.access.PostBackend")
    staff = client.get(dossier.get_absolute_url()).content.decode()
    public = client.get(reverse("dossiers:track_by_token", args=[dossier.token])).content.decode()
    for event in dossier.events.all():
        assert event.told in staff
        assert event.told_publicly in public
    assert "Dự thảo" not in public


def test_a_piece_without_its_fact_is_left_out():
    sentence = Sentence("Chuyển", " từ {from}", " đến {to}", ", hạn {due[after]:day}")

    assert sentence.of({"to": "Tư pháp", "from": ""}) == "Chuyển đến Tư pháp"
    assert sentence.of({"due": {"after": "2018-05-03T17:00:00+07:00"}}) == "Chuyển, hạn 03/05/2018"
    assert sentence.of({"due": None}) == "Chuyển"
    assert sentence.names == {"from", "to", "due"}


def test_every_act_is_told_here_or_says_no_more_than_its_words():
    elsewhere = {
        "assign", "propose", "send_back", "sign", "receive_partner", "receive_supplement",
        "submit", "import", "recount", "reopen",
    }  # fmt: skip
    assert set(TOLD) | elsewhere == set(ACTS)
