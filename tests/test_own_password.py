"""Everyone changes their own password; whom to tell of a hole is said once somebody is named."""

from __future__ import annotations

from django.test import Client

from tests.factories import PASSWORD

NEW = "suoi-To-Hap-2018"


def signed_in(officer) -> Client:
    client = Client()
    client.post("/dang-nhap/", {"username": officer.username, "password": PASSWORD})
    return client


def change(client: Client, **words: str):
    return client.post(
        "/doi-mat-khau/",
        {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW, **words},
    )


def test_a_changed_password_ends_the_sessions_elsewhere_and_keeps_this_one(district):
    here, elsewhere = signed_in(district.receiver), signed_in(district.receiver)
    assert "/doi-mat-khau/" in here.get("/mot-cua/").content.decode()

    assert change(here).status_code == 302

    assert here.get("/doi-mat-khau/").status_code == 200
    assert elsewhere.get("/doi-mat-khau/").status_code == 302
    district.receiver.refresh_from_db()
    assert district.receiver.check_password(NEW)


def test_a_wrong_or_weak_password_is_refused_with_the_reason(district):
    client = signed_in(district.receiver)

    for words in ({"old_password": "sai"}, {"new_password2": "khác"}, {"new_password1": "1"}):
        answer = change(client, **words)
        assert answer.status_code == 200
        assert 'role="alert"' in answer.content.decode()
    district.receiver.refresh_from_db()
    assert district.receiver.check_password(PASSWORD)


def test_a_stranger_is_asked_to_sign_in(db, client):
    assert client.get("/doi-mat-khau/").headers["Location"].startswith("/dang-nhap/")


def test_security_txt_names_only_whom_the_settings_name(db, client, settings):
    settings.SECURITY_CONTACT = ""
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "https://example.test/bao-loi"
    answer = client.get("/.well-known/security.txt").content.decode()
    assert answer.startswith("Contact: https://example.test/bao-loi\nExpires: ")
