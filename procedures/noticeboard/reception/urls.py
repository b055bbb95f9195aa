"""Addresses of the people and the room of each desk."""

from django.urls import path

from procedures.noticeboard.reception import staff_views, views

app_name = "reception"

urlpatterns = [
    path("", views.officers, name="officers"),
    path("anh/<uuid:pk>.jpg", views.picture, name="picture"),
    path("quan-ly/", staff_views.manage, name="manage"),
    path("quan-ly/phan-cong/<int:pk>/", staff_views.duty, name="duty"),
    path("quan-ly/phan-cong/<int:pk>/anh/", staff_views.portrait, name="portrait"),
    path("quan-ly/phan-cong/<int:pk>/bien-ten.pdf", staff_views.plate, name="plate"),
    path("quan-ly/<slug:slug>/phan-cong/", staff_views.add_duty, name="add_duty"),
    path("quan-ly/<slug:slug>/kiem-tra/", staff_views.add_check, name="add_check"),
]
