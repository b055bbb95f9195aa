"""Addresses of satisfaction: the survey behind a printed code, the indices, their desk."""

from django.urls import path

from satisfaction import staff_views, views

app_name = "satisfaction"

urlpatterns = [
    path("khao-sat/<code:token>/", views.survey, name="survey"),
    path("hai-long/", views.reports, name="reports"),
    path("hai-long/quan-ly/", staff_views.manage, name="manage"),
    path("hai-long/quan-ly/lap/", staff_views.make_draft, name="make_draft"),
    path("hai-long/quan-ly/<int:pk>/cong-bo/", staff_views.approve, name="approve"),
    path("hai-long/quan-ly/nhap-phieu/", staff_views.type_sheet, name="type_sheet"),
    path("hai-long/quan-ly/y-kien/", staff_views.comments, name="comments"),
    path("hai-long/quan-ly/y-kien/<int:pk>/", staff_views.comment, name="comment"),
    path("hai-long/<int:pk>/", views.report, name="report"),
    path("hai-long/<int:pk>.<slug:ending>", views.report_file, name="report_file"),
]
