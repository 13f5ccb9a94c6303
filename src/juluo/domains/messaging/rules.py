"""Decisions about messages, as plain functions."""

from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST = 4000
EMOJI = ("👍", "❤️", "😄", "🎉", "🙏", "👀")
# More people than this make a chat group.
MOST_IN_A_CONVERSATION = 8
NEW_FOR = timedelta(days=7)
_STEP = timedelta(microseconds=1)
# The places of those who are in a group; others ask to be, or are invited.
INSIDE = frozenset({"owner", "member"})


@dataclass(frozen=True, kw_only=True)
class GroupStanding:
    """Where a member stands towards a chat group.

    ``reaches``: they may read the group's space, or it has none; ``may_talk``: they may reply
    there; ``role`` is their place in the group, if any.
    """

    join_rule: str
    is_closed: bool
    role: str | None
    reaches: bool
    may_talk: bool
    is_staff: bool

    @property
    def is_inside(self) -> bool:
        """Whether they are in it."""
        return self.role in INSIDE

    @property
    def may_see(self) -> bool:
        """Whether they may know that the group exists."""
        is_told = self.join_rule != "invite" or self.role is not None
        return self.reaches and (is_told or self.is_staff)

    @property
    def may_read(self) -> bool:
        """Whether they may read what is said: everyone in open groups, else those in it, staff."""
        is_let = self.join_rule == "open" or self.is_inside or self.is_staff
        return self.may_see and is_let

    @property
    def may_write(self) -> bool:
        """Whether they may write: those who are in it, until it is closed."""
        return self.reaches and self.may_talk and self.is_inside and not self.is_closed

    @property
    def may_change(self) -> bool:
        """Whether they may change the group and decide who is in it: its owners, and staff."""
        return self.may_see and (self.role == "owner" or self.is_staff)


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
