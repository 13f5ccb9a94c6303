import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from tests.domains.conftest import PASSWORD

from juluo.domains.members.models import Member
from juluo.eventlog.models import EventRecord

LOGIN = "/accounts/login/"
RESET = "/accounts/password/reset/"


def sign_in(client, email="member@example.org", password=PASSWORD, **headers):
    return client.post(LOGIN, {"login": email, "password": password}, **headers)


def words(response):
    text = response.content.decode()
    return re.sub(r'value="[^"]*"|X-CSRFToken[^}]*', "", text)


def test_signing_in_is_told_to_the_log_and_changes_the_session(people, client):
    client.get(LOGIN)
    before = client.session.session_key
    response = sign_in(client)

    assert response.status_code == 302
    assert client.session.session_key != before
    record = EventRecord.objects.get(name="members.signed_in")
    assert record.actor_id == people["member"].pk


def test_unknown_account_and_wrong_password_read_alike(people, client):
    wrong = sign_in(client, password="wrong wrong wrong")
    unknown = sign_in(client, email="nobody@example.org")

    assert (wrong.status_code, words(wrong)) == (200, words(unknown))
    assert not EventRecord.objects.filter(name="members.signed_in").exists()


def test_at_most_ten_wrong_tries_an_hour_whatever_address_is_claimed(people, client, monkeypatch):
    hashed = []
    check = Member.check_password
    monkeypatch.setattr(
        Member, "check_password", lambda self, raw: hashed.append(1) or check(self, raw)
    )
    for number in range(30):
        sign_in(
            client,
            password="wrong wrong",
            HTTP_X_FORWARDED_FOR=f"198.51.100.{number}",
            REMOTE_ADDR=f"203.0.113.{number}",
        )
    refused = sign_in(client, REMOTE_ADDR="203.0.113.99")

    assert len(hashed) <= 10
    assert refused.status_code == 200
    assert "_auth_user_id" not in client.session


def test_at_most_twenty_wrong_tries_an_hour_from_one_address(people, client, monkeypatch):
    tried = []
    monkeypatch.setattr(Member, "set_password", lambda self, raw: tried.append(raw))
    for number in range(40):
        sign_in(client, email=f"nobody{number}@example.org")

    assert len(tried) <= 20


def test_right_passwords_are_not_counted(people, client):
    for _ in range(20):
        assert sign_in(client).status_code == 302
        client.post("/accounts/logout/")


def test_signing_out_kills_a_copied_cookie(people, client):
    sign_in(client)
    copied = client.cookies["sessionid"].value
    client.post("/accounts/logout/")
    client.cookies["sessionid"] = copied

    assert client.get("/spaces/").status_code == 302


def test_a_mailbox_gets_two_reset_mails_an_hour_and_the_page_never_tells(people, client):
    pages = {words(client.post(RESET, {"email": "member@example.org"}, follow=True)) for _ in "123"}
    for number in range(60):
        client.post(RESET, {"email": "member@example.org"}, REMOTE_ADDR=f"203.0.113.{number}")
    known = client.post(RESET, {"email": "owner@example.org"}, follow=True)
    unknown = client.post(RESET, {"email": "nobody@example.org"}, follow=True)

    assert len([m for m in mail.outbox if m.to == ["member@example.org"]]) == 2
    assert len(pages) == 1
    assert words(known) == words(unknown)


def test_one_address_makes_us_send_few_mails(db, client):
    for number in range(100):
        client.post(RESET, {"email": f"stranger{number}@example.org"})

    assert len(mail.outbox) <= 20


def reset_link(client, settings, host="testserver"):
    settings.ALLOWED_HOSTS = ["*"]
    client.post(RESET, {"email": "member@example.org"}, HTTP_HOST=host)
    (link,) = re.findall(r"https?://\S+", mail.outbox[-1].body)
    return link


def test_a_reset_link_points_home_works_once_and_ends_sessions(people, client, settings):
    other = Client()
    sign_in(other)
    link = reset_link(client, settings, host="evil.example")
    assert link.startswith("http://127.0.0.1:8000/accounts/password/reset/key/")

    path = link.removeprefix("http://127.0.0.1:8000")
    form = client.get(path, follow=True)
    new = {"password1": "another horse 43", "password2": "another horse 43"}
    client.post(form.request["PATH_INFO"], new)

    assert Member.objects.get(email="member@example.org").check_password("another horse 43")
    assert other.get("/spaces/").status_code == 302
    again = Client().get(path, follow=True)
    assert "password1" not in again.content.decode()


def test_a_reset_link_dies_after_an_hour(people, client, settings):
    link = reset_link(client, settings)
    path = link.removeprefix("http://127.0.0.1:8000")
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        page = client.get(path, follow=True)

    assert "password1" not in page.content.decode()


def test_changing_the_password_signs_the_other_device_out(people, client):
    other = Client()
    sign_in(client)
    sign_in(other)
    client.post(
        "/accounts/password/change/",
        {
            "oldpassword": PASSWORD,
            "password1": "another horse 43",
            "password2": "another horse 43",
        },
    )

    assert client.get("/spaces/").status_code == 200
    assert other.get("/spaces/").status_code == 302


def test_one_session_can_be_ended_and_only_ones_own(people, client):
    other, stranger = Client(), Client()
    sign_in(client)
    sign_in(other)
    sign_in(stranger, email="owner@example.org")
    theirs = UserSession.objects.get(session_key=other.session.session_key)
    owners = UserSession.objects.get(session_key=stranger.session.session_key)

    assert client.post(f"/accounts/sessions/{owners.pk}/end/").status_code == 404
    assert client.post(f"/accounts/sessions/{theirs.pk}/end/").status_code == 302
    assert other.get("/spaces/").status_code == 302
    assert stranger.get("/spaces/").status_code == 200
    assert client.get("/spaces/").status_code == 200


def test_sign_up_follows_the_setting(db, client, settings):
    form = {"display_name": "小林", "email": "New@Example.org", "password1": "correct horse 42"}
    client.post("/accounts/signup/", {**form, "role": "owner", "is_staff": "1", "kind": "bot"})
    assert not Member.objects.exists()

    settings.SIGN_UP_IS_OPEN = True
    response = client.post(
        "/accounts/signup/", {**form, "role": "owner", "is_staff": "1", "kind": "bot"}
    )

    assert response.status_code == 302
    member = Member.objects.get()
    assert (member.display_name, member.email) == ("小林", "new@example.org")
    assert (member.role, member.kind) == ("member", "person")
    assert EventRecord.objects.filter(name="members.joined", actor_id=member.pk).exists()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_signing_in_never_leads_away(people, client, target):
    response = client.post(
        LOGIN, {"login": "member@example.org", "password": PASSWORD, "next": target}
    )

    assert response.headers["Location"] == "/"


def test_a_second_step_is_asked_limited_and_its_code_counts_once(people, client):
    secret = generate_totp_secret()
    TOTP.activate(people["member"], secret)
    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value(secret, counter))

    assert sign_in(client).headers["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/spaces/").status_code == 302
    client.post("/accounts/2fa/authenticate/", {"code": code})
    assert client.get("/spaces/").status_code == 200

    client.post("/accounts/logout/")
    sign_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": code})
    assert client.get("/spaces/").status_code == 302


def test_wrong_codes_are_limited_for_the_account_whatever_the_address(people, client):
    secret = generate_totp_secret()
    TOTP.activate(people["member"], secret)
    sign_in(client)
    for number in range(12):
        client.post(
            "/accounts/2fa/authenticate/", {"code": "000000"}, REMOTE_ADDR=f"203.0.113.{number}"
        )
    cache.clear()
    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value(secret, counter))
    client.post("/accounts/2fa/authenticate/", {"code": code})

    assert client.get("/spaces/").status_code == 302
