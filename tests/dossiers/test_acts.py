"""The life of a hồ sơ, the straight way. Each test is one promise the office makes."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from dossiers import acts
from dossiers.acts import ActRefused, AlreadyDone
from dossiers.models import Counter, Dossier, Party, State
from procedures.worktime import Unit
from tests.dossiers.doing import do
from tests.factories import (
    MONDAY,
    local,
    make_dossier,
    make_hand,
    make_intake,
    make_procedure,
)


def test_accepting_numbers_promises_and_prints(district):
    dossier = make_dossier(district)

    assert dossier.code == "000.00.20.H32-180416-0001"
    assert dossier.due_at == local(2018, 5, 3, 17)
    assert (dossier.book_year, dossier.book_volume, dossier.book_serial) == (2018, 1, 1)
    assert dossier.state == State.ACCEPTED
    assert dossier.legs.get(ended_at=None).holder == district.desk
    receipt = dossier.papers.get()
    assert receipt.event.act == "accept"
    assert receipt.data["hen_tra_luc"] == "17 giờ 00 phút, ngày 03 tháng 5 năm 2018"


def test_dossiers_of_one_day_are_numbered_in_order_and_the_next_day_begins_anew(district):
    version = make_procedure(district.desk)
    codes = [make_dossier(district, version).code for _ in range(3)]
    tuesday = make_dossier(district, version, now=MONDAY + timedelta(days=1)).code

    assert [code[-4:] for code in [*codes, tuesday]] == ["0001", "0002", "0003", "0001"]


def test_the_day_changes_at_midnight_here_not_in_greenwich(district):
    version = make_procedure(district.desk)

    evening = make_dossier(district, version, now=local(2018, 4, 16, 23, 59))
    midnight = make_dossier(district, version, now=local(2018, 4, 17, 0, 1))

    assert "-180416-" in evening.code
    assert "-180417-" in midnight.code


def test_a_number_beyond_9999_widens(district):
    Counter.objects.create(series=f"dossier:{district.desk.pk}:20180416", last=9999)

    assert make_dossier(district).code == "000.00.20.H32-180416-10000"


def test_saturday_duty_gives_saturdays_code_and_counts_from_monday(district):
    version = make_procedure(district.desk, number=2)

    dossier = make_dossier(district, version, now=local(2018, 4, 21, 9))

    assert "-180421-" in dossier.code
    assert dossier.due_at == local(2018, 4, 24, 17)


def test_the_version_and_case_of_the_day_stay_pinned(district):
    dossier = make_dossier(district)
    dossier.version.valid_to = MONDAY.date()
    dossier.version.save()

    assert Dossier.objects.get(pk=dossier.pk).version.pk == dossier.version.pk
    with pytest.raises(ActRefused, match="hiệu lực"):
        make_dossier(district, dossier.version, now=MONDAY + timedelta(days=1))


def test_a_desk_does_not_take_what_it_is_not_competent_for(district):
    version = make_procedure(district.commune_desk)

    with pytest.raises(ActRefused, match="không tiếp nhận"):
        make_dossier(district, version)


def test_without_a_known_time_limit_nobody_is_given_a_date(district):
    version = make_procedure(district.desk, unit=Unit.UNKNOWN)

    with pytest.raises(ActRefused, match="chưa có thời hạn"):
        make_dossier(district, version)
    assert not Dossier.objects.exists()


def test_a_procedure_without_a_limit_in_law_is_accepted_without_a_date(district):
    dossier = make_dossier(district, make_procedure(district.desk, unit=Unit.NONE))

    assert dossier.due_at is None


def test_a_desk_without_an_identification_code_says_so_and_keeps_nothing(district):
    district.desk.codes.all().delete()

    with pytest.raises(ActRefused, match="chưa có mã định danh"):
        make_dossier(district)
    assert not Dossier.objects.exists()
    assert not Party.objects.exists()


def test_a_refused_intake_gives_its_number_back(district):
    version = make_procedure(district.desk)
    bad = make_intake(district, version, owner=Party(name=""))

    with pytest.raises(Exception, match="party_has_a_name"):
        acts.accept(bad, make_hand(district.receiver))

    assert make_dossier(district, version).code.endswith("-0001")


@pytest.mark.parametrize("who", ["specialist", "stranger", "leader", "returner", "controller"])
def test_only_the_counter_of_the_desk_accepts(who, district):
    with pytest.raises(ActRefused, match="không có vai trò"):
        acts.accept(make_intake(district), make_hand(getattr(district, who)))


def test_a_role_counts_only_at_its_own_agency(district):
    dossier = make_dossier(district)

    with pytest.raises(ActRefused, match="không có vai trò"):
        do("hand_over", dossier, district.stranger, district)


def test_a_post_that_ended_takes_its_rights_along(district):
    district.receiver.posts.update(valid_to=MONDAY.date() - timedelta(days=1))

    with pytest.raises(ActRefused, match="không có vai trò"):
        make_dossier(district)


def test_the_same_press_twice_is_one_dossier(district):
    intake, hand = make_intake(district), make_hand(district.receiver)
    first = acts.accept(intake, hand)

    with pytest.raises(AlreadyDone) as again:
        acts.accept(make_intake(district, intake.version), hand)

    assert again.value.event.dossier == first
    assert Dossier.objects.count() == 1


def test_a_page_that_grew_old_is_told_what_happened_meanwhile(district):
    dossier = make_dossier(district)
    do("hand_over", dossier, district.receiver, district)
    late = acts.Hand(district.receiver, MONDAY, uuid4(), seen=1)

    with pytest.raises(ActRefused, match="vừa thay đổi: Cao Thị Mấu đã “Chuyển hồ sơ” lúc 09:12"):
        acts.hand_over(dossier.pk, late, to=district.other_office)


def test_a_dossier_is_always_in_exactly_one_pair_of_hands(district):
    dossier = make_dossier(district)
    do("hand_over", dossier, district.receiver, district)
    do("finish", dossier, district.specialist, district)

    open_leg = dossier.legs.get(ended_at=None)
    assert open_leg.holder == district.desk
    assert [leg.holder.short_name for leg in dossier.legs.all()] == [
        "Một cửa huyện", "Tài chính - Kế hoạch", "Một cửa huyện",
    ]  # fmt: skip


def test_finishing_needs_a_numbered_signed_result(district):
    dossier = make_dossier(district)

    with pytest.raises(ActRefused, match="số văn bản và người ký"):
        acts.finish(
            dossier.pk,
            make_hand(district.receiver),
            result=acts.ResultDocument("", MONDAY.date(), ""),
        )


def test_lateness_is_judged_when_the_office_is_done_not_when_the_citizen_comes(district):
    dossier = make_dossier(district)
    do("hand_over", dossier, district.receiver, district)
    do("finish", dossier, district.specialist, district, now=local(2018, 5, 3, 16))
    do("return_result", dossier, district.returner, district, now=local(2018, 6, 1))

    dossier.refresh_from_db()
    assert dossier.finished_at < dossier.due_at
    assert dossier.returned_at > dossier.due_at
    assert not Dossier.objects.overdue(local(2018, 6, 2)).exists()


def test_a_result_leaves_the_shelf_once_with_a_slip(district):
    dossier = make_dossier(district)
    do("finish", dossier, district.receiver, district)
    do("return_result", dossier, district.returner, district)

    with pytest.raises(ActRefused, match="Đã trả kết quả"):
        do("return_result", dossier, district.returner, district)
    slip = dossier.papers.get(kind="tra-ket-qua")
    assert slip.data["nguoi_nhan"] == "Mấu Thị Hoa"


def test_a_result_by_post_needs_the_number_of_the_letter(district):
    dossier = make_dossier(district, delivery="post", delivery_address="thôn Tà Giang")
    do("finish", dossier, district.receiver, district)

    with pytest.raises(ActRefused, match="bưu gửi"):
        do("return_result", dossier, district.returner, district)


def test_a_form_with_an_unknown_field_refuses_the_act_as_a_whole(district):
    form = district_form("tiep-nhan")
    form.body += "\nTên: {khong_co}"
    form.save()

    with pytest.raises(ActRefused, match="chưa được ghi nhận.*khong_co"):
        make_dossier(district)
    assert not Dossier.objects.exists()


def test_the_buttons_are_what_the_table_and_the_roles_allow(district):
    dossier = make_dossier(district)

    def buttons(officer):
        fresh = Dossier.objects.for_file().get(pk=dossier.pk)
        return set(acts.acts_for(fresh, officer, MONDAY))

    work = {"hand_over", "finish", "request_supplement", "request_payment", "propose", "refuse"}
    assert buttons(district.receiver) == work | {"withdraw", "reclassify"}
    assert buttons(district.specialist) == set()
    do("hand_over", dossier, district.receiver, district)
    assert buttons(district.specialist) == work | {"ask_partner"}
    # no longer in the counter's hands, who still speaks with the citizen
    assert buttons(district.receiver) == {"withdraw", "reclassify"}
    assert buttons(district.stranger) == set()


def district_form(kind: str):
    from dossiers.models import Form

    return Form.objects.get(form_set__slug="qd-14-2015", kind=kind)
