"""Every write to flags, cases and claims that another package may ask for."""

from juluo.domains.moderation.services.claims import (
    approve_claim,
    check_proofs,
    claim_history,
    decline_claim,
    drop_claim,
    give_history,
    undo_claim,
)
from juluo.domains.moderation.services.deciding import decide
from juluo.domains.moderation.services.first_aid import change_first_aid
from juluo.domains.moderation.services.flagging import flag
from juluo.domains.moderation.services.objecting import (
    decide_objection,
    object_to,
    withdraw,
)
from juluo.domains.moderation.services.refusals import (
    AlreadyDecided,
    CannotBe,
    NeedsConsent,
    NotAllowed,
    NotThere,
    SaidNothing,
    TakenByOther,
    TooMany,
)
from juluo.domains.moderation.services.sanctions import end_suspensions, note_reinstated
from juluo.domains.moderation.services.taking import release_case, take_case

__all__ = [
    "AlreadyDecided",
    "CannotBe",
    "NeedsConsent",
    "NotAllowed",
    "NotThere",
    "SaidNothing",
    "TakenByOther",
    "TooMany",
    "approve_claim",
    "change_first_aid",
    "check_proofs",
    "claim_history",
    "decide",
    "decide_objection",
    "decline_claim",
    "drop_claim",
    "end_suspensions",
    "flag",
    "give_history",
    "note_reinstated",
    "object_to",
    "release_case",
    "take_case",
    "undo_claim",
    "withdraw",
]
