"""How many people must approve an expense, and whether one of them must be an owner."""

from collections.abc import Sequence
from dataclasses import dataclass

# In whole units of the currency, until somebody sets other rules.
OWNER_FROM_UNITS = 5_000
TWO_FROM_UNITS = 50_000


@dataclass(frozen=True, kw_only=True)
class Needed:
    """The approvals that an amount needs."""

    people: int
    owner: bool


def needed(amount: int, *, owner_from: int | None, two_from: int | None) -> Needed:
    """Return what an amount needs: one operator; from the limits on an owner, two people."""
    return Needed(
        people=2 if two_from is not None and amount >= two_from else 1,
        owner=owner_from is not None and amount >= owner_from,
    )


def is_enough(wanted: Needed, *, given: Sequence[bool]) -> bool:
    """Tell whether the approvals given (for each: was it an owner?) are what is needed."""
    return len(given) >= wanted.people and (not wanted.owner or any(given))


def would_help(wanted: Needed, *, given: Sequence[bool], is_owner: bool) -> bool:
    """Tell whether one more approval by such a person brings the expense nearer."""
    if is_enough(wanted, given=given):
        return False
    if is_owner or not wanted.owner or any(given):
        return True
    # A place must stay free for the owner.
    return len(given) + 1 < wanted.people
