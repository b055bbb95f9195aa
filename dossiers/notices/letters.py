"""One notice as an e-mail."""

from __future__ import annotations

import smtplib
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage

from dossiers.models import Notice
from dossiers.notices.undelivered import Refused, TryLater

NO_SERVER = "chưa nối máy chủ thư: thư được ghi thành tệp trong thư mục dữ liệu"


def carry(notice: Notice, _now: datetime) -> str:
    """Hand one letter to the mail server; return a remark for the record, mostly "".

    The Message-ID is made of the notice's key: a letter sent twice is known as one.
    Raises TryLater or Refused, whose words hold no address.
    """
    letter = EmailMessage(
        subject=notice.subject,
        body=notice.body,
        to=[notice.address],
        headers={
            "Message-ID": f"<{notice.key}@{urlsplit(settings.BASE_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    try:
        letter.send()
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        remark = f"máy chủ thư không nhận địa chỉ này (mã {codes[0]})"
        if all(code >= 500 for code in codes):
            raise Refused(remark) from None
        raise TryLater(remark, alone=True) from None
    except smtplib.SMTPResponseException as error:
        raise TryLater(f"máy chủ thư từ chối (mã {error.smtp_code})") from None
    except (smtplib.SMTPException, OSError):
        raise TryLater("không nối được máy chủ thư") from None
    except ValueError:  # an address that no mail can be made out to
        raise Refused("địa chỉ thư viết sai") from None
    return NO_SERVER if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend") else ""
