"""Change the community's settings."""

from datetime import datetime
from zoneinfo import ZoneInfo, available_timezones

from django.db import transaction

from juluo.domains.community.models import Community, CommunityLogo
from juluo.domains.community.queries import forget_settings
from juluo.eventlog.recording import record
from juluo.events.community import CommunityChanged
from juluo.lib.pictures import drawn_anew

LOGO_WIDTH, LOGO_HEIGHT = 800, 300


class UnknownTimezone(ValueError):
    """The name is no IANA time zone."""


@transaction.atomic
def change(
    *,
    at: datetime,
    actor_id: int | None = None,
    name: str | None = None,
    timezone: str | None = None,
    language: str | None = None,
    rise_colour: str | None = None,
    accent: str | None = None,
    is_demonstration: bool | None = None,
) -> None:
    """Change what is given and leave the rest.

    :raises UnknownTimezone: if the time zone is not in the IANA database.
    """
    if timezone is not None:
        checked_timezone(timezone)
    given = {
        "name": name,
        "timezone": timezone,
        "language": language,
        "rise_colour": rise_colour,
        "accent": accent,
        "is_demonstration": is_demonstration,
    }
    Community.objects.get_or_create(pk=1)
    community = Community.objects.select_for_update().get(pk=1)
    changed = [
        field
        for field, value in given.items()
        if value is not None and getattr(community, field) != value
    ]
    if not changed:
        return
    for field in changed:
        setattr(community, field, given[field])
    community.save()
    forget_settings()
    record(CommunityChanged(fields=",".join(changed)), at=at, actor_id=actor_id)


@transaction.atomic
def change_logo(*, picture: bytes, at: datetime, actor_id: int | None = None) -> None:
    """Put a logo on documents from now on; nothing takes it away.

    :raises NotAPicture: if it is no PNG or JPEG that can be read.
    """
    if picture:
        drawn = drawn_anew(picture, width=LOGO_WIDTH, height=LOGO_HEIGHT)
        CommunityLogo.objects.update_or_create(pk=1, defaults={"picture": drawn})
    elif not CommunityLogo.objects.filter(pk=1).delete()[0]:
        return
    record(CommunityChanged(fields="logo"), at=at, actor_id=actor_id)


def checked_timezone(name: str) -> ZoneInfo:
    """Return the zone of this name.

    :raises UnknownTimezone: if there is none; the message suggests what may have been meant.
    """
    if name in available_timezones():
        return ZoneInfo(name)
    wanted = name.casefold().replace(" ", "_")
    near = sorted(zone for zone in available_timezones() if wanted and wanted in zone.casefold())
    hint = f" Did you mean {', '.join(near[:3])}?" if near else " Write it like Asia/Shanghai."
    raise UnknownTimezone(f"{name!r} is not a time zone.{hint}")
