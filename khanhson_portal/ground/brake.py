"""One brake on guessing and flooding: it slows down, and shuts nobody out.

Tries are counted in a sliding window per sender, per subject (the code, the account that is tried)
and of all senders together. Where a limit is reached, each sender keeps a gate of their own, one
try per pace: the right secret still opens from the owner's address, whatever strangers did with
the owner's code; a guesser gets no further than one guess per pace.

A sender is an address, in IPv6 the /64 that one household holds. Neither addresses nor subjects
are stored: only hashes under a key of this installation, forgotten within a day.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.db.models import Count, Max, Q
from django.http import HttpRequest

from khanhson_portal.ground.models import Attempt

KEPT = timedelta(days=1)


class TooFast(Exception):
    """The next try is possible at ``until``."""

    def __init__(self, until: datetime) -> None:
        super().__init__(str(until))
        self.until = until

    @property
    def told(self) -> datetime:
        """Return ``until`` in whole minutes, never before it."""
        return (self.until + timedelta(seconds=59)).replace(second=0, microsecond=0)


@dataclass(frozen=True)
class Brake:
    """Limits within ``window``; beyond them one try per pace and sender.

    ``pace`` holds for a sender who reached ``per_address`` and for all once ``of_all`` is reached,
    ``subject_pace`` for each sender at a subject that reached ``per_subject``.
    """

    name: str
    window: timedelta
    per_address: int
    of_all: int
    pace: timedelta
    per_subject: int = 0  # 0: there is no subject to guess at
    subject_pace: timedelta = timedelta(minutes=1)

    def check(self, address: str, now: datetime, subject: str = "") -> None:
        """Let a try pass, or raise TooFast. One query."""
        mine, about = self._keys(address, subject)
        own, tried = Q(address=mine), Q(subject=about)
        seen = Attempt.objects.filter(brake=self.name, at__gt=now - self.window).aggregate(
            all=Count("pk"),
            last=Max("at"),
            mine=Count("pk", filter=own),
            my_last=Max("at", filter=own),
            about=Count("pk", filter=tried),
            about_last=Max("at", filter=tried & own),
        )
        waits = [now]
        if self.per_subject and about and seen["about"] >= self.per_subject and seen["about_last"]:
            waits.append(seen["about_last"] + self.subject_pace)
        if mine and seen["mine"] >= self.per_address:
            waits.append(seen["my_last"] + self.pace)
        if seen["all"] >= self.of_all and (last := seen["my_last"] if mine else seen["last"]):
            waits.append(last + self.pace)
        if max(waits) > now:
            raise TooFast(max(waits))

    def count(self, address: str, now: datetime, subject: str = "") -> None:
        """Remember a try: a wrong guess, or whatever there must not be too many of."""
        mine, about = self._keys(address, subject)
        Attempt.objects.create(brake=self.name, address=mine, subject=about, at=now)

    def _keys(self, address: str, subject: str) -> tuple[str, str]:
        household = _household(address)
        return (
            _hashed(f"{self.name}:address:{household}") if household else "",
            _hashed(f"{self.name}:subject:{subject}") if subject else "",
        )


def sender(request: HttpRequest) -> str:
    """Return the visitor's address as ``khanhson_portal.proxy`` found it."""
    return str(request.META.get("REMOTE_ADDR", ""))


def forget_old(now: datetime) -> int:
    """Delete what no window looks at any more; return how many rows."""
    count, _ = Attempt.objects.filter(at__lt=now - KEPT).delete()
    return count


def is_trusted_proxy(address: str) -> bool:
    """Whether an address is one of ``PORTAL_TRUSTED_PROXIES``, or a local socket without one."""
    try:
        found = _plain(address)
    except ValueError:
        return not address
    return any(found in network for network in settings.TRUSTED_PROXIES)


def _household(address: str) -> str:
    """Return who counts as one sender; "" for an address that hides who it is.

    Behind a proxy that names nobody everybody would be one sender: then only subjects and the
    limit of all count.
    """
    if is_trusted_proxy(address):
        return ""
    try:
        found = _plain(address)
    except ValueError:
        return ""
    if isinstance(found, IPv6Address):
        return str(ip_network((found, 64), strict=False))
    return str(found)


def _plain(address: str) -> IPv4Address | IPv6Address:
    """Return an address; IPv4 in the clothes of IPv6 is IPv4. Raises ValueError."""
    found = ip_address(address.split("%", 1)[0])
    return getattr(found, "ipv4_mapped", None) or found


def _hashed(text: str) -> str:
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, f"brake:{text}".encode(), hashlib.sha256).hexdigest()[:32]
