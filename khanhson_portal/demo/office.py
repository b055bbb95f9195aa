"""The demo's counters, its guidance team and its screen, each plainly marked."""

from __future__ import annotations

from datetime import date, time, timedelta

from django.db import transaction

from khanhson_portal.demo.accounts import MARK, SINCE
from khanhson_portal.kiosk.models import Screen
from procedures.catalogue import Field
from procedures.noticeboard import Duty, GuidanceMember, GuidanceSession, GuidanceSlot, GuidanceTeam
from procedures.noticeboard.reception.place import load_facility_items
from procedures.offices import Agency, Officer, Post

FIELDS = {
    "tiepnhan": ["Đăng ký kinh doanh", "Đất đai", "Xây dựng"],
    "xasonbinh": ["Hộ tịch", "Chứng thực"],
}


@transaction.atomic
def make_office(today: date) -> None:
    """Seat whoever has a counter, open one screen, found one team and write its last two weeks."""
    load_facility_items()
    for post in Post.objects.exclude(counter="").select_related("officer"):
        duty = Duty.objects.create(
            post=post, desk_id=post.agency_id, counter=post.counter, valid_from=SINCE
        )
        duty.fields.set(Field.objects.filter(name__in=FIELDS.get(post.officer.username, [])))
    desk = Agency.objects.get(slug="mot-cua-huyen")
    Screen.objects.create(desk=desk, name=f"Màn hình cửa vào {MARK}", place="cạnh ghế chờ")
    team = GuidanceTeam.objects.create(
        desk=desk,
        decision=f"Quyết định {MARK}",
        decided_on=SINCE,
        decided_by=desk.issuer.name,
        valid_from=SINCE,
    )
    for weekday in (1, 3):
        GuidanceSlot.objects.create(
            team=team, weekday=weekday, opens=time(8), closes=time(10, 30), place="tại quầy 2"
        )
    officer = Officer.objects.get(username="tiepnhan")
    GuidanceMember.objects.create(team=team, name=officer.full_name, title="Công chức tiếp nhận")
    monday = today - timedelta(days=today.weekday())
    for days_before in (3, 5, 10):
        GuidanceSession.objects.create(
            desk=desk,
            day=monday - timedelta(days=days_before),
            helpers=officer.full_name,
            helped=4,
            by=officer,
            note="minh họa",
        )
