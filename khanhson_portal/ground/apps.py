from django.apps import AppConfig
from django.db.models.signals import post_migrate


class GroundConfig(AppConfig):
    name = "khanhson_portal.ground"
    verbose_name = "Phần nền"

    def ready(self) -> None:
        from khanhson_portal.ground.jobs import write_timetable

        post_migrate.connect(write_timetable, sender=self)
