"""Addresses about hồ sơ: printed on receipts and read aloud, so Vietnamese without accents."""

from django.urls import include, path

from dossiers.views import calendar, desk, file, importing, intake, public

app_name = "dossiers"

staff = [
    path("", desk.desk, name="desk"),
    path("tiep-nhan/", intake.intake, name="intake"),
    path("tiep-nhan/goi-y/", intake.suggestions, name="suggestions"),
    path("lich-lam-viec/", calendar.days, name="calendar"),
    path("lich-lam-viec/can-xin-loi/", calendar.owed, name="calendar_owed"),
    path("lich-lam-viec/them/", calendar.add, name="calendar_add"),
    path("lich-lam-viec/<int:pk>/", calendar.change, name="calendar_change"),
    path("lich-lam-viec/<int:pk>/bo/", calendar.remove, name="calendar_remove"),
    path("lich-lam-viec/thay-doi/<int:pk>/", calendar.effect, name="calendar_effect"),
    path("chuyen-ho-so/", importing.upload, name="import"),
    path("chuyen-ho-so/tep-mau.xlsx", importing.template_file, name="import_template"),
    path("chuyen-ho-so/<int:pk>/", importing.report, name="import_report"),
    path("ho-so/<code:code>/", file.detail, name="detail"),
    path("ho-so/<code:code>/giay-to/<slug:kind>.pdf", file.paper, name="paper"),
    path("ho-so/<code:code>/<slug:slug>/", file.act, name="act"),
]

urlpatterns = [
    path("tra-cuu/", public.track, name="track"),
    path("h/<code:token>/", public.track_by_token, name="track_by_token"),
    path("h/<code:token>/giay-to/<int:paper_id>.pdf", public.citizen_paper, name="citizen_paper"),
    path("mot-cua/", include(staff)),
]
