"""The intake form: scans, known people, visits, proxies, fees. What is typed always comes back."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from dossiers.models import Dossier, Party, PersonLook, ViewLog, Visit
from procedures.catalogue import CaseChannel, Fee, FeeKind, FeeState
from procedures.offices import Role
from tests.factories import MONDAY, make_dossier, make_officer, make_procedure

CARD = (
    "056190000123||Mấu Thị Hoa|17041990|Nữ|thôn Dốc Trầu, xã Ba Cụm Bắc, "
    "huyện Khánh Sơn, tỉnh Khánh Hòa|25122021"
)
LIMIT = 17  # queries of one intake page: form, calendar and footer; one more with a visitor


@pytest.fixture
def version(district):
    return make_procedure(district.desk, district.office)


@pytest.fixture
def desk(client, district):
    """The receiver's browser."""
    client.force_login(district.receiver, backend="procedures.offices.access.PostBackend")
    return client


@pytest.fixture
def address(version) -> str:
    return f"{reverse('dossiers:intake')}?thu-tuc={version.procedure.code}"


def typed(**fields) -> dict[str, object]:
    start = {"nonce": str(uuid4()), "owner_name": "Mấu Thị Hoa", "delivery": "counter", "sets": 1}
    return {**start, **fields}


def known(district, *, consent=True, **fields) -> Dossier:
    owner = {"name": "Mấu Thị Hoa", "identity_number": "056190000123", "phone": "0912345678"}
    return make_dossier(district, owner=Party(**{**owner, **fields}, reuse_consent=consent))


# Scans ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["owner_name", "owner_phone", "summary", "sets", "note"])
def test_a_card_scanned_into_any_field_fills_the_owner_and_saves_nothing(field, desk, address):
    answer = desk.post(address, typed(**{"owner_name": "", field: CARD}))

    form = answer.context["form"]
    assert form["owner_name"].value() == "Mấu Thị Hoa"
    assert form["owner_identity"].value() == "056190000123"
    assert form["owner_birth"].value() == "17/04/1990"
    assert "Đã đọc thẻ của Mấu Thị Hoa" in answer.content.decode()
    assert not form.errors
    assert not Dossier.objects.exists()


def test_a_card_names_the_commune_of_this_district_only(desk, address):
    here = desk.post(address, typed(note=CARD)).context["form"]
    elsewhere = desk.post(address, typed(note=CARD.replace("Khánh Sơn", "Khánh Vĩnh")))

    commune = here["owner_commune"].value()
    assert here.fields["owner_commune"].queryset.get(pk=commune).short_name.endswith("Ba Cụm Bắc")
    assert elsewhere.context["form"]["owner_commune"].value() == ""


def test_a_card_scanned_in_the_submitters_part_fills_the_submitter(desk, address):
    answer = desk.post(address, typed(owner_name="Bo Bo Thị Nga", submitter_phone=CARD))

    form = answer.context["form"]
    assert form["owner_name"].value() == "Bo Bo Thị Nga"
    assert form["submitter_name"].value() == "Mấu Thị Hoa"
    assert form["submitter_phone"].value() == ""


def test_a_spoiled_scan_is_explained_and_keeps_the_rest(desk, address):
    answer = desk.post(address, typed(owner_address="thôn Dốc Trầu", note="ghi chú 05|a|b|c|d"))

    page = answer.content.decode()
    assert "Bộ gõ tiếng Việt đang bật" in page
    assert "thôn Dốc Trầu" in page
    assert answer.context["form"]["note"].value() == "ghi chú"


def test_the_browser_gets_the_same_values_as_the_page(desk, district):
    answer = desk.post(reverse("dossiers:scan"), {"name": "owner_phone", "text": CARD})

    values = answer.json()["values"]
    assert values["owner_name"] == "Mấu Thị Hoa"
    assert values["owner_phone"] == ""
    assert "Đã đọc thẻ" in answer.json()["notice"]
    assert desk.post(reverse("dossiers:scan"), {}).json()["values"] == {}


def test_a_card_scanned_before_the_procedure_does_not_stay_in_the_address(desk, district):
    answer = desk.get(reverse("dossiers:intake"), {"q": CARD}, follow=True)

    assert answer.redirect_chain == [(reverse("dossiers:intake"), 302)]
    assert "Chọn thủ tục trước, rồi quét thẻ." in answer.content.decode()


# Known people -----------------------------------------------------------------------------------


def look(client, number="056190000123") -> str:
    typed_so_far = {"part": "owner", "owner_identity": number}
    answer = client.post(reverse("dossiers:known_person"), typed_so_far)
    return answer.content.decode()


def test_a_person_who_agreed_is_offered_and_their_data_used_again(desk, district, address):
    party = known(district, address="thôn Dốc Trầu").owner

    assert "Người này đã nộp hồ sơ ngày 16/04/2018" in look(desk, "056 190 000 123")
    answer = desk.post(address, typed(**{"note": "gấp", "dung-lai": f"owner:{party.pk}"}))

    form = answer.context["form"]
    assert form["owner_phone"].value() == "0912345678"
    assert form["owner_address"].value() == "thôn Dốc Trầu"
    assert form["note"].value() == "gấp"
    assert PersonLook.objects.get().reused
    assert ViewLog.objects.filter(page="dùng lại thông tin người nộp").count() == 1


def test_used_again_data_fill_gaps_of_the_same_name_and_replace_another(desk, district, address):
    party = known(district, address="thôn Dốc Trầu").owner
    again = {"dung-lai": f"owner:{party.pk}", "owner_address": "thôn Liên Hòa"}

    same = desk.post(address, typed(**again, owner_name="MẤU THỊ HOA")).context["form"]
    other = desk.post(address, typed(**again, owner_name="Bo Bo Thị Nga")).context["form"]

    assert same["owner_address"].value() == "thôn Liên Hòa"
    assert same["owner_phone"].value() == "0912345678"
    assert other["owner_name"].value() == "Mấu Thị Hoa"
    assert other["owner_address"].value() == "thôn Dốc Trầu"


def test_nobody_is_offered_without_consent_nor_from_other_desks(desk, district, client):
    silent = known(district, consent=False)
    assert look(desk).strip() == ""

    Party.objects.filter(pk=silent.owner_id).update(reuse_consent=True)
    assert "Dùng lại thông tin" in look(desk)
    client.force_login(district.stranger, backend="procedures.offices.access.PostBackend")
    assert look(client).strip() == ""


def test_who_no_longer_agrees_is_not_offered_from_older_files(desk, district):
    known(district)
    known(district, consent=False)

    assert look(desk).strip() == ""


def test_data_of_somebody_elses_desk_cannot_be_had_by_guessing(client, district, address):
    party = known(district).owner
    other = make_officer(district.desk, Role.SPECIALIST)
    client.force_login(other, backend="procedures.offices.access.PostBackend")
    assert "Mấu Thị Hoa" not in look(client)

    version = make_procedure(district.commune_desk, code="1.999999")
    client.force_login(district.stranger, backend="procedures.offices.access.PostBackend")
    page = f"{reverse('dossiers:intake')}?thu-tuc={version.procedure.code}"
    for value in (f"owner:{party.pk}", "owner:99999999", "owner:x", "", "owner:" + "9" * 40):
        answer = client.post(page, typed(**{"owner_name": "", "dung-lai": value}))
        assert "0912345678" not in answer.content.decode()


def test_data_without_consent_cannot_be_had_by_guessing_either(desk, district, address):
    party = known(district, consent=False).owner
    answer = desk.post(address, typed(**{"owner_name": "", "dung-lai": f"owner:{party.pk}"}))

    assert "0912345678" not in answer.content.decode()
    assert not ViewLog.objects.filter(page="dùng lại thông tin người nộp").exists()


def test_every_look_is_logged_found_or_not_and_names_no_number(desk, district):
    known(district)
    look(desk)
    look(desk, "056190000999")
    look(desk, "05619")

    looks = PersonLook.objects.filter(officer=district.receiver)
    assert (looks.count(), looks.found().count()) == (2, 1)
    assert not looks.filter(number_hash__contains="056190").exists()


@pytest.mark.parametrize(
    ("birth", "sex", "words"),
    [
        ("17/4/1991", "nữ", "không khớp 1991"),
        ("1990", "nam", "là của nữ"),
        ("2090", "nữ", "Thế kỷ"),
        ("1990", "nữ", ""),
        ("tháng tư", "", ""),
        ("", "", ""),
    ],
)
def test_a_typed_number_that_disagrees_is_a_warning_and_never_a_block(
    birth, sex, words, desk, address
):
    person = {"owner_identity": "056 190 000 123", "owner_birth": birth, "owner_sex": sex}

    told = desk.post(reverse("dossiers:known_person"), {"part": "owner", **person}).content.decode()
    assert (words in told) if words else not told.strip()
    assert desk.post(address, typed(**person)).status_code == 302


def test_consent_is_asked_and_stored(desk, address):
    desk.post(address, typed(owner_reuse="on"))
    desk.post(address, typed())

    assert [d.owner.reuse_consent for d in Dossier.objects.order_by("pk")] == [True, False]


# Visits -----------------------------------------------------------------------------------------


def test_the_next_dossier_of_one_visitor_keeps_the_visitor_and_is_linked(desk, address, version):
    desk.post(address, typed(owner_phone="0912345678", owner_identity="056190000123"))
    first = Dossier.objects.get()

    answer = desk.post(reverse("dossiers:next_of_visitor", args=[first.code]))
    visit = Visit.objects.get()
    assert answer["Location"] == reverse("dossiers:intake_visit", args=[visit.pk])
    page = f"{answer['Location']}?thu-tuc={version.procedure.code}"
    form = desk.get(page).context["form"]
    assert form["submitter_name"].value() == "Mấu Thị Hoa"
    assert form["submitter_phone"].value() == "0912345678"
    same = desk.post(reverse("dossiers:next_of_visitor", args=[first.code]), {"cung-thu-tuc": "1"})
    assert same["Location"] == f"{page}&kenh=direct"
    kept = {name: form[name].value() for name in ("submitter_name", "submitter_identity")}
    desk.post(page, typed(owner_name="Bo Bo Thị Nga", **kept))

    second = Dossier.objects.latest("pk")
    assert second.submitter.name == "Mấu Thị Hoa"
    assert [line.dossier for line in visit.lines.all()] == [first, second]
    assert first.code in desk.get(second.get_absolute_url()).content.decode()


def test_a_visitor_who_is_the_owner_as_well_is_one_person(desk, address, version):
    desk.post(address, typed(owner_phone="0912345678", owner_address="thôn Dốc Trầu"))
    desk.post(reverse("dossiers:next_of_visitor", args=[Dossier.objects.get().code]))
    page = reverse("dossiers:intake_visit", args=[Visit.objects.get().pk])
    page = f"{page}?thu-tuc={version.procedure.code}"

    moved = desk.post(page, typed(**{"submitter_name": "Mấu Thị Hoa", "la-chu": "1"}))
    form = moved.context["form"]
    assert form["owner_address"].value() == "thôn Dốc Trầu"
    assert form["submitter_name"].value() == ""
    desk.post(page, typed(submitter_name="Mấu Thị Hoa"))

    assert Dossier.objects.latest("pk").submitter is None


def test_a_visit_ends_with_its_day(desk, address, district):
    desk.post(address, typed())
    desk.post(reverse("dossiers:next_of_visitor", args=[Dossier.objects.get().code]))
    Visit.objects.update(started_at=MONDAY)
    old = make_dossier(district)

    visit = reverse("dossiers:intake_visit", args=[Visit.objects.get().pk])
    assert "của ngày trước" in desk.get(visit).content.decode()
    answer = desk.post(reverse("dossiers:next_of_visitor", args=[old.code]), follow=True)
    assert "không nhận hôm nay" in answer.content.decode()


def test_a_visit_of_another_desk_is_nobodys_here(desk, address, client, district):
    desk.post(address, typed())
    code = Dossier.objects.get().code
    desk.post(reverse("dossiers:next_of_visitor", args=[code]))
    client.force_login(district.stranger, backend="procedures.offices.access.PostBackend")

    visit = reverse("dossiers:intake_visit", args=[Visit.objects.get().pk])
    assert client.get(visit).status_code == 404
    assert client.post(reverse("dossiers:next_of_visitor", args=[code])).status_code == 403


# Proxy, organisation, helper --------------------------------------------------------------------


def test_a_proxy_needs_the_paper_that_gives_the_mandate(desk, address):
    proxy = {"submitter_name": "Cao Văn Ba", "submitter_relation": "Người được ủy quyền"}

    refused = desk.post(address, typed(**proxy))
    assert "Ghi số, ngày của giấy ủy quyền." in refused.content.decode()
    desk.post(address, typed(**proxy, submitter_mandate="Số 12 ngày 10/4/2018"))

    submitter = Dossier.objects.get().submitter
    assert submitter.relation == "Người được ủy quyền"
    assert submitter.mandate == "Số 12 ngày 10/4/2018"


def test_an_organisation_names_who_stands_at_the_counter(desk, address):
    firm = {
        "owner_name": "Hợp tác xã Sầu riêng",
        "owner_kind": "organisation",
        "owner_identity": "4201234567-001",
    }

    refused = desk.post(address, typed(**firm))
    assert "Tổ chức cần người đại diện" in refused.content.decode()
    desk.post(address, typed(**firm, submitter_name="Cao Văn Ba"))

    dossier = Dossier.objects.get()
    assert (dossier.owner.kind, dossier.owner.identity_number) == ("organisation", "4201234567-001")
    assert dossier.applicant.name == "Cao Văn Ba"


def test_helped_online_dossiers_are_not_counted_as_the_citizens_own(desk, address, version):
    case = version.cases.get()
    CaseChannel.objects.create(case=case, channel="online", number=10, unit="working_day")
    online = f"{address}&kenh=online"

    assert "Cán bộ nộp hộ" not in desk.get(address).content.decode()
    assert "Cán bộ nộp hộ" in desk.get(online).content.decode()
    desk.post(online, typed(helped="on"))
    desk.post(online, typed())

    helped, own = Dossier.objects.order_by("pk")
    assert list(Dossier.objects.helped()) == [helped]
    assert list(Dossier.objects.self_filed()) == [own]
    assert helped.events.get().data["helped"] == {"by": helped.helper_id, "consent": True}


def test_a_wish_to_be_told_needs_somewhere_to_tell_it(desk, address):
    page = desk.post(address, typed(notify_wish="phone")).content.decode()
    assert "Nhập số điện thoại để báo tin." in page
    page = desk.post(address, typed(notify_wish="email")).content.decode()
    assert "Nhập thư điện tử để báo tin." in page

    desk.post(address, typed(notify_wish="phone", owner_phone="0912345678"))
    assert Dossier.objects.get().notify_wish == "phone"


# Fees -------------------------------------------------------------------------------------------


def make_fee(version, **fields) -> Fee:
    values = {"kind": FeeKind.CHARGE, "state": FeeState.KNOWN, "amount": 50_000, **fields}
    return Fee.objects.create(case=version.cases.get(), **values)


def test_a_known_fee_is_one_tick_and_stands_on_the_receipt(desk, address, version):
    fee = make_fee(version)
    desk.post(address, typed(**{f"phi_{fee.pk}": "on", f"phi_{fee.pk}_bien_lai": "AA-0012"}))

    dossier = Dossier.objects.get()
    row = dossier.collected_fees.get()
    assert (row.amount, row.kind, row.receipt_number) == (50_000, "le_phi", "AA-0012")
    assert row.collector == dossier.events.get().by
    assert dossier.papers.get().data["phi_le_phi"] == "Lệ phí: 50.000 đồng"


def test_nothing_counts_as_collected_that_nobody_ticked(desk, address, version):
    make_fee(version)
    desk.post(address, typed())

    assert not Dossier.objects.get().collected_fees.exists()


def test_an_exemption_keeps_its_ground(desk, address, version):
    fee = make_fee(version)
    desk.post(address, typed(**{f"phi_{fee.pk}_mien": "Hộ nghèo"}))

    row = Dossier.objects.get().collected_fees.get()
    assert (row.amount, row.exemption) == (0, "Hộ nghèo")


def test_taking_less_than_the_tariff_needs_its_ground(desk, address, version):
    fee = make_fee(version)
    less = {f"phi_{fee.pk}": "on", f"phi_{fee.pk}_tien": "25.000"}
    assert "ghi lý do giảm" in desk.post(address, typed(**less)).content.decode()
    both = {f"phi_{fee.pk}": "on", f"phi_{fee.pk}_mien": "Hộ nghèo"}
    assert "miễn hết thì bỏ dấu đã thu" in desk.post(address, typed(**both)).content.decode()

    desk.post(address, typed(**less, **{f"phi_{fee.pk}_mien": "Hộ cận nghèo"}))
    row = Dossier.objects.get().collected_fees.get()
    assert (row.amount, row.exemption) == (25_000, "Hộ cận nghèo")


@pytest.mark.parametrize("fields", [{"state": FeeState.UNKNOWN, "amount": None}, {"per": "trang"}])
def test_an_amount_that_is_not_sure_is_typed_never_guessed(fields, desk, address, version):
    fee = make_fee(version, **fields)
    refused = desk.post(address, typed(**{f"phi_{fee.pk}": "on"}))
    assert "nhập số tiền đã thu" in refused.content.decode()

    desk.post(address, typed(**{f"phi_{fee.pk}": "on", f"phi_{fee.pk}_tien": "12.000"}))
    assert Dossier.objects.get().collected_fees.get().amount == 12_000


def test_without_a_catalogue_the_officer_types_phi_and_le_phi_apart(desk, address):
    assert "chưa có thông tin trong danh mục" in desk.get(address).content.decode()
    refused = desk.post(address, typed(phi_them_0_tien="5000"))
    assert "Chọn phí hay lệ phí." in refused.content.decode()
    assert 'value="5000"' in refused.content.decode()

    lines = {"phi_them_0_loai": "phi", "phi_them_0_tien": "5000"}
    lines |= {"phi_them_1_loai": "le_phi", "phi_them_1_tien": "8.000"}
    desk.post(address, typed(**lines))

    rows = Dossier.objects.get().collected_fees.values_list("kind", "name", "amount")
    assert list(rows) == [("phi", "Phí", 5000), ("le_phi", "Lệ phí", 8000)]


def test_a_fee_of_no_stated_kind_is_asked_for_it(desk, address, version):
    fee = make_fee(version, kind=FeeKind.UNSPECIFIED)
    refused = desk.post(address, typed(**{f"phi_{fee.pk}": "on"}))
    assert "Chọn phí hay lệ phí." in refused.content.decode()

    desk.post(address, typed(**{f"phi_{fee.pk}": "on", f"phi_{fee.pk}_loai": "phi"}))
    row = Dossier.objects.get().collected_fees.get()
    assert (row.kind, row.name, row.amount, row.source) == ("phi", "Phí", 50_000, fee)


def test_a_fee_for_another_channel_is_not_offered(desk, address, version):
    make_fee(version, channel="online")

    lines = desk.get(address).context["form"].fee_lines
    assert all(line.fee is None for line in lines)


# Cost -------------------------------------------------------------------------------------------


def test_the_page_costs_the_same_however_many_dossiers_there_are(
    desk, address, district, django_assert_max_num_queries
):
    for _ in range(2):
        known(district)
        with django_assert_max_num_queries(LIMIT):
            desk.get(address)
