from django.apps import AppConfig


class KioskConfig(AppConfig):
    name = "khanhson_portal.kiosk"
    verbose_name = "Màn hình tra cứu"
