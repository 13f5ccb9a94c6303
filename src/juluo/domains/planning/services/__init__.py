"""Every change of plans and what they hold; one module for each subject."""

from juluo.domains.planning.services.changes import PlanIsClosed
from juluo.domains.planning.services.comments import comment, resolve_comment
from juluo.domains.planning.services.plans import (
    SomebodyElseWrote,
    change_plan,
    close_plan,
    make_plan,
    reopen_plan,
    take_baseline,
    write_section,
)
from juluo.domains.planning.services.surroundings import (
    attach_notes,
    review_note,
    state_positioning,
    withdraw_note,
    write_note,
)
from juluo.domains.planning.services.versions import (
    NothingChanged,
    NothingToDecide,
    ReasonMissing,
    SecondPersonNeeded,
    decide,
    submit,
)

__all__ = [
    "NothingChanged",
    "NothingToDecide",
    "PlanIsClosed",
    "ReasonMissing",
    "SecondPersonNeeded",
    "SomebodyElseWrote",
    "attach_notes",
    "change_plan",
    "close_plan",
    "comment",
    "decide",
    "make_plan",
    "reopen_plan",
    "resolve_comment",
    "review_note",
    "state_positioning",
    "submit",
    "take_baseline",
    "withdraw_note",
    "write_note",
    "write_section",
]
