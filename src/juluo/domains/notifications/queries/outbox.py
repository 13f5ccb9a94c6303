"""Mail on a server that has no mail server: it is kept as files, to be looked at."""

from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from django.conf import settings

NEWEST = 50
# What Django's file backend writes after each mail.
_RULE = b"-" * 79
_MOST_BYTES = 2_000_000


@dataclass(frozen=True, kw_only=True)
class KeptMail:
    """A mail that was written to a file in place of being sent."""

    to: str
    subject: str
    date: str
    text: str


def is_mail_kept() -> bool:
    """Whether mail goes into files here, as no mail server was named."""
    return bool(settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"))


def kept_mail() -> list[KeptMail]:
    """Return the newest mails kept as files, newest first."""
    folder = Path(settings.EMAIL_FILE_PATH)
    files = sorted(folder.glob("*.log"), key=lambda each: each.stat().st_mtime, reverse=True)
    found: list[KeptMail] = []
    for path in files:
        found += reversed(_mails_in(path))
        if len(found) >= NEWEST:
            break
    return found[:NEWEST]


def _mails_in(path: Path) -> list[KeptMail]:
    parts = path.read_bytes()[-_MOST_BYTES:].split(_RULE)
    return [_read(part.strip()) for part in parts if part.strip()]


def _read(raw: bytes) -> KeptMail:
    message = message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)  # noqa: S101 - what this policy makes
    body = message.get_body(("plain", "html"))
    return KeptMail(
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        date=str(message["Date"] or ""),
        text=str(body.get_content()) if body else "",
    )
