"""Papers, steps and legal bases of our own files: read, filled in once, true to their source."""

from __future__ import annotations

import gzip
import json
import os
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from khanhson_portal.ground.text import one_line, tidy
from procedures.catalogue import Confidence, ProcedureCase, RequiredPaper, importing
from procedures.catalogue.content_files import ContentFacts, read_all
from procedures.catalogue.filling import fill_contents
from procedures.catalogue.importing import flat_papers
from tests.factories import make_procedure

BIRTH = "1.001193"


def birth() -> ContentFacts:
    return next(facts for facts in read_all() if facts.code == BIRTH)


def an_empty(code: str = BIRTH, **fields):
    return make_procedure(code=code, papers=(), title="Thủ tục đăng ký khai sinh", **fields)


def test_every_procedure_of_the_files_stands_once_and_is_whole():
    everything = read_all()

    assert len({facts.code for facts in everything}) == len(everything) >= 45
    for facts in everything:
        assert all([facts.papers, facts.bases, facts.results]), facts.code
        assert 3 <= len(facts.steps) <= 6, facts.code
        assert max(map(len, facts.steps)) <= 160, facts.code


def test_papers_that_everybody_needs_stand_before_the_conditional_ones():
    for facts in read_all():
        conditional = [bool(paper.condition) for paper in facts.papers]
        assert conditional == sorted(conditional), facts.code


def test_a_copy_of_the_identity_card_is_nobodys_default_paper():
    for facts in read_all():
        for paper in facts.papers:
            if "căn cước" in paper.official.lower() and not paper.condition:
                assert paper.presented or "bản sao toàn bộ" in paper.official.lower(), facts.code


@pytest.mark.django_db
def test_an_empty_version_is_filled_once_and_says_where_from():
    version = an_empty(valid_from=date(2026, 1, 1))

    assert (fill_contents(), fill_contents()) == (1, 0)

    version.refresh_from_db()
    names = list(RequiredPaper.objects.values_list("name", flat=True))
    assert names[:3] == ["Tờ khai đăng ký khai sinh", "Giấy chứng sinh", "Căn cước hoặc hộ chiếu"]
    assert version.plain_title == "Khai sinh cho con"
    assert version.steps[0].startswith("Nộp hồ sơ tại bộ phận một cửa")
    assert "1.001193, 163/QĐ-BTP" in version.contents_source
    assert version.contents_confidence == Confidence.HIGH
    assert version.bases.filter(number="60/2014/QH13", title="Luật Hộ tịch").count() == 1
    assert "khai sinh cho con" in version.search_text


@pytest.mark.django_db
def test_a_version_older_than_the_source_is_less_sure_of_it():
    version = an_empty(valid_from=date(2018, 1, 1))
    fill_contents()

    version.refresh_from_db()
    assert version.contents_confidence == Confidence.MEDIUM


@pytest.mark.django_db
@pytest.mark.parametrize("own", [{"sequence": "Nộp."}, {"papers_text": "Tờ khai."}])
def test_what_a_version_says_itself_is_left_alone(own):
    version = an_empty(**own)

    assert fill_contents() == 0
    version.refresh_from_db()
    assert (version.contents_source, version.papers_text) == ("", own.get("papers_text", ""))


@pytest.mark.django_db
def test_filling_takes_the_same_queries_whatever_the_number(django_assert_max_num_queries):
    for code in ("1.001193", "1.000656", "1.000894", "2.000815", "2.001263"):
        an_empty(code=code)

    with django_assert_max_num_queries(12):
        assert fill_contents() == 5


def test_a_strange_key_of_a_paper_is_named(tmp_path):
    (tmp_path / "van-ban.toml").write_text("[titles]\n")
    head = 'source="a"\nread_on=2026-01-01\nsince=2025-07-01\nconfidence="high"\n'
    row = '[[procedure]]\ncode="1.1"\nname="b"\ndecision="c"\n'
    paper = '[[procedure.papers]]\nname="d"\nofficial="d"\nsoban=1\n'
    (tmp_path / "a.toml").write_text(head + row + paper)

    with pytest.raises(ValueError, match="soban"):
        read_all(tmp_path)


# Against the official records ------------------------------------------------------------------


@pytest.fixture(scope="module")
def records() -> dict[str, dict[str, str]]:
    folder = os.environ.get("PORTAL_SHARED_DATA")
    if not folder:
        pytest.skip("PORTAL_SHARED_DATA is not set: the official records are not here")
    files = (Path(folder) / "catalogue" / "bo-tu-phap").glob("*.json")
    pages = [json.loads(path.read_text(encoding="utf-8")) for path in files]
    return {page["ma_thu_tuc"]: page for page in pages}


def flat(text: str) -> str:
    return one_line(tidy(text))


def untrue(facts: ContentFacts, page: dict[str, str]) -> list[str]:
    """Return what ``facts`` say and the official page does not."""
    whole = flat(" ".join(page.values()))
    found = [f"decision {facts.decision}"] if facts.decision != page["so_quyet_dinh"] else []
    found += [paper.official for paper in facts.papers if flat(paper.official) not in whole]
    found += [b.number for b in facts.bases if b.number not in flat(page["can_cu_phap_ly"])]
    found += [name for name in facts.results if flat(name) not in flat(page["ket_qua_xu_ly"])]
    found += [f"copied: {step}" for step in facts.steps if flat(step).rstrip(".") in whole]
    return found


def test_every_fact_stands_in_the_official_record(records):
    wrong = {facts.code: untrue(facts, records[facts.code]) for facts in read_all()}

    assert {code: what for code, what in wrong.items() if what} == {}


def copies(page: dict[str, str], official: str) -> set[tuple[int, int]]:
    """Return how many originals and copies the official table asks of a paper; none: not in it."""
    rows = flat_papers.split_papers(page["thanh_phan_ho_so"]).papers
    return {(r.originals, r.photocopies) for r in rows if flat(official) in flat(r.name)}


def test_copies_are_as_many_as_the_official_record_prints(records):
    for facts in read_all():
        for paper in facts.papers:
            printed = copies(records[facts.code], paper.official)
            said = (paper.originals, paper.photocopies)
            assert not printed or said in printed, (facts.code, paper.name, printed)


def test_a_wrong_fact_is_noticed(records):
    wrong = replace(birth(), decision="1/QĐ", results=("Sổ đỏ",))

    assert untrue(wrong, records[BIRTH]) == ["decision 1/QĐ", "Sổ đỏ"]


@pytest.mark.django_db
def test_a_record_that_says_more_is_not_shown_as_read_from_our_files(records):
    version = an_empty(valid_from=date(2018, 1, 1))
    fill_contents()
    folder = Path(os.environ["PORTAL_SHARED_DATA"]) / "catalogue" / "bo-tu-phap"

    importing.apply(importing.plan(importing.read_files([folder / f"{BIRTH}.json"])))

    draft = version.procedure.versions.drafts().get()
    assert (draft.contents_source, draft.contents_read_on) == ("", None)
    assert draft.plain_title == "Khai sinh cho con"


# As people read it -----------------------------------------------------------------------------


@pytest.fixture
def page(client, district):
    """The page of birth registration, filled from the files, as one text without tags."""
    make_procedure(district.desk, code=BIRTH, papers=(), valid_from=date(2018, 1, 1))
    fill_contents()
    answer = client.get(f"/thu-tuc/{BIRTH}/")
    assert len(gzip.compress(answer.content)) <= 14_000
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_the_page_says_plain_names_conditions_steps_and_where_from(page):
    assert "Thường gọi: Khai sinh cho con" in page
    assert "3 loại giấy tờ; thêm giấy khác tùy trường hợp" in page
    assert "Chỉ khi trẻ bị bỏ rơi: Biên bản về việc trẻ bị bỏ rơi" in page
    assert page.index("Giấy chứng sinh") < page.index("Chỉ khi trẻ bị bỏ rơi")
    assert "Công chức tư pháp – hộ tịch kiểm tra rồi ghi vào Sổ đăng ký khai sinh." in page
    assert "Luật Hộ tịch (60/2014/QH13)" in page
    assert "theo dữ liệu quốc gia đọc năm 2026" in page
    assert "độ tin cậy vừa" in page


def test_what_the_state_holds_is_not_on_the_list_from_its_first_day(client, district):
    version = make_procedure(district.desk, code="2.000884", papers=())
    fill_contents()
    held = RequiredPaper.objects.get(case__version=version, held_basis="280/2025/NĐ-CP")

    assert [held.is_held(date(2025, 10, 31)), held.is_held(date(2025, 11, 1))] == [False, True]
    shown = client.get("/thu-tuc/2.000884/").content.decode()
    assert "Không được đòi giấy này" in shown
    assert held.name not in client.get("/thu-tuc/2.000884/can-mang/").content.decode()


def test_cases_that_ask_for_the_same_are_listed_once(client, district):
    version = make_procedure(district.desk, code=BIRTH, papers=())
    ProcedureCase.objects.create(version=version, name="Phải xác minh", order=1)
    fill_contents()

    assert client.get(f"/thu-tuc/{BIRTH}/").content.decode().count("Biên bản về việc trẻ") <= 3
