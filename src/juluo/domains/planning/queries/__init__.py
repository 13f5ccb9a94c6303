"""Reads of plans and what they hold."""

# Schedule
from juluo.domains.planning.queries.calendar import Day, Item, days, plan_choices
from juluo.domains.planning.queries.capacity import Capacity, coverage, team_capacity
from juluo.domains.planning.queries.content import (
    ContentPlan,
    content_plan,
    nth_names,
    published_link,
    weekday_names,
)
from juluo.domains.planning.queries.day_kinds import (
    DayKind,
    day_kinds,
    holidays_note,
    is_workday_here,
    keeps_chinese_days,
)
from juluo.domains.planning.queries.gantt import Gantt, gantt_chart
from juluo.domains.planning.queries.gates import (
    Acceptance,
    Finding,
    GateState,
    acceptances,
    gate_checks,
    gate_state,
    metrics_for_gates,
    plan_is_signed_off,
    register_gate_check,
    window_choices,
)
from juluo.domains.planning.queries.hours import hours
from juluo.domains.planning.queries.link_kinds import AWAITED, OWN_KINDS
from juluo.domains.planning.queries.links import (
    link_kind,
    link_kinds,
    number_in,
    register_link_kind,
)
from juluo.domains.planning.queries.parts import plan_parts, register_part
from juluo.domains.planning.queries.schedule import (
    MilestoneRow,
    PhaseRow,
    PlanHead,
    Schedule,
    TaskDetail,
    TaskRow,
    milestone_row,
    parts_of,
    phase_row,
    plan_head,
    plan_schedule,
    possible_needs,
    task_detail,
    task_row,
)
from juluo.domains.planning.queries.schedule_part import CONTENT_PART, SCHEDULE_PART
from juluo.domains.planning.queries.task_lines import TaskLine, task_lines
from juluo.domains.planning.queries.work import (
    MyWork,
    calendar_entries,
    late_count,
    member_of_calendar,
    my_work,
    say_what_is_late,
)

__all__ = [
    "AWAITED",
    "CONTENT_PART",
    "OWN_KINDS",
    "SCHEDULE_PART",
    "Acceptance",
    "Capacity",
    "ContentPlan",
    "Day",
    "DayKind",
    "Finding",
    "Gantt",
    "GateState",
    "Item",
    "MilestoneRow",
    "MyWork",
    "PhaseRow",
    "PlanHead",
    "Schedule",
    "TaskDetail",
    "TaskLine",
    "TaskRow",
    "acceptances",
    "calendar_entries",
    "content_plan",
    "coverage",
    "day_kinds",
    "days",
    "gantt_chart",
    "gate_checks",
    "gate_state",
    "holidays_note",
    "hours",
    "is_workday_here",
    "keeps_chinese_days",
    "late_count",
    "link_kind",
    "link_kinds",
    "member_of_calendar",
    "metrics_for_gates",
    "milestone_row",
    "my_work",
    "nth_names",
    "number_in",
    "parts_of",
    "phase_row",
    "plan_choices",
    "plan_head",
    "plan_is_signed_off",
    "plan_parts",
    "plan_schedule",
    "possible_needs",
    "published_link",
    "register_gate_check",
    "register_link_kind",
    "register_part",
    "say_what_is_late",
    "task_detail",
    "task_lines",
    "task_row",
    "team_capacity",
    "weekday_names",
    "window_choices",
]
