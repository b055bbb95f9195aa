"""The last app of all: when its turn comes after ``migrate``, every permission exists."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class HomeConfig(AppConfig):
    name = "khanhson_portal.home"

    def ready(self) -> None:
        from procedures.offices.roles import write_groups

        post_migrate.connect(write_groups, sender=self)
