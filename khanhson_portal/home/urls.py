"""The front door."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from khanhson_portal.home import style_guide, views

app_name = "home"

urlpatterns = [
    path("", views.home, name="home"),
    path("dang-nhap/", views.SignIn.as_view(), name="login"),
    path("dang-xuat/", LogoutView.as_view(), name="logout"),
    path("doi-mat-khau/", views.ChangePassword.as_view(), name="change_password"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("kieu-dang/", style_guide.style_guide, name="style_guide"),
    path("healthz", views.healthz, name="healthz"),
]
