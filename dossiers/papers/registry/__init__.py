"""Sổ các trường của giấy tờ: every name in braces that a form may ask for, declared once.

Freezing, samples, the checks before publication, the tables drawn and the help of the form editor
read ``FIELDS``. A new field is one declaration, in the section it belongs to.
"""

from __future__ import annotations

from dossiers.models import FormKind
from dossiers.papers.registry import filed, office, tables, told
from dossiers.papers.registry.field import Field, FieldKind

__all__ = ["FIELDS", "SECTIONS", "Field", "FieldKind", "offered_to"]

SECTIONS: dict[str, list[Field]] = {
    "Cơ quan phát hành": office.LETTERHEAD,
    "Lần lập giấy, người ký": office.ISSUED,
    "Chủ hồ sơ, người nộp": filed.PEOPLE,
    "Hồ sơ": [*filed.FILE, *filed.COSTLY],
    "Điều giấy này báo": [*told.ADVICE, *told.HANDS, *told.REST],
    "Tiền": told.MONEY,
    "Bảng": [*tables.ABOUT_FILE, tables.FEES, *tables.LISTED, tables.REGISTER],
}
FIELDS: dict[str, Field] = {field.name: field for section in SECTIONS.values() for field in section}


def offered_to(kind: FormKind) -> dict[str, list[Field]]:
    """Return the fields that a form of this kind may ask for, by section."""
    offered = {
        title: [field for field in section if kind in field.forms]
        for title, section in SECTIONS.items()
    }
    return {title: section for title, section in offered.items() if section}
