"""The head of the pages on a phone: name, then places in one row; nothing hidden, nothing wide."""

from __future__ import annotations

import pytest

from tests.browser.conftest import PHONE, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_staff_head_takes_two_lines_and_the_other_places_open_within_the_screen(
    town, open_page
):
    page = sign_in(open_page("/dang-nhap/", size=PHONE), town.controller)

    def top(selector: str) -> float:
        return page.locator(selector).first.bounding_box()["y"]

    assert top(".masthead .brand b") < top(".masthead .places a")
    assert abs(top(".masthead .more summary") - top(".masthead .account button")) < 2
    assert len({round(box) for box in page.eval_on_selector_all(
        ".places a", "links => links.map(link => link.getBoundingClientRect().top)"
    )}) == 1  # fmt: skip
    assert page.locator(".masthead").bounding_box()["height"] <= 140
    page.get_by_text("Việc khác").click()
    panel = page.locator(".more > div").bounding_box()
    assert panel["x"] >= 0
    assert panel["x"] + panel["width"] <= PHONE["width"]


def test_the_citizens_head_takes_two_lines_and_staff_enter_at_the_foot(town, open_page):
    page = open_page("/", size=PHONE)

    assert page.locator(".masthead").bounding_box()["height"] <= 140
    assert page.locator("header a", has_text="Dành cho cán bộ").count() == 0
    assert page.locator("footer a", has_text="Dành cho cán bộ").is_visible()
