"""Whose address counts: the proxy's word is taken from this machine only, and only its own word."""

from __future__ import annotations

from ipaddress import ip_network

import pytest

from khanhson_portal import env
from khanhson_portal.proxy import middleware


@pytest.mark.parametrize(
    ("peer", "forwarded", "seen"),
    [
        ("127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "1.1.1.1, 203.0.113.7", "203.0.113.7"),  # the first was typed by the visitor
        ("127.0.0.1", "2001:db8::7", "2001:db8::7"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "rác", "127.0.0.1"),
        ("198.51.100.9", "203.0.113.7", "198.51.100.9"),  # a stranger is not believed
    ],
)
def test_the_address_that_brakes_count(peer, forwarded, seen, rf):
    request = rf.get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded)

    middleware(lambda r: r)(request)

    assert request.META["REMOTE_ADDR"] == seen


def test_the_proxies_are_those_of_the_setting_and_a_chain_of_them_is_followed(rf, settings):
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/8")]
    chain = "1.1.1.1, 203.0.113.7, 10.0.0.2"
    behind = rf.get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=chain)
    beside = rf.get("/", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=chain)

    for request in (behind, beside):
        middleware(lambda r: r)(request)

    assert behind.META["REMOTE_ADDR"] == "203.0.113.7"
    assert beside.META["REMOTE_ADDR"] == "127.0.0.1"


def test_a_proxy_that_cannot_be_meant_stops_the_start(monkeypatch, capsys):
    monkeypatch.setenv("PORTAL_TRUSTED_PROXIES", "10.0.0.0/8,máy kia")

    with pytest.raises(SystemExit):
        env.networks("PORTAL_TRUSTED_PROXIES", [])

    assert "PORTAL_TRUSTED_PROXIES" in capsys.readouterr().err
