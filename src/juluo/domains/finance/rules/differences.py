"""What changed between two states of a budget."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Facts = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Change:
    """One fact of a line, before and after."""

    fact: str
    before: Any
    after: Any


@dataclass(frozen=True, kw_only=True)
class LineDifference:
    """One line that is new, gone, or different."""

    line_id: int
    title: str
    kind: str
    changes: tuple[Change, ...]


def differences(before: Mapping[int, Facts], after: Mapping[int, Facts]) -> list[LineDifference]:
    """Return what changed from one state to another; both are lines' facts by the line's id."""
    found = []
    for line_id in sorted({*before, *after}):
        old, new = before.get(line_id, {}), after.get(line_id, {})
        changes = tuple(
            Change(fact=fact, before=old.get(fact), after=new.get(fact))
            for fact in dict.fromkeys([*old, *new])
            if old.get(fact) != new.get(fact)
        )
        if changes:
            kind = "added" if not old else "removed" if not new else "changed"
            title = str((new or old).get("title", ""))
            found.append(LineDifference(line_id=line_id, title=title, kind=kind, changes=changes))
    return found
