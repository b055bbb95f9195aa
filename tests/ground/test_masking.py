"""What public lists and log files show of a person and of the secrets they hold."""

from __future__ import annotations

import io
import logging

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver, reverse

from khanhson_portal.ground import masking

TOKEN = "Zx9-q_T4vB7kLm2NpQr8sA"
KEY = "abcdefghjkmn"


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("Mấu Thị Hoa", "Mấu Thị H."),
        ("Bo Bo Thị Nga", "Bo Bo Thị N."),
        ("Chamaléa", "C."),
        ("  Katơr   Ân ", "Katơr Â."),
        ("", ""),
    ],
)
def test_public_names_show_only_the_first_letter_of_the_given_name(name, masked):
    assert masking.name(name) == masked


@pytest.mark.parametrize(
    ("typed", "masked"),
    [
        ("0912345678", "09…78"),
        ("0912 345 678", "09…78"),
        ("056190000123", "056…123"),
        ("113", "…"),
        ("1022", "1…2"),
        ("", ""),
    ],
)
def test_at_least_half_of_a_number_is_hidden(typed, masked):
    assert masking.number(typed) == masked


def test_a_mailbox_is_known_to_its_owner_only():
    assert masking.contact("mauthihoa@thu.vn") == "m…@thu.vn"
    assert masking.contact("0912345678") == "09…78"
    assert masking.contact("") == ""


@pytest.mark.parametrize(
    ("line", "masked"),
    [
        (f"Forbidden (no CSRF cookie): /h/{TOKEN}/", "Forbidden (no CSRF cookie): /h/…/"),
        (f"Forbidden: /kiosk/m/{KEY}/ho-so/", "Forbidden: /kiosk/m/…/ho-so/"),
        (f"Not Found: /lich/{TOKEN}.ics", "Not Found: /lich/…"),
        (f"GET /moi/{TOKEN}/x", "GET /moi/…/x"),
        ("GET /tra-cuu/?ma=000.00.20.H32-180416-0001", "GET /tra-cuu/?…"),
        ("Key (phone)=(0912345678) already exists", "Key (phone)=(09…78) already exists"),
        ("identity 056190000123.", "identity 056…123."),
        ("to mau.thi.hoa@thu.vn failed", "to m…@thu.vn failed"),
        ("/thu-tuc/1.001193/ took 1234 ms", "/thu-tuc/1.001193/ took 1234 ms"),
        ("2018-04-16 09:12:00,123 ERROR x: 3", "2018-04-16 09:12:00,123 ERROR x: 3"),
        ("site-packages/django/core/base.py", "site-packages/django/core/base.py"),
    ],
)  # fmt: skip
def test_a_line_of_a_log_keeps_its_sense_and_loses_its_secrets(line, masked):
    assert masking.line(line) == masked


# Real requests, real log lines ------------------------------------------------------------------


@pytest.fixture
def log():
    """Everything that is logged, as the portal's handlers would write it."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    form = settings.LOGGING["formatters"]["line"]
    handler.setFormatter(masking.PrivateLine(form["format"], style=form["style"]))
    loggers = [logging.getLogger(), *map(logging.getLogger, ["django.request", "django-q"])]
    levels = [logger.level for logger in loggers]
    loggers[0].addHandler(handler)
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    yield written
    loggers[0].removeHandler(handler)
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


def secret_addresses() -> list[str]:
    """Return one address for every pattern that takes a secret, found by the pattern itself."""
    secrets = {"token": TOKEN, "key": KEY}
    found = []

    def walk(patterns, before=""):
        for pattern in patterns:
            route = before + str(pattern.pattern)
            if hasattr(pattern, "url_patterns"):
                walk(pattern.url_patterns, route)
            elif any(f":{name}>" in route for name in secrets):
                for name, value in secrets.items():
                    for converter in ("code", "slug", "str"):
                        route = route.replace(f"<{converter}:{name}>", value)
                found.append("/" + route.replace("<int:paper_id>", "7").split("<")[0])

    walk(get_resolver().url_patterns)
    return found


def test_no_log_line_holds_a_secret_of_an_address(db, log):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    addresses = secret_addresses()
    assert any(address.startswith("/h/") for address in addresses)
    assert any(address.startswith("/kiosk/m/") for address in addresses)

    for address in [*addresses, reverse("dossiers:genuine", args=["00K7-3MQ8T4ZC-W"])]:
        for answer in (client.get, client.post, client.put):
            answer(address, HTTP_ORIGIN="https://xa.example")
    client.post("/dang-nhap/?next=/h/" + TOKEN, HTTP_ORIGIN="https://xa.example")

    assert "/h/…" in log.getvalue()
    for secret in (TOKEN, KEY, "3MQ8T4ZC"):
        assert secret not in log.getvalue()


def test_no_traceback_holds_one_either(db, log, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError(f"no dossier at /h/{TOKEN}/ for 0912345678")

    monkeypatch.setattr("dossiers.tracking.page.view", broken)
    monkeypatch.setattr("dossiers.tracking.views.get_object_or_404", broken)
    client = Client(raise_request_exception=False)

    assert client.get(f"/h/{TOKEN}/").status_code == 500
    assert "RuntimeError: no dossier at /h/…/ for 09…78" in log.getvalue()
    assert TOKEN not in log.getvalue()


def test_a_typed_line_break_does_not_forge_a_second_line(log):
    logging.getLogger("portal").error("from %s", "a\n2018-04-16 ERROR portal: forged")

    assert len(log.getvalue().splitlines()) == 1


def test_every_handler_writes_private_lines():
    assert settings.LOGGING["formatters"]["line"]["()"].endswith("PrivateLine")
    for handler in settings.LOGGING["handlers"].values():
        assert handler["formatter"] == "line"
    assert logging.getLogger("django").handlers == []
