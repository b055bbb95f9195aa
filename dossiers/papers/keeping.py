"""Keeping issued PDFs: drawn once, stored under the hash of their bytes, checked when served."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dossiers.models import Paper
from dossiers.papers import drawing, pades
from khanhson_portal.ground import files, words
from khanhson_portal.ground.moments import LOCAL

SHELF = "papers"


class PaperDamaged(Exception):
    """A PDF cannot be given out: changed or lost on disk, or its signature cannot be made."""


def original(paper: Paper) -> bytes:
    """Return the issued PDF byte for byte, drawing it now if nobody has yet.

    Raises PaperDamaged when the stored file was changed or lost.
    """
    if not paper.pdf_sha256:
        return _draw_once(paper.pk)
    return read(paper.pdf_sha256, str(paper))


def read(digest: str, name: str) -> bytes:
    """Return a stored file, checked against its hash. Raises PaperDamaged naming it."""
    try:
        return files.kept(SHELF, digest)
    except files.FileLost as error:
        raise PaperDamaged(f"Không đọc được bản gốc của {name}.") from error
    except files.FileChanged as error:
        raise PaperDamaged(f"Bản gốc của {name} đã bị thay đổi trên đĩa.") from error


def copy(paper: Paper, now: datetime) -> bytes:
    """Return a marked copy, "Bản in lại" with its time, from the same frozen data."""
    local = now.astimezone(LOCAL)
    voided = " · GIẤY ĐÃ HỦY" if paper.voided_at else ""
    return drawing.pdf(paper, reprinted=f"Bản in lại lúc {words.official_moment(local)}{voided}")


def _draw_once(paper_id: int) -> bytes:
    """Draw and store under a row lock: two readers get the same bytes."""
    with transaction.atomic():
        paper = (
            Paper.objects.select_for_update(of=("self",)).select_related("form").get(pk=paper_id)
        )
        if paper.pdf_sha256:
            return original(paper)
        try:
            content = pades.signed(drawing.pdf(paper), paper)
        except pades.SigningFailed as failure:
            raise PaperDamaged(f"Chưa mở được {paper}. {failure}") from failure
        digest = store(content)
        Paper.objects.filter(pk=paper_id).update(pdf_sha256=digest)
    return content


def store(content: bytes) -> str:
    """Write ``content`` under its hash and return the hash; writing the same twice is one file."""
    return files.keep(SHELF, content)
