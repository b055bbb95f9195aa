"""A real Chromium (Debian's) against the portal served with real static files."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.factories import PASSWORD, District, make_district

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright runs its own event loop
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 860}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in str(item.fspath):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed (apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, live_server, settings) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page of its own; errors in the browser fail the test."""
    settings.BASE_URL = live_server.url
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def open_page(path: str = "/", *, script: bool = True, size: dict = DESKTOP, **options) -> Page:
        context = chromium.new_context(
            base_url=live_server.url,
            java_script_enabled=script,
            viewport=size,
            locale="vi-VN",
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(8_000)
        page.on("pageerror", lambda error: troubles.append(f"{page.url}: {error}"))
        page.on("request", lambda request: foreign(request.url))
        page.goto(path)
        return page

    def foreign(url: str) -> None:
        if not url.startswith((live_server.url, "data:", "blob:", "about:", "chrome")):
            troubles.append(f"asked another host: {url}")

    yield open_page
    for context in contexts:
        context.close()
    assert not troubles


@pytest.fixture
def town(transactional_db) -> District:
    """The small district, visible to the served portal."""
    return make_district()


def sign_in(page: Page, officer) -> Page:
    page.goto("/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(officer.username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.get_by_role("button", name="Đăng xuất").wait_for()
    page.wait_for_load_state()
    return page
