"""What is sent, to whom, how it is signed, and when it is tried again."""

import hashlib
import hmac
from collections.abc import Collection
from datetime import timedelta

# What nobody outside shall be told of, whatever they ask for.
NEVER = frozenset({"messaging.private_message_sent"})
EVERYTHING = "*"
PAUSES = tuple(
    timedelta(seconds=each) for each in (10, 60, 300, 1_800, 7_200, 21_600, 43_200, 86_400)
)
# An address that fails so often in a row is called no more until an operator says so.
MOST_FAILURES = 50


def wants(chosen: Collection[str], name: str) -> bool:
    """Whether who chose these events is told of one of this name."""
    return name not in NEVER and (EVERYTHING in chosen or name in chosen)


def signature(secret: str, *, at: int, body: bytes) -> str:
    """Return what proves that a body is ours: ``t=<seconds since 1970>,v1=<HMAC-SHA256>``.

    Signed is the moment, a dot and the body, so that nobody sends an old body again later.
    """
    signed = hmac.new(secret.encode(), b"%d." % at + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={signed}"


def pause_after(attempts: int) -> timedelta | None:
    """Return how long to wait after so many attempts; None when it was the last."""
    return PAUSES[attempts - 1] if attempts <= len(PAUSES) else None
