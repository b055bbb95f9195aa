"""Addresses of the months; a file of a month has its page's address with an ending."""

from django.urls import path

from khanhson_portal.publication import views

app_name = "publication"

urlpatterns = [
    path("thong-ke/", views.months, name="list"),
    path("thong-ke/<int:year>/<int:month>/", views.month, name="month"),
    path("thong-ke/<int:year>/<int:month>.<str:ending>", views.month_file, name="file"),
    path("du-lieu-mo/niem-phong/", views.seals_list, name="seals"),
    path("dieu-hanh/", views.drafts, name="drafts"),
    path("dieu-hanh/thang/<int:year>/<int:month>/", views.draft_page, name="draft"),
    path("dieu-hanh/thang/<int:year>/<int:month>/lap/", views.make_draft, name="make_draft"),
    path("dieu-hanh/thang/<int:year>/<int:month>/duyet/", views.approve, name="approve"),
    path("dieu-hanh/thang/<int:year>/<int:month>/giu-lai/", views.hold, name="hold"),
]
