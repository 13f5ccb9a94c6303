"""Calendar files (RFC 5545) of whole days, as calendar programs subscribe to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_LONGEST = 75  # octets a line


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A day in a calendar: ``uid`` names it for good."""

    uid: str
    title: str
    day: date
    description: str = ""


def calendar_file(entries: Iterable[Entry], *, now: datetime, name: str = "Juluo") -> str:
    """Return a calendar with an entry of a whole day for each."""
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Juluo//Schedule//EN"]
    lines.append(f"X-WR-CALNAME:{_escaped(name)}")
    for each in entries:
        lines += _event(each, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _event(entry: Entry, stamp: str) -> list[str]:
    following = entry.day + timedelta(days=1)
    lines = [
        "BEGIN:VEVENT",
        f"UID:{_escaped(entry.uid)}",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{following:%Y%m%d}",
        f"SUMMARY:{_escaped(entry.title)}",
    ]
    if entry.description:
        lines.append(f"DESCRIPTION:{_escaped(entry.description)}")
    return [*lines, "TRANSP:TRANSPARENT", "END:VEVENT"]


def _escaped(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for sign in ("\\", ";", ","):
        text = text.replace(sign, "\\" + sign)
    return text.replace("\n", "\\n")


def _folded(line: str) -> list[str]:
    """Cut a line into pieces of at most 75 octets, never inside a character."""
    pieces: list[str] = []
    here = ""
    for sign in line:
        limit = _LONGEST - (1 if pieces else 0)
        if len((here + sign).encode()) > limit:
            pieces.append(here)
            here = ""
        here += sign
    pieces.append(here)
    return [pieces[0], *(" " + piece for piece in pieces[1:])]
