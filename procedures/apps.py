"""Procedures app: after each migrate the roles exist as groups with their admin rights."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ProceduresConfig(AppConfig):
    name = "procedures"
    verbose_name = "Thủ tục, đơn vị, lịch làm việc"

    def ready(self) -> None:
        from procedures.jobs import write_timetable
        from procedures.roles import write_groups

        post_migrate.connect(write_groups, sender=self)
        post_migrate.connect(write_timetable, sender=self)
