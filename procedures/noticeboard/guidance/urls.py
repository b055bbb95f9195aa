"""Addresses of the guidance team."""

from django.urls import path

from procedures.noticeboard.guidance import staff_views, views

app_name = "guidance"

urlpatterns = [
    path("", views.timetable, name="timetable"),
    path("so/", staff_views.log, name="log"),
    path("so/<int:pk>/gach-bo/", staff_views.strike, name="strike"),
    path("to/", staff_views.teams, name="teams"),
    path("to/<slug:slug>/them/", staff_views.add_team, name="add_team"),
    path("to/<int:pk>/", staff_views.team, name="team"),
    path("theo-doi/", staff_views.watch, name="watch"),
]
