"""Procedures app: after each migrate the timetable stands as rows of the queue."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ProceduresConfig(AppConfig):
    name = "procedures"
    verbose_name = "Thủ tục, đơn vị, lịch làm việc"

    def ready(self) -> None:
        from procedures.jobs import write_timetable

        post_migrate.connect(write_timetable, sender=self)
