"""Ký số: the issued PDF signed with the agency's certificate (PAdES), off while there is none.

The certificate is a PKCS#12 file named by ``PORTAL_SIGNING_CERTIFICATE``; its password comes from
``PORTAL_SIGNING_PASSWORD``. The time of signing is the paper's own. NĐ 30/2020/NĐ-CP, Phụ lục I.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from dossiers.models import Paper


class SigningFailed(Exception):
    """The certificate cannot be read or used; ``str()`` is one Vietnamese line."""


def is_on() -> bool:
    return bool(settings.SIGNING_CERTIFICATE)


def signed(content: bytes, paper: Paper) -> bytes:
    """Return ``content`` with the agency's signature, or as it is while signing is off.

    Raises SigningFailed.
    """
    if not is_on():
        return content
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import PdfSignatureMetadata, sign_pdf
    from pyhanko.sign.fields import SigSeedSubFilter

    about = PdfSignatureMetadata(
        field_name="ChuKySo",
        location=paper.data.get("dia_danh", ""),
        reason=paper.form.title,
        name=paper.data.get("co_quan_ten", ""),
        subfilter=SigSeedSubFilter.PADES,
    )
    out = BytesIO()
    try:
        signer = _signer(settings.SIGNING_CERTIFICATE, settings.SIGNING_PASSWORD)
        sign_pdf(IncrementalPdfFileWriter(BytesIO(content)), about, signer=signer, output=out)
    except SigningFailed:
        raise
    except Exception as error:
        raise SigningFailed(f"Không ký số được giấy: {error}") from error
    return out.getvalue()


@lru_cache(maxsize=1)
def _signer(path: str, password: str) -> Any:
    """Return the signer of this process; the file is read once."""
    from pyhanko.sign import SimpleSigner

    try:
        pfx = Path(path).read_bytes()
    except OSError as error:
        raise SigningFailed(f"Không đọc được tệp chứng thư số: {error.strerror}.") from error
    try:
        return SimpleSigner.load_pkcs12_data(
            pfx, other_certs=[], passphrase=password.encode() or None
        )
    except Exception as error:
        raise SigningFailed("Không mở được chứng thư số: sai mật khẩu hoặc tệp hỏng.") from error
