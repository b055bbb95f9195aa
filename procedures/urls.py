"""Catalogue addresses; ``mã`` is the national code, or the own name of a procedure without one."""

from django.urls import path

from procedures.catalogue import views
from procedures.noticeboard.printouts import views as printouts

app_name = "procedures"

printing = [
    path("danh-muc.<slug:ending>", printouts.posted_list, name="posted_list"),
    path("to-roi/", printouts.workshop, name="workshop"),
    path("to-roi/<slug:theme>.pdf", printouts.theme_leaflet, name="theme_leaflet"),
    path("to-roi/linh-vuc/<slug:slug>.pdf", printouts.field_leaflet, name="field_leaflet"),
    path("to-roi/linh-vuc/<slug:slug>/", printouts.order_leaflets, name="order_leaflets"),
    path("ban-in/<slug:key>/", printouts.printout, name="printout"),
    path("ban-in/<slug:key>.pdf", printouts.printout_file, name="printout_file"),
    path("ban-in/<slug:key>/huy/", printouts.cancel_order, name="cancel_printout"),
]

urlpatterns = [
    path("", views.catalogue, name="list"),
    *printing,
    path("<code:code>/to-roi.pdf", printouts.leaflet, name="leaflet"),
    path("<code:code>/", views.detail, name="detail"),
    path("<code:code>/can-mang/", views.bring, name="bring"),
    path("<code:code>/mau/<int:paper_id>/", views.form_file, name="form_file"),
    path("<code:code>/phien-ban/<int:number>/", views.version, name="version"),
]
