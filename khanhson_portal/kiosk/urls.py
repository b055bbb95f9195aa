"""Addresses of the kiosk: the same pages for every screen, each under the screen's own key."""

from django.urls import include, path

from khanhson_portal.kiosk import staff_views, views

app_name = "kiosk"

pages = [
    path("", views.start, name="start"),
    path("thu-tuc/", views.procedures, name="procedures"),
    path("thu-tuc/tim/", views.search, name="search"),
    path("thu-tuc/goi-y/", views.suggestions, name="suggestions"),
    path("thu-tuc/<code:code>/", views.procedure, name="procedure"),
    path("ho-so/", views.dossier, name="dossier"),
    path("gop-y/", views.voice, name="voice"),
    path("nhip/", views.beat, name="beat"),
]

urlpatterns = [
    path("", include(pages)),
    path("m/<slug:key>/", include(pages)),
    path("quan-ly/", staff_views.screens, name="screens"),
    path("quan-ly/them/", staff_views.add, name="add_screen"),
    path("quan-ly/<int:pk>/thoi-dung/", staff_views.retire, name="retire_screen"),
    path("quan-ly/<int:pk>/doi-dia-chi/", staff_views.renew, name="renew_screen"),
    path("<path:rest>", views.lost),
]
