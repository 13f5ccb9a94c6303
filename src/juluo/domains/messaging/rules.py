"""Decisions about messages, as plain functions."""

from datetime import datetime, timedelta

LONGEST = 4000
EMOJI = ("👍", "❤️", "😄", "🎉", "🙏", "👀")
# More people than this make a chat group.
MOST_IN_A_CONVERSATION = 8
NEW_FOR = timedelta(days=7)
_STEP = timedelta(microseconds=1)


def next_moment(*, at: datetime, moved_at: datetime | None) -> datetime:
    """Return the moment of a change: now, and later than every change before it."""
    return at if moved_at is None else max(at, moved_at + _STEP)


def seconds_to_wait(*, slow_seconds: int, last_sent: datetime | None, at: datetime) -> int:
    """Return how long slow mode lets a member wait before the next message; 0: not at all."""
    if not slow_seconds or last_sent is None:
        return 0
    left = slow_seconds - (at - last_sent).total_seconds()
    return min(max(int(-(-left // 1)), 0), slow_seconds)


def pair_of(one: int, other: int) -> str:
    """Return what names the conversation of two members."""
    return f"{min(one, other)}-{max(one, other)}"
