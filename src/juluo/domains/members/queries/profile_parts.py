"""The parts of a member's public page: higher domains register theirs."""

from juluo.domains.members.models import Member
from juluo.domains.members.types import ProfilePart, ProfileSection

_PARTS: dict[str, ProfilePart] = {}


def register_profile_part(part: ProfilePart) -> None:
    """Add a part to every member's public page; called from ``apps.ready()``."""
    _PARTS[part.key] = part


def profile_sections(*, viewer: Member, member_id: int) -> list[ProfileSection]:
    """Return what the registered parts show of a member to this viewer, in order."""
    parts = sorted(_PARTS.values(), key=lambda part: (part.order, part.key))
    built = [(part, part.build(viewer, member_id)) for part in parts]
    return [
        ProfileSection(
            label=part.label,
            template=part.template,
            context=context,
            action_template=part.action_template,
        )
        for part, context in built
        if context is not None
    ]
