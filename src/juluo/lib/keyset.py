"""Places in a list sorted by moment and id, as they stand in an address."""

from datetime import UTC, datetime

MICROSECONDS = 1_000_000
LARGEST_ID = 2**63 - 1


def cursor_text(at: datetime, pk: int) -> str:
    """Return a place as text: microseconds since 1970 in UTC, a dash, the id."""
    # Whole seconds: with the fraction, a far moment's float would round up to the next one.
    seconds = int(at.replace(microsecond=0).timestamp())
    return f"{seconds * MICROSECONDS + at.microsecond}-{pk}"


def parse_cursor(text: str) -> tuple[datetime, int] | None:
    """Return the place that a text names, or None where it names none."""
    moment, _, number = text.partition("-")
    if not (moment.isdecimal() and number.isdecimal() and len(text) < 60):
        return None
    pk = int(number)
    if pk > LARGEST_ID:
        return None
    seconds, fraction = divmod(int(moment), MICROSECONDS)
    try:
        return datetime.fromtimestamp(seconds, tz=UTC).replace(microsecond=fraction), pk
    except (OverflowError, OSError, ValueError):
        return None
