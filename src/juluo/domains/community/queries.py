"""What the community is."""

from juluo.domains.community.models import Community, CommunityLogo
from juluo.domains.community.types import CommunitySettings


def settings() -> CommunitySettings:
    """Return the community's settings; the defaults before anybody has set them."""
    row = Community.objects.filter(pk=1).first() or Community()
    return CommunitySettings(
        name=row.name,
        timezone=row.timezone,
        language=row.language,
        rise_colour=row.rise_colour,
        accent=row.accent,
        is_demonstration=row.is_demonstration,
    )


def logo() -> bytes:
    """Return the logo as PNG; nothing where there is none."""
    row = CommunityLogo.objects.filter(pk=1).first()
    return bytes(row.picture) if row else b""
