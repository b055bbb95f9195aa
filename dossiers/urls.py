"""Addresses about hồ sơ: printed on receipts and read aloud, so Vietnamese without accents."""

from django.urls import include, path

from dossiers.views import (
    bulk,
    calendar,
    desk,
    feeds,
    file,
    importing,
    intake,
    notices,
    oversight,
    people,
    public,
    reminders,
    slips,
)

app_name = "dossiers"

staff = [
    path("", desk.desk, name="desk"),
    path("tiep-nhan/", intake.intake, name="intake"),
    path("tiep-nhan/goi-y/", intake.suggestions, name="suggestions"),
    path("ban-giao/", bulk.bulk, name="bulk"),
    path("lich-lam-viec/", calendar.days, name="calendar"),
    path("lich-lam-viec/can-xin-loi/", calendar.owed, name="calendar_owed"),
    path("lich-lam-viec/them/", calendar.add, name="calendar_add"),
    path("lich-lam-viec/<int:pk>/", calendar.change, name="calendar_change"),
    path("lich-lam-viec/<int:pk>/bo/", calendar.remove, name="calendar_remove"),
    path("lich-lam-viec/thay-doi/<int:pk>/", calendar.effect, name="calendar_effect"),
    path("chuyen-ho-so/", importing.upload, name="import"),
    path("chuyen-ho-so/tep-mau.xlsx", importing.template_file, name="import_template"),
    path("chuyen-ho-so/<int:pk>/", importing.report, name="import_report"),
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
    path("nhac-viec/", reminders.reminders, name="reminders"),
    path("bat-thuong/", oversight.anomalies, name="anomalies"),
    path("ai-da-xem/", oversight.lookers, name="lookers"),
    path("lich-hen/", feeds.calendar_feeds, name="calendar_feeds"),
    path("lich-hen/<int:feed_id>/thu-hoi/", feeds.revoke_feed, name="revoke_feed"),
    path("tin-bao/", notices.outbox, name="outbox"),
    path("tin-bao/loi/", notices.wordings, name="wordings"),
    path("tin-bao/<int:notice_id>/gui-lai/", notices.resend, name="resend"),
]

urlpatterns = [
    path("tra-cuu/", public.track, name="track"),
    path("h/<code:token>/", public.track_by_token, name="track_by_token"),
    path("h/<code:token>/giay-to/<int:paper_id>.pdf", public.citizen_paper, name="citizen_paper"),
    path("lich/<code:token>.ics", feeds.calendar_feed, name="calendar_feed"),
    path("mot-cua/", include(staff)),
]
