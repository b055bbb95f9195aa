"""``demo``: the demo district, once. Running it again finds it there and does nothing."""

from __future__ import annotations

import time
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, timedelta
from multiprocessing import get_context
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection, transaction
from django.utils.timezone import now

from dossiers import seals
from dossiers.models import Dossier
from khanhson_portal.demo import accounts, district, office, opinions, voices
from khanhson_portal.demo.work import live_in_own_process
from khanhson_portal.ground.moments import local_day, month_bounds
from khanhson_portal.publication import months
from procedures.offices import Agency, Level, Officer

DOSSIERS = 3000
SEED = 643


class Command(BaseCommand):
    help = "Nạp huyện minh họa: tài khoản, danh mục, khoảng 3.000 hồ sơ sáu tháng gần đây."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dossiers", type=int, default=DOSSIERS)
        parser.add_argument("--seed", type=int, default=SEED)

    def handle(self, *args: Any, **options: Any) -> None:
        started, moment = time.monotonic(), now()
        if not Officer.objects.filter(is_demo=True).exists():
            self._say("Dữ liệu minh họa: tài khoản và danh mục …")
            with transaction.atomic():
                accounts.make_accounts()
                district.make_codes()
                controller = Officer.objects.get(username="kiemsoat")
                district.make_catalogue(controller)
                district.make_competences()
                office.make_office(local_day(moment))
        if Dossier.objects.filter(is_demo=True).exists():
            return
        self._say(f"Dữ liệu minh họa: {options['dossiers']} hồ sơ …")
        made = _make_dossiers(options["dossiers"], options["seed"], moment)
        published = _publish_past_months(moment)
        opinions.make_opinions(options["seed"], moment)
        voices.make_voices(moment)
        seals.seal_day(local_day(moment) - timedelta(days=1), moment)
        seconds = time.monotonic() - started
        self._say(f"Đã có {made} hồ sơ, {published} tháng đã công bố ({seconds:.0f} giây).")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def _make_dossiers(count: int, seed: int, moment: datetime) -> int:
    """Two processes, each with desks of its own: numbers and books never cross."""
    desks = Agency.objects.desks()
    parts = [
        list(desks.filter(level=Level.DISTRICT).values_list("pk", flat=True)),
        list(desks.exclude(level=Level.DISTRICT).values_list("pk", flat=True)),
    ]
    shares = [count // 2, count - count // 2]
    if connection.in_atomic_block:  # tests: other processes would not see the rows
        return sum(map(live_in_own_process, parts, shares, [seed] * 2, [moment] * 2))
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        return sum(pool.map(live_in_own_process, parts, shares, [seed] * 2, [moment] * 2))


def _publish_past_months(moment: datetime) -> int:
    """Publish the full months that the dossiers cover, each on the next month's first morning."""
    leader = Officer.objects.get(username="lanhdao")
    first = (
        Dossier.objects.filter(is_demo=True)
        .order_by("received_at")
        .values_list("received_at", flat=True)[0]
    )
    year, month = months.year_month(first)
    published = 0
    while month_bounds(year, month)[1] <= moment:
        at = month_bounds(year, month)[1].replace(hour=8)
        if at <= moment:
            report = months.draft(year, month, at)
            months.publish(report.pk, by=leader, now=at)
            published += 1
        year, month = year + month // 12, month % 12 + 1
    return published
