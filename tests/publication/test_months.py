"""The public month: counted from the journal, balanced, frozen, the same for ever."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pgtrigger
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.db.transaction import atomic

from dossiers import acts, statistics
from dossiers.models import Dossier, Event
from dossiers.statistics import Counts, count
from khanhson_portal.ground.moments import month_bounds
from khanhson_portal.publication import balance, jobs, months
from khanhson_portal.publication.models import MonthReport, PublicationRule
from procedures.catalogue import Field
from procedures.offices import Agency, Level
from procedures.worktime import Unit
from tests.factories import local, make_dossier, make_hand, make_procedure

APRIL, MAY = (2018, 4), (2018, 5)
FIRST_OF_MAY, FIRST_OF_JUNE = local(2018, 5, 1, 8), local(2018, 6, 1, 8)


def finish(dossier: Dossier, district, now):
    handed = min(now, local(2018, 5, 3, 16))  # a late dossier is not handed on without a letter
    acts.hand_over(dossier.pk, make_hand(district.receiver, handed), to=district.office)
    result = acts.ResultDocument("1/KQ", now.date(), "Nguyễn Văn Lãnh")
    return acts.finish(dossier.pk, make_hand(district.specialist, now), result=result)


def counts_of(month: tuple[int, int]) -> Counts:
    return Counts(**months.figures_of(*month)["total"])


@pytest.fixture
def spring(district):
    """April and May 2018: one early, one on time, one late, one open, one without a limit."""
    ten = make_procedure(district.desk, district.office, number=10)
    free = make_procedure(district.desk, district.office, unit=Unit.NONE, title="Không hạn")
    early, on_time, late, still_open = (
        make_dossier(district, ten, now=local(2018, 4, 16)) for _ in range(4)
    )  # due 3 May
    no_limit = make_dossier(district, free, now=local(2018, 4, 20))
    finish(early, district, local(2018, 4, 27))
    finish(on_time, district, local(2018, 5, 3, 16))
    finish(late, district, local(2018, 5, 4, 8))
    finish(no_limit, district, local(2018, 5, 10))
    return district, still_open


def test_april_counts_what_the_books_held_when_april_ended(spring):
    assert counts_of(APRIL) == Counts(new_direct=5, done_early=1, open_in_time=3, open_no_limit=1)


def test_may_takes_over_what_april_left(spring):
    april, may = counts_of(APRIL), counts_of(MAY)

    assert may.carried == april.open == 4
    assert may == Counts(carried=4, done_on_time=1, done_late=1, done_no_limit=1, open_late=1)


def test_a_dossier_due_on_the_last_day_and_not_done_is_late_when_the_month_is_over(district):
    one = make_procedure(district.desk, number=1)
    make_dossier(district, one, now=local(2018, 5, 30))  # due 31 May

    assert counts_of(MAY).open_late == 1


def test_what_counts_is_the_journal_not_the_columns_of_today(spring):
    district, still_open = spring
    Dossier.objects.filter(pk=still_open.pk).update(due_at=local(2018, 5, 2))

    assert counts_of(MAY).open_late == 1
    Dossier.objects.filter(pk=still_open.pk).update(due_at=local(2019, 5, 2))
    assert counts_of(MAY).open_late == 1


def test_every_desk_and_field_balances(spring):
    for cell in count(*month_bounds(*MAY)):
        assert cell.counts.received == cell.counts.done + cell.counts.open


def test_counting_costs_one_query_however_much_there_is(spring, django_assert_num_queries):
    with django_assert_num_queries(1):
        count(*month_bounds(*MAY))


def test_a_month_under_way_cannot_be_drafted(spring):
    with pytest.raises(months.NotPublishable, match="chưa kết thúc"):
        months.draft(*MAY, local(2018, 5, 31, 23))


def test_a_later_act_does_not_change_a_published_month(spring):
    district, still_open = spring
    report = months.publish(months.draft(*MAY, FIRST_OF_JUNE).pk, by=None, now=FIRST_OF_JUNE)
    before = (report.data, report.sha256)

    finish(still_open, district, local(2018, 6, 20))
    make_dossier(district, still_open.version, now=local(2018, 6, 20))

    assert months.verify(report) == []
    assert (months.figures_of(*MAY), months.digest(months.figures_of(*MAY))) == before


def test_a_paper_slip_typed_in_later_counts_in_the_month_it_entered_the_books(spring):
    district, still_open = spring
    april = counts_of(APRIL)

    make_dossier(
        district, still_open.version, now=local(2018, 5, 2), received_at=local(2018, 4, 27)
    )

    assert counts_of(APRIL) == april
    assert counts_of(MAY).new == 1


def test_a_published_month_is_frozen_by_the_database(spring):
    report = months.publish(months.draft(*MAY, FIRST_OF_JUNE).pk, by=None, now=FIRST_OF_JUNE)

    with pytest.raises(DatabaseError, match="Cannot"), atomic():
        MonthReport.objects.filter(pk=report.pk).update(data={})
    with pytest.raises(DatabaseError, match="Cannot"), atomic():
        report.delete()


def test_an_unbalanced_table_is_not_published(spring):
    report = months.draft(*MAY, FIRST_OF_JUNE)
    report.data["tables"][0]["rows"][-1]["figures"]["done"] += 1
    report.sha256 = months.digest(report.data)
    report.save()

    with pytest.raises(months.NotPublishable, match="không cân"):
        months.publish(report.pk, by=None, now=FIRST_OF_JUNE)
    assert not MonthReport.objects.published().exists()


def test_a_month_must_take_over_what_the_published_one_before_it_left(spring):
    district, _ = spring
    months.publish(months.draft(*APRIL, FIRST_OF_MAY).pk, by=None, now=FIRST_OF_MAY)
    report = months.draft(*MAY, FIRST_OF_JUNE)
    report.data["total"]["carried"] -= 1
    report.sha256 = months.digest(report.data)
    report.save()

    with pytest.raises(months.NotPublishable, match="Kỳ trước chuyển qua là 3"):
        months.publish(report.pk, by=None, now=FIRST_OF_JUNE)


def test_publishing_twice_is_once(spring):
    draft = months.draft(*MAY, FIRST_OF_JUNE)
    first = months.publish(draft.pk, by=None, now=FIRST_OF_JUNE)
    second = months.publish(draft.pk, by=None, now=FIRST_OF_JUNE + timedelta(days=1))

    assert first.published_at == second.published_at


def test_a_correction_is_a_second_version_with_its_reason_and_the_first_stays(spring, client):
    first = months.publish(months.draft(*MAY, FIRST_OF_JUNE).pk, by=None, now=FIRST_OF_JUNE)
    with pytest.raises(months.NotPublishable, match="ghi rõ lý do"):
        months.draft(*MAY, FIRST_OF_JUNE)

    second = months.draft(*MAY, FIRST_OF_JUNE, reason="Bổ sung hồ sơ xã Sơn Bình")
    months.publish(second.pk, by=None, now=FIRST_OF_JUNE)

    assert second.version == 2
    newest = client.get("/thong-ke/2018/5/").content.decode()
    oldest = client.get("/thong-ke/2018/5/?ban=1").content.decode()
    assert "Bổ sung hồ sơ xã Sơn Bình" in newest
    assert "Đã có bản đính chính mới hơn" in oldest
    assert first.sha256 in oldest


def test_the_job_drafts_last_month_once(spring, time_machine):
    time_machine.move_to(FIRST_OF_JUNE)
    jobs.prepare_month()
    drafted = MonthReport.objects.get()
    jobs.prepare_month()

    assert (drafted.year, drafted.month, drafted.published_at) == (*MAY, None)
    assert MonthReport.objects.count() == 1


def test_a_draft_publishes_itself_after_its_days_unless_it_is_held(spring, time_machine):
    PublicationRule.objects.create(days=3, since=local(2018, 1, 1).date())
    time_machine.move_to(FIRST_OF_JUNE)
    jobs.prepare_month()
    assert not MonthReport.objects.published().exists()
    MonthReport.objects.update(held=True, held_reason="chờ số liệu xã")

    time_machine.move_to(FIRST_OF_JUNE + timedelta(days=4))
    jobs.prepare_month()
    assert not MonthReport.objects.published().exists()

    MonthReport.objects.update(held=False)
    jobs.prepare_month()
    assert MonthReport.objects.get().published_at is not None


def test_the_page_shows_the_official_table_and_the_files_say_the_same(spring, client):
    report = months.publish(months.draft(*MAY, FIRST_OF_JUNE).pk, by=None, now=FIRST_OF_JUNE)

    page = client.get("/thong-ke/2018/05/").content.decode()
    taken = json.loads(client.get("/thong-ke/2018/05.json").content)
    rows = client.get("/thong-ke/2018/05.csv").content.decode("utf-8-sig").splitlines()

    assert "Biểu 06, TT 02/2017/TT-VPCP" in page
    assert "giải quyết xong 3 hồ sơ (1 hồ sơ quá hạn; tỷ lệ đúng hạn 50,0 %)" in page
    assert report.sha256 in page
    assert taken["sha256"] == report.sha256 == months.digest(taken["data"])
    assert rows[-1] == "Tổng cộng,4,4,0,3,2,1,1,0,1"
    assert client.get("/thong-ke/2018/05.xlsx").content[:2] == b"PK"


@pytest.mark.parametrize(
    "path", ["2018/5/", "2018/13/", "0/0/", "99999/1/", "2018/5.exe", "2018/5.csv"]
)
def test_a_month_that_is_not_there_is_a_plain_404(path, client, db):
    assert client.get(f"/thong-ke/{path}").status_code == 404


def test_a_month_is_drafted_approved_and_read_in_the_browser(spring, client, time_machine):
    district, _ = spring
    time_machine.move_to(FIRST_OF_JUNE)
    client.force_login(district.controller)
    assert client.post("/dieu-hanh/thang/2018/5/lap/").status_code == 302
    assert client.post("/dieu-hanh/thang/2018/5/duyet/").status_code == 403

    client.force_login(district.leader)
    response = client.post("/dieu-hanh/thang/2018/5/duyet/", follow=True)

    assert "Đã công bố Tháng 5/2018" in response.content.decode()
    assert MonthReport.objects.get().approved_by == district.leader


@pytest.mark.parametrize("who", ["receiver", "specialist", "stranger"])
def test_the_months_desk_is_for_those_who_prepare_them(who, district, client):
    client.force_login(getattr(district, who))

    assert client.get("/dieu-hanh/").status_code == 403
    assert client.post("/dieu-hanh/thang/2018/5/lap/").status_code == 403


COUNT_OF_2018 = (Path(__file__).parent / "data" / "count_of_2018.sql").read_text()


def test_a_month_frozen_by_the_first_way_of_counting_still_verifies(spring, monkeypatch):
    """Lateness was told in this statement's own words then; published months must stay equal."""
    district, still_open = spring
    hours = make_procedure(district.desk, district.office, number=4, unit=Unit.WORKING_HOUR)
    in_its_minute, hours_open, standing = (
        make_dossier(district, hours, now=local(2018, 5, 2, 7)) for _ in range(3)
    )
    finish(in_its_minute, district, in_its_minute.due_at + timedelta(seconds=40))
    by_receiver = make_hand(district.receiver, local(2018, 5, 2, 8))
    acts.hand_over(standing.pk, by_receiver, to=district.office)
    by_specialist = make_hand(district.specialist, local(2018, 5, 2, 9))
    acts.request_supplement(
        standing.pk, by_specialist, advice=acts.Advice("Thiếu giấy tờ", ["Bản sao"])
    )
    with monkeypatch.context() as then:
        then.setattr(statistics, "SQL", COUNT_OF_2018)
        then.setattr(months, "SCHEMA", 1)
        report = months.draft(*MAY, FIRST_OF_JUNE)
        months.publish(report.pk, by=district.leader, now=FIRST_OF_JUNE)

    report.refresh_from_db()

    frozen = Counts(**report.data["total"])
    assert (frozen.done_on_time, frozen.open_late, frozen.open_waiting) == (2, 2, 1)
    assert months.verify(report) == []


def test_a_month_of_the_first_schema_is_not_forged_by_a_column_of_today(spring):
    report = months.draft(*MAY, FIRST_OF_JUNE)
    del report.data["schema"]
    for cell in report.data["cells"]:
        del cell["late_apologised"], cell["new_helped"]
    report.sha256 = months.digest(report.data)
    report.save()
    assert months.verify(report) == []

    report.data["cells"][0]["done_late"] += 1
    report.sha256 = months.digest(report.data)

    assert months.verify(report) == ["Đếm lại từ nhật ký cho số liệu khác với bản đã công bố."]


def test_late_results_are_split_by_their_letter_as_of_the_end_of_the_month(spring, client):
    district, still_open = spring
    sorry = make_dossier(district, still_open.version, now=local(2018, 4, 16))
    acts.hand_over(
        sorry.pk, make_hand(district.receiver, local(2018, 4, 16, 10)), to=district.office
    )
    for dossier, now in [(sorry, local(2018, 5, 4)), (still_open, local(2018, 6, 2))]:
        acts.apologise(dossier.pk, make_hand(district.leader, now), reason="Mưa lũ kéo dài", days=5)
    finish_handed = acts.ResultDocument("2/KQ", local(2018, 5, 9).date(), "Nguyễn Văn Lãnh")
    acts.finish(sorry.pk, make_hand(district.specialist, local(2018, 5, 9)), result=finish_handed)

    may = counts_of(MAY)
    months.publish(months.draft(*MAY, FIRST_OF_JUNE).pk, by=None, now=FIRST_OF_JUNE)
    page = " ".join(client.get("/thong-ke/2018/5/").content.decode().split())

    assert (may.done_late, may.late_apologised, may.late_unapologised) == (2, 1, 1)
    assert "2 hồ sơ giải quyết quá hạn: 1 có thư xin lỗi trước khi có kết quả, 1 chưa có" in page


@pytest.mark.parametrize("level", ["province", "commune", "other"])
def test_the_groups_are_the_levels_of_the_desks_whatever_they_are(level, spring):
    district, _ = spring
    Agency.objects.filter(pk=district.desk.pk).update(level=level)

    report = months.draft(*MAY, FIRST_OF_JUNE)

    group, _field, whole = report.data["tables"][0]["rows"]
    assert group["name"].endswith(Level(level).label.lower())
    assert group["figures"] == whole["figures"]
    assert months.faults_of(report) == []


def test_a_group_that_was_left_out_keeps_the_month_back(spring):
    report = months.draft(*MAY, FIRST_OF_JUNE)
    del report.data["tables"][0]["rows"][:2]
    report.sha256 = months.digest(report.data)
    report.save()

    with pytest.raises(months.NotPublishable, match="Cộng các nhóm theo cấp.*là 0 nhưng dòng"):
        months.publish(report.pk, by=None, now=FIRST_OF_JUNE)


def test_a_month_without_dossiers_says_so_and_needs_a_reason(district, client):
    report = months.draft(*MAY, FIRST_OF_JUNE)
    with pytest.raises(months.NotPublishable, match="không có hồ sơ nào"):
        months.publish(report.pk, by=None, now=FIRST_OF_JUNE)

    report = months.draft(*MAY, FIRST_OF_JUNE, reason="Một cửa mở từ tháng 6")
    months.publish(report.pk, by=None, now=FIRST_OF_JUNE)
    page = client.get("/thong-ke/2018/5/").content.decode()

    assert "Tháng 5/2018 không có hồ sơ nào trong sổ một cửa" in page
    assert "Một cửa mở từ tháng 6" in page


def test_an_empty_draft_whose_days_are_over_waits_for_its_reason(district, time_machine):
    PublicationRule.objects.create(days=3, since=local(2018, 1, 1).date())
    for now in (FIRST_OF_JUNE, FIRST_OF_JUNE + timedelta(days=4)):
        time_machine.move_to(now)
        told = jobs.prepare_month()

    assert "không có hồ sơ nào" in told
    assert not MonthReport.objects.published().exists()


def test_what_was_reclassified_is_a_line_of_the_bridge(spring, client):
    district, still_open = spring
    months.publish(months.draft(*APRIL, FIRST_OF_MAY).pk, by=None, now=FIRST_OF_MAY)
    land = Field.objects.create(name="Đất đai thử", slug="dat-dai-thu")
    other = make_procedure(district.desk, district.office, field=land)
    acts.reclassify(
        still_open.pk, make_hand(district.receiver, local(2018, 5, 2)),
        case=other.cases.get(), reason="Chọn nhầm thủ tục ở quầy",
    )  # fmt: skip

    report = months.draft(*MAY, FIRST_OF_JUNE)

    (line,) = report.data["bridge"]
    assert (line["count"], line["to"]) == (1, [district.desk.pk, land.pk])
    assert months.faults_of(report) == []
    report.data["bridge"] = []
    assert [fault.split(":")[0] for fault in balance.carried_faults(
        MonthReport.objects.published().get().data, report.data
    )] == [
        f"{district.desk.short_name}, {still_open.version.field.name}",
        f"{district.desk.short_name}, Đất đai thử",
    ]  # fmt: skip


def test_what_was_finished_and_opened_again_does_not_break_the_carry_over(spring):
    district, still_open = spring
    months.publish(months.draft(*APRIL, FIRST_OF_MAY).pk, by=None, now=FIRST_OF_MAY)
    finish(still_open, district, local(2018, 5, 3, 17))
    acts.reopen(
        still_open.pk, make_hand(district.controller, local(2018, 5, 9)),
        reason="Ghi nhầm số văn bản kết quả",
    )  # fmt: skip

    assert months.faults_of(months.draft(*MAY, FIRST_OF_JUNE)) == []


def test_what_an_officer_sent_for_a_citizen_is_no_online_filing(spring, client):
    district, still_open = spring
    version, now = still_open.version, local(2018, 5, 7)
    make_dossier(district, version, now=now, channel="online", helper=district.receiver)
    make_dossier(district, version, now=now, channel="online")
    make_dossier(district, version, now=now)

    report = months.publish(months.draft(*MAY, FIRST_OF_JUNE).pk, by=None, now=FIRST_OF_JUNE)
    counts = Counts(**report.data["total"])
    page = " ".join(client.get("/thong-ke/2018/5/").content.decode().split())

    assert (counts.new_online, counts.new_helped, counts.new_direct) == (1, 1, 1)
    whole = report.data["tables"][1]["rows"][-1]["figures"]
    assert (whole["4"], whole["5"]) == (1, 2)
    assert "1 do người dân tự nộp trực tuyến, 1 do cán bộ nộp hộ qua mạng" in page


def test_a_month_that_counted_help_as_online_verifies_as_it_counted_then(spring):
    district, still_open = spring
    version, now = still_open.version, local(2018, 5, 7)
    make_dossier(district, version, now=now, channel="online", helper=district.receiver)
    report = months.draft(*MAY, FIRST_OF_JUNE)
    report.data["schema"] = 2
    for cell in report.data["cells"]:
        cell["new_online"] += cell.pop("new_helped")
    report.sha256 = months.digest(report.data)

    assert months.verify(report) == []


def test_what_the_rows_say_later_does_not_change_what_was_counted(spring):
    district, still_open = spring
    make_dossier(
        district, still_open.version, now=local(2018, 5, 7), channel="online",
        helper=district.receiver,
    )  # fmt: skip
    report = months.draft(*MAY, FIRST_OF_JUNE)
    elsewhere = Field.objects.create(name="Đất đai thử", slug="dat-dai-thu")

    still_open.version.__class__.objects.update(field=elsewhere, linked=True)
    Dossier.objects.update(channel="post", helper=None)

    assert months.verify(report) == []
    assert months.figures_of(*MAY)["bridge"] == []


def test_an_event_from_before_the_freezing_is_counted_by_its_rows(spring):
    with pgtrigger.ignore("dossiers.Event:append_only"):
        for event in Event.objects.filter(data__has_key="counted"):
            event.data.pop("counted")
            event.save()

    assert counts_of(APRIL) == Counts(new_direct=5, done_early=1, open_in_time=3, open_no_limit=1)


def test_the_commands_publish_and_verify(spring, capsys, time_machine):
    district, _ = spring
    time_machine.move_to(FIRST_OF_JUNE)
    call_command("publish_month", "2018-05", by=district.leader.username)
    call_command("verify_month", "2018-05")

    assert "khớp với nhật ký" in capsys.readouterr().out
    with pytest.raises(CommandError, match="YYYY-MM"):
        call_command("verify_month", "5/2018")
    with pytest.raises(CommandError, match="cần vai trò “Lãnh đạo UBND”"):
        call_command("publish_month", "2018-04", by=district.receiver.username)
