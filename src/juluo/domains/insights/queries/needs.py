"""What needs a person: higher and lower parts say it, the console's home shows it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from juluo.domains.members.types import Member


@dataclass(frozen=True, kw_only=True)
class Need:
    """One thing that waits for somebody: words in the reader's language, and where to go."""

    words: str
    url: str
    icon: str = "alert-triangle"
    urgent: bool = False


NeedsOf = Callable[[Member, datetime], list[Need]]
_SAY: list[NeedsOf] = []


def register_needs(say: NeedsOf) -> None:
    """Let a part of the product say what needs a person; called from ``apps.ready()``."""
    if say not in _SAY:
        _SAY.append(say)


def needs_of(member: Member, *, now: datetime) -> list[Need]:
    """Return what waits for this member's attention, urgent things first."""
    found = [need for say in _SAY for need in say(member, now)]
    return sorted(found, key=lambda need: not need.urgent)
