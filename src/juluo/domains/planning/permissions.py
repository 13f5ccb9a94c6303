"""Who may plan: staff read, operators plan, owners sign off."""

from juluo.domains.members.permissions import OPERATORS, OWNERS, STAFF, Viewer, has_role


def can_see_plans(viewer: Viewer) -> bool:
    """Whether they may read plans, goals and the schedule."""
    return has_role(viewer, STAFF)


def can_plan(viewer: Viewer) -> bool:
    """Whether they may make and change plans, goals, strategies and the schedule."""
    return has_role(viewer, OPERATORS)


def can_sign_off(viewer: Viewer) -> bool:
    """Whether they may sign a plan off or send it back."""
    return has_role(viewer, OWNERS)


def can_work_on(viewer: Viewer, *, owner_id: int | None) -> bool:
    """Whether they may start and finish a task: its owner may, and whoever may plan."""
    return can_plan(viewer) or (has_role(viewer, STAFF) and viewer.pk == owner_id)


def can_override_gate(viewer: Viewer) -> bool:
    """Whether they may open a gate although something is missing, with a reason."""
    return has_role(viewer, OWNERS)


def can_state_criterion(viewer: Viewer, *, person_id: int | None) -> bool:
    """Whether they may say that a criterion holds: only the one it was left to."""
    return has_role(viewer, STAFF) and viewer.pk == person_id


def can_state_hours(viewer: Viewer, *, member_id: int) -> bool:
    """Whether they may say how many hours somebody has, and when they are away."""
    return can_plan(viewer) or (has_role(viewer, STAFF) and viewer.pk == member_id)
