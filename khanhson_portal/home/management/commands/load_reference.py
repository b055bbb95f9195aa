"""``load_reference``: the district's agencies, calendar and forms, where they are missing."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from dossiers.notices.wordings import load_wordings
from dossiers.reference import load_forms
from feedback.kinds import load_kinds
from procedures.catalogue.search import version_words
from procedures.noticeboard.reception.place import load_facility_items
from procedures.reference import load_reference
from satisfaction.questionnaires import load_questionnaires


class Command(BaseCommand):
    help = "Nạp đơn vị, lịch làm việc và bộ mẫu giấy tờ còn thiếu; không sửa dòng đã có."

    def handle(self, *args: Any, **options: Any) -> None:
        added = {
            **load_reference(),
            "mẫu giấy tờ": load_forms(),
            "lời của tin báo": load_wordings(),
            "mục kiểm tra nơi tiếp dân": load_facility_items(),
            "loại phản ánh": load_kinds(),
            "bộ câu hỏi hài lòng": load_questionnaires(),
            "thủ tục được đưa vào tìm kiếm": version_words.write_missing(),
        }
        if options["verbosity"] > 0:
            for kind, count in added.items():
                self.stdout.write(f"{kind}: thêm {count}")
