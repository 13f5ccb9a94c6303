"""Decisions about flags and cases, as plain functions."""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

# Whoever looks at a case holds it so long; doing anything with it begins anew.
HOLDS_FOR = timedelta(minutes=15)
WORDS = 500
TO_AUTHOR = 1000
OBJECTION = 2000
LONGEST_SUSPENSION = 3650
RANKS = {"member": 0, "moderator": 1, "operator": 2, "owner": 3}
DISMISS, HIDE, REMOVE, WARN, SUSPEND = "dismiss", "hide", "remove", "warn", "suspend"
TAKES_AWAY = frozenset({HIDE, REMOVE})


@dataclass(frozen=True, kw_only=True)
class Flagger:
    """What first aid must know of someone who flagged."""

    joined_at: datetime
    joined_on: date
    is_active: bool


def voices(flaggers: Collection[Flagger], *, at: datetime, days_old: int) -> int:
    """Return how many voices the flags are: only of members who are here for some days.

    Accounts that were made on the same day are one voice, so that whoever makes many at once
    and waits hides nothing.
    """
    least = timedelta(days=days_old)
    counted = [each for each in flaggers if each.is_active and at - each.joined_at >= least]
    return len({each.joined_on for each in counted})


def hides(found: int, *, hide_after: int) -> bool:
    """Whether so many voices hide something until somebody has looked."""
    return hide_after > 0 and found >= hide_after


def outranks(actor_role: str, author_role: str) -> bool:
    """Whether someone may decide about an author: never about those who stand above them."""
    return RANKS[actor_role] >= RANKS[author_role]


def are_possible(acts: Collection[str], *, kind: str, has_author: bool) -> bool:
    """Whether these acts together are a decision about a thing of this kind."""
    chosen = set(acts)
    if not chosen or not chosen <= {DISMISS, HIDE, REMOVE, WARN, SUSPEND}:
        return False
    if DISMISS in chosen:
        return len(chosen) == 1
    if chosen >= TAKES_AWAY or (kind == "profile" and HIDE in chosen):
        return False
    return has_author or not chosen & {WARN, SUSPEND}


def tidy(text: str, longest: int) -> str:
    """Return words as they are kept: no control characters, nothing that turns the direction."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(each for each in lines if each in "\n\t" or not _is_hidden(each))
    return kept.strip()[:longest]


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs"} or character in (
        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )
