"""Indices as published: counted, frozen, corrected by new versions, readable by everybody."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError
from django.urls import reverse

from khanhson_portal.ground.moments import LOCAL
from procedures.offices import Role
from satisfaction import collecting, publishing
from satisfaction.collecting import Sheet
from satisfaction.models import Comment, IndexReport, Questionnaire, Way
from tests.factories import make_officer

FIRST, LAST = date(2018, 4, 1), date(2018, 6, 1)
JULY = datetime(2018, 7, 2, 8, tzinfo=LOCAL)


@pytest.fixture
def whole():
    return Questionnaire.objects.get(slug="sipas-2017")


def fill(whole, desk, *scores, day=date(2018, 5, 7)):
    for score in scores:
        collecting.keep(Sheet(whole, dict.fromkeys(range(1, 23), score)), desk, Way.PAPER, day)


def test_the_figures_of_a_quarter_by_factor_desk_and_target(district, whole):
    fill(whole, district.desk, *[5] * 8, *[3] * 2)
    fill(whole, district.commune_desk, *[4] * 6)
    fill(whole, district.desk, 1, day=date(2018, 7, 1))

    data = publishing.figures_of(whole, FIRST, LAST)

    assert data["sheets"] == 16
    assert data["whole"]["given"] == 16 * 22
    assert data["whole"]["percent"] == 87.5
    assert [row["percent"] for row in data["factors"]] == [87.5] * 5
    assert sum(row["given"] for row in data["plan_groups"]) == 16 * 22
    assert {row["sheets"]: row["percent"] for row in data["desks"]} == {10: 80.0, 6: 100.0}
    assert data["straight"] == 16
    assert data["target"]["percent"] == 78.0
    assert data["target"]["said"].startswith("đạt")


def test_the_twenty_two_criteria_stand_in_five_factors_and_six_groups(whole):
    criteria = list(whole.criteria.all())

    assert len(criteria) == 22
    assert len({c.factor for c in criteria}) == 5
    assert len({c.plan_group for c in criteria}) == 6
    assert all(len(c.choices) == 5 and c.choices[0][0] == 5 for c in criteria)
    nine = Questionnaire.objects.get(slug="tt-01-2018").criteria.all()
    assert [[score for score, _ in c.choices] for c in nine] == [[2, 1, 0]] * 9


def test_a_part_with_few_sheets_is_not_shown_nor_had_by_subtraction(district, whole):
    fill(whole, district.desk, *[5] * 9)
    fill(whole, district.commune_desk, 1, 2)

    desks = publishing.figures_of(whole, FIRST, LAST)["desks"]

    assert all(row["hidden"] and row["percent"] is None for row in desks)


def test_without_answers_there_are_words_and_no_number_and_nothing_to_publish(
    client, district, whole
):
    report = publishing.draft(whole, FIRST, LAST, JULY)

    assert report.data["whole"]["percent"] is None
    with pytest.raises(publishing.NotPublishable, match="không có phiếu"):
        publishing.publish(report.pk, district.leader, JULY)
    assert "Chưa có kỳ nào" in client.get(reverse("satisfaction:reports")).content.decode()


def test_published_indices_do_not_change_and_a_correction_says_why(client, district, whole):
    fill(whole, district.desk, *[5] * 40)
    report = publishing.publish(
        publishing.draft(whole, FIRST, LAST, JULY).pk, district.leader, JULY
    )
    fill(whole, district.desk, *[1] * 40)

    with pytest.raises(publishing.NotPublishable, match="lý do"):
        publishing.draft(whole, FIRST, LAST, JULY)
    with pytest.raises(ProgrammingError), transaction.atomic():
        IndexReport.objects.filter(pk=report.pk).update(sha256="0")
    second = publishing.draft(whole, FIRST, LAST, JULY, reason="Thêm phiếu nộp muộn")
    publishing.publish(second.pk, district.leader, JULY)

    assert (second.version, second.data["whole"]["percent"]) == (2, 50.0)
    page = client.get(reverse("satisfaction:reports")).content.decode()
    assert "50,00 %" in page
    assert (
        "100,00 %" in client.get(reverse("satisfaction:report", args=[report.pk])).content.decode()
    )
    for ending in ("csv", "xlsx", "json"):
        assert client.get(f"/hai-long/{report.pk}.{ending}").status_code == 200
    assert client.get(f"/hai-long/{report.pk}.exe").status_code == 404


def test_a_period_under_way_is_not_drafted(whole):
    with pytest.raises(publishing.NotPublishable, match="chưa kết thúc"):
        publishing.draft(whole, FIRST, date(2018, 7, 1), JULY)


def test_the_page_of_indices_asks_few_queries(
    client, district, whole, django_assert_max_num_queries
):
    fill(whole, district.desk, *[5] * 40)
    publishing.publish(publishing.draft(whole, FIRST, LAST, JULY).pk, district.leader, JULY)

    with django_assert_max_num_queries(8):
        answer = client.get(reverse("satisfaction:reports"))
    assert answer.status_code == 200


def test_the_controller_masks_a_comment_before_it_is_shown(client, district, whole):
    fill(whole, district.desk, *[5] * 6)
    collecting.keep(
        Sheet(whole, {}, "Gọi cho tôi số 0912345678"), district.desk, Way.PAPER, date(2018, 5, 7)
    )
    client.force_login(district.controller)
    comment = Comment.objects.get()
    page = client.get(reverse("satisfaction:comment", args=[comment.pk])).content.decode()
    assert "0912345678" in page  # the text itself, for whoever masks it
    assert "<textarea" in page
    address = reverse("satisfaction:comment", args=[comment.pk])

    refused = client.post(address, {"public": "on", "masked": "", "theme": ""})
    assert "cần bản đã che" in refused.content.decode()
    client.post(
        address,
        {"public": "on", "masked": "Xin gọi lại", "theme": "Liên lạc", "done": "Đã gọi lại."},
    )
    data = publishing.figures_of(whole, FIRST, LAST)

    assert data["themes"] == [
        {"theme": "Liên lạc", "count": 1, "said": [{"text": "Xin gọi lại", "done": "Đã gọi lại."}]}
    ]


def test_the_office_types_a_paper_sheet_and_only_its_month_is_kept(client, district, whole):
    client.force_login(district.controller)
    typed = {"desk": district.desk.pk, "way": "paper", "month": "07/05/2018", "c1": "4", "c22": "5"}

    future = client.post(reverse("satisfaction:type_sheet"), {**typed, "month": "07/05/2090"})
    client.post(reverse("satisfaction:type_sheet"), typed)

    assert "không thể sau hôm nay" in future.content.decode()
    answer = whole.answers.get()
    assert (answer.month, answer.scores) == (date(2018, 5, 1), {"1": 4, "22": 5})


STAFF = ["manage", "type_sheet", "comments"]


@pytest.mark.parametrize("name", STAFF)
def test_only_the_owners_keepers_reach_the_desk_of_indices(client, district, name):
    commune = make_officer(district.commune_desk.parent, Role.CONTROLLER, Role.LEADER)
    for stranger in (district.receiver, district.specialist, district.stranger, commune):
        client.force_login(stranger)
        assert client.get(reverse(f"satisfaction:{name}")).status_code == 403
    client.logout()
    assert client.get(reverse(f"satisfaction:{name}")).status_code == 302


def test_publishing_is_the_leaders_or_the_controllers_post(client, district, whole):
    fill(whole, district.desk, *[5] * 6)
    report = publishing.draft(whole, FIRST, LAST, JULY)
    address = reverse("satisfaction:approve", args=[report.pk])
    client.force_login(district.head)
    assert client.post(address).status_code == 403
    client.force_login(district.leader)
    assert client.get(address).status_code == 405
    client.post(address)
    assert IndexReport.objects.get().published_at


def test_the_desk_makes_a_draft_and_refuses_a_month_that_is_none(client, district, whole):
    client.force_login(district.controller)
    address = reverse("satisfaction:make_draft")

    wrong = client.post(address, {"bo": whole.slug, "tu": "13/2018", "den": "x"}, follow=True)
    client.post(address, {"bo": whole.slug, "tu": "04/2018", "den": "06/2018"})

    assert "Tháng viết như 04/2018" in wrong.content.decode()
    assert IndexReport.objects.get().data["sheets"] == 0
