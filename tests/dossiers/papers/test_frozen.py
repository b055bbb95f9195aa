"""Papers issued long ago say today exactly what they said then.

``data/frozen_papers.json`` holds what the first version of the portal froze for one paper of each
kind, the forms of that day, the words they made and a seal over the drawn page. The words are never
made anew: whoever changes them has changed papers that people hold in their hands. A seal is made
anew only for a change of layout that was meant (``reseal.py``).
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from dossiers.models import Form, FormKind
from dossiers.papers import drawing
from khanhson_portal.ground.text import one_line
from tests.dossiers.papers.each_kind import REGISTER_IS_NO_PAPER, papers_of_each_kind

KEPT = Path(__file__).parent / "data" / "frozen_papers.json"
FROZEN = json.loads(KEPT.read_text())
MARKS = {
    "qr": "data:qr",
    "bars": "data:bars",
    "mark": "0001-00000000-0",
    "mark_qr": "data:mark",
    "signature_image": "data:signature",
    "seal_image": "data:seal",
}
SAMPLES = ("usual", "worst")  # what the form editor showed then: short, and the longest
STYLE = re.compile(r"<style>.*?</style>")
AROUND_BLOCKS = re.compile(r"\s*(</?(?!(?:b|i|img|span)\b)[a-z0-9]+[^>]*>)\s*")


def seal(html: str) -> str:
    """Return a hash of what a reader sees: elements, classes, words; not how it is indented."""
    plain = STYLE.sub(lambda found: re.sub(r"\s", "", found[0]), one_line(html))
    return hashlib.sha256(AROUND_BLOCKS.sub(r"\1", plain).encode()).hexdigest()


def words_of(html: str) -> str:
    body = html[html.index("<body") :]
    return one_line(re.sub(r"<[^>]+>", " ", body))


def data_of(entry: dict, name: str) -> dict:
    return FROZEN["data"][entry["form"]["kind"]] if name == "issued" else FROZEN[name]


def pages_of(form: Form, entry: dict) -> dict[str, str]:
    return {name: drawing.page(form, data_of(entry, name), MARKS) for name in ("issued", *SAMPLES)}


def name_of(entry: dict) -> str:
    return f"{entry['set']}:{entry['form']['kind']}"


@pytest.mark.parametrize("entry", FROZEN["forms"], ids=name_of)
def test_a_paper_frozen_by_the_first_version_draws_the_same_page(entry):
    pages = pages_of(Form(**entry["form"]), entry)

    assert words_of(pages["issued"]) == entry["words"]
    assert {name: seal(page) for name, page in pages.items()} == entry["sealed"]


# The first version left the amount of a payment notice blank: no form asked for the name it used;
# and receipts for certification bore no number.
MENDED = {
    FormKind.PAYMENT_NOTICE: {"tong_tien": "1.250.000 đồng"},
    FormKind.CERTIFICATION_RECEIPT: {"so": "01/BPTNTKQ"},
}
GONE = {"so_tien"}
# Since then the journal tells its acts in whole sentences, and the control sheet who took what
# from whom and who was asked.
RETOLD = {"qua_trinh", "chang", "co_quan_phoi_hop"}
CHANCE = {"ma_tra_cuu", "duong_dan_tra_cuu", "ma_thu_tuc"}  # drawn by lot, or counted by the tests


def test_what_is_issued_today_freezes_what_was_frozen_then(district):
    papers = papers_of_each_kind(district)

    assert set(papers) | REGISTER_IS_NO_PAPER == set(FormKind)
    for kind, data in FROZEN["data"].items():
        if kind in REGISTER_IS_NO_PAPER:
            continue
        paper, then = papers[kind], {**data, **MENDED.get(kind, {})}
        then = {name: value for name, value in then.items() if name not in GONE}
        now = {name: paper.data[name] for name in then}
        for name in then.keys() - CHANCE - RETOLD:
            assert now[name] == then[name], (kind, name)
