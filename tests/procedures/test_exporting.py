"""What is exported can be read in again, and no spreadsheet calculates with it."""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from procedures.catalogue import ProcedureVersion, exporting, importing
from procedures.catalogue.importing import Verdict
from procedures.offices import Officer
from tests.factories import make_procedure
from tests.procedures.labelled import OWN


@pytest.fixture
def own_list(db):
    controller = Officer.objects.create_user("doi-chieu", full_name="Người đối chiếu")
    records = importing.read_files([OWN / "procedures-2018.csv"])
    importing.apply(importing.plan(records), approve_by=controller)


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_what_was_exported_is_read_again_and_changes_nothing(ending, own_list, tmp_path):
    file = tmp_path / f"danh-muc.{ending}"
    call_command("export_procedures", str(file), verbosity=0)

    plan = importing.plan(importing.read_files([file]))

    assert len(plan.items) > 50
    changed = [(item.record.code, item.reasons, item.changes) for item in plan.items
               if item.verdict != Verdict.UNCHANGED]  # fmt: skip
    assert not changed, changed[:3]


def test_an_edited_export_is_a_draft_of_what_was_edited(own_list, tmp_path):
    file = tmp_path / "danh-muc.json"
    call_command("export_procedures", str(file), verbosity=0)
    rows = json.loads(file.read_text())
    code = rows[0]["ma"]
    for row in rows:
        if row["ma"] == code:
            row["ten"] += " (đã sửa)"
    file.write_text(json.dumps(rows))

    plan = importing.plan(importing.read_files([file]))

    (changed,) = plan.of(Verdict.CHANGED)
    assert changed.record.code == code
    assert [change.aspect for change in changed.changes] == ["title"]


def test_no_cell_is_a_formula_and_the_mark_is_taken_off_when_read_again(db, tmp_path):
    make_procedure(title="=1+1", source="@nguon")
    file = tmp_path / "danh-muc.csv"

    call_command("export_procedures", str(file), verbosity=0)

    assert "'=1+1" in file.read_text()
    (record,) = importing.read_files([file])
    assert record.title == "=1+1"
    assert record.source == "@nguon"


def test_another_ending_is_refused_in_one_sentence(db, tmp_path):
    with pytest.raises(CommandError, match="phải kết thúc bằng"):
        call_command("export_procedures", str(tmp_path / "a.doc"))


# In the admin -------------------------------------------------------------------------------------


@pytest.fixture
def staff(client, district):
    district.controller.is_staff = True
    district.controller.save()
    client.force_login(district.controller)
    return client


@pytest.mark.parametrize("number", range(3))
def test_the_admin_exports_every_format(number, staff):
    make_procedure(title="Đăng ký khai sinh")
    page = reverse("admin:procedures_procedureversion_export")

    response = staff.post(page, {"format": number, "resource": "0"})

    assert response.status_code == 200
    assert response.headers["Content-Disposition"].startswith("attachment")


def test_the_admin_imports_through_a_dry_run_with_a_report(staff, tmp_path):
    version = make_procedure(title="Đăng ký khai sinh", code="1.001193", source="Danh mục")
    dataset = exporting.dataset_of(ProcedureVersion.objects.for_listing())
    content = dataset.export("csv").replace("Đăng ký khai sinh", "Đăng ký khai sinh mới")
    from django.core.files.uploadedfile import SimpleUploadedFile

    page = reverse("admin:procedures_procedureversion_import")
    file = SimpleUploadedFile("a.csv", content.encode())
    shown = staff.post(page, {"import_file": file, "format": "0", "resource": "0"})
    text = shown.content.decode()
    assert "Đăng ký khai sinh mới" in text
    assert not ProcedureVersion.objects.drafts().exists()

    form = shown.context["confirm_form"]
    staff.post(reverse("admin:procedures_procedureversion_process_import"), form.initial)

    draft = ProcedureVersion.objects.drafts().get()
    assert draft.procedure == version.procedure
    assert draft.title == "Đăng ký khai sinh mới"
