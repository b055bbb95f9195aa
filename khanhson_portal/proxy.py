"""Behind a proxy on this machine, the citizen's address is the one the proxy names.

Without it every citizen would be 127.0.0.1 to the brakes on guessing, and one person's wrong
guesses would shut out the district. Only a peer on this machine is believed.
"""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address

from django.http import HttpRequest, HttpResponse

LOCAL_PEERS = {"127.0.0.1", "::1", ""}


def named_by_proxy(request: HttpRequest) -> str:
    """Return the address that a proxy on this machine added last, "" when there is none."""
    if request.META.get("REMOTE_ADDR", "") not in LOCAL_PEERS:
        return ""
    last = request.META.get("HTTP_X_FORWARDED_FOR", "").rsplit(",", 1)[-1].strip()
    try:
        return str(ip_address(last))
    except ValueError:
        return ""


def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    def answer(request: HttpRequest) -> HttpResponse:
        request.META["REMOTE_ADDR"] = named_by_proxy(request) or request.META.get("REMOTE_ADDR", "")
        return get_response(request)

    return answer
