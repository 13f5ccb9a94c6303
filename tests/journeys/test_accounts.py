"""Getting in and out, by hand and by keyboard."""

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from tests.journeys.conftest import PASSWORD


def sign_in(page, email="moderator@example.org", password=PASSWORD):
    page.fill("#id_login", email)
    page.fill("#id_password", password)
    page.click("main button.btn-primary")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_wrong_password_then_right_then_out(open_page, community, language):
    watched = open_page(language=language)
    page = watched.open("/console/members/")
    assert "/accounts/login/" in page.url

    sign_in(page, password="wrong wrong wrong")
    assert page.locator(".alert-danger").count() == 1
    assert watched.barriers() == []

    sign_in(page)
    page.wait_for_url("**/console/members/")
    page.click("summary[aria-label*='Moderator']")
    page.click(".j-dropdown form[action*='logout'] button")
    page.wait_for_url(watched.address + "/")
    watched.open("/console/")
    assert "/accounts/login/" in page.url
    assert watched.complaints == []


def test_signing_in_by_keyboard_alone(open_page, community):
    watched = open_page()
    page = watched.open("/accounts/login/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "j-skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "id_login"
    page.keyboard.type("member@example.org")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")

    page.wait_for_url("**/feed/")
    assert watched.complaints == []


def test_a_second_step_set_up_and_asked_for(open_page, community):
    watched = open_page()
    page = watched.open("/accounts/login/")
    sign_in(page)
    page.click("text=Set it up")
    if "reauthenticate" in page.url:
        page.fill("#id_password", PASSWORD)
        page.click("main button.btn-primary")
    secret = page.input_value("#authenticator_secret")
    assert watched.barriers() == []

    counters = list(yield_hotp_counters_from_time())
    page.fill("#id_code", format_hotp_value(hotp_value(secret, counters[0])))
    page.click("main button.btn-primary")
    page.wait_for_url("**/recovery-codes/")
    recovery = page.input_value("#recovery_codes").split()[0]
    watched.open("/console/")
    assert page.locator("text=Set it up").count() == 0

    page.context.clear_cookies(name="sessionid")
    watched.open("/accounts/login/")
    sign_in(page)
    assert "/2fa/authenticate/" in page.url
    page.fill("#id_code", recovery)
    page.click("main button[type=submit] >> nth=0")
    page.wait_for_url("**/console/")
    assert watched.complaints == []
