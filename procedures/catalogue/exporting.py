"""Xuất danh mục: the catalogue as the table that can be read in again, one row per way to file.

The heads are those of ``importing.channel_csv``, so what is exported here, edited in a spreadsheet
and uploaded again gives drafts of what was edited and leaves the rest unchanged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import tablib

from khanhson_portal.ground import spreadsheets
from khanhson_portal.ground.spreadsheets import Sheet
from khanhson_portal.ground.words import money
from procedures.catalogue import (
    CaseChannel,
    Fee,
    FeeState,
    ProcedureCase,
    ProcedureVersion,
    reading,
)
from procedures.catalogue.importing.amounts import is_about_fees, names_council
from procedures.offices import Level

HEADS = [
    "ma", "ten", "linh_vuc", "cap_thuc_hien", "so_quyet_dinh", "doi_tuong", "truong_hop", "kenh",
    "so_thoi_gian", "don_vi_thoi_gian", "thoi_han_ghi", "phi_hien_thi", "mo_ta_phi_thoi_han",
    "hieu_luc_tu", "do_tin_cay", "nguon",
]  # fmt: skip
FORMATS = {"xlsx", "csv", "json"}
TITLE = "Danh mục thủ tục"
AT_ONCE = 500


def dataset_of(versions: Iterable[ProcedureVersion]) -> tablib.Dataset:
    """Return the rows of versions that came with their procedure and field (``for_listing``)."""
    dataset = tablib.Dataset(headers=HEADS, title=TITLE)
    waiting = list(versions)
    for at in range(0, len(waiting), AT_ONCE):
        part = waiting[at : at + AT_ONCE]
        reading.fill(part)
        for version in part:
            for row in _rows_of_version(version):
                dataset.append(row)
    return dataset


def written(dataset: tablib.Dataset, ending: str) -> bytes:
    """Return a dataset as a file of one of ``FORMATS``."""
    if ending == "json":
        return str(dataset.export("json")).encode()
    sheet = Sheet(TITLE, HEADS, dataset)
    return spreadsheets.xlsx(sheet) if ending == "xlsx" else spreadsheets.csv_text(sheet)


def _rows_of_version(version: ProcedureVersion) -> Iterator[list[str]]:
    levels = ", ".join(str(Level(level).label) for level in version.levels)
    head = [
        version.procedure.code, version.title, version.field.name, levels,
        version.ministry_decision or version.province_decision, version.applicants,
    ]  # fmt: skip
    tail = [version.valid_from.isoformat(), version.confidence, version.source]
    for case in version.cases.all():
        channels: list[CaseChannel | None] = [*case.channels.all()]
        for channel in channels or [None]:
            yield [
                *head,
                case.name,
                *_exported_channel(channel),
                *_exported_fee(case, channel),
                *tail,
            ]


def _exported_channel(channel: CaseChannel | None) -> list[str]:
    """Return channel, number, unit, and what the source printed."""
    if channel is None:
        return ["", "", "", ""]
    unit = channel.limit.unit
    name = str(channel.get_channel_display())
    if not unit.counted:
        told = "" if unit == "unknown" else str(unit.label)
        return [name, "", told, channel.source_text]
    return [name, str(channel.number), str(unit.label), channel.source_text]


def _exported_fee(case: ProcedureCase, channel: CaseChannel | None) -> list[str]:
    """Return the fee of one channel in words, and the notes of fee and time."""
    wanted = {"", channel.channel if channel else ""}
    fees = [fee for fee in case.fees.all() if fee.channel in wanted]
    of_fee = " ".join(dict.fromkeys(filter(None, map(_note, fees))))
    of_time = channel.note if channel else ""
    if of_fee and (of_time or not is_about_fees(of_fee)):
        of_fee = f"({of_fee})"  # so that reading it again tells the two apart
    return ["; ".join(filter(None, map(_amount, fees))), " ".join(filter(None, [of_fee, of_time]))]


def _amount(fee: Fee) -> str:
    """Return a fee as the national pages print it; what the province sets is said by the note."""
    if fee.state == FeeState.KNOWN and fee.amount is not None:
        return money(fee.amount) + (f"(/{fee.per})" if fee.per else "")
    return "Miễn phí" if fee.state == FeeState.FREE else fee.source_text


def _note(fee: Fee) -> str:
    if fee.state == FeeState.PROVINCE and not names_council(fee.note):
        return f"{fee.note} Mức thu do Hội đồng nhân dân tỉnh quy định.".strip()
    return fee.note
