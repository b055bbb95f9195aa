"""Demo accounts, one per role, with one published password. Never in a real portal (see serve)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from procedures.offices import Agency, AgencyKind, Level, Officer, Post, Role

PASSWORD = "khanhson-minhhoa"
SINCE = date(2015, 7, 10)
MARK = "(minh họa)"


@dataclass(frozen=True)
class Account:
    username: str
    name: str
    title: str
    agency: str
    roles: tuple[Role, ...]
    counter: str = ""


ACCOUNTS = [
    Account(
        "tiepnhan",
        "Cao Thị Mận",
        "Công chức tiếp nhận",
        "mot-cua-huyen",
        (Role.RECEPTION,),
        "Quầy 2",
    ),
    Account(
        "traketqua",
        "Bo Bo Thị Nga",
        "Công chức trả kết quả",
        "mot-cua-huyen",
        (Role.RETURN,),
        "Quầy 3",
    ),
    Account(
        "truongmotcua",
        "Lê Văn Định",
        "Trưởng Bộ phận một cửa",
        "mot-cua-huyen",
        (Role.DESK_HEAD,),
    ),
    Account("chuyenvien", "Tro Văn Hải", "Chuyên viên", "tai-chinh-ke-hoach", (Role.SPECIALIST,)),
    Account("lanhdaophong", "Nguyễn Văn Lân", "Trưởng phòng", "tai-chinh-ke-hoach", (Role.HEAD,)),
    Account("lanhdao", "Đinh Văn Chung", "Phó Chủ tịch", "ubnd-huyen", (Role.LEADER,)),
    Account("vanthu", "Pinăng Thị Thư", "Văn thư", "van-phong", (Role.CLERK,)),
    Account(
        "kiemsoat",
        "Trần Thị Soạn",
        "Chuyên viên kiểm soát TTHC",
        "van-phong",
        (Role.CONTROLLER,),
    ),
    Account(
        "quantri",
        "Mấu Văn Trí",
        "Quản trị hệ thống",
        "van-phong",
        (Role.ADMINISTRATOR,),
    ),
    Account(
        "xasonbinh",
        "Chamaléa Thị Bích",
        "Công chức tư pháp - hộ tịch",
        "mot-cua-son-binh",
        (Role.RECEPTION, Role.RETURN),
        "Quầy 1",
    ),
]


PLACES = {
    "mot-cua-huyen": "một cửa huyện",
    "tai-chinh-ke-hoach": "phòng Tài chính - Kế hoạch",
    "ubnd-huyen": "UBND huyện",
    "van-phong": "Văn phòng HĐND và UBND",
    "mot-cua-son-binh": "một cửa xã Sơn Bình",
}


def listing() -> str:
    """Return what ``make run`` prints: the accounts and their common password."""
    lines = [f"\nTài khoản minh họa, mật khẩu chung: {PASSWORD}"]
    lines += [f"  {a.username:<14}{a.title} ({PLACES[a.agency]})" for a in ACCOUNTS]
    return "\n".join(lines)


def make_accounts() -> list[Officer]:
    """Create the listed accounts, and a specialist, head and desk officer where missing."""
    hashed = make_password(PASSWORD)
    agencies = {agency.slug: agency for agency in Agency.objects.all()}
    made = [_make(account, agencies[account.agency], hashed) for account in ACCOUNTS]
    for slug, agency in agencies.items():
        made += _fill(agency, slug, hashed)
    _let_controller_oversee(agencies["ubnd-huyen"])
    return made


def _fill(agency: Agency, slug: str, hashed: str) -> list[Officer]:
    """Seat whoever a dossier needs on its way through this agency and nobody holds yet."""
    wanted: list[tuple[str, str, tuple[Role, ...]]] = []
    if agency.kind == AgencyKind.DESK:
        wanted = [("tn", "Công chức tiếp nhận", (Role.RECEPTION, Role.RETURN))]
    elif agency.kind in {AgencyKind.OFFICE, AgencyKind.OUTSIDE}:
        wanted = [("cv", "Chuyên viên", (Role.SPECIALIST,)), ("ld", "Trưởng phòng", (Role.HEAD,))]
    elif agency.level == Level.COMMUNE:
        wanted = [
            ("cv", "Công chức chuyên môn", (Role.SPECIALIST, Role.CLERK)),
            ("ct", "Chủ tịch", (Role.LEADER, Role.HEAD)),
        ]
    made = []
    for prefix, title, roles in wanted:
        if not Post.objects.filter(agency=agency, groups__name=roles[0].value).exists():
            account = Account(
                f"{prefix}-{slug}", f"{title} {agency.short_name}", title, slug, roles
            )
            made.append(_make(account, agency, hashed))
    return made


def _make(account: Account, agency: Agency, hashed: str) -> Officer:
    officer = Officer.objects.create(
        username=account.username,
        password=hashed,
        full_name=f"{account.name} {MARK}",
        is_demo=True,
    )
    post = Post.objects.create(
        officer=officer,
        agency=agency,
        title=account.title,
        counter=account.counter,
        valid_from=SINCE,
    )
    post.groups.set(Group.objects.filter(name__in=[role.value for role in account.roles]))
    return officer


def _let_controller_oversee(committee: Agency) -> None:
    """The controller sits in the district's office but oversees the whole committee."""
    controller = Officer.objects.get(username="kiemsoat")
    post = Post.objects.create(
        officer=controller, agency=committee, title="Kiểm soát TTHC", valid_from=SINCE
    )
    post.groups.set(Group.objects.filter(name=Role.CONTROLLER.value))
