"""Every write to plans and what they hold."""

# Schedule
from juluo.domains.planning.services.capacity import (
    add_absence,
    calendar_token,
    remove_absence,
    renew_calendar_token,
    state_hours,
)
from juluo.domains.planning.services.content import (
    SpaceGone,
    add_content_line,
    drop_content_line,
)
from juluo.domains.planning.services.gates import (
    GateClosed,
    GatePassedAlready,
    NotTheirs,
    add_criterion,
    pass_gate,
    remove_criterion,
    state_criterion,
)
from juluo.domains.planning.services.links import (
    hear,
    link_task,
    look_back,
    unlink_task,
)
from juluo.domains.planning.services.milestones import (
    add_milestone,
    change_milestone,
    move_milestone,
    reach_milestone,
    reopen_milestone,
)
from juluo.domains.planning.services.phases import OutsidePlan, change_phase, make_phases
from juluo.domains.planning.services.tasks import (
    CircularDependency,
    DueBeforeStart,
    OtherPlan,
    add_dependency,
    add_task,
    change_task,
    drop_task,
    finish_task,
    place_task,
    remove_dependency,
    reopen_task,
    start_task,
)

__all__ = [
    "CircularDependency",
    "DueBeforeStart",
    "GateClosed",
    "GatePassedAlready",
    "NotTheirs",
    "OtherPlan",
    "OutsidePlan",
    "SpaceGone",
    "add_absence",
    "add_content_line",
    "add_criterion",
    "add_dependency",
    "add_milestone",
    "add_task",
    "calendar_token",
    "change_milestone",
    "change_phase",
    "change_task",
    "drop_content_line",
    "drop_task",
    "finish_task",
    "hear",
    "link_task",
    "look_back",
    "make_phases",
    "move_milestone",
    "pass_gate",
    "place_task",
    "reach_milestone",
    "remove_absence",
    "remove_criterion",
    "remove_dependency",
    "renew_calendar_token",
    "reopen_milestone",
    "reopen_task",
    "start_task",
    "state_criterion",
    "state_hours",
    "unlink_task",
]
