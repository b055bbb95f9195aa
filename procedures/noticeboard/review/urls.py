"""Addresses of the review of procedures."""

from django.urls import path

from procedures.noticeboard.review import staff_views, views

app_name = "review"

urlpatterns = [
    path("", views.answered, name="answered"),
    path("ma/<code:code>/", views.state, name="state"),
    path("thu-tuc/<code:code>/", views.propose, name="propose"),
    path("xu-ly/", staff_views.register, name="register"),
    path("xu-ly/them/", staff_views.propose_at_counter, name="staff_propose"),
    path("xu-ly/bao-cao.pdf", staff_views.report_file, {"ending": "pdf"}, name="report_pdf"),
    path("xu-ly/bao-cao.xlsx", staff_views.report_file, {"ending": "xlsx"}, name="report_xlsx"),
    path("xu-ly/<code:code>/", staff_views.answer, name="answer"),
]
