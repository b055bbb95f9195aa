"""The outbox: sent once, tried again, given up in the end; nothing secret in what is kept."""

from __future__ import annotations

import smtplib
import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection, transaction

from dossiers.models import Notice
from dossiers.notices import gateway as hook
from dossiers.notices import jobs, letters
from dossiers.notices.sending import MOST_ATTEMPTS, NotResendable, resend, send_waiting
from tests.factories import MONDAY
from tests.notices.conftest import KEY

LATER = MONDAY + timedelta(minutes=1)


def the_notice() -> Notice:
    return Notice.objects.get()


def test_a_letter_goes_out_once_however_often_the_job_runs(told):
    told("email")

    assert send_waiting(LATER) == {"sent": 1}
    assert send_waiting(LATER) == {}
    jobs.send_notices()

    assert len(mail.outbox) == 1
    assert mail.outbox[0].to == ["hoa@thu.vn"]
    assert str(the_notice().key) in mail.outbox[0].extra_headers["Message-ID"]
    assert (the_notice().status, the_notice().sent_at) == ("sent", LATER)


def test_a_message_is_signed_over_its_time_and_its_body(told, gateway):
    told("phone")

    send_waiting(LATER)

    headers, body = gateway.requests[0]
    assert headers["X-Portal-Timestamp"] == str(int(LATER.timestamp()))
    assert headers["X-Portal-Signature"] == hook.signature(KEY, headers["X-Portal-Timestamp"], body)
    assert headers["Idempotency-Key"] == str(the_notice().key)
    assert gateway.messages() == [
        {"id": str(the_notice().key), "to": "0912345678", "text": the_notice().body}
    ]


def test_the_signature_is_what_any_other_program_computes():
    # printf '1.{}' | openssl dgst -sha256 -hmac khoa
    assert hook.signature("khoa", "1", b"{}") == (
        "sha256=cfc7968e51428bc0cf3942482294c410ec10a20d98e148cc36d7bbac98ed3a06"
    )


def test_a_failing_gateway_is_tried_again_under_the_same_key_with_growing_pauses(told, gateway):
    gateway.answers = [503, 500, 200]
    told("phone")

    assert send_waiting(LATER) == {"waiting": 1}
    assert send_waiting(LATER) == {}  # not before its time
    assert the_notice().next_at == LATER + timedelta(minutes=1)
    second = the_notice().next_at
    send_waiting(second)
    assert the_notice().next_at == second + timedelta(minutes=5)
    send_waiting(the_notice().next_at)

    assert the_notice().status == "sent"
    assert len({headers["Idempotency-Key"] for headers, _ in gateway.requests}) == 1


def test_a_gateway_that_answers_too_late_gets_the_same_key_and_says_it_knows_it(
    told, gateway, monkeypatch
):
    monkeypatch.setattr(hook, "PATIENCE", 0.2)
    gateway.answers = [0.6, 409]
    told("phone")

    send_waiting(LATER)
    assert the_notice().remark == "cổng tin nhắn không trả lời kịp"
    send_waiting(the_notice().next_at)

    first, second = gateway.messages()
    assert first == second
    assert the_notice().status == "sent"
    assert "lần gửi trước" in the_notice().remark


def test_a_gateway_that_is_not_there_is_said_so(told, gateway, settings):
    settings.NOTIFY_URL = "http://127.0.0.1:1/tin"
    told("phone")

    send_waiting(LATER)

    assert the_notice().status == "waiting"
    assert the_notice().remark == "cổng tin nhắn không nối được"


@pytest.mark.parametrize("code", [302, 400])
def test_a_message_never_follows_a_redirect_nor_insists_where_it_is_refused(code, told, gateway):
    gateway.answers = [code]
    gateway.headers_out = {"Location": f"{gateway.url}/khac"}
    told("phone")

    send_waiting(LATER)

    assert len(gateway.requests) == 1
    assert the_notice().status == ("failed" if code == 400 else "waiting")


def test_a_gateway_may_ask_for_a_longer_pause(told, gateway):
    gateway.answers, gateway.headers_out = [429], {"Retry-After": "900"}
    told("phone")

    send_waiting(LATER)

    assert the_notice().next_at == LATER + timedelta(minutes=15)


def test_after_the_last_attempt_it_gives_up_and_says_why(told, gateway):
    gateway.answers = [503]
    told("phone")
    moment = LATER
    for _ in range(MOST_ATTEMPTS + 2):
        send_waiting(moment)
        moment = the_notice().next_at or moment

    assert len(gateway.requests) == MOST_ATTEMPTS
    assert (the_notice().status, the_notice().next_at) == ("failed", None)
    assert "503" in the_notice().remark


def test_a_dead_gateway_holds_up_no_letters_and_eats_no_attempts(told, gateway):
    gateway.answers = [503]
    for wish in ["phone", "phone", "email"]:
        told(wish)

    send_waiting(LATER)

    assert len(gateway.requests) == 1
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("error", "status", "remark"),
    [
        (smtplib.SMTPRecipientsRefused({"hoa@thu.vn": (550, b"no hoa@thu.vn")}), "failed", "550"),
        (smtplib.SMTPRecipientsRefused({"hoa@thu.vn": (450, b"later")}), "waiting", "450"),
        (smtplib.SMTPAuthenticationError(535, b"bad secret"), "waiting", "535"),
        (ConnectionRefusedError(), "waiting", "không nối được"),
        (ValueError("hoa@thu.vn"), "failed", "viết sai"),
    ],
)
def test_what_the_mail_server_says_is_kept_without_addresses(
    error, status, remark, told, monkeypatch, caplog
):
    def refuse(*_):
        raise error

    monkeypatch.setattr(letters.EmailMessage, "send", refuse)
    told("email")

    send_waiting(LATER)

    assert the_notice().status == status
    assert remark in the_notice().remark
    assert "hoa@thu.vn" not in the_notice().remark + caplog.text


def test_without_a_mail_server_it_says_that_the_letter_became_a_file(told, settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    told("email")

    send_waiting(LATER)

    assert "ghi thành tệp" in the_notice().remark
    assert len(list(tmp_path.iterdir())) == 1


def test_logs_hold_no_name_number_text_or_key(told, gateway, caplog):
    gateway.answers = [400]
    told("phone")

    with caplog.at_level("DEBUG"):
        send_waiting(LATER)

    assert "failed" in caplog.text
    for secret in ["0912345678", "Hoa", KEY, gateway.url, the_notice().body]:
        assert secret not in caplog.text


# Sending again ---------------------------------------------------------------------------------


def test_a_failed_notice_is_sent_again_under_its_old_key(told, gateway, district):
    gateway.answers = [400, 200]
    told("phone")
    send_waiting(LATER)
    key = the_notice().key

    resend(the_notice().pk, by=district.receiver, now=LATER)
    send_waiting(LATER)

    assert (the_notice().status, the_notice().key) == ("sent", key)
    assert the_notice().resent_by == district.receiver
    with pytest.raises(NotResendable, match="đã gửi"):
        resend(the_notice().pk, by=district.receiver, now=LATER)


def test_a_notice_unsent_for_want_of_a_gateway_needs_one_to_go_out(told, district, settings):
    told("phone")
    with pytest.raises(NotResendable, match="chưa được nối"):
        resend(the_notice().pk, by=district.receiver, now=LATER)

    settings.NOTIFY_URL = "http://127.0.0.1:1/tin"
    assert resend(the_notice().pk, by=district.receiver, now=LATER).status == "waiting"


# Two workers -----------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_it_once(told, gateway):
    gateway.answers = [0.3]
    told("phone")

    def work():
        try:
            send_waiting(LATER)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert len(gateway.requests) == 1
    assert the_notice().status == "sent"


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_sending_leaves_it_to_the_next(told, gateway):
    told("phone")

    @transaction.atomic
    def be_killed():
        send_waiting(LATER)
        raise KeyboardInterrupt  # after the gateway answered, before the mark was kept

    with pytest.raises(KeyboardInterrupt):
        be_killed()

    assert the_notice().status == "waiting"
    send_waiting(LATER)

    assert the_notice().status == "sent"
    assert len({headers["Idempotency-Key"] for headers, _ in gateway.requests}) == 1
