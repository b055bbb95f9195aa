"""Addresses about hồ sơ: printed on receipts and read aloud, so Vietnamese without accents."""

from django.urls import include, path

from dossiers.views import desk, feeds, file, intake, notices, oversight, public, reminders

app_name = "dossiers"

staff = [
    path("", desk.desk, name="desk"),
    path("tiep-nhan/", intake.intake, name="intake"),
    path("tiep-nhan/goi-y/", intake.suggestions, name="suggestions"),
    path("ho-so/<code:code>/", file.detail, name="detail"),
    path("ho-so/<code:code>/giay-to/<slug:kind>.pdf", file.paper, name="paper"),
    path("ho-so/<code:code>/<slug:slug>/", file.act, name="act"),
    path("nhac-viec/", reminders.reminders, name="reminders"),
    path("bat-thuong/", oversight.anomalies, name="anomalies"),
    path("ai-da-xem/", oversight.lookers, name="lookers"),
    path("lich-hen/", feeds.calendar_feeds, name="calendar_feeds"),
    path("lich-hen/<int:feed_id>/thu-hoi/", feeds.revoke_feed, name="revoke_feed"),
    path("tin-bao/", notices.outbox, name="outbox"),
    path("tin-bao/loi/", notices.wordings, name="wordings"),
    path("tin-bao/<int:notice_id>/da-goi/", notices.note_call, name="note_call"),
    path("tin-bao/<int:notice_id>/gui-lai/", notices.resend, name="resend"),
]

urlpatterns = [
    path("tra-cuu/", public.track, name="track"),
    path("h/<code:token>/", public.track_by_token, name="track_by_token"),
    path("h/<code:token>/giay-to/<int:paper_id>.pdf", public.citizen_paper, name="citizen_paper"),
    path("lich/<code:token>.ics", feeds.calendar_feed, name="calendar_feed"),
    path("mot-cua/", include(staff)),
]
