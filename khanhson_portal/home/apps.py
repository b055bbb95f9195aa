from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "khanhson_portal.home"
