"""The parts of a plan: each subject registers its own, those of higher domains too."""

from typing import Any

from juluo.domains.members.permissions import Viewer
from juluo.domains.planning.types import PlanEntry, PlanPart

_PARTS: dict[str, PlanPart] = {}


def register_part(part: PlanPart) -> None:
    """Add a part to every plan; called from ``apps.ready()``."""
    _PARTS[part.key] = part


def plan_parts(viewer: Viewer | None = None) -> list[PlanPart]:
    """Return the parts in order: all, or those that a viewer may see."""
    parts = sorted(_PARTS.values(), key=lambda part: (part.order, part.key))
    return [part for part in parts if viewer is None or part.visible(viewer)]


def entries_of(part_key: str, plan_id: int) -> list[PlanEntry]:
    """Return what one part of a plan holds now; nothing where no such part is registered."""
    part = _PARTS.get(part_key)
    return part.entries(plan_id) if part else []


def content_of(plan_id: int) -> dict[str, list[dict[str, Any]]]:
    """Return everything a plan holds now, part by part, as a version freezes it."""
    return {
        part.key: [
            {"ref": entry.ref, "title": entry.title, "facts": dict(entry.facts)}
            for entry in part.entries(plan_id)
        ]
        for part in plan_parts()
    }
