"""What changed between two versions of a plan."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

# A word of letters and digits, or one sign: hanzi stand alone.
_WORDS = re.compile(r"[A-Za-z0-9À-ɏ']+|\s+|.", re.DOTALL)
_MOST_WORDS, _SHARED = 4000, 0.5

Content = Mapping[str, Sequence[Mapping[str, Any]]]


class Sort(StrEnum):
    """What happened to a thing from one version to the next."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, kw_only=True)
class FactChange:
    """One fact of a thing, before and after; None where it was not stated."""

    key: str
    before: Any
    after: Any


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One thing that is not as it was. ``renamed_from`` is its former title if that changed."""

    part: str
    ref: str
    title: str
    sort: Sort
    renamed_from: str = ""
    facts: tuple[FactChange, ...] = ()


@dataclass(frozen=True)
class Stretch:
    """A piece of two texts: in both, only in the new one, or only in the old one."""

    text: str
    sort: Sort | None


def differences(before: Content, after: Content) -> list[Difference]:
    """Return what two frozen contents do not share, part by part, in the later one's order."""
    parts = [*after, *(part for part in before if part not in after)]
    return [
        found
        for part in parts
        for found in _of_part(part, before.get(part, ()), after.get(part, ()))
    ]


def _of_part(
    part: str, before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> list[Difference]:
    old = {entry["ref"]: entry for entry in before}
    new = {entry["ref"]: entry for entry in after}
    stayed = [_changed(part, old[ref], entry) for ref, entry in new.items() if ref in old]
    added = [_whole(part, entry, Sort.ADDED) for ref, entry in new.items() if ref not in old]
    removed = [_whole(part, entry, Sort.REMOVED) for ref, entry in old.items() if ref not in new]
    return [*(each for each in stayed if each is not None), *added, *removed]


def _changed(part: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Difference | None:
    keys = [*new["facts"], *(key for key in old["facts"] if key not in new["facts"])]
    facts = tuple(
        FactChange(key=key, before=old["facts"].get(key), after=new["facts"].get(key))
        for key in keys
        if old["facts"].get(key) != new["facts"].get(key)
    )
    renamed_from = old["title"] if old["title"] != new["title"] else ""
    if not facts and not renamed_from:
        return None
    return Difference(
        part=part,
        ref=new["ref"],
        title=new["title"],
        sort=Sort.CHANGED,
        renamed_from=renamed_from,
        facts=facts,
    )


def _whole(part: str, entry: Mapping[str, Any], sort: Sort) -> Difference:
    is_new = sort is Sort.ADDED
    facts = tuple(
        FactChange(key=key, before=None if is_new else value, after=value if is_new else None)
        for key, value in entry["facts"].items()
        if value not in (None, "")
    )
    return Difference(part=part, ref=entry["ref"], title=entry["title"], sort=sort, facts=facts)


def text_changes(before: str, after: str) -> list[Stretch]:
    """Return two texts laid over each other, line by line; a line that changed is cut finer."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    found: list[Stretch] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "replace":
            found += _within("".join(old[i1:i2]), "".join(new[j1:j2]))
        else:
            found += _stretches(tag, "".join(old[i1:i2]), "".join(new[j1:j2]))
    return found


def _within(old: str, new: str) -> list[Stretch]:
    """Return a changed passage cut by words, or whole where little of it is shared."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if len(before) + len(after) > _MOST_WORDS or matcher.ratio() < _SHARED:
        return [Stretch(old, Sort.REMOVED), Stretch(new, Sort.ADDED)]
    found: list[Stretch] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        found += _stretches(tag, "".join(before[i1:i2]), "".join(after[j1:j2]))
    return found


def _stretches(tag: str, old: str, new: str) -> list[Stretch]:
    if tag == "equal":
        return [Stretch(new, None)]
    found = []
    if old:
        found.append(Stretch(old, Sort.REMOVED))
    if new:
        found.append(Stretch(new, Sort.ADDED))
    return found
