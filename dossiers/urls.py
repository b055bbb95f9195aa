"""Addresses about hồ sơ: printed on receipts and read aloud, so Vietnamese without accents."""

from django.urls import include, path

from dossiers.views import batches, desk, file, genuine, intake, papers, public

app_name = "dossiers"

staff = [
    path("", desk.desk, name="desk"),
    path("tiep-nhan/", intake.intake, name="intake"),
    path("tiep-nhan/goi-y/", intake.suggestions, name="suggestions"),
    path("ho-so/<code:code>/", file.detail, name="detail"),
    path("ho-so/<code:code>/giay-to/<slug:kind>.pdf", file.paper, name="paper"),
    path("ho-so/<code:code>/<slug:slug>/", file.act, name="act"),
    path("ho-so/<code:code>/lap-giay/<slug:kind>/", papers.issue, name="issue_paper"),
    path("giay-to/<int:paper_id>/", papers.paper, name="paper_page"),
    path("giay-to/<int:paper_id>.pdf", papers.pdf, name="paper_pdf"),
    path("giay-to/<int:paper_id>/huy/", papers.void, name="paper_void"),
    path("tai-lieu-kiem-chung/", papers.proof, name="proof"),
    path("in-giay/", batches.batches, name="batches"),
    path("in-giay/<int:batch_id>/", batches.batch, name="batch"),
    path("in-giay/<int:batch_id>.pdf", batches.pdf, name="batch_pdf"),
    path("in-giay/<int:batch_id>/dung/", batches.cancel, name="batch_cancel"),
]

urlpatterns = [
    path("tra-cuu/", public.track, name="track"),
    path("h/<code:token>/", public.track_by_token, name="track_by_token"),
    path("h/<code:token>/giay-to/<int:paper_id>.pdf", public.citizen_paper, name="citizen_paper"),
    path("giay-to/", genuine.genuine, name="genuine_form"),
    path("giay-to/<code:code>/", genuine.genuine, name="genuine"),
    path("mot-cua/", include(staff)),
]
