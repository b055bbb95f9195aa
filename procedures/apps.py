"""Procedures app: after each migrate the timetable stands in the queue, the roles as groups."""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class ProceduresConfig(AppConfig):
    name = "procedures"
    verbose_name = "Thủ tục, đơn vị, lịch làm việc"

    def ready(self) -> None:
        from procedures.jobs import write_timetable
        from procedures.offices.roles import write_groups

        post_migrate.connect(write_timetable, sender=self)
        # the signal comes once for each app that has tables: the last one finds every permission
        last = [config for config in apps.get_app_configs() if config.models_module][-1]
        post_migrate.connect(write_groups, sender=last)
