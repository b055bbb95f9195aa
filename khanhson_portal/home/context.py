"""What every page shows: the office's name, its places, its hotline, whether this is a demo."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate

from procedures.offices import Agency, Hotline
from procedures.offices.access import may, officer_of, opens_admin
from procedures.offices.rights import Right
from procedures.offices.structure import Structure
from procedures.worktime.opening_hours import OpeningHours

log = logging.getLogger(__name__)
T = TypeVar("T")
NAMELESS = "Cổng dịch vụ một cửa"

CITIZEN_PLACES = [
    ("Thủ tục", "procedures:list"),
    ("Tra cứu hồ sơ", "dossiers:track"),
    ("Thống kê", "publication:list"),
]
MORE_PLACES = [
    ("Phản ánh, góp ý", "feedback:published"),
    ("Đường dây nóng", "feedback:hotlines"),
    ("Mức độ hài lòng", "satisfaction:reports"),
    ("Cán bộ tiếp dân", "reception:officers"),
    ("Lịch hướng dẫn", "guidance:timetable"),
    ("Rà soát thủ tục", "review:answered"),
    ("Kiểm tra giấy thật", "dossiers:genuine_form"),
]
STAFF_PLACES = [
    ("Tiếp nhận", "dossiers:intake", Right.RECEIVE, "F2"),
    ("Việc hôm nay", "dossiers:desk", Right.SEE_DOSSIERS, "F4"),
    ("Nhắc việc", "dossiers:reminders", Right.SEE_DOSSIERS, ""),
    ("Tháng thống kê", "publication:drafts", Right.PREPARE_MONTHS, ""),
]
STAFF_MORE = [
    ("Bất thường", "dossiers:anomalies", Right.OVERSEE, ""),
    ("Ai đã xem", "dossiers:lookers", Right.OVERSEE, ""),
    ("Tin báo", "dossiers:outbox", Right.FOLLOW_NOTICES, ""),
    ("In giấy tờ", "dossiers:batches", Right.SEE_DOSSIERS, ""),
    ("Tài liệu kiểm chứng", "dossiers:proof", Right.SEE_PROOF, ""),
    ("Lịch làm việc", "dossiers:calendar", Right.CHANGE_CALENDAR, ""),
    ("Chuyển hồ sơ", "dossiers:import", Right.IMPORT_DOSSIERS, ""),
    ("Sổ hướng dẫn", "guidance:log", Right.WRITE_GUIDANCE, ""),
    ("Hướng dẫn từng tuần", "guidance:watch", Right.WATCH_GUIDANCE, ""),
    ("Phản ánh", "feedback:cases", Right.SEE_FEEDBACK, ""),
    ("Rà soát", "review:register", Right.REVIEW_PROCEDURES, ""),
    ("Chỉ số hài lòng", "satisfaction:manage", Right.PREPARE_INDICES, ""),
    ("Nơi tiếp dân", "reception:manage", Right.MANAGE_RECEPTION, ""),
    ("Màn hình", "kiosk:screens", Right.SEE_SCREENS, ""),
    ("Kiểm soát thủ tục", "control:drafts", Right.KEEP_CATALOGUE, ""),
    ("In tờ rơi", "procedures:workshop", Right.ENTER, ""),
    ("Bảng quyền", "rights", Right.SEE_RIGHTS, ""),
    ("Sức khỏe của cổng", "health", Right.SEE_HEALTH, ""),
    ("Kiểu dáng của cổng", "home:style_guide", Right.ENTER, ""),
]


FRONT_PAGES = {"dossiers:desk", "admin:index"}  # of many others, whose addresses begin alike


@dataclass(frozen=True)
class Place:
    label: str
    url: str
    current: bool
    key: str = ""


def or_else(fallback: Any) -> Callable[[Callable[[Any], T]], Callable[[Any], T]]:
    """Show ``fallback`` where reading fails: no row of settings is worth every page of the portal.

    The failure is logged with its trace; people read "chưa cập nhật" in that one place.
    """

    def decorate(read: Callable[[Any], T]) -> Callable[[Any], T]:
        @wraps(read)
        def calm(self: Any) -> T:
            try:
                return read(self)
            except Exception:
                log.exception("the frame of a page goes without %s", read.__name__)
                self.failed.append(read.__name__)
                return fallback

        return calm

    return decorate


class Office:
    """Read lazily: a page pays only for what its template shows. Nothing here raises."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.failed: list[str] = []

    def is_whole(self) -> bool:
        """Whether everything that a visitor's page shows around its content can be read."""
        _ = (self.name, self.desk_name, self.committee_name, self.hotline, self.hours)
        return not self.failed

    @property
    def demo(self) -> bool:
        return bool(settings.DEMO)

    @cached_property
    @or_else(None)
    def _desk(self) -> Agency | None:
        return Structure().owner_desk(localdate())

    @property
    @or_else(NAMELESS)
    def name(self) -> str:
        if self._desk is None:
            return NAMELESS
        place = self._desk.issuer.name.removeprefix("Ủy ban nhân dân ")
        return f"Một cửa {place}"

    @property
    @or_else("")
    def desk_name(self) -> str:
        return self._desk.name if self._desk else ""

    @property
    @or_else("")
    def committee_name(self) -> str:
        if self._desk is None:
            return ""
        committee = self._desk.issuer
        above = committee.parent
        return f"{committee.name}, {_place_of(above)}" if above else committee.name

    @cached_property
    @or_else(None)
    def hotline(self) -> Hotline | None:
        """Return the desk's number, else its committee's; None shows "chưa cập nhật"."""
        if self._desk is None:
            return None
        rows = Hotline.objects.in_force(localdate()).filter(
            agency__in=[self._desk, self._desk.issuer]
        )
        return next((row for row in rows if row.number), None)

    @cached_property
    @or_else("")
    def hours(self) -> str:
        """Return today's opening hours in words; "" shows "chưa cập nhật"."""
        if self._desk is None:
            return ""
        return OpeningHours([self._desk.pk]).words(self._desk.pk, localdate())

    @cached_property
    def places(self) -> list[Place]:
        return [self._place(label, name) for label, name in CITIZEN_PLACES]

    @cached_property
    def more_places(self) -> list[Place]:
        return [self._place(label, name) for label, name in MORE_PLACES]

    @cached_property
    def staff_places(self) -> list[Place]:
        """Return the staff's everyday places that today's rights open."""
        return self._allowed(STAFF_PLACES)

    @cached_property
    def staff_more(self) -> list[Place]:
        """Return the places behind "Việc khác" that today's rights open."""
        places = self._allowed(STAFF_MORE)
        if opens_admin(officer_of(self._request), localdate()):
            places.append(self._place("Quản trị", "admin:index"))
        return places

    def _allowed(self, places: list[tuple[str, str, Right, str]]) -> list[Place]:
        return [
            self._place(label, name, key)
            for label, name, right, key in places
            if may(self._request, right)
        ]

    def _place(self, label: str, name: str, key: str = "") -> Place:
        url = reverse(name)
        here = self._request.path
        current = here == url if name in FRONT_PAGES else here.startswith(url)
        return Place(label, url, current, key)


def _place_of(agency: Agency) -> str:
    return agency.name.removeprefix("Ủy ban nhân dân ")


def office(request: HttpRequest) -> dict[str, Any]:
    return {"office": Office(request)}
