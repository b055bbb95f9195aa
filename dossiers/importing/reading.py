"""One row as it will be judged: every value asked for by name, every fault kept with its cell."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from dossiers.importing import cells, heads, vocabulary
from dossiers.importing.matching import NoMatch, nearest
from dossiers.importing.sheets import SheetRow
from dossiers.lookup import normal_code
from dossiers.models import Party, PartyKind, State
from khanhson_portal.ground.text import search_key
from procedures.catalogue import Channel

_ORGANISATIONS = ("cong ty", "doanh nghiep", "hop tac xa", "truong", "uy ban", "to chuc", "hoi")


class Reader:
    """``faults`` refuse the row; ``notes`` tell what was mended or assumed."""

    def __init__(self, row: SheetRow) -> None:
        self._row = row
        self.faults: list[str] = []
        self.notes: list[str] = []

    def has(self, name: str) -> bool:
        return name in self._row.values

    def said(self, name: str) -> str:
        return cells.text(self._row.values.get(name))

    def fault(self, name: str, why: str) -> None:
        known = name in self._row.cells
        place = self._row.place(name) if known else f"thiếu cột “{heads.label(name)}”"
        self.faults.append(f"{place}: {why}")

    @contextmanager
    def blaming(self, name: str) -> Iterator[None]:
        """Keep what cannot be matched or read inside as a fault of one cell."""
        try:
            yield
        except (NoMatch, cells.CellFault) as fault:
            self.fault(name, str(fault))

    def old_code(self) -> str:
        """Return the old code as this portal keeps codes: no spaces, capitals, plain dashes."""
        return normal_code(self.said("old_code"))

    def when(self, name: str) -> cells.When | None:
        if self.has(name):
            with self.blaming(name):
                return cells.when(self._row.values[name])
        return None

    def has_hour(self, name: str) -> bool:
        found = self.when(name)
        return bool(found and found.hour)

    def state(self) -> State | None:
        """Return the state the row is in, None for a dossier that is not running any more.

        Without a word for it: returned or finished where the row has the day, else in progress.
        """
        if self.has("returned"):
            return None
        key = search_key(self.said("state"))
        if not key:
            return State.FINISHED if self.has("finished") else State.IN_PROGRESS
        if key in vocabulary.ELSEWHERE:
            return None
        if key not in vocabulary.STATES:
            near = nearest(self.said("state"), vocabulary.STATE_WORDS)
            self.fault("state", f"không hiểu trạng thái “{self.said('state')}”.{near}")
            return None
        return vocabulary.STATES[key]

    def people(self) -> tuple[Party, Party | None]:
        """Return owner and submitter; who is named alone, or twice alike, is the owner."""
        owner, submitter = self.said("owner"), self.said("submitter")
        if not owner and not submitter:
            self.fault("owner", "thiếu tên chủ hồ sơ")
        if max(len(owner), len(submitter)) > 200:
            self.fault("owner", "tên dài quá 200 ký tự")
        name = owner or submitter
        other = submitter if submitter and search_key(submitter) != search_key(name) else ""
        return self._party(name), Party(name=other) if other else None

    def _party(self, name: str) -> Party:
        address, phone = cells.address_and_phone(self._row.values.get("address_and_phone"))
        if self.has("phone"):
            phone = cells.phone(self._row.values["phone"], self.notes)
        address = self.said("address") or address
        if len(address) > 300:
            self.fault("address", "địa chỉ dài quá 300 ký tự")
        organisation = search_key(name).startswith(_ORGANISATIONS)
        return Party(
            name=name,
            kind=PartyKind.ORGANISATION if organisation else PartyKind.PERSON,
            identity_number=cells.identity(self._row.values.get("identity"), self.notes),
            phone=phone,
            email=self._email(),
            address=address,
        )

    def _email(self) -> str:
        typed = self.said("email")
        if typed and ("@" not in typed or " " in typed or len(typed) > 254):
            self.notes.append(f"thư điện tử “{typed[:40]}” không dùng được, để trống")
            return ""
        return typed

    def channel(self) -> str:
        found = vocabulary.channel(self.said("channel"))
        if found is None:
            self.notes.append(f"hình thức nộp “{self.said('channel')}” coi là trực tiếp")
        return found or Channel.DIRECT

    def sets(self) -> int:
        typed = self.said("sets")
        if not typed:
            return 1
        if typed.isdigit() and 0 < int(typed) < 1000:
            return int(typed)
        self.notes.append(f"số bộ “{typed[:20]}” không đọc được, ghi 1 bộ")
        return 1

    def result(self) -> dict[str, Any]:
        """Return what is known of the result document, {} when nothing is."""
        number, signer = self.said("result_number"), self.said("result_signer")
        if not number and not signer:
            return {}
        return {"number": number, "issued_on": "", "signer": signer, "summary": ""}
