"""The parts of a plan: each subject registers its own, those of higher domains too."""

from juluo.domains.members.permissions import Viewer
from juluo.domains.planning.types import PlanPart

_PARTS: dict[str, PlanPart] = {}


def register_part(part: PlanPart) -> None:
    """Add a part to every plan; called from ``apps.ready()``."""
    _PARTS[part.key] = part


def plan_parts(viewer: Viewer | None = None) -> list[PlanPart]:
    """Return the parts in order: all, or those that a viewer may see."""
    parts = sorted(_PARTS.values(), key=lambda part: (part.order, part.key))
    return [part for part in parts if viewer is None or part.visible(viewer)]
