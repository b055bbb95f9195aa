from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DossiersConfig(AppConfig):
    name = "dossiers"
    verbose_name = "Hồ sơ"

    def ready(self) -> None:
        import dossiers.acts  # noqa: F401  # declares every act
        from dossiers.jobs import write_timetable

        post_migrate.connect(write_timetable, sender=self)
