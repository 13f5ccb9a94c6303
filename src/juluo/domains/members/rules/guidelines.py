"""Who may write under which guidelines, and what changed between two versions."""

from datetime import datetime
from difflib import SequenceMatcher


def may_write(
    *,
    has_accepted: bool,
    joined_at: datetime,
    published_at: datetime,
    binding_from: datetime,
    now: datetime,
) -> bool:
    """Whether a member may write: they accepted, or knew the version before and have time left."""
    return has_accepted or (joined_at < published_at and now < binding_from)


def compared(before: str, after: str) -> list[tuple[str, str]]:
    """Return the lines of both texts in order, each marked ``same``, ``gone`` or ``new``."""
    old, new = before.splitlines(), after.splitlines()
    lines: list[tuple[str, str]] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            lines += [("same", line) for line in old[a:b]]
        else:
            lines += [("gone", line) for line in old[a:b]] + [("new", line) for line in new[c:d]]
    return lines
