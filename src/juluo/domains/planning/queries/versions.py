"""The frozen versions of a plan, and what changed between them, in words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from juluo.domains.members import queries as members
from juluo.domains.members.permissions import Viewer
from juluo.domains.planning.models import PlanVersion
from juluo.domains.planning.queries.own_parts import section_title
from juluo.domains.planning.queries.parts import content_of, plan_parts
from juluo.domains.planning.rules.differences import (
    Content,
    Difference,
    FactChange,
    Sort,
    Stretch,
    differences,
    text_changes,
)
from juluo.domains.planning.types import Fact, PlanPart
from juluo.lib.figures import NOTHING

# Longer words than these are laid over each other instead of being quoted.
LONG = 60


@dataclass(frozen=True, kw_only=True)
class EvidenceShown:
    """What caused a change, in words."""

    ref: str
    words: str
    url: str


@dataclass(frozen=True, kw_only=True)
class VersionRow:
    """A version in a list, and what was decided about it."""

    number: int
    made_at: datetime
    made_by_id: int
    made_by: str
    reason: str
    evidence: tuple[EvidenceShown, ...]
    decision: str
    decision_label: str
    decided_by: str
    decided_at: datetime | None
    note: str
    signed_alone: bool


@dataclass(frozen=True, kw_only=True)
class FactWords:
    """One changed fact in words; long texts come as stretches instead."""

    label: str
    before: str
    after: str
    stretches: tuple[Stretch, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ChangeLine:
    """One line of a change log."""

    part: str
    title: str
    renamed_from: str
    sort: Sort
    sort_label: str
    facts: tuple[FactWords, ...]


@dataclass(frozen=True, kw_only=True)
class FrozenEntry:
    """One thing in a frozen version."""

    ref: str
    title: str
    facts: tuple[tuple[str, str], ...]
    # The facts as they were frozen, and in words, by their keys.
    raw: Mapping[str, Fact]
    words: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class FrozenPart:
    """One part of a frozen version, or of a plan as it is now."""

    part: PlanPart
    label: str
    entries: tuple[FrozenEntry, ...]


EvidenceWords = Callable[[Iterable[str]], Mapping[str, tuple[str, str]]]
EvidenceChoices = Callable[[int], list[tuple[str, str]]]
_EVIDENCE: dict[str, tuple[EvidenceChoices, EvidenceWords]] = {}


def register_evidence(kind: str, *, choices: EvidenceChoices, words: EvidenceWords) -> None:
    """Let a change of plan rest on this kind of thing; called from ``apps.ready()``.

    :param choices: of a plan's id, ``[(reference, words)]`` to choose from.
    :param words: of references, ``{reference: (words, address)}``.
    """
    _EVIDENCE[kind] = (choices, words)


def evidence_choices(plan_id: int) -> list[tuple[str, str]]:
    """Return what a change of this plan could rest on."""
    return [choice for choices, _words in _EVIDENCE.values() for choice in choices(plan_id)]


def versions_of(plan_id: int) -> list[VersionRow]:
    """Return a plan's versions, newest first, without their contents."""
    rows = list(
        PlanVersion.objects.filter(plan_id=plan_id)
        .defer("content")
        .select_related("sign_off")
        .order_by("-number")
    )
    ids = {row.made_by_id for row in rows}
    ids |= {row.sign_off.decided_by_id for row in rows if hasattr(row, "sign_off")}
    names = members.names(ids)
    known = _evidence_words([ref for row in rows for ref in row.evidence])
    return [_row(row, names, known) for row in rows]


def _row(
    row: PlanVersion, names: Mapping[int, str], known: Mapping[str, tuple[str, str]]
) -> VersionRow:
    sign_off = getattr(row, "sign_off", None)
    return VersionRow(
        number=row.number,
        made_at=row.made_at,
        made_by_id=row.made_by_id,
        made_by=names.get(row.made_by_id, ""),
        reason=row.reason,
        evidence=tuple(_evidence(ref, known) for ref in row.evidence),
        decision=sign_off.decision if sign_off else "",
        decision_label=sign_off.get_decision_display() if sign_off else "",
        decided_by=names.get(sign_off.decided_by_id, "") if sign_off else "",
        decided_at=sign_off.decided_at if sign_off else None,
        note=sign_off.note if sign_off else "",
        signed_alone=bool(sign_off and sign_off.decided_by_id == row.made_by_id),
    )


def _evidence(ref: str, known: Mapping[str, tuple[str, str]]) -> EvidenceShown:
    words, url = known.get(ref, (ref, ""))
    return EvidenceShown(ref=ref, words=words, url=url)


def _evidence_words(refs: Iterable[str]) -> dict[str, tuple[str, str]]:
    grouped: dict[str, list[str]] = {}
    for ref in refs:
        grouped.setdefault(ref.partition(":")[0], []).append(ref)
    found: dict[str, tuple[str, str]] = {}
    for kind, group in grouped.items():
        if kind in _EVIDENCE:
            found |= _EVIDENCE[kind][1](group)
    return found


def frozen(
    plan_id: int, number: int, *, viewer: Viewer | None, language: str
) -> list[FrozenPart] | None:
    """Return what a version holds, of the parts a viewer may see; None if there is none."""
    content = PlanVersion.objects.filter(plan_id=plan_id, number=number)
    found = content.values_list("content", flat=True).first()
    return None if found is None else _parts_of(found, viewer, language)


def parts_now(plan_id: int, *, viewer: Viewer | None, language: str) -> list[FrozenPart]:
    """Return what a plan holds now, of the parts a viewer may see, as a version would say it."""
    return _parts_of(content_of(plan_id), viewer, language)


def _parts_of(content: Content, viewer: Viewer | None, language: str) -> list[FrozenPart]:
    return [
        FrozenPart(
            part=part,
            label=str(part.label),
            entries=tuple(_frozen_entry(part, entry, language) for entry in content[part.key]),
        )
        for part in plan_parts(viewer)
        if content.get(part.key)
    ]


def _frozen_entry(part: PlanPart, entry: Mapping[str, Any], language: str) -> FrozenEntry:
    raw = {key: value for key, value in entry["facts"].items() if value not in (None, "")}
    words = {key: _shown(part, key, value, language) for key, value in raw.items()}
    return FrozenEntry(
        ref=entry.get("ref", ""),
        title=_title(part.key, entry["title"], language),
        facts=tuple((str(part.labels.get(key, key)), said) for key, said in words.items()),
        raw=raw,
        words=words,
    )


def entries_shown(part: PlanPart, plan_id: int, *, language: str) -> list[FrozenEntry]:
    """Return what a part of a plan holds now, in words."""
    return [
        _frozen_entry(
            part, {"ref": entry.ref, "title": entry.title, "facts": entry.facts}, language
        )
        for entry in part.entries(plan_id)
    ]


def change_log(
    plan_id: int, *, older: int, newer: int | None, viewer: Viewer, language: str
) -> list[ChangeLine] | None:
    """Return what changed from one version to another, or to the plan as it is now.

    Version 0 is the empty plan. Parts that the viewer may not see are left out.
    Return None if one of the versions does not exist.
    """
    before = _content(plan_id, older)
    after = content_of(plan_id) if newer is None else _content(plan_id, newer)
    if before is None or after is None:
        return None
    parts = {part.key: part for part in plan_parts(viewer)}
    return [
        _line(parts[each.part], each, language)
        for each in differences(before, after)
        if each.part in parts
    ]


def changed_since_last(plan_id: int) -> int:
    """Return how many things are not as the plan's last version says; 0 if it has none."""
    last = PlanVersion.objects.filter(plan_id=plan_id).order_by("-number").first()
    return len(differences(last.content, content_of(plan_id))) if last else 0


def _content(plan_id: int, number: int) -> Content | None:
    if number == 0:
        return {}
    found = PlanVersion.objects.filter(plan_id=plan_id, number=number)
    content: Content | None = found.values_list("content", flat=True).first()
    return content


def _line(part: PlanPart, found: Difference, language: str) -> ChangeLine:
    sorts = {Sort.ADDED: _("added"), Sort.CHANGED: _("changed"), Sort.REMOVED: _("removed")}
    return ChangeLine(
        part=str(part.label),
        title=_title(part.key, found.title, language),
        renamed_from=found.renamed_from,
        sort=found.sort,
        sort_label=sorts[found.sort],
        facts=tuple(_fact(part, change, language) for change in found.facts),
    )


def _title(part_key: str, title: str, language: str) -> str:
    return section_title(title, language) if part_key == "sections" else title


def _fact(part: PlanPart, change: FactChange, language: str) -> FactWords:
    before = _shown(part, change.key, change.before, language)
    after = _shown(part, change.key, change.after, language)
    is_text = isinstance(change.before, str) and isinstance(change.after, str)
    long = is_text and max(len(before), len(after)) > LONG
    return FactWords(
        label=str(part.labels.get(change.key, change.key)),
        before=before,
        after=after,
        stretches=tuple(text_changes(before, after)) if long else (),
    )


def _shown(part: PlanPart, key: str, value: Any, language: str) -> str:
    if value in (None, ""):
        return NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return part.show(key, value, language) if part.show else str(value)
