"""Addresses of the catalogue's keepers; every act is a POST."""

from django.urls import path

from procedures.catalogue.control import drafts, imports, views

app_name = "control"

urlpatterns = [
    path("", drafts.waiting_drafts, name="drafts"),
    path("duyet/", drafts.approve_many, name="approve_many"),
    path("ban-nhap/<int:pk>/", drafts.draft, name="draft"),
    path("ban-nhap/<int:pk>/duyet/", drafts.approve_draft, name="approve"),
    path("ban-nhap/<int:pk>/khong-duyet/", drafts.reject_draft, name="reject"),
    path("thu-tuc/<code:code>/", drafts.procedure, name="procedure"),
    path("thu-tuc/<code:code>/soan/", drafts.begin_draft, name="begin"),
    path("thu-tuc/<code:code>/bai-bo/", drafts.abolish_procedure, name="abolish"),
    path("con-thieu/", views.gaps_page, name="gaps"),
    path("tim-kiem/", views.searches, name="searches"),
    path("tim-kiem/<int:pk>/gan/", views.attach, name="attach"),
    path("tim-kiem/<int:pk>/bo-qua/", views.dismiss, name="dismiss"),
    path("nap/", imports.upload, name="upload"),
    path("nap/<int:pk>/", imports.batch_page, name="import"),
    path("nap/<int:pk>/ghi/", imports.apply_batch, name="apply"),
]
