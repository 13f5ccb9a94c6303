"""An import may bring the proof of a claim; an account opened by hand ends its suspension."""

from datetime import datetime

from juluo.domains.moderation import services
from juluo.eventlog.subscriptions import subscribe
from juluo.events.importing import ImportFinished
from juluo.events.members import MemberReinstated


@subscribe(ImportFinished)
def look_for_proofs(event: ImportFinished, *, record_id: int, at: datetime) -> None:  # noqa: ARG001
    """Make claims true whose code came with the import."""
    services.check_proofs(at=at)


@subscribe(MemberReinstated)
def end_their_suspension(
    event: MemberReinstated,
    *,
    record_id: int,  # noqa: ARG001
    at: datetime,
) -> None:
    """Note that the suspension is over."""
    services.note_reinstated(member_id=event.member_id, at=at)
