"""The look as a promise: readable by day and by night, one sheet, a living style guide."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

from procedures.offices import Role
from tests.factories import make_officer

SHEET = (settings.BASE_DIR / "static" / "css" / "portal.css").read_text()
PAIRS = [  # ink on ground, as the components use them
    *[("ink", ground) for ground in ("paper", "stone-50", "stone-100", "forest-100")],
    *[("muted", ground) for ground in ("paper", "stone-50", "stone-100", "forest-100")],
    *[("forest-700", ground) for ground in ("paper", "stone-50", "stone-100", "forest-100")],
    *[("ochre-700", ground) for ground in ("paper", "stone-50", "ochre-100")],
    *[("late-700", ground) for ground in ("paper", "stone-50", "late-100")],
    *[("sky-700", ground) for ground in ("paper", "stone-50", "sky-100")],
    *[("ink", ground) for ground in ("ochre-100", "late-100", "sky-100")],
    *[("on-action", ground) for ground in ("action", "action-deep", "forest-900")],
    ("mist", "forest-900"),
]


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]+)", block))


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


DAY = tokens(SHEET.split("prefers-color-scheme: dark", 1)[0])
NIGHT = DAY | tokens(SHEET.split("prefers-color-scheme: dark", 1)[1].split("@layer", 1)[0])


@pytest.mark.parametrize("scheme", [DAY, NIGHT], ids=["day", "night"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_every_pair_of_ink_and_ground_is_readable(scheme, ink, ground):
    assert contrast(scheme[ink], scheme[ground]) >= 4.5


@pytest.mark.parametrize("scheme", [DAY, NIGHT], ids=["day", "night"])
def test_the_border_of_an_input_is_seen(scheme):
    assert contrast(scheme["line-strong"], scheme["paper"]) >= 3


def test_no_component_has_a_colour_that_the_night_cannot_change():
    parts = re.findall(r"@layer (?:base|components|utilities) \{.*?\n\}", SHEET, re.DOTALL)
    assert len(parts) >= 4
    assert not re.findall(r"(?:color|background|border)[^;}]*#[0-9a-f]{3,6}\b", "".join(parts))


def test_every_style_is_used():
    named = set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"\{[^{}]*\}", "{}", SHEET)))
    folders = ["templates", "static/js", *settings.BASE_DIR.glob("*/")]
    used = "".join(
        path.read_text()
        for folder in folders
        for path in (settings.BASE_DIR / folder).rglob("*")
        if path.suffix in {".html", ".js", ".py"} and not {"tests", ".venv"} & set(path.parts)
    )
    words = set(re.findall(r"[a-z][\w-]*", used))
    stems = {name.split("--")[0] for name in named if name not in words}
    assert {stem for stem in stems if f"{stem}--" not in used} == set()


def test_the_style_guide_shows_every_component_to_staff_and_to_nobody_else(client, district):
    assert client.get("/kieu-dang/")["Location"].startswith("/dang-nhap/")
    client.force_login(make_officer(district.desk, Role.RECEPTION))

    page = client.get("/kieu-dang/")

    assert page.status_code == 200
    shown = {template.name for template in page.templates}
    folder = settings.BASE_DIR / "templates"
    for path in (folder / "components").glob("*.html"):
        assert str(path.relative_to(folder)) in shown
