"""Báo tin: an act tells the citizen who asked to be told, by a row written with the act itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse

from dossiers.declaring import ACTS
from dossiers.models import (
    Delivery,
    Dossier,
    Event,
    Notice,
    NoticeChannel,
    NoticeKind,
    NoticeStatus,
    Party,
    PartyKind,
)
from dossiers.models.placeholders import fill
from dossiers.notices import gateway
from dossiers.notices.wordings import wording_for
from khanhson_portal.ground.moments import LOCAL, local_day
from khanhson_portal.ground.text import one_line
from khanhson_portal.ground.words import official_time, short_date
from procedures.offices import Agency, Hotline

COLLECTION: dict[str, str] = {
    Delivery.COUNTER: (
        "Mời mang giấy tiếp nhận và giấy tờ tùy thân đến {desk} để nhận; nhận thay thì có giấy "
        "ủy quyền."
    ),
    Delivery.POST: "Kết quả sẽ được gửi qua bưu chính đến địa chỉ đã đăng ký.",
    Delivery.ONLINE: "Kết quả là bản điện tử, xem ở trang hồ sơ.",
}
TITLE_IN_MESSAGE = 60  # characters of the procedure's title that fit a text message
NO_GATEWAY = "cổng tin nhắn của tỉnh chưa được nối"
NO_ADDRESS = {
    NoticeChannel.EMAIL: "hồ sơ không ghi thư điện tử",
    NoticeChannel.PHONE: "hồ sơ không ghi số điện thoại",
}


def announce(dossier: Dossier, event: Event) -> Notice | None:
    """Write the notice of an event, in the transaction of its act; None where nobody is told.

    Nobody is told who did not ask, nor about demo dossiers. A wish that cannot be met (no address,
    no gateway) leaves a row that says so, for the officer to telephone.
    """
    kind = ACTS[event.act].notice
    if kind is None or not dossier.notify_wish or dossier.is_demo:
        return None
    channel = NoticeChannel(dossier.notify_wish)
    day = local_day(event.recorded_at)
    wording = wording_for(NoticeKind(kind), channel, day)
    if wording is None:
        return None
    party, address = addressee(dossier, channel)
    values = _values(dossier, party, channel, day)
    obstacle = _obstacle(channel, address)
    return Notice.objects.create(
        kind=kind,
        channel=channel,
        agency_id=dossier.desk_id,
        dossier=dossier,
        event=event,
        address=address,
        subject=one_line(fill(wording.subject, values))[:300],
        body=fill(wording.body, values),
        status=NoticeStatus.UNSENT if obstacle else NoticeStatus.WAITING,
        remark=obstacle,
        created_at=event.recorded_at,
        next_at=None if obstacle else event.recorded_at,
    )


def addressee(dossier: Dossier, channel: NoticeChannel) -> tuple[Party, str]:
    """Return who is told and where: the submitter, else the owner; "" without any address."""
    for party in filter(None, [dossier.submitter, dossier.owner]):
        address = party.email if channel == NoticeChannel.EMAIL else party.phone
        if address:
            return party, address
    return dossier.applicant, ""


def _obstacle(channel: NoticeChannel, address: str) -> str:
    if not address:
        return NO_ADDRESS[channel]
    if channel == NoticeChannel.PHONE and not gateway.is_connected():
        return NO_GATEWAY
    return ""


def _values(
    dossier: Dossier, party: Party, channel: NoticeChannel, day: date
) -> Mapping[str, Callable[[], str]]:
    """Return what fills each name; worked out only where the words use it."""
    in_message = channel == NoticeChannel.PHONE
    desk = dossier.desk
    return {
        "kinh_gui": lambda: _greeting(party),
        "ma": lambda: dossier.name_on_paper,
        "ho_so": lambda: _named(dossier, TITLE_IN_MESSAGE if in_message else 300),
        "ngay_hen": lambda: _promise(dossier),
        "noi_gui": lambda: _short_name(desk) if in_message else _full_name(desk),
        "cach_nhan": lambda: COLLECTION[dossier.delivery].format(desk=_short_name(desk)),
        "trang_ho_so": lambda: dossier.tracking_url,
        "trang_tra_cuu": lambda: f"{settings.BASE_URL}{reverse('dossiers:track')}",
        "duong_day_nong": lambda: _hotline(desk, day),
    }


def _greeting(party: Party) -> str:
    return party.name if party.kind == PartyKind.ORGANISATION else f"ông/bà {party.name}"


def _named(dossier: Dossier, longest: int) -> str:
    """Return the code and the procedure; a sensitive procedure is never named outside the house."""
    version = dossier.version
    if version.procedure.sensitive:
        return dossier.name_on_paper
    title = one_line(version.title)
    if len(title) > longest:
        title = title[: longest - 1].rsplit(" ", 1)[0] + "…"
    return f"{dossier.name_on_paper} ({title})"


def _promise(dossier: Dossier) -> str:
    moment: datetime | None = dossier.promised_at or dossier.due_at
    if moment is None:
        return "pháp luật không quy định thời hạn"
    local = moment.astimezone(LOCAL)
    if dossier.due_exact:
        return f"{official_time(local)}, {short_date(local.date())}"
    return short_date(local.date())


def _full_name(desk: Agency) -> str:
    return f"{desk.name}, {desk.issuer.name}" if desk.issuer != desk else desk.name


def _short_name(desk: Agency) -> str:
    """Return a name that says which place: "Một cửa " and the committee's place."""
    place = desk.issuer.name.removeprefix("Ủy ban nhân dân ")
    return f"Một cửa {place}" if place != desk.issuer.name else desk.short_name


def _hotline(desk: Agency, day: date) -> str:
    rows = Hotline.objects.in_force(day).filter(agency__in=[desk, desk.issuer])
    return next((row.number for row in rows if row.number), "bộ phận một cửa")
