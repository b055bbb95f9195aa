"""An act tells whoever asked to be told: in its own transaction, in words that betray nobody."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from dossiers import acts
from dossiers.models import Notice, NoticeChannel, NoticeKind, NoticeStatus, Party, Wording
from dossiers.models.placeholders import NAMES
from dossiers.notices.announcing import announce
from dossiers.notices.wordings import load_wordings
from procedures.offices import Hotline
from tests.factories import local, make_dossier, make_hand, make_procedure
from tests.notices.conftest import OWNER, SUBMITTER

RESULT = acts.ResultDocument("15/GCN", local(2018, 4, 20).date(), "Nguyễn Văn Lãnh")


def test_acceptance_is_told_by_letter_with_the_day_and_the_owners_own_page(told):
    dossier = told("email")

    notice = Notice.objects.get()
    assert (notice.kind, notice.channel, notice.status) == ("accepted", "email", "waiting")
    assert notice.address == "hoa@thu.vn"
    assert dossier.code in notice.subject
    assert "ông/bà Mấu Thị Hoa" in notice.body
    assert "Ngày hẹn trả kết quả: 03/05/2018." in notice.body
    assert dossier.tracking_url in notice.body
    assert notice.event == dossier.events.get()


def test_a_text_message_holds_no_name_and_no_secret_address(told, gateway):
    dossier = told("phone")

    notice = Notice.objects.get()
    assert notice.address == "0912345678"
    assert "Hẹn trả: 03/05/2018" in notice.body
    assert OWNER not in notice.body
    assert dossier.token not in notice.body
    assert dossier.secret not in notice.body


def test_who_did_not_ask_is_not_told(district, words):
    make_dossier(district)

    assert not Notice.objects.exists()


def test_a_demo_dossier_tells_nobody(told):
    told("email", is_demo=True)

    assert not Notice.objects.exists()


def test_the_submitter_is_told_and_the_owners_name_stays_at_home(told):
    told("email", submitter=Party(name=SUBMITTER, email="de@thu.vn"))

    notice = Notice.objects.get()
    assert notice.address == "de@thu.vn"
    assert SUBMITTER in notice.body
    assert OWNER not in notice.body


def test_a_submitter_without_address_leaves_it_to_the_owner(told):
    told("email", submitter=Party(name=SUBMITTER))

    notice = Notice.objects.get()
    assert notice.address == "hoa@thu.vn"
    assert SUBMITTER not in notice.body


@pytest.mark.parametrize("wish", ["email", "phone"])
def test_names_typed_into_the_file_never_travel(wish, told, gateway, district):
    typed = "Katơr Thị Bí Mật"
    dossier = told(wish, summary=f"Xin việc cho {typed}", note=typed)
    acts.finish(dossier.pk, make_hand(district.receiver), result=RESULT, note=typed)

    assert Notice.objects.count() == 2
    for notice in Notice.objects.all():
        assert "Bí Mật" not in notice.subject + notice.body
        assert "Lãnh" not in notice.body


def test_a_sensitive_procedure_is_never_named(told, district):
    version = make_procedure(district.desk, district.office, title="Nuôi con nuôi trong nước")
    version.procedure.sensitive = True
    version.procedure.save()

    told("email", version)

    notice = Notice.objects.get()
    assert "con nuôi" not in notice.subject + notice.body


def test_a_result_says_how_to_get_it_and_a_refused_one_says_so(told, district):
    granted, refused = told("email"), told("email", delivery="post", delivery_address="Tô Hạp")
    acts.finish(granted.pk, make_hand(district.receiver), result=RESULT)
    no = acts.ResultDocument("1/TC", RESULT.issued_on, "Lãnh")
    why = acts.Advice("Không đủ điều kiện theo Điều 5.", reason_code="khac")
    acts.refuse(refused.pk, make_hand(district.receiver), advice=why, document=no)

    assert "Mời mang giấy tiếp nhận" in granted.notices.get(kind="result").body
    assert "không được giải quyết" in refused.notices.get(kind="refused").body


def test_without_an_address_the_officer_learns_to_telephone(told):
    told("email", owner=Party(name=OWNER))

    notice = Notice.objects.get()
    assert (notice.status, notice.remark) == ("unsent", "hồ sơ không ghi thư điện tử")


def test_without_a_gateway_nothing_waits_to_be_sent_in_a_years_time(told):
    told("phone")

    notice = Notice.objects.get()
    assert notice.status == NoticeStatus.UNSENT
    assert "chưa được nối" in notice.remark


def test_an_act_that_fails_leaves_no_notice(told, district):
    @transaction.atomic
    def fail():
        told("email")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    assert not Notice.objects.exists()


def test_the_hotline_is_never_invented(told, district):
    told("email")
    Hotline.objects.create(agency=district.desk, phone="1234567")
    told("email")

    first, second = Notice.objects.order_by("pk")
    assert "xin gọi bộ phận một cửa" in first.body
    assert "xin gọi 1234567" in second.body


def test_every_announced_act_has_words_for_letter_and_message(words):
    for kind in {act.notice for act in acts.ACTS.values() if act.notice}:
        for channel in NoticeChannel.values:
            wording = Wording.objects.get(kind=kind, channel=channel)
            wording.full_clean()
            if channel == NoticeChannel.PHONE:
                assert "{kinh_gui}" not in wording.body
                assert "{trang_ho_so}" not in wording.body


def test_words_of_the_office_win_and_are_not_loaded_over(told, words):
    Wording.objects.filter(kind="accepted", channel="email").update(body="Đã nhận {ma}.")

    assert words == 2 * (len(NoticeKind) - 1)
    assert load_wordings() == 0
    dossier = told("email")
    assert Notice.objects.get().body == f"Đã nhận {dossier.code}."


def test_a_kind_without_words_in_force_is_not_told(told):
    Wording.objects.filter(kind="accepted").update(valid_to="2018-04-15")

    told("email")

    assert not Notice.objects.exists()


def test_a_name_nothing_fills_is_refused_when_the_words_are_written(db):
    wording = Wording(kind="result", channel="phone", body="Hồ sơ {ma} của {ho_tenn}")

    with pytest.raises(ValidationError, match="ho_tenn"):
        wording.full_clean()


def test_every_name_in_braces_is_filled(told, gateway):
    Wording.objects.filter(kind="accepted").update(
        subject="", body=" ".join(f"{{{name}}}" for name in NAMES)
    )
    told("email"), told("phone")

    for notice in Notice.objects.all():
        assert "{" not in notice.body


def test_acts_cost_nothing_more_where_nobody_asked(district, words, django_assert_num_queries):
    dossier = make_dossier(district)

    with django_assert_num_queries(0):
        announce(dossier, dossier.events.model(act="accept"))
