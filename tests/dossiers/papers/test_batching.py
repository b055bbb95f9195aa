"""Many papers as one file: a day's receipts, control sheets, a volume of the register."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from dossiers import acts, jobs
from dossiers.models import Batch, BatchKind, BatchState, Paper
from dossiers.papers import batching, keeping, register
from khanhson_portal.ground.text import one_line
from tests.factories import MONDAY, make_dossier, make_hand

DAY = MONDAY.date()


def run(batch: Batch) -> Batch:
    """Do what the queue would do."""
    jobs.draw_batch(batch.pk)
    for part in range(batching.PARTS):
        jobs.draw_batch_part(batch.pk, part)
    batch.refresh_from_db()
    return batch


def pages(batch: Batch) -> list[str]:
    reader = PdfReader(BytesIO(keeping.read(batch.pdf_sha256, "x")))
    return [one_line(page.extract_text()) for page in reader.pages]


def test_the_receipts_of_a_day_are_bound_in_their_order(district):
    dossiers = [make_dossier(district) for _ in range(3)]
    batch = batching.order(BatchKind.RECEIPTS, district.desk, district.receiver, MONDAY, day=DAY)

    run(batch)

    assert batch.state == BatchState.DONE
    assert batching.progress(batch) == batch.total == 3
    for page, dossier in zip(pages(batch), dossiers, strict=True):
        assert dossier.code in page


def test_running_a_batch_twice_changes_nothing(district):
    make_dossier(district)
    batch = batching.order(BatchKind.RECEIPTS, district.desk, district.receiver, MONDAY, day=DAY)
    first = run(batch).pdf_sha256

    assert run(batch).pdf_sha256 == first


def test_control_sheets_cover_what_was_handed_over_that_day(district):
    handed, _kept = make_dossier(district), make_dossier(district)
    acts.hand_over(handed.pk, make_hand(district.receiver), to=district.office)
    batch = batching.order(
        BatchKind.CONTROL_SHEETS,
        district.desk,
        district.receiver,
        MONDAY,
        day=DAY,
        to=district.office,
    )

    run(batch)
    jobs.draw_batch(batch.pk)

    assert Paper.objects.filter(kind="kiem-soat").count() == 1
    assert handed.code in pages(batch)[0]


def test_a_volume_of_the_register_has_its_cover_and_every_line(district, monkeypatch):
    monkeypatch.setattr(register, "ROWS_AT_ONCE", 2)
    dossiers = [make_dossier(district) for _ in range(5)]
    batch = batching.order(
        BatchKind.REGISTER, district.desk, district.receiver, MONDAY, year=2018, volume=1
    )

    found = pages(run(batch))

    assert "SỔ THEO DÕI HỒ SƠ" in found[0]
    assert "Từ số 1 đến số 5. Gồm 4 trang" in found[0]
    assert "Từ ngày 16 tháng 4 năm 2018" in found[0]
    assert [f"Trang {n}" in page for n, page in enumerate(found[1:], 2)] == [True] * 3
    for dossier in dossiers:
        assert dossier.code.rsplit("-", 1)[1] in " ".join(found)


def test_a_register_of_samples_says_so_on_every_page(district):
    make_dossier(district, is_demo=True)
    batch = batching.order(
        BatchKind.REGISTER, district.desk, district.receiver, MONDAY, year=2018, volume=1
    )

    assert all("Bản minh họa" in page for page in pages(run(batch)))


def test_a_cancelled_batch_stays_cancelled(district):
    make_dossier(district)
    batch = batching.order(BatchKind.RECEIPTS, district.desk, district.receiver, MONDAY, day=DAY)

    assert batching.cancel(batch.pk, MONDAY)
    run(batch)

    assert batch.state == BatchState.CANCELLED
    assert not batch.pdf_sha256


def test_nothing_to_print_is_said_at_once(district):
    with pytest.raises(batching.BatchRefused, match="không có hồ sơ nào"):
        batching.order(BatchKind.RECEIPTS, district.desk, district.receiver, MONDAY, day=DAY)


# The pages ---------------------------------------------------------------------------------------


@pytest.fixture
def desk_client(client, district):
    client.force_login(district.receiver, backend="procedures.offices.access.PostBackend")
    return client


def ask(client, district, **fields):
    data = {"desk": district.desk.pk, "day": "16/04/2018", **fields}
    return client.post(reverse("dossiers:batches"), data, follow=True)


def test_an_officer_orders_a_batch_and_takes_the_file(
    desk_client, district, django_assert_max_num_queries
):
    dossier = make_dossier(district)
    page = ask(desk_client, district, kind="giay-tiep-nhan")
    assert "Đang chờ in" in page.content.decode()
    batch = run(Batch.objects.get())

    with django_assert_max_num_queries(15):
        listed = desk_client.get(reverse("dossiers:batches")).content.decode()
    file = desk_client.get(reverse("dossiers:batch_pdf", args=[batch.pk]))

    assert "Mọi giấy tiếp nhận trong ngày: ngày 16/04/2018" in listed
    assert file.headers["Content-Type"] == "application/pdf"
    assert dossier.code in pages(batch)[0]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": "giay-tiep-nhan", "day": "31/02/2018"}, "ngày"),
        ({"kind": "giay-tiep-nhan", "day": ""}, "Ghi ngày cần in"),
        ({"kind": "so-theo-doi"}, "Ghi năm của sổ cần in"),
        ({"kind": "ban-giao"}, "Chọn nơi nhận hồ sơ"),
        ({"kind": "giay-tiep-nhan"}, "không có hồ sơ nào"),
        ({"kind": "ban-giao-buu-chinh"}, "danh sách trống"),
    ],
)
def test_a_mistake_gets_a_sentence(desk_client, district, fields, sentence):
    page = ask(desk_client, district, **fields)

    assert page.status_code in {200, 400}
    assert sentence in page.content.decode()
    assert not Batch.objects.exists()


def test_a_hand_over_sheet_is_issued_and_listed(desk_client, district):
    dossier = make_dossier(district)
    acts.hand_over(dossier.pk, make_hand(district.receiver), to=district.office)

    page = ask(desk_client, district, kind="ban-giao", other=district.office.pk)
    paper = Paper.objects.get(kind="ban-giao")

    assert "Phiếu bàn giao" in page.content.decode()
    assert paper.data["ho_so"][0]["code"] == dossier.code
    assert paper.data["minh_hoa"] == ""
    file = desk_client.get(reverse("dossiers:paper_pdf", args=[paper.pk]))
    assert file.content.startswith(b"%PDF")


def test_strangers_do_not_see_batches_or_lists(client, district):
    make_dossier(district)
    batch = batching.order(BatchKind.RECEIPTS, district.desk, district.receiver, MONDAY, day=DAY)
    client.force_login(district.stranger, backend="procedures.offices.access.PostBackend")

    for name in ["batch", "batch_pdf"]:
        assert client.get(reverse(f"dossiers:{name}", args=[batch.pk])).status_code == 403
