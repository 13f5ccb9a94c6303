"""Values other packages may hold in their hands."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class CommunitySettings:
    """The community's name, time zone (IANA), language and colours."""

    name: str
    timezone: str
    language: str
    rise_colour: str
    accent: str
    is_demonstration: bool
