"""Read moments as exporters write them; local ones are taken in the zone the caller names."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
LATEST = datetime(2100, 1, 1, tzinfo=UTC)
DISCORD_EPOCH_MS = 1_420_070_400_000
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
    for name in (names,)
}
_ISO = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)[T ](\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?\s*(Z|[+-]\d\d:?\d\d)?"
)
_CLOCK = r"(\d{1,2})[:.](\d\d)(?::(\d\d))?\s*([AaPp]\.?[Mm]\.?)?"
_DAY_FIRST_NAMED = re.compile(
    rf"(\d{{1,2}})[ -]([A-Za-z]{{3,9}})\.?,?[ -](\d{{2,4}}),?\s+(?:at )?{_CLOCK}"
)
_MONTH_FIRST_NAMED = re.compile(
    rf"([A-Za-z]{{3,9}})\.? (\d{{1,2}}),? (\d{{4}}),?\s+(?:at )?{_CLOCK}"
)
_SLASHED = re.compile(rf"(\d{{1,2}})([/.])(\d{{1,2}})[/.](\d{{4}}),?\s+{_CLOCK}")
_YEAR_FIRST = re.compile(rf"(\d{{4}})[/.年](\d{{1,2}})[/.月](\d{{1,2}})日?\s*{_CLOCK}")


def from_unix(seconds: Any) -> datetime:
    """Return the UTC moment of Unix seconds, given as a number or as text like ``1.25``.

    :raises ValueError: if it is no number, or outside 1990 to 2100.
    """
    text = str(seconds)
    whole, _, part = text.partition(".")
    if not whole.isdigit() or len(whole) > 11 or (part and not part.isdigit()):
        raise ValueError(f"{text[:40]!r} is not a time")
    micros = int((part + "000000")[:6])
    moment = datetime.fromtimestamp(int(whole), UTC) + timedelta(microseconds=micros)
    return _sensible(moment, text)


def from_iso(text: Any, *, zone: ZoneInfo | None = None) -> datetime:
    """Return the UTC moment of an ISO 8601 text; without an offset it is in ``zone`` or UTC.

    :raises ValueError: if it is not one, or outside 1990 to 2100.
    """
    match = _ISO.fullmatch(str(text).strip())
    if match is None:
        raise ValueError(f"{str(text)[:40]!r} is not a time")
    year, month, day, hour, minute, second, fraction, offset = match.groups()
    micros = int((fraction or "0").ljust(6, "0")[:6])
    local = datetime(  # noqa: DTZ001 - the zone is put on in the next line
        int(year), int(month), int(day), int(hour), int(minute), int(second or 0), micros
    )
    if offset and offset != "Z":
        sign = -1 if offset[0] == "-" else 1
        away = timedelta(hours=int(offset[1:3]), minutes=int(offset[-2:])) * sign
        return _sensible((local - away).replace(tzinfo=UTC), str(text))
    aware = local.replace(tzinfo=UTC if offset or zone is None else zone)
    return _sensible(aware.astimezone(UTC), str(text))


def from_local(text: str, *, zone: ZoneInfo, day_first: bool = False) -> datetime:
    """Return the UTC moment of a date as programs show it to people, taken in ``zone``.

    ``03/04/2023`` is 4 March, unless ``day_first`` or the first number cannot be a month;
    ``04.03.2023`` is always 4 March.

    :raises ValueError: if no known shape fits.
    """
    text = " ".join(text.replace("\u202f", " ").replace("\xa0", " ").split())
    if _ISO.fullmatch(text):
        return from_iso(text, zone=zone)
    year, month, day, clock = _shape(text, day_first=day_first)
    hour, minute, second, half = clock
    local = datetime(  # noqa: DTZ001 - the zone is put on in the next line
        year, month, day, _hour(int(hour), half), int(minute), int(second or 0)
    )
    return _sensible(local.replace(tzinfo=zone).astimezone(UTC), text)


def _shape(text: str, *, day_first: bool) -> tuple[int, int, int, tuple[str, str, str, str]]:
    if match := _DAY_FIRST_NAMED.search(text):
        day, name, year, *clock = match.groups()
        return _year(year), _month(name), int(day), _four(clock)
    if match := _MONTH_FIRST_NAMED.search(text):
        name, day, year, *clock = match.groups()
        return int(year), _month(name), int(day), _four(clock)
    if match := _SLASHED.search(text):
        one, mark, two, year, *clock = match.groups()
        swapped = day_first or mark == "." or int(one) > 12
        month, day = (two, one) if swapped else (one, two)
        return int(year), int(month), int(day), _four(clock)
    if match := _YEAR_FIRST.search(text):
        year, month, day, *clock = match.groups()
        return int(year), int(month), int(day), _four(clock)
    raise ValueError(f"{text[:40]!r} is not a time")


def _four(clock: list[str]) -> tuple[str, str, str, str]:
    hour, minute, second, half = clock
    return hour, minute, second, half


def _hour(hour: int, half: str | None) -> int:
    if not half:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(f"{hour} {half} is not an hour")
    return hour % 12 + (12 if half[0] in "Pp" else 0)


def _year(text: str) -> int:
    year = int(text)
    return year if year > 99 else 2000 + year


def _month(name: str) -> int:
    number = _MONTHS.get(name[:3].lower())
    if number is None:
        raise ValueError(f"{name!r} is not a month")
    return number


def from_snowflake(text: str) -> datetime | None:
    """Return the moment inside a Discord id, or None when it cannot be one."""
    if not text.isdigit() or not 15 <= len(text) <= 20:
        return None
    milliseconds = (int(text) >> 22) + DISCORD_EPOCH_MS
    moment = datetime.fromtimestamp(milliseconds // 1000, UTC)
    if moment > LATEST:
        return None
    return moment + timedelta(milliseconds=milliseconds % 1000)


def _sensible(moment: datetime, text: str) -> datetime:
    if not EARLIEST <= moment < LATEST:
        raise ValueError(f"{text[:40]!r} is not between 1990 and 2100")
    return moment
