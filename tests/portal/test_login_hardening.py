"""What keeps strangers out: lock-out, second factor, time-out, CSRF, headers, passwords, redirects, cookies, quiet logs."""

from __future__ import annotations

import importlib
import json
import logging
import re
import time

import pytest
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from mingzhang.portal.logs import JsonLines
from mingzhang.records.models import TrailEntry, User

pytestmark = pytest.mark.django_db

PASSWORD = "Sufficient-2021"
BACKEND = "mingzhang.portal.login.ActiveUsers"


def log_in(client, username="accountant", password=PASSWORD, **more):
    return client.post("/login/", {"username": username, "password": password, **more})


def one_time_code(device: TOTPDevice, later: int = 0) -> str:
    """What the phone shows now, or some steps later."""
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = time.time() + later * device.step
    return f"{totp.token():06d}"


def test_five_failures_lock_and_say_for_how_long(client, district):
    """Then even the right password does not help, on this computer; others may still log in."""
    for _ in range(4):
        answer = log_in(client, password="wrong")
        assert answer.status_code == 401
        assert "锁定半小时" in answer.content.decode()
    assert log_in(client, password="wrong").status_code == 429
    locked = log_in(client)
    assert locked.status_code == 429
    assert "半小时" in locked.content.decode()
    assert log_in(Client(REMOTE_ADDR="10.0.0.9")).status_code == 302
    assert log_in(client, username="reviewer").status_code == 302


def test_a_success_forgets_the_failures_before(client, district):
    """Four slips and a success, then four more, lock nobody out."""
    for _ in range(2):
        for _ in range(4):
            assert log_in(client, password="wrong").status_code == 401
        assert log_in(client).status_code == 302
        client.post("/logout/")


def test_an_administrator_unlocks(client, district, logged_in):
    """And the trail says so."""
    for _ in range(5):
        log_in(client, password="wrong")
    person = district.people["accountant"]
    admin = logged_in("administrator")
    page = admin.get(f"/administration/people/{person.pk}/").content.decode()
    assert "登录已锁定" in page
    admin.post(f"/administration/people/{person.pk}/unlock/", {"version": person.version})
    assert log_in(client).status_code == 302
    assert TrailEntry.objects.filter(action="解除登录锁定").exists()


def test_an_unknown_name_is_answered_like_a_wrong_password(client, district):
    """Nobody learns who has an account."""

    def shape(answer) -> str:
        return re.sub(r'value="[^"]*"', "", answer.content.decode())

    known, unknown = log_in(client, password="wrong"), log_in(client, "nobody", "wrong")
    assert known.status_code == unknown.status_code == 401
    assert shape(known) == shape(unknown)


def test_who_approves_sets_up_a_second_factor_and_uses_it(client, district, settings):
    """The first login shows a code to scan; from then on the number on the phone is asked for, each number once."""
    settings.SECOND_FACTOR = True
    log_in(client, "approver")
    assert client.get("/desk/")["Location"] == "/second-factor/"
    assert client.get("/proposals/")["Location"] == "/second-factor/"
    assert "<svg" in client.get("/second-factor/").content.decode()
    device = TOTPDevice.objects.get()
    assert client.post("/second-factor/", {"code": "000000"}).status_code == 422
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    assert client.post("/second-factor/", {"code": one_time_code(device)}).status_code == 302
    assert client.get("/desk/").status_code == 200
    again = Client()
    log_in(again, "approver")
    page = again.get("/second-factor/").content.decode()
    assert "<svg" not in page
    used = again.post("/second-factor/", {"code": one_time_code(device)})
    assert used.status_code == 422
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    assert again.post("/second-factor/", {"code": one_time_code(device, 1)}).status_code == 302
    assert again.get("/desk/").status_code == 200


def test_guessing_one_time_codes_is_slowed_down(client, district, settings):
    """After a wrong one even the right one has to wait."""
    settings.SECOND_FACTOR = True
    log_in(client, "approver")
    client.get("/second-factor/")
    device = TOTPDevice.objects.get()
    client.post("/second-factor/", {"code": "000000"})
    answer = client.post("/second-factor/", {"code": one_time_code(device)})
    assert answer.status_code == 422
    assert "稍候" in answer.content.decode()


def test_who_only_prepares_needs_no_second_factor(client, district, settings):
    """It is asked of those who review, approve or administer."""
    settings.SECOND_FACTOR = True
    log_in(client)
    assert client.get("/desk/").status_code == 200


def test_a_session_ends_after_half_an_hour_of_silence(client, district, settings):
    """With a word why; requests that only fetch progress do not keep it alive."""
    log_in(client)
    assert client.get("/desk/").status_code == 200
    session = client.session
    session["seen"] = time.time() - settings.IDLE_MINUTES * 60 + 30
    session.save()
    client.get("/desk/", headers={"X-Background": "1"})
    assert client.session["seen"] < time.time() - 60
    session = client.session
    session["seen"] = time.time() - settings.IDLE_MINUTES * 60 - 1
    session.save()
    answer = client.get("/desk/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/login/")
    assert "没有操作" in answer.content.decode()


def test_a_form_from_elsewhere_is_refused_with_a_page(district):
    """403, what happened and what to do."""
    client = Client(enforce_csrf_checks=True)
    answer = log_in(client)
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "页面已过期" in page
    assert "刷新" in page


@pytest.mark.parametrize(
    "address", ["/", "/login/", "/desk/", "/nothing/", "/health/live", "/api/", "/api/v1/me"]
)
def test_every_answer_has_the_headers_that_browsers_obey(client, district, address):
    """No inline script, no frame, no guessing of types, no address passed on."""
    log_in(client)
    answer = client.get(address)
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]
    assert "Strict-Transport-Security" not in answer


def test_pages_of_who_is_logged_in_are_kept_nowhere(client, district):
    """A shared computer shows nothing with the back button."""
    log_in(client)
    assert client.get("/desk/")["Cache-Control"] == "no-store"


def test_https_brings_secure_cookies_and_hsts(monkeypatch):
    """By the environment alone; without it, cookies are at least out of reach for scripts."""
    from mingzhang.portal import settings as of_the_portal

    monkeypatch.setenv("MINGZHANG_HTTPS", "1")
    secure = importlib.reload(of_the_portal)
    try:
        assert secure.SESSION_COOKIE_SECURE
        assert secure.CSRF_COOKIE_SECURE
        assert secure.SECURE_PROXY_SSL_HEADER == ("HTTP_X_FORWARDED_PROTO", "https")
        assert not secure.DEBUG
    finally:
        monkeypatch.delenv("MINGZHANG_HTTPS")
        importlib.reload(of_the_portal)


def test_behind_https_the_flags_are_on_what_is_sent(client, district, settings):
    """Secure, HttpOnly, SameSite; HSTS on every answer."""
    settings.SECURE = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    answer = log_in(client)
    cookie = answer.cookies["sessionid"]
    assert cookie["secure"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == ""
    token = client.get("/password/").cookies["csrftoken"]
    assert token["secure"]
    assert token["httponly"]
    assert answer["Strict-Transport-Security"].startswith("max-age=")


@pytest.mark.parametrize(
    ("new", "why"),
    [
        ("Short-21", "太短"),
        ("alllowercaseletters", "三种"),
        ("12345678901234", "三种"),
        ("Password1234", "常见"),
        ("Accountant-2021", "相似"),
        (PASSWORD, "相同"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(client, district, new, why):
    """Short, plain, common, like the name, the old one again."""
    log_in(client)
    answer = client.post("/password/", {"old": PASSWORD, "new": new, "again": new})
    assert answer.status_code == 422
    errors = "".join(re.findall(r'role="alert">([^<]*)<', answer.content.decode()))
    assert re.search(why, errors), errors


def test_a_password_is_changed_by_who_knows_the_old_one(client, district):
    """Other sessions of the person end, this one goes on."""
    other = Client()
    log_in(client), log_in(other)
    wrong = client.post("/password/", {"old": "x", "new": "Another-2021!", "again": "Another-2021!"})
    assert wrong.status_code == 422
    client.post("/password/", {"old": PASSWORD, "new": "Another-2021!", "again": "Another-2021!"})
    assert client.get("/desk/").status_code == 200
    assert other.get("/desk/").status_code == 302
    assert TrailEntry.objects.filter(action="修改密码").exists()


def test_who_is_deactivated_is_out_at_once(client, district):
    """The open session too; the name does not log in again."""
    log_in(client)
    User.objects.filter(username="accountant").update(is_active=False)
    assert client.get("/desk/")["Location"].startswith("/login/")
    assert log_in(client).status_code == 401


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example/x",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:evil.example",
    ],
)
def test_the_login_leads_to_no_other_site(client, district, wanted):
    """Whatever `next` says."""
    assert log_in(client, next=wanted)["Location"] == "/desk/"


def test_the_login_leads_back_to_the_page_asked_for(client, district):
    """Within this site."""
    asked = client.get("/proposals/?state=done")["Location"]
    assert asked == "/login/?next=/proposals/%3Fstate%3Ddone"
    assert log_in(client, next="/proposals/?state=done")["Location"] == "/proposals/?state=done"


def test_a_session_gets_another_number_when_logging_in(client, district):
    """One put there by a stranger is worth nothing."""
    client.get("/login/")
    session = client.session
    session["planted"] = 1
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    log_in(client)
    assert client.cookies["sessionid"].value != before


def test_logs_hold_no_names_and_no_search_words(client, district, caplog, settings):
    """Not of a login that fails, nor of one that works, nor of what is searched for."""
    caplog.set_level(logging.INFO)
    log_in(client, password="wrong-Secret-1")
    log_in(client)
    client.get("/trail/?words=某某的事情&actor=张三")
    client.get("/codes/?q=印刷费")
    Client().get("/desk/?x=李四")
    lines = [JsonLines().format(record) for record in caplog.records]
    assert lines
    told = "\n".join(lines)
    for word in (
        "某某的事情",
        "张三",
        "印刷费",
        "李四",
        "wrong-Secret-1",
        PASSWORD,
        "单位会计甲",
        "accountant",
    ):
        assert word not in told, word
    stated = [json.loads(line) for line in lines if '"request"' in line]
    assert {"login", "codes"} <= {line.get("page") for line in stated}
