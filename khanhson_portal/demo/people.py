"""Invented citizens: names of the forms met in the district, numbers that cannot be anybody's."""

from __future__ import annotations

from random import Random

from dossiers.models import Party
from procedures.offices import Agency

FAMILIES = [
    "Mấu",
    "Cao",
    "Tro",
    "Bo Bo",
    "Chamaléa",
    "Katơr",
    "Pinăng",
    "Pupur",
    "Nguyễn",
    "Trần",
    "Lê",
]
WOMEN = ["Thị Hoa", "Thị Hồng", "Thị Nghiệp", "Thị Bích Ngọc", "Thị Xuân", "Thị Diễm", "Thị Ly"]
MEN = ["Văn Dũng", "Hồng Thái", "Xuân Hải", "Văn Sĩ", "Minh Tiến", "Quốc Huy", "Văn Khánh"]
HAMLETS = [
    "thôn Dốc Trầu",
    "thôn Tà Giang",
    "thôn Liên Hòa",
    "thôn A Pa",
    "thôn Ma O",
    "tổ dân phố Hạp Phú",
]


def make_party(chance: Random, commune: Agency | None) -> Party:
    """Return an unsaved citizen. Identity and phone begin with 000: nobody has such ones."""
    woman = chance.random() < 0.5
    name = f"{chance.choice(FAMILIES)} {chance.choice(WOMEN if woman else MEN)}"
    number = chance.randrange(10**6)
    return Party(
        name=name,
        identity_number=f"000000{number:06}" if chance.random() < 0.8 else "",
        birth=str(chance.randrange(1950, 2002)),
        sex="nữ" if woman else "nam",
        phone=f"0000{number:06}" if chance.random() < 0.7 else "",
        address=chance.choice(HAMLETS) if commune else "",
        commune=commune,
        reuse_consent=number % 3 > 0,
    )
