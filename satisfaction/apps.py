from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SatisfactionConfig(AppConfig):
    name = "satisfaction"
    verbose_name = "Mức độ hài lòng"

    def ready(self) -> None:
        from satisfaction.jobs import write_timetable

        post_migrate.connect(write_timetable, sender=self)
