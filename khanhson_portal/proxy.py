"""Behind a proxy, the citizen's address is the one that a trusted proxy names.

Without it every citizen would be the proxy to the brakes on guessing. What stands further left in
``X-Forwarded-For`` was typed by the visitor and is not believed; nor is anything that comes from a
peer who is none of ``PORTAL_TRUSTED_PROXIES``.
"""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address

from django.http import HttpRequest, HttpResponse

from khanhson_portal.ground.brake import is_trusted_proxy


def named_by_proxy(request: HttpRequest) -> str:
    """Return the last address in the chain that is no proxy of ours, "" when there is none."""
    if not is_trusted_proxy(request.META.get("REMOTE_ADDR", "")):
        return ""
    for named in reversed(request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")):
        try:
            address = str(ip_address(named.strip()))
        except ValueError:
            return ""
        if not is_trusted_proxy(address):
            return address
    return ""


def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    def answer(request: HttpRequest) -> HttpResponse:
        request.META["REMOTE_ADDR"] = named_by_proxy(request) or request.META.get("REMOTE_ADDR", "")
        return get_response(request)

    return answer
