"""Addresses for hearing from people: printed on plates and posters, so short."""

from django.urls import include, path

from feedback import staff_views, views

app_name = "feedback"

staff = [
    path("", staff_views.cases, name="cases"),
    path("ghi-cuoc-goi/", staff_views.take_call, name="take_call"),
    path("<code:code>/", staff_views.case, name="staff_case"),
    path("<code:code>/<slug:slug>/", staff_views.act, name="staff_act"),
]

urlpatterns = [
    path("duong-day-nong/", views.hotlines, name="hotlines"),
    path("phan-anh/", views.published, name="published"),
    path("phan-anh/gui/", views.send, name="send"),
    path("phan-anh/theo-doi/", views.follow, name="follow"),
    path("phan-anh/theo-doi/lam/", views.act, name="own_act"),
    path("phan-anh/xu-ly/", include(staff)),
    path("phan-anh/<code:code>/", views.case, name="case"),
]
