"""``/quan-tri/``: Django's admin, opened by the table of rights. Its pages are in the rooms."""

from django.contrib.admin.apps import AdminConfig


class QuanTriConfig(AdminConfig):
    default_site = "khanhson_portal.home.admin_site.QuanTriSite"
