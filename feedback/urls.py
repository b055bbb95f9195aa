"""Addresses for hearing from people."""

from django.urls import path

from feedback import views

app_name = "feedback"

urlpatterns = [
    path("duong-day-nong/", views.hotlines, name="hotlines"),
]
