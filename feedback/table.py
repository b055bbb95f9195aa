"""Bảng các việc về phản ánh, kiến nghị: filled by ``feedback.acts``, read by everybody."""

from __future__ import annotations

from dossiers.declaring import Table

CASES = Table()
