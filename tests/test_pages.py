"""Citizen pages: light, without script, the same few queries however much there is."""

from __future__ import annotations

import gzip
import re
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.urls import reverse

from khanhson_portal.publication import months
from tests.factories import local, make_dossier, make_procedure

PAGE_BUDGET = 14_000  # bytes gzipped: one TCP window to an old phone
SHEET_BUDGET = 12_000
MOST_QUERIES = 8
LONG_TITLE = "Thủ tục " + "rất dài " * 180  # real titles reach 1,094 characters


@pytest.fixture
def citizen_pages(district) -> dict[str, str]:
    """Every kind of page a citizen opens, with something on it."""
    version = make_procedure(
        district.desk, district.office, code="1.001612", title=LONG_TITLE[:1094]
    )
    for number in range(60):
        make_procedure(district.desk, title=f"{number} {LONG_TITLE[:200]}")
    dossier = make_dossier(district, version, now=local(2018, 4, 16))
    now = local(2018, 5, 1, 8)
    months.publish(months.draft(2018, 4, now).pk, by=district.leader, now=now)
    return {
        "home": "/",
        "catalogue": "/thu-tuc/",
        "search": "/thu-tuc/?q=rat+dai",
        "nothing found": "/thu-tuc/?q=zzzz",
        "procedure": "/thu-tuc/1.001612/",
        "what to bring": "/thu-tuc/1.001612/can-mang/",
        "track": "/tra-cuu/",
        "tracked": reverse("dossiers:track_by_token", args=[dossier.token]),
        "hotline": "/duong-day-nong/",
        "months": "/thong-ke/",
        "month": "/thong-ke/2018/4/",
        "login": "/dang-nhap/",
        "lost": "/khong-co/",
    }


class Tags(HTMLParser):
    """Collects what a page loads and how it is built."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def loaded(self) -> list[str]:
        sources = [a.get("src") for t, a in self.tags if t in {"img", "script", "iframe"}]
        sources += [a.get("href") for t, a in self.tags if t == "link"]
        return [source for source in sources if source and not source.startswith("data:")]


def test_citizen_pages_keep_their_budgets(citizen_pages, client, django_assert_max_num_queries):
    client.get("/thu-tuc/?q=ho-tich")  # the titles are read once a process, after a change
    for name, path in citizen_pages.items():
        with django_assert_max_num_queries(MOST_QUERIES):
            page = client.get(path).content
        assert len(gzip.compress(page)) <= PAGE_BUDGET, (name, len(gzip.compress(page)))
        assert b"<script" not in page, name


def test_citizen_pages_load_nothing_from_elsewhere(citizen_pages, client):
    for name, path in citizen_pages.items():
        response = client.get(path)
        assert all(s.startswith("/static/") for s in Tags(response.content.decode()).loaded()), name
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "http" not in policy


def test_every_page_has_one_heading_a_language_a_title_and_a_way_past_the_menu(
    citizen_pages, client
):
    for name, path in citizen_pages.items():
        page = client.get(path).content.decode()
        assert page.count("<h1") == 1, name
        assert '<html lang="vi">' in page
        assert re.search(r"<title>[^<]{5,}</title>", page), name
        assert 'class="skip"' in page


def test_the_style_sheet_fits_in_one_window():
    sheet = (settings.BASE_DIR / "static" / "css" / "portal.css").read_bytes()

    assert len(gzip.compress(sheet)) <= SHEET_BUDGET


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "'; DROP TABLE x; --",
        "🙂🙂",
        "x" * 10_000,
        " ",
        "%00",
        "\\",
        "a:*|b&!",
    ],
)
def test_any_search_gives_a_friendly_page(text, client, district):
    make_procedure(district.desk)

    response = client.get("/thu-tuc/", {"q": text})

    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "?trang=abc",
        "?trang=-1",
        "?trang=99999",
        "?linh-vuc=khong-co",
        "?cap=x&muc-do=9",
        "?co-quan=%00",
        "?trang=" + "9" * 400,
    ],
)
def test_any_address_of_the_catalogue_gives_a_page(query, client, district):
    make_procedure(district.desk)

    assert client.get(f"/thu-tuc/{query}").status_code == 200


@pytest.mark.parametrize("path", ["/thu-tuc/%00/", "/h/%00/", "/thu-tuc/" + "x" * 3000 + "/"])
def test_nonsense_addresses_are_a_404_not_an_accident(path, client, db):
    assert client.get(path).status_code in {400, 404}


def test_the_catalogue_is_found_without_marks(client, district):
    make_procedure(district.desk, title="Thủ tục đăng ký khai sinh")
    make_procedure(district.desk, title="Hòa giải tranh chấp đất đai")

    for typed in ("dang ky khai sinh", "khai sinh", "ĐĂNG KÝ", "sinh khai", "khai si"):
        page = client.get("/thu-tuc/", {"q": typed}).content.decode()
        assert "Thủ tục đăng ký khai sinh" in re.sub("</?mark>", "", page), typed
    assert "Hòa giải" in client.get("/thu-tuc/", {"q": "hoà giải"}).content.decode()


def test_unknown_is_said_to_be_unknown_never_free(client, district):
    make_procedure(district.desk, code="1.000001", papers=())

    page = client.get("/thu-tuc/1.000001/").content.decode()

    assert "Chưa có thông tin không có nghĩa là miễn phí" in page
    assert "Miễn phí" not in page


def test_health_says_well_and_a_dead_queue_says_not(client, db):
    from datetime import timedelta

    from django.utils.timezone import now
    from django_q.models import OrmQ

    assert client.get("/healthz").json()["ok"] is True
    OrmQ.objects.create(key="khanhson", payload="x", lock=now() - timedelta(hours=1))
    sick = client.get("/healthz")

    assert sick.status_code == 503
    assert sick.json()["queue_seconds"] >= 3500
