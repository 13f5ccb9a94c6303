"""Turn a mail server's address into Django's settings."""

from typing import Any
from urllib.parse import unquote, urlsplit

# How the connection is made safe, by scheme: the scheme's port, then TLS from the start or later.
SCHEMES: dict[str, tuple[int, bool, bool]] = {
    "smtps": (465, True, False),
    "smtp+starttls": (587, False, True),
    "smtp": (25, False, False),
}


def parse_email_url(url: str) -> dict[str, Any]:
    """Return Django's mail settings for ``smtps://user:password@host:port``.

    ``smtp+starttls://`` begins in the clear and then changes to TLS; ``smtp://`` is in the clear.

    :raises ValueError: for any other scheme, or an address without a host.
    """
    parts = urlsplit(url)
    if parts.scheme not in SCHEMES:
        raise ValueError(f"JULUO_EMAIL begins with {parts.scheme or 'nothing'}://; write smtps://…")
    if not parts.hostname:
        raise ValueError("JULUO_EMAIL names no host: smtps://user:password@host")
    port, from_the_start, later = SCHEMES[parts.scheme]
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": from_the_start,
        "EMAIL_USE_TLS": later,
        "EMAIL_TIMEOUT": 10,
    }
