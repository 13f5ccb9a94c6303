import pytest

from juluo.lib.email_url import parse_email_url


def test_a_server_with_tls_from_the_start():
    settings = parse_email_url("smtps://me%40x.org:p%2Fw@mail.example.org")

    assert settings["EMAIL_HOST"] == "mail.example.org"
    assert (settings["EMAIL_PORT"], settings["EMAIL_USE_SSL"], settings["EMAIL_USE_TLS"]) == (
        465,
        True,
        False,
    )
    assert (settings["EMAIL_HOST_USER"], settings["EMAIL_HOST_PASSWORD"]) == ("me@x.org", "p/w")


@pytest.mark.parametrize("url", ["", "http://mail.example.org", "smtp://", "mail.example.org"])
def test_anything_else_is_refused(url):
    with pytest.raises(ValueError, match="JULUO_EMAIL"):
        parse_email_url(url)
