"""The province's gateway for text messages (SMS, Zalo): one signed request per message.

Off until ``PORTAL_NOTIFY_URL`` and ``PORTAL_NOTIFY_KEY`` are set. The request is ``POST`` of JSON
``{"id", "to", "text"}`` with the headers

* ``Idempotency-Key``: the notice's key, the same at every attempt; one key is delivered once;
* ``X-Portal-Timestamp``: seconds since 1970;
* ``X-Portal-Signature``: ``sha256=`` and the hex HMAC-SHA256 under the shared key of
  timestamp, a dot, and the body as sent.

2xx means taken over; 409 means it had been taken over before; 400, 410 and 422 mean never.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import urllib.error
import urllib.request
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from dossiers.models import Notice
from dossiers.notices.undelivered import Refused, TryLater

PATIENCE = 10  # seconds for the gateway to answer
NEVER = {400, 410, 422}
TAKEN_BEFORE = 409
LONGEST_PAUSE = timedelta(hours=6)  # however long the gateway asks us to wait


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A message for one address is not carried to another."""

    def redirect_request(self, *_arguments: Any) -> None:
        return None


def is_connected() -> bool:
    return bool(settings.NOTIFY_URL)


def signature(key: str, timestamp: str, body: bytes) -> str:
    """Return the value of ``X-Portal-Signature``."""
    signed = timestamp.encode() + b"." + body
    return "sha256=" + hmac.new(key.encode(), signed, hashlib.sha256).hexdigest()


def carry(notice: Notice, now: datetime) -> str:
    """Hand one message to the gateway; return a remark for the record, mostly "".

    Raises TryLater or Refused, whose words hold neither the number nor the address of the gateway.
    """
    if not is_connected():
        raise Refused("cổng tin nhắn của tỉnh chưa được nối")
    try:
        opener = urllib.request.build_opener(_NoRedirects)
        with opener.open(_request(notice, now), timeout=PATIENCE) as answer:
            answer.read(1024)
    except urllib.error.HTTPError as error:
        with error:
            return _answered(error)
    except TimeoutError as error:
        raise TryLater("cổng tin nhắn không trả lời kịp") from error
    except (OSError, http.client.HTTPException) as error:
        slow = isinstance(getattr(error, "reason", None), TimeoutError)
        words = "không trả lời kịp" if slow else "không nối được"
        raise TryLater(f"cổng tin nhắn {words}") from error
    return ""


def _request(notice: Notice, now: datetime) -> urllib.request.Request:
    message = {"id": str(notice.key), "to": notice.address, "text": notice.body}
    body = json.dumps(message, ensure_ascii=False).encode()
    timestamp = str(int(now.timestamp()))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Idempotency-Key": str(notice.key),
        "X-Portal-Timestamp": timestamp,
        "X-Portal-Signature": signature(settings.NOTIFY_KEY, timestamp, body),
    }
    return urllib.request.Request(settings.NOTIFY_URL, body, headers, method="POST")


def _answered(error: urllib.error.HTTPError) -> str:
    """Read an answer other than 2xx."""
    if error.code == TAKEN_BEFORE:
        return "cổng tin nhắn đã nhận từ lần gửi trước"
    if error.code in NEVER:
        raise Refused(f"cổng tin nhắn không nhận tin này (mã {error.code})") from error
    after = error.headers.get("Retry-After", "")
    pause = timedelta(seconds=int(after)) if after.isdigit() and len(after) < 7 else timedelta()
    raise TryLater(
        f"cổng tin nhắn đang trục trặc (mã {error.code})",
        min(pause, LONGEST_PAUSE),
        alone=error.code == 500,
    ) from error
