from django.apps import AppConfig
from django.db.models.signals import post_migrate


class BackupConfig(AppConfig):
    name = "khanhson_portal.backup"
    verbose_name = "Sao lưu"

    def ready(self) -> None:
        from khanhson_portal.backup.jobs import write_timetable

        post_migrate.connect(write_timetable, sender=self)
