from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "khanhson_portal.demo"
