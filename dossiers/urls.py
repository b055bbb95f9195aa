"""Addresses about hồ sơ: printed on receipts and read aloud, so Vietnamese without accents."""

from django.urls import include, path

from dossiers.views import desk, file, intake, people, public, slips

app_name = "dossiers"

staff = [
    path("", desk.desk, name="desk"),
    path("tiep-nhan/", intake.intake, name="intake"),
    path("tiep-nhan/goi-y/", intake.suggestions, name="suggestions"),
    path("tiep-nhan/the/", people.scan, name="scan"),
    path("tiep-nhan/nguoi-da-nop/", people.known, name="known_person"),
    path("tiep-nhan/luot/<int:visit>/", intake.intake, name="intake_visit"),
    path("tiep-nhan/luot/<int:visit>/goi-y/", intake.suggestions),
    path("tiep-nhan/phieu/<code:slip>/", intake.intake, name="intake_slip"),
    path("tiep-nhan/phieu/<code:slip>/goi-y/", intake.suggestions),
    path("tiep-nhan/tiep/<code:code>/", people.next_of_visitor, name="next_of_visitor"),
    path("phieu-du-phong/", slips.slips, name="slips"),
    path("phieu-du-phong/<int:number>.pdf", slips.slips_pdf, name="slips_pdf"),
    path("phieu-du-phong/<code:code>/hong/", slips.spoil, name="spoil_slip"),
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
