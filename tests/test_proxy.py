"""Whose address counts: the proxy's word is taken from this machine only, and only its own word."""

from __future__ import annotations

import pytest

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
