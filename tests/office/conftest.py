"""Officers of several desks, and pictures good and bad."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from procedures.noticeboard import Duty
from procedures.noticeboard.reception.place import load_facility_items
from procedures.offices import Agency, Officer, Role
from tests.factories import make_officer


@pytest.fixture
def chief(district) -> Officer:
    """The head of the district's desk."""
    return make_officer(district.desk, Role.DESK_HEAD, name="Lê Văn Định")


@pytest.fixture
def other_chief(district) -> Officer:
    return make_officer(district.commune_desk, Role.DESK_HEAD)


@pytest.fixture
def administrator(district) -> Officer:
    return make_officer(Agency.objects.get(slug="van-phong"), Role.ADMINISTRATOR)


@pytest.fixture
def facility_items(db) -> int:
    return load_facility_items()


@pytest.fixture
def duty(district) -> Duty:
    return Duty.objects.create(
        post=district.receiver.posts.get(), desk=district.desk, counter="Quầy 2"
    )


def make_picture(width: int = 40, height: int = 30, kind: str = "PNG", **options):
    out = BytesIO()
    Image.new("RGB", (width, height), "green").save(out, kind, **options)
    return SimpleUploadedFile("anh.bin", out.getvalue())
