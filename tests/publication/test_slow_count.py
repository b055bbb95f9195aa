"""Every cell of the fast count equals a slow one, over hundreds of random lives."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest

from dossiers.models import Dossier, Event, Party
from dossiers.statistics import count
from khanhson_portal.ground.moments import month_bounds
from procedures.catalogue import Field
from tests.factories import local, make_dossier, make_procedure
from tests.publication.slow_count import slow_count

LIVES = 60  # per seed
MINUTE = timedelta(minutes=1)
BORDERS = [local(2018, month, 1, 0) + step for month in (4, 5, 6) for step in (-MINUTE, 0 * MINUTE)]


@dataclass
class Life:
    """A dossier as its last event left it; ``events`` are unsaved rows without their dossier."""

    chance: Random
    world: Any
    now: datetime
    columns: dict[str, Any]
    events: list[Event] = field(default_factory=list)

    def wait(self) -> None:
        """Let a while pass: minutes or weeks, or exactly until a border of a month."""
        ahead = [border for border in BORDERS if border > self.now]
        if ahead and self.chance.random() < 0.2:
            self.now = ahead[0]
        else:
            self.now += timedelta(minutes=self.chance.choice([1, 90, 1440, 9000, 30_000]))

    def log(self, act: str, **changes: Any) -> None:
        self.columns |= changes
        data = {}
        if act in {"accept", "reclassify"} and self.chance.random() < 0.7:
            version = self.columns["version"]
            data["counted"] = {
                "channel": self.chance.choice(["online", "direct", "post"]),
                "field": version.field_id,
                "linked": version.linked,
                "helped": self.chance.random() < 0.4,
            }
        self.events.append(
            Event(
                number=len(self.events) + 1, act=act, at=self.now, recorded_at=self.now,
                by=self.world.receiver, data=data, hash="x", **self.columns,
            )
        )  # fmt: skip

    def live(self) -> None:
        self.log("register", state="submitted")
        self.wait()
        due = self.now + timedelta(minutes=self.chance.choice([1, 600, 4000, 20_000, 50_000]))
        self.log(
            "accept", state="accepted", entered_at=self.now,
            due_at=self.chance.choice([due, due, due, None]), due_exact=self.chance.random() < 0.4,
        )  # fmt: skip
        for _ in range(self.chance.randrange(6)):
            self.wait()
            self.chance.choice(self.turns())()

    def turns(self) -> list[Any]:
        if self.columns["closed_at"]:
            again = {"closed_at": None, "finished_at": None, "standing": False}
            given = "returned" if self.columns["finished_at"] else self.columns["state"]
            return [
                lambda: self.log("return_result", state=given),
                lambda: self.log("reopen", state="in_progress", entered_at=self.now, **again),
            ]
        done = {"closed_at": self.now}
        solved = self.now - self.chance.choice([0, 1, 3000]) * MINUTE
        return [
            lambda: self.log("request_supplement", state="awaiting_supplement", standing=True),
            lambda: self.log("resume", state="in_progress", standing=False),
            lambda: self.log("apologise", promised_at=self.now),
            lambda: self.log("reclassify", version=self.chance.choice(self.world.versions)),
            lambda: self.log("transfer", desk=self.world.commune_desk),
            lambda: self.log("finish", state="finished", finished_at=solved, **done),
            lambda: self.log("finish", state="finished", finished_at=solved, **done),
            lambda: self.log("withdraw", state="withdrawn", **done),
            lambda: self.log("stop", state="stopped", **done),
        ]


def populate(district, seed: int) -> None:
    """Write ``LIVES`` dossiers and their events straight into the tables."""
    chance = Random(seed)
    land = Field.objects.create(name="Đất đai thử", slug="dat-dai-thu")
    district.versions = [
        make_procedure(district.desk, district.office),
        make_procedure(district.desk, district.office, linked=True),
        make_procedure(district.desk, district.office, field=land),
    ]
    pattern = make_dossier(district, district.versions[0], now=local(2018, 1, 2))
    for number in range(LIVES):
        start = local(2018, 3, 10) + chance.randrange(100_000) * MINUTE
        life = Life(chance, district, start, {
            "desk": district.desk, "version": chance.choice(district.versions),
            "holder": district.desk, "due_at": None, "due_exact": False, "promised_at": None,
            "standing": False, "entered_at": None, "closed_at": None, "finished_at": None,
        })  # fmt: skip
        life.live()
        last = dict(life.columns)
        dossier = Dossier.objects.create(
            **last, code=f"T-{seed}-{number}", reference=f"T-{seed}-{number}",
            case=pattern.case, form_set=pattern.form_set, received_at=start,
            channel=chance.choice(["online", "direct"]),
            helper=chance.choice([None, district.receiver]),
            owner=Party.objects.create(name=f"Người thứ {number}"),
            returned_at=life.now,
        )  # fmt: skip
        for event in life.events:
            event.dossier = dossier
        Event.objects.bulk_create(life.events)


@pytest.mark.parametrize("seed", range(5))
def test_the_fast_count_equals_the_slow_one_in_every_cell(seed, district):
    populate(district, seed)

    for month in (3, 4, 5, 6):
        start, end = month_bounds(2018, month)
        fast = {
            (c.desk_id, c.field_id, c.linked): {k: v for k, v in c.counts.as_json().items() if v}
            for c in count(start, end)
        }
        assert fast == slow_count(start, end)
