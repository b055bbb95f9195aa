"""``manage.py check_paper MÃ``: whether a paper's code is genuine; works without the network."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dossiers.papers import genuine


class Command(BaseCommand):
    help = "Kiểm tra mã in ở cuối giấy (gõ hoặc quét): thật hay giả, không cần mạng."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="mã, hoặc cả địa chỉ quét được")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            number = genuine.paper_id_of(options["code"])
        except genuine.WrongCode as wrong:
            raise CommandError(str(wrong)) from None
        self.stdout.write(f"Mã thật: giấy số {number} do cổng này phát hành.")
