"""When mail may go out, and which words it may hold; decided without a database."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

# What mail programs make links of on their own: a.bc and a://b.
_DOTTED = re.compile(r"(?<=[\w-])\.(?=[a-z]{2,})", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
# Seen by nobody; it ends what a mail program takes for an address.
_PAUSE = "\u200b"


def is_quiet(now: datetime, *, zone: ZoneInfo, start: time | None, end: time | None) -> bool:
    """Whether a member's clock stands in their quiet hours, which may lie across midnight."""
    if start is None or end is None or start == end:
        return False
    wall = now.astimezone(zone).time()
    return start <= wall < end if start < end else wall >= start or wall < end


def quiet_ends(now: datetime, *, zone: ZoneInfo, start: time | None, end: time | None) -> datetime:
    """Return the first moment from ``now`` on that is not quiet."""
    if end is None or not is_quiet(now, zone=zone, start=start, end=end):
        return now
    today = now.astimezone(zone).date()
    for days in range(-1, 4):
        found = moment_of(today + timedelta(days=days), end, zone=zone)
        if found > now and not is_quiet(found, zone=zone, start=start, end=end):
            return found
    return now + timedelta(days=1)


def moment_of(day: date, wall: time, *, zone: ZoneInfo) -> datetime:
    """Return when the clock first reads so on a day; where it is skipped, just after the leap."""
    return datetime.combine(day, wall, zone).astimezone(UTC)


def digest_slot(now: datetime, *, zone: ZoneInfo, hour: int) -> tuple[date, datetime]:
    """Return the last moment a digest could go out, not after ``now``, and the day it is of."""
    today = now.astimezone(zone).date()
    days = (today - timedelta(days=back) for back in range(-1, 4))
    slots = ((day, moment_of(day, time(hour), zone=zone)) for day in days)
    return next((day, at) for day, at in slots if at <= now)


def without_addresses(words: str) -> str:
    """Return the words so that no mail program makes a link of what somebody wrote."""
    broken = words.replace("://", f":{_PAUSE}//")
    return _DOTTED.sub(f".{_PAUSE}", broken)


def one_line(words: str, *, length: int = 150) -> str:
    """Return the words as one line that fits a subject: no breaks, no controls."""
    return " ".join(_CONTROLS.sub(" ", words).split())[:length]
