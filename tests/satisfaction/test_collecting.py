"""One answer per dossier, and nobody can tell whose it was."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection
from django.urls import reverse

from dossiers.models import Dossier, State
from satisfaction import collecting
from satisfaction.collecting import Sheet
from satisfaction.models import Answer, Comment, Questionnaire, SurveyUse, Way
from tests.factories import MONDAY, make_dossier

LATER = MONDAY + timedelta(days=10)


def ended(district, **columns) -> Dossier:
    """A dossier whose result is ready; only the survey looks at it."""
    dossier = make_dossier(district)
    values = {"state": State.FINISHED, "finished_at": LATER, "closed_at": LATER, **columns}
    Dossier.objects.filter(pk=dossier.pk).update(**values)
    return Dossier.objects.select_related("desk__parent", "version").get(pk=dossier.pk)


def sheet(score: int = 5, comment: str = "") -> Sheet:
    return Sheet(Questionnaire.objects.get(slug="nhanh"), {1: score}, comment)


def test_a_link_leads_to_its_dossier_and_a_forged_one_nowhere(district):
    dossier = ended(district)
    token = collecting.token_of(dossier)

    assert collecting.dossier_of(token) == dossier
    assert collecting.dossier_of(token[:-1] + ("a" if token[-1] != "a" else "b")) is None
    assert collecting.dossier_of("1") is None


@pytest.mark.parametrize(
    ("columns", "days", "may"),
    [
        ({}, 400, True),  # still on the shelf
        ({"state": State.RETURNED, "returned_at": LATER}, 30, True),
        ({"state": State.RETURNED, "returned_at": LATER}, 31, False),
        ({"state": State.STOPPED}, 30, True),
        ({"state": State.STOPPED}, 31, False),
        ({"state": State.IN_PROGRESS, "finished_at": None, "closed_at": None}, 1, False),
    ],
)
def test_the_survey_opens_with_the_result_and_closes_after_thirty_days(
    district, columns, days, may
):
    assert collecting.is_open(ended(district, **columns), LATER + timedelta(days=days)) is may


def test_a_dossier_is_rated_once(district):
    dossier = ended(district)
    collecting.answer_for(dossier, sheet(5), Way.LINK, LATER)

    with pytest.raises(collecting.AlreadyAnswered):
        collecting.answer_for(dossier, sheet(1), Way.LINK, LATER)

    assert [answer.scores for answer in Answer.objects.all()] == [{"1": 5}]


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_give_one_answer(district):
    dossier, refused = ended(district), []

    def press() -> None:
        try:
            collecting.answer_for(dossier, sheet(), Way.LINK, LATER)
        except collecting.AlreadyAnswered as already:
            refused.append(already)
        finally:
            connection.close()

    threads = [Thread(target=press) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (Answer.objects.count(), SurveyUse.objects.count(), len(refused)) == (1, 1, 7)


def test_no_column_of_an_answer_or_its_use_holds_a_dossier_and_a_moment():
    kept = {field.name for field in Answer._meta.concrete_fields}
    used = {field.name for field in SurveyUse._meta.concrete_fields}

    assert kept == {
        "id", "questionnaire", "desk", "field", "month", "way", "scores", "fresh", "is_demo",
    }  # fmt: skip
    assert used == {"id", "dossier"}
    assert {field.name for field in Comment._meta.concrete_fields} == {
        "id", "desk", "month", "text", "masked", "theme", "done", "public",
    }  # fmt: skip


def test_a_field_is_kept_only_where_enough_dossiers_are_like_it(district):
    alone = ended(district)
    collecting.answer_for(alone, sheet(), Way.LINK, LATER)
    assert Answer.objects.get().field is None

    alike = [ended(district) for _ in range(collecting.ENOUGH)]
    Dossier.objects.filter(pk__in=[d.pk for d in alike]).update(version=alike[0].version)
    fresh = Dossier.objects.select_related("version", "desk").get(pk=alike[0].pk)
    collecting.answer_for(fresh, sheet(), Way.LINK, LATER)
    assert Answer.objects.exclude(field=None).get().field == fresh.version.field


def test_shuffling_gives_new_keys_and_keeps_every_answer(district):
    for score in (1, 2, 3, 4, 5):
        collecting.answer_for(ended(district), sheet(score), Way.LINK, LATER)
    before = set(Answer.objects.values_list("pk", flat=True))

    assert collecting.shuffle() == 5
    assert collecting.shuffle() == 0
    after = Answer.objects.all()
    assert sorted(answer.scores["1"] for answer in after) == [1, 2, 3, 4, 5]
    assert before.isdisjoint(answer.pk for answer in after)
    assert len({_transaction_of(answer) for answer in after}) == 1


def _transaction_of(answer: Answer) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin FROM satisfaction_answer WHERE id = %s", [answer.pk])
        return str(cursor.fetchone()[0])


def test_a_citizen_answers_with_one_press_and_the_link_is_spent(client, district):
    dossier = ended(district)
    address = reverse("satisfaction:survey", args=[collecting.token_of(dossier)])

    page = client.get(address).content.decode()
    empty = client.post(address, {})
    thanks = client.post(address, {"c1": "4", "comment": "Cán bộ vui vẻ"})
    again = client.post(address, {"c1": "1"})

    assert "không ai ở cơ quan biết" in page
    assert dossier.version.title not in page
    assert "Chưa chọn mức nào" in empty.content.decode()
    assert "Cảm ơn ông/bà" in thanks.content.decode()
    assert "đã có câu trả lời" in again.content.decode()
    assert [a.scores for a in Answer.objects.all()] == [{"1": 4}]
    assert Comment.objects.get().text == "Cán bộ vui vẻ"


def test_nonsense_in_a_survey_is_no_break_and_no_answer(client, district):
    address = reverse("satisfaction:survey", args=[collecting.token_of(ended(district))])

    for nonsense in ("9", "x", "-1", "٣", "5" * 50):
        assert client.post(address, {"c1": nonsense}).status_code == 200
    assert client.get("/khao-sat/khong-co/").status_code == 404
    assert not Answer.objects.exists()


def test_the_tracking_page_asks_for_a_rating_once_there_is_a_result(client, district):
    dossier, running = ended(district), make_dossier(district)

    done = client.get(reverse("dossiers:track_by_token", args=[dossier.token])).content.decode()
    open_ = client.get(reverse("dossiers:track_by_token", args=[running.token])).content.decode()

    assert collecting.token_of(dossier) in done
    assert "khao-sat" not in open_
