"""Catalogue addresses; ``mã`` is the national code, or the own name of a procedure without one."""

from django.urls import path

from procedures import views

app_name = "procedures"

urlpatterns = [
    path("", views.catalogue, name="list"),
    path("<code:code>/", views.detail, name="detail"),
    path("<code:code>/can-mang/", views.bring, name="bring"),
    path("<code:code>/mau/<int:paper_id>/", views.form_file, name="form_file"),
    path("<code:code>/phien-ban/<int:number>/", views.version, name="version"),
]
