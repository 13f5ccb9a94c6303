"""What the community is."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from juluo.domains.community.models import Community, CommunityLogo
from juluo.domains.community.types import CommunitySettings

# What one request has read of the settings: a page asks for them a dozen times.
_READ: ContextVar[CommunitySettings | None] = ContextVar("community_settings", default=None)


def settings() -> CommunitySettings:
    """Return the community's settings; the defaults before anybody has set them."""
    known = _READ.get()
    return known if known is not None else read_settings()


def read_settings() -> CommunitySettings:
    """Return the community's settings as the database has them now."""
    row = Community.objects.filter(pk=1).first() or Community()
    return CommunitySettings(
        name=row.name,
        timezone=row.timezone,
        language=row.language,
        rise_colour=row.rise_colour,
        accent=row.accent,
        is_demonstration=row.is_demonstration,
    )


@contextmanager
def settings_read_once() -> Iterator[CommunitySettings]:
    """Let :func:`settings` read the database once for all who ask within, as for one page."""
    found = read_settings()
    token = _READ.set(found)
    try:
        yield found
    finally:
        _READ.reset(token)


def forget_settings() -> None:
    """Let :func:`settings` read the database again: they have just been changed."""
    _READ.set(None)


def logo() -> bytes:
    """Return the logo as PNG; nothing where there is none."""
    row = CommunityLogo.objects.filter(pk=1).first()
    return bytes(row.picture) if row else b""
