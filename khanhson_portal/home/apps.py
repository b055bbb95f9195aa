"""Roles become groups once every table has its permissions."""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class HomeConfig(AppConfig):
    name = "khanhson_portal.home"

    def ready(self) -> None:
        from procedures.offices.roles import write_groups

        # the signal comes once for each app that has tables: the last one finds every permission
        last = [config for config in apps.get_app_configs() if config.models_module][-1]
        post_migrate.connect(write_groups, sender=last)
