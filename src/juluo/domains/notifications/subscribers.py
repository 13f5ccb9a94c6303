"""What members are told of that happens to the guidelines."""

from datetime import datetime

from juluo.domains.members import queries as members
from juluo.domains.notifications import services
from juluo.eventlog.subscriptions import subscribe
from juluo.events.members import GuidelinesPublished, GuidelinesReminded


@subscribe(GuidelinesPublished)
def tell_of_new_guidelines(event: GuidelinesPublished, *, record_id: int, at: datetime) -> None:
    """Tell everybody who is to accept them."""
    _tell("members.guidelines_published", event.number, record_id, at)


@subscribe(GuidelinesReminded)
def tell_again_of_guidelines(event: GuidelinesReminded, *, record_id: int, at: datetime) -> None:
    """Tell those again who have not accepted by now."""
    _tell("members.guidelines_reminder", event.number, record_id, at)


def _tell(kind: str, number: int, record_id: int, at: datetime) -> None:
    services.tell_all(
        member_ids=members.who_has_not_accepted(),
        kind=kind,
        key=f"guidelines:{record_id}",
        facts={"number": number},
        url="/guidelines/",
        at=at,
    )
