from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PublicationConfig(AppConfig):
    name = "khanhson_portal.publication"
    verbose_name = "Công bố hằng tháng"

    def ready(self) -> None:
        from khanhson_portal.publication.jobs import write_timetable

        post_migrate.connect(write_timetable, sender=self)
