"""Slips for a day without power: numbers given once, true times, nothing typed in twice."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from dossiers import acts
from dossiers.acts import ActRefused
from dossiers.acts import reserving as slip_acts
from dossiers.models import Dossier, Slip, SlipBatch
from dossiers.papers import blank_slips as blank
from procedures.offices import Role
from tests.factories import (
    MONDAY,
    local,
    make_dossier,
    make_hand,
    make_intake,
    make_officer,
    make_procedure,
)

DAY = MONDAY.date()
TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def head(district):
    return make_officer(district.desk, Role.DESK_HEAD, name="Trần Thị Trưởng")


@pytest.fixture
def batch(district, head) -> SlipBatch:
    return slip_acts.reserve(district.desk, DAY, 3, make_hand(head))


def catch_up(district, slip, *, at=MONDAY, now=TUESDAY, **fields) -> Dossier:
    intake = make_intake(district, received_at=at, slip=slip, reason="Mất điện", **fields)
    return acts.accept(intake, make_hand(district.receiver, now))


def test_reserved_numbers_are_given_to_nothing_else(district, head):
    before = make_dossier(district)
    batch = slip_acts.reserve(district.desk, DAY, 3, make_hand(head))
    after = make_dossier(district)
    more = slip_acts.reserve(district.desk, DAY, 2, make_hand(head))

    codes = [before.code, *_codes(batch), after.code, *_codes(more)]
    assert [code[-4:] for code in codes] == [f"{n:04}" for n in range(1, 8)]
    assert (batch.first, batch.last) == (2, 4)


def _codes(batch: SlipBatch) -> list[str]:
    return list(batch.slips.values_list("code", flat=True))


def test_a_slip_typed_in_later_keeps_its_number_time_and_secret(district, batch):
    slip = batch.slips.all()[1]

    dossier = catch_up(district, slip, at=local(2018, 4, 16, 14, 30))

    assert (dossier.code, dossier.secret) == (slip.code, slip.secret)
    assert dossier.late_entry
    assert dossier.received_at == local(2018, 4, 16, 14, 30)
    assert dossier.entered_at == TUESDAY
    event = dossier.events.get()
    assert (event.at, event.recorded_at, event.note) == (dossier.received_at, TUESDAY, "Mất điện")
    assert dossier.papers.get().data["nhan_luc"].startswith("14 giờ 30 phút")
    slip.refresh_from_db()
    assert slip.dossier == dossier


def test_one_slip_makes_one_dossier(district, batch):
    slip = batch.slips.first()
    catch_up(district, slip)

    with pytest.raises(ActRefused, match="đã được nhập bù rồi"):
        catch_up(district, slip)
    assert Dossier.objects.count() == 1


@pytest.mark.parametrize(
    ("at", "now", "words"),
    [
        (local(2018, 4, 16, 14), local(2018, 4, 16, 13, 59), "chưa tới"),
        (local(2018, 4, 17, 8), TUESDAY, "chỉ dùng cho ngày 16/04/2018"),
    ],
)
def test_a_time_that_cannot_be_true_is_refused(at, now, words, district, batch):
    with pytest.raises(ActRefused, match=words) as refused:
        catch_up(district, batch.slips.first(), at=at, now=now)
    assert refused.value.field == "late_time"
    assert not Dossier.objects.exists()


def test_a_slip_too_old_or_of_a_day_to_come_is_refused(district, batch):
    slip = batch.slips.first()
    with pytest.raises(ActRefused, match="quá 15 ngày"):
        catch_up(district, slip, now=MONDAY + timedelta(days=16))
    with pytest.raises(ActRefused, match="chưa đến ngày dùng"):
        catch_up(district, slip, now=MONDAY - timedelta(days=1))
    assert catch_up(district, slip, now=MONDAY + timedelta(days=15)).late_entry


def test_a_slip_serves_its_own_desk_only(district, batch):
    version = make_procedure(district.commune_desk)
    taken = make_intake(
        district, version, desk=district.commune_desk, received_at=MONDAY, slip=batch.slips.first()
    )

    with pytest.raises(ActRefused, match="không phải của quầy này"):
        acts.accept(taken, make_hand(district.stranger, TUESDAY))


def test_a_refused_entry_leaves_the_slip_free_and_no_gap_in_the_book(district, batch):
    slip = batch.slips.first()
    with pytest.raises(ActRefused):
        catch_up(district, slip, at=TUESDAY)

    assert catch_up(district, slip).book_serial == 1


def test_a_spoiled_slip_stays_spoiled_and_says_why(district, batch):
    slip = batch.slips.first()
    with pytest.raises(ActRefused, match="vì sao"):
        slip_acts.spoil(slip.pk, make_hand(district.receiver), "  ")
    slip_acts.spoil(slip.pk, make_hand(district.receiver), "Rách")

    with pytest.raises(ActRefused, match="Rách"):
        catch_up(district, slip)
    with pytest.raises(ActRefused, match="quầy khác"):
        slip_acts.spoil(batch.slips.last().pk, make_hand(district.stranger), "Rách")


@pytest.mark.parametrize(
    ("days", "count", "words"),
    [(31, 1, "trước nhiều nhất"), (-16, 1, "đã qua"), (0, 51, "từ 1 đến 50"), (0, 0, "từ 1 đến")],
)
def test_a_range_out_of_reason_is_refused(days, count, words, district, head):
    with pytest.raises(ActRefused, match=words):
        slip_acts.reserve(district.desk, DAY + timedelta(days=days), count, make_hand(head))
    assert not Slip.objects.exists()


def test_only_the_head_of_that_desk_reserves(district, head):
    for officer, desk in [(district.receiver, district.desk), (head, district.commune_desk)]:
        with pytest.raises(ActRefused, match="trưởng bộ phận"):
            slip_acts.reserve(desk, DAY, 1, make_hand(officer))


# Screens ----------------------------------------------------------------------------------------


def sign_in(client, officer):
    client.force_login(officer, backend="procedures.offices.access.PostBackend")
    return client


def test_from_reserving_to_the_last_slip_in_the_browser(client, district, head, time_machine):
    version = make_procedure(district.desk, district.office)
    time_machine.move_to(MONDAY, tick=False)
    page = reverse("dossiers:slips")
    form = {"desk": district.desk.slug, "day": "16/04/2018", "count": "2"}
    assert sign_in(client, head).post(page, form).status_code == 302
    slip = Slip.objects.first()

    time_machine.move_to(TUESDAY, tick=False)
    sign_in(client, district.receiver)
    assert slip.code in client.get(page).content.decode()
    entry = reverse("dossiers:intake_slip", args=[slip.code])
    entry = f"{entry}?thu-tuc={version.procedure.code}"
    assert client.get(entry).status_code == 200
    typed = {"nonce": str(uuid4()), "owner_name": "Mấu Thị Hoa", "delivery": "counter", "sets": 1}
    refused = client.post(entry, {**typed, "late_time": "chiều"}).content.decode()
    assert "Giờ viết như 9:30" in refused
    assert "Ghi vì sao nhập bù" in refused
    assert 'value="chiều"' in refused
    client.post(entry, {**typed, "late_time": "8:15", "late_reason": "Mất điện từ 7 giờ"})

    dossier = Dossier.objects.get()
    assert dossier.code == slip.code
    assert dossier.received_at == local(2018, 4, 16, 8, 15)
    assert "Nhập bù" in client.get(dossier.get_absolute_url()).content.decode()
    again = client.post(entry, {**typed, "nonce": str(uuid4()), "late_time": "8:15",
                                "late_reason": "Mất điện"})  # fmt: skip
    assert "đã được nhập bù rồi" in again.content.decode()
    assert "Mấu Thị Hoa" in again.content.decode()
    opened = client.get(entry, follow=True)
    assert opened.redirect_chain[0][0] == page
    assert "đã được nhập bù rồi" in opened.content.decode()


def test_mistakes_in_reserving_are_told_at_their_field(client, district, head):
    sign_in(client, head)
    form = {"desk": district.desk.slug, "day": "mai", "count": "500"}
    page = client.post(reverse("dossiers:slips"), form).content.decode()

    assert "Ngày viết như 16/04/2018." in page
    assert "nhiều nhất 50 phiếu" in page
    assert 'value="mai"' in page


def test_reception_sees_the_slips_but_cannot_reserve(client, district, batch):
    sign_in(client, district.receiver)
    form = {"desk": district.desk.slug, "day": "16/04/2018", "count": "2"}

    assert "Giữ số và in phiếu" not in client.get(reverse("dossiers:slips")).content.decode()
    client.post(reverse("dossiers:slips"), form)
    assert SlipBatch.objects.count() == 1


def test_slips_of_another_desk_are_not_found(client, district, batch):
    sign_in(client, district.stranger)
    slip = batch.slips.first()

    for name, argument in [
        ("slips_pdf", batch.pk), ("spoil_slip", slip.code), ("intake_slip", slip.code),
    ]:  # fmt: skip
        assert client.get(reverse(f"dossiers:{name}", args=[argument])).status_code == 404
    assert slip.code not in client.get(reverse("dossiers:slips")).content.decode()


def test_writing_off_a_slip_asks_why_and_keeps_what_was_typed(client, district, batch):
    sign_in(client, district.receiver)
    page = reverse("dossiers:spoil_slip", args=[batch.slips.first().code])

    assert "Ghi vì sao phiếu hỏng." in client.post(page, {"reason": " "}).content.decode()
    client.post(page, {"reason": "Mưa ướt"})
    assert "Mưa ướt" in client.get(reverse("dossiers:slips")).content.decode()


def test_the_blank_slips_carry_number_and_secret_and_leave_out_what_is_used(
    client, district, batch
):
    first, second, third = batch.slips.all()
    catch_up(district, first)

    text = blank.html(batch)
    assert first.code not in text
    assert second.code in text
    assert third.secret_on_paper in text
    assert "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ" in text
    answer = sign_in(client, district.receiver).get(reverse("dossiers:slips_pdf", args=[batch.pk]))
    assert answer.content.startswith(b"%PDF-")


def test_the_list_of_slips_costs_the_same_for_one_batch_and_for_many(
    client, district, head, django_assert_max_num_queries
):
    sign_in(client, head)
    for _ in range(3):
        slip_acts.reserve(district.desk, DAY, 20, make_hand(head))
        with django_assert_max_num_queries(15):
            client.get(reverse("dossiers:slips"))
