"""Which procedure, desk or agency a file means; a near miss is refused with the nearest name.

Read once per file. Names are compared without marks, case and punctuation, never by likeness: a
dossier under the wrong procedure would be promised the wrong day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from rapidfuzz import fuzz, process

from khanhson_portal.ground.text import search_key
from procedures.catalogue import Competence, ProcedureCase, ProcedureVersion
from procedures.offices import Agency, AgencyKind

NEAR = 60  # of 100; below it a suggestion would only mislead


class NoMatch(Exception):
    """``str()`` continues a sentence on one cell, with the nearest name where there is one."""


def nearest(typed: str, names: Collection[str]) -> str:
    """Return " Gần nhất: “…”." for the name most like ``typed``, "" when none is near."""
    found = process.extractOne(
        search_key(typed), {name: search_key(name) for name in names}, scorer=fuzz.WRatio
    )
    return f" Gần nhất: “{found[2]}”." if found and found[1] >= NEAR else ""


class Catalogue:
    """Every approved version, found by national code or by title."""

    def __init__(self) -> None:
        versions = ProcedureVersion.objects.approved().select_related("procedure", "field")
        self._by_code: dict[str, list[ProcedureVersion]] = defaultdict(list)
        self._by_title: dict[str, list[ProcedureVersion]] = defaultdict(list)
        self._titles: dict[str, str] = {}  # search key of a title: the title as printed
        for version in versions:
            self._by_code[version.procedure.code].append(version)
            self._by_title[search_key(version.title)].append(version)
            self._titles[search_key(version.title)] = version.title
        self._received: dict[int, list[Competence]] = defaultdict(list)
        for row in Competence.objects.select_related("solver"):
            self._received[row.procedure_id].append(row)
        self._cases: dict[int, list[ProcedureCase]] = defaultdict(list)
        for case in ProcedureCase.objects.filter(version__approval="approved").prefetch_related(
            "channels"
        ):
            self._cases[case.version_id].append(case)

    def version(self, code: str, title: str, desk: Agency, day: date) -> ProcedureVersion:
        """Return the version in force on ``day``; among namesakes the one this desk receives.

        Raises NoMatch.
        """
        named = self._by_code.get(code) if code else self._by_title.get(search_key(title))
        if not named:
            raise NoMatch(f"không có thủ tục “{code or title}” trong danh mục.{self._near(title)}")
        valid = [version for version in named if version.covers(day)]
        if not valid:
            since = min(version.valid_from for version in named)
            raise NoMatch(
                f"thủ tục này không có phiên bản có hiệu lực ngày {day:%d/%m/%Y} "
                f"(sớm nhất từ {since:%d/%m/%Y}); bổ sung phiên bản cũ vào danh mục trước."
            )
        here = [version for version in valid if self.solver(version, desk, day)]
        if not here:
            raise NoMatch(f"{desk.short_name} không tiếp nhận thủ tục này ngày {day:%d/%m/%Y}.")
        if len(here) > 1:
            codes = ", ".join(version.procedure.code for version in here)
            raise NoMatch(f"có {len(here)} thủ tục cùng tên; thêm cột “Mã thủ tục” ({codes}).")
        return here[0]

    def solver(self, version: ProcedureVersion, desk: Agency, day: date) -> Agency | None:
        """Return who solves what ``desk`` receives, None when it does not receive it."""
        rows = self._received[version.procedure_id]
        return next((r.solver for r in rows if r.desk_id == desk.pk and r.covers(day)), None)

    def case(self, version: ProcedureVersion, typed: str) -> ProcedureCase:
        """Return the named case, or the only one. Raises NoMatch."""
        cases = self._cases[version.pk]
        if len(cases) == 1 and not typed:
            return cases[0]
        for case in cases:
            if typed and search_key(str(case)) == search_key(typed):
                return case
        names = "; ".join(f"“{case}”" for case in cases)
        said = f"không có trường hợp “{typed}”" if typed else "thủ tục có nhiều trường hợp"
        raise NoMatch(f"{said}; ghi vào cột “Trường hợp” một trong: {names}.")

    def _near(self, title: str) -> str:
        return nearest(title, self._titles.values()) if title else ""


class Agencies:
    """Every agency in force, found by its name, its short name, or its committee's for a desk."""

    def __init__(self, day: date) -> None:
        self._all = list(Agency.objects.in_force(day).select_related("parent__parent"))

    def desk(self, typed: str) -> Agency:
        """Return the desk a file names, by its own name or its committee's. Raises NoMatch."""
        desks = [agency for agency in self._all if agency.kind == AgencyKind.DESK]
        names = {agency: self._names(agency) | self._names(agency.issuer) for agency in desks}
        return self._one(typed, names, "bộ phận một cửa")

    def solver(self, typed: str, desk: Agency) -> Agency:
        """Return the agency a file names; a namesake under the desk's own committee wins.

        Raises NoMatch.
        """
        solving = [agency for agency in self._all if agency.kind != AgencyKind.DESK]
        near = [a for a in solving if a.parent_id == desk.issuer.pk or a.pk == desk.issuer.pk]
        key = _key(typed)
        own = [agency for agency in near if key in self._names(agency)]
        if len(own) == 1:
            return own[0]
        return self._one(typed, {agency: self._names(agency) for agency in solving}, "đơn vị")

    @staticmethod
    def _names(agency: Agency) -> set[str]:
        return {_key(agency.name), _key(agency.short_name), _key(agency.slug)}

    def _one(self, typed: str, names: dict[Agency, set[str]], kind: str) -> Agency:
        found = [agency for agency, keys in names.items() if _key(typed) in keys]
        if len(found) == 1:
            return found[0]
        if found:
            choice = ", ".join(f"“{agency.short_name}”" for agency in found)
            raise NoMatch(f"có {len(found)} {kind} tên “{typed}”; ghi rõ một trong: {choice}.")
        known = [agency.short_name for agency in names]
        raise NoMatch(f"không có {kind} “{typed}”.{nearest(typed, known)}")


def _key(name: str) -> str:
    return search_key(name).replace("ubnd", "uy ban nhan dan")
