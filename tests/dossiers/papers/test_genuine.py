"""Genuine or forged: the code at the foot of every paper, and the page behind it."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from dossiers.papers import genuine, voiding
from khanhson_portal.ground import barcode
from tests.dossiers.papers.test_issuing import issuer, receipt
from tests.factories import make_dossier


@given(st.integers(1, 10**12))
def test_every_code_leads_back_to_its_paper(number):
    assert genuine.paper_id_of(genuine.code_of(number)) == number


@given(st.integers(1, 10**9), st.data())
def test_one_wrong_character_is_always_noticed(number, data):
    code = genuine.code_of(number)
    place = data.draw(st.sampled_from([i for i, char in enumerate(code) if char != "-"]))
    other = data.draw(st.sampled_from(genuine.ALPHABET.replace(code[place], "")))

    with pytest.raises(genuine.WrongCode):
        genuine.paper_id_of(code[:place] + other + code[place + 1 :])


def test_a_code_may_be_typed_carelessly_or_scanned_as_an_address():
    code = genuine.code_of(4711)

    assert genuine.paper_id_of(f"  {code.lower().replace('-', ' ')} ") == 4711
    assert genuine.paper_id_of(genuine.address_of(4711)) == 4711


def test_a_code_of_another_office_is_told_from_a_slip_of_the_finger(settings):
    code = genuine.code_of(7)
    settings.SECRET_KEY = "another office"

    with pytest.raises(genuine.WrongCode, match="không do cổng của cơ quan cấp"):
        genuine.paper_id_of(code)


def test_a_scanner_checks_a_code_without_a_database(capsys):
    call_command("check_paper", genuine.code_of(12))

    assert "giấy số 12" in capsys.readouterr().out
    with pytest.raises(CommandError, match="gõ nhầm"):
        call_command("check_paper", "0000-AAAAAAAA-1")


def test_the_page_shows_the_paper_and_nobody(client, district, django_assert_max_num_queries):
    dossier = make_dossier(district)
    paper = receipt(dossier)
    with django_assert_max_num_queries(8):
        response = client.get(genuine.address_of(paper.pk))
    page = response.content.decode()

    assert "có thật" in page
    assert dossier.code in page
    assert paper.data["hen_tra_luc"] in page
    for secret in [dossier.owner.name, dossier.owner.phone, dossier.owner.address, dossier.secret]:
        assert secret not in page
    assert response.headers["X-Robots-Tag"] == "noindex"


def test_the_page_warns_of_a_voided_paper(client, district):
    paper = receipt(make_dossier(district))
    voiding.void(paper.pk, issuer(district.receiver), reason="In nhầm tên người nộp", again=True)

    page = client.get(genuine.address_of(paper.pk)).content.decode()

    assert "đã bị hủy" in page
    assert "Giấy thay thế" in page


@pytest.mark.parametrize("code", ["x", "0000-AAAAAAAA-0", "…" * 30, "0" * 60])
def test_a_made_up_code_gets_a_plain_answer(client, db, code):
    response = client.get(reverse("dossiers:genuine_form"), {"ma": code})

    assert response.status_code == 404
    assert "Mã này" in response.content.decode()


def test_bars_are_those_of_the_standard():
    # "Wikipedia" in set B, with its known check symbol 88
    assert barcode.symbols("Wikipedia") == [104, 55, 73, 75, 73, 80, 69, 68, 73, 65, 88]
    assert barcode.symbols("1234") == [105, 12, 34, 82]
    assert len(barcode.WIDTHS) == 106
    assert all(sum(map(int, widths)) == 11 for widths in barcode.WIDTHS)


def test_bars_refuse_what_they_cannot_carry():
    with pytest.raises(ValueError, match="Code 128"):
        barcode.symbols("Hồ sơ")
