"""Tờ rơi: one A4 sheet folded once, in plain words; for a procedure, a field, a way to file.

Only what the catalogue and the agencies' rows know is printed; a gap says so. A sheet that would
run over is set smaller, then shortened, and says how much more there is behind the QR code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from itertools import groupby
from typing import Any, TypedDict

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from khanhson_portal import pdf, words
from khanhson_portal.text import one_line
from procedures import contents
from procedures.models import (
    AgencyKind,
    Channel,
    Competence,
    Fee,
    Field,
    Hotline,
    OnlineLevel,
    ProcedureCase,
    ProcedureVersion,
    RequiredPaper,
)
from procedures.models.versions import ProcedureVersionQuerySet
from procedures.places import Place, Places, places_of
from procedures.printouts import folding
from procedures.printouts.letterhead import main_committee
from procedures.printouts.listing import Progress
from procedures.printouts.rows import fee_lines, time_lines
from procedures.summary import paper_words

ASK_FIRST = "Chưa có thông tin. Bà con hỏi bộ phận một cửa trước khi đi."
NOT_YET = "chưa cập nhật"
ONLINE = ["3", "4", "partial", "full"]


class Section(TypedDict, total=False):
    """One heading of a leaflet; ``style`` of the items: "ticks", "steps" or "plain"."""

    head: str
    sub: str
    text: str
    items: list[str]
    style: str


# A leaflet as it is frozen: agency, kicker, title, address (behind the QR code) and hotline of the
# cover; the sections of the "inside" and of the "back".
Leaflet = dict[str, Any]


def of_procedure(version: ProcedureVersion, places: Places, day: date) -> Leaflet:
    """Return the leaflet of a version whose contents are filled."""
    first = places.named("")
    hotline = next((place.hotline for place in places.all if place.hotline), "")
    return {
        "agency": _committee_name(first, day),
        "kicker": version.field.name,
        "title": one_line(version.title),
        "address": f"{settings.BASE_URL}{version.procedure.get_absolute_url()}",
        "hotline": hotline or NOT_YET,
        "inside": [
            *_papers(version),
            {"head": "Bao lâu có kết quả?", "text": time_lines(version)},
            {"head": "Hết bao nhiêu tiền?", "text": _fees(version)},
            {"head": "Làm thế nào?", "items": _steps(version), "style": "steps"},
        ],
        "back": [
            {"head": "Nộp ở đâu?", "items": [_place(p) for p in places.all], "text": ""}
            if places.all
            else {"head": "Nộp ở đâu?", "text": ASK_FIRST},
            {"head": "Khi nào?", "text": places.same_hours or _hours(places)},
            {"head": "Nội dung này lấy từ đâu?", "text": _source(version, day)},
        ],
    }


def of_field(field: Field, day: date) -> Leaflet:
    """Return the leaflet of a field: its procedures, each with time and money."""
    versions = _versions(_received_here(ProcedureVersion.objects.filter(field=field), day), day)
    items = [
        f"{one_line(v.title)}. {_flat(time_lines(v))}. Phí: {_flat(fee_lines(v))}."
        for v in versions
    ]
    address = f"{reverse('procedures:list')}?linh-vuc={field.slug}"
    return {
        **_cover(field.name, "Các thủ tục của lĩnh vực", address, day),
        "inside": [{"head": "Bà con làm được gì?", "items": items, "style": "plain"}],
        "back": [_ask(day), {"head": "Làm thế nào?", "items": GENERAL_STEPS, "style": "steps"}],
    }


def of_online(day: date) -> Leaflet:
    """Return the leaflet of filing online. Levels: NĐ 43/2011/NĐ-CP; later names as rows say."""
    levels = OnlineLevel.objects.filter(value__in=ONLINE).filter(
        Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day
    )
    online = ProcedureVersion.objects.filter(online_levels__in=levels)
    versions = _versions(_only_here(online, day), day)
    address = f"{reverse('procedures:list')}?muc-do=3"
    committee = main_committee(day)
    website = committee.website if committee else ""
    return {
        **_cover("Nộp hồ sơ trực tuyến mức độ 3", "Ở nhà cũng nộp được", address, day),
        "inside": [
            {
                "head": "Mức độ 3 là gì?",
                "text": "Bà con điền tờ khai và gửi hồ sơ qua mạng. Nộp tiền (nếu có) và nhận kết "
                "quả tại cơ quan. Mức độ 4 thì nộp tiền và nhận kết quả qua mạng hoặc bưu chính.",
            },
            {
                "head": "Làm thế nào?",
                "items": [
                    "Tìm thủ tục bằng mã ở bìa, xem cần giấy tờ gì.",
                    f"Vào trang nộp hồ sơ: {website or NOT_YET}.",
                    "Điền tờ khai, gửi kèm bản chụp giấy tờ.",
                    "Giữ mã hồ sơ để xem hồ sơ đang ở đâu.",
                    "Đến bộ phận một cửa nộp tiền (nếu có) và nhận kết quả.",
                ],
                "style": "steps",
            },
            _named("Thủ tục nộp được qua mạng", versions),
        ],
        "back": [
            _ask(day),
            {
                "head": "Không quen dùng mạng?",
                "text": "Bà con vẫn nộp trực tiếp được ở bộ phận một cửa.",
            },
        ],
    }


def of_postal(day: date) -> Leaflet:
    """Return the leaflet of the postal service. Source: QĐ 45/2016/QĐ-TTg of 19/10/2016."""
    posted = ProcedureVersion.objects.filter(cases__channels__channel=Channel.POST)
    versions = _versions(_only_here(posted, day), day)
    return {
        **_cover(
            "Gửi hồ sơ, nhận kết quả qua bưu chính",
            "Quyết định 45/2016/QĐ-TTg",
            reverse("procedures:list"),
            day,
        ),
        "inside": [
            {
                "head": "Có ba dịch vụ, bà con chọn một",
                "items": ["Gửi hồ sơ.", "Nhận kết quả.", "Cả gửi hồ sơ và nhận kết quả."],
                "style": "plain",
            },
            {
                "head": "Làm thế nào?",
                "items": [
                    "Chuẩn bị đủ giấy tờ như khi nộp trực tiếp.",
                    "Mang đến bưu điện. Nhân viên bưu chính kiểm tra theo danh sách giấy tờ.",
                    "Hai bên ký phiếu gửi, hồ sơ được niêm phong.",
                    "Phí, lệ phí nộp qua nhân viên bưu chính thì nhận biên lai.",
                    "Nhận kết quả tại nơi đã đăng ký, hoặc tại bộ phận một cửa.",
                ],
                "style": "steps",
            },
            {
                "head": "Tiền gửi bưu chính",
                "text": "Trả trực tiếp hoặc chuyển khoản. Mức giá: hỏi bưu điện nơi gửi.",
            },
            _named("Thủ tục ghi rõ có thể nộp qua bưu chính", versions),
        ],
        "back": [
            _ask(day),
            {
                "head": "Căn cứ",
                "text": "Quyết định 45/2016/QĐ-TTg ngày 19/10/2016 của Thủ tướng Chính phủ, "
                "có hiệu lực từ 16/12/2016.",
            },
        ],
    }


THEMES: dict[str, Callable[[date], Leaflet]] = {"truc-tuyen": of_online, "buu-chinh": of_postal}

GENERAL_STEPS = [
    "Xem cần giấy tờ gì: quét mã ở bìa, hoặc hỏi bộ phận một cửa.",
    "Nộp hồ sơ ở bộ phận một cửa.",
    "Giữ giấy hẹn: có ngày trả kết quả và mã để xem hồ sơ.",
    "Đúng ngày hẹn, mang giấy hẹn đến nhận kết quả.",
]


def of_all(field: Field, day: date) -> list[Leaflet]:
    """Return the leaflets of every procedure of a field; a constant number of queries."""
    versions = _versions(_received_here(ProcedureVersion.objects.filter(field=field), day), day)
    places = places_of([version.procedure for version in versions], day)
    return [of_procedure(v, places[v.procedure_id], day) for v in versions]


def pieces(data: dict[str, Any]) -> int:
    return len(data["leaflets"])


def draw(data: dict[str, Any], progress: Progress = lambda done: None) -> bytes:
    """Return frozen leaflets one behind the other; ``progress`` hears after each, and may raise."""
    documents = []
    for number, leaflet in enumerate(data["leaflets"], 1):
        documents.append(folding.fit(leaflet))
        progress(number)
    return pdf.join(documents)


def draw_one(leaflet: Leaflet) -> bytes:
    return draw({"leaflets": [leaflet]})


def _only_here(versions: ProcedureVersionQuerySet, day: date) -> ProcedureVersionQuerySet:
    return versions.filter(procedure__in=Competence.objects.in_force(day).values("procedure"))


def _received_here(versions: ProcedureVersionQuerySet, day: date) -> ProcedureVersionQuerySet:
    """Those that a desk here receives; all of them where nobody has said yet who receives."""
    here = _only_here(versions, day)
    return here if here.exists() else versions


def _versions(rows: ProcedureVersionQuerySet, day: date) -> list[ProcedureVersion]:
    found = rows.approved().in_force(day).for_page().distinct().order_by("sort_key")
    versions = list(found)
    contents.fill(versions)
    return versions


def _cover(title: str, kicker: str, path: str, day: date) -> Leaflet:
    committee = main_committee(day)
    return {
        "agency": committee.name if committee else "",
        "kicker": kicker,
        "title": title,
        "address": f"{settings.BASE_URL}{path}",
        "hotline": _hotline(day),
    }


def _committee_name(place: Place | None, day: date) -> str:
    """Name who hands the leaflet out: the one committee of the procedure, else the portal's."""
    committee = main_committee(day)
    return committee.name if committee else place.desk.issuer.name if place else ""


def _hotline(day: date) -> str:
    """Return the number of the portal's committee or of its own desk."""
    committee = main_committee(day)
    if committee is None:
        return NOT_YET
    desk = Q(agency__parent=committee, agency__kind=AgencyKind.DESK)
    rows = Hotline.objects.in_force(day).filter(Q(agency=committee) | desk)
    return next((row.number for row in rows if row.number), "") or NOT_YET


def _ask(day: date) -> Section:
    committee = main_committee(day)
    return {
        "head": "Hỏi ở đâu?",
        "items": [
            f"Bộ phận một cửa{f', {committee.name}' if committee else ''}",
            f"Địa chỉ: {(committee.address if committee else '') or NOT_YET}",
            f"Đường dây nóng: {_hotline(day)}",
        ],
        "style": "plain",
    }


def _papers(version: ProcedureVersion) -> list[Section]:
    cases = [case for case in version.cases.all() if case.papers.all()]
    if not cases:
        seen = "Xem nguyên văn trên trang của thủ tục (quét mã ở bìa)."
        return [{"head": "Cần mang gì?", "text": seen if version.papers_text else ASK_FIRST}]
    return [section for case in cases for section in _case_papers(case)]


def _case_papers(case: ProcedureCase) -> list[Section]:
    """One section for each group of papers, the first under the heading of the case."""
    sections: list[Section] = []
    for group, papers in groupby(case.papers.all(), key=lambda paper: one_line(paper.group)):
        head = "" if sections else f"Cần mang gì? {case.name}".strip()
        items = [_paper(paper) for paper in papers]
        sections.append({"head": head, "sub": group, "items": items, "style": "ticks"})
    return sections


def _paper(paper: RequiredPaper) -> str:
    counts = paper_words(paper)
    return one_line(paper.name).lstrip("-+• ") + (f" ({counts})" if counts else "")


def _fees(version: ProcedureVersion) -> str:
    fees: list[Fee] = [fee for case in version.cases.all() for fee in case.fees.all()]
    spared = _distinct(one_line(fee.exemptions) for fee in fees if fee.exemptions)
    lines = [fee_lines(version), *(f"Được miễn, giảm: {text}" for text in spared)]
    if any(fee.note for fee in fees):
        lines.append("Có quy định thêm: xem trang của thủ tục.")
    return "\n".join(lines)


def _steps(version: ProcedureVersion) -> list[str]:
    if not version.receipt_needed:
        return [GENERAL_STEPS[1], "Nhận kết quả theo thời hạn ghi ở trên."]
    return GENERAL_STEPS[1:]


def _place(place: Place) -> str:
    parts = [place.desk.short_name]
    if place.address:
        parts.append(place.address)
    if place.hotline:
        parts.append(f"gọi {place.hotline}")
    return ", ".join(parts)


def _hours(places: Places) -> str:
    known = [f"{p.desk.short_name}: {p.hours}" for p in places.all if p.hours]
    return "\n".join(known) or "Giờ nhận hồ sơ chưa cập nhật."


def _source(version: ProcedureVersion, day: date) -> str:
    checked = version.checked_on
    return "\n".join(
        [
            f"Mã thủ tục: {version.procedure.national_code or 'chưa có thông tin'}.",
            f"Quyết định công bố: {version.decision or 'chưa có thông tin'}.",
            f"Đối chiếu: {words.short_date(checked) if checked else 'chưa có thông tin'}. "
            f"In ngày {words.short_date(day)}.",
        ]
    )


def _named(head: str, versions: list[ProcedureVersion]) -> Section:
    if not versions:
        return {"head": head, "text": "Danh mục chưa ghi thủ tục nào. Bà con hỏi bộ phận một cửa."}
    return {"head": head, "items": [one_line(v.title) for v in versions], "style": "plain"}


def _flat(text: str) -> str:
    return text.replace("\n", ", ")


def _distinct(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))
