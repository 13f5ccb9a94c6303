"""What happens elsewhere and belongs on the time axis."""

from datetime import datetime

from juluo.domains.discussions import queries as discussions
from juluo.domains.insights import queries, services
from juluo.eventlog.subscriptions import subscribe
from juluo.events.community import CommunityChanged
from juluo.events.discussions import SpaceOpened
from juluo.events.importing import ImportFinished


@subscribe(ImportFinished)
def note_import(event: ImportFinished, *, record_id: int, at: datetime) -> None:
    """Note that talk was brought in: figures of its days changed at once."""
    services.tell_annotation(
        origin=f"event:{record_id}",
        kind="data",
        telling="insights.import",
        facts={"format": event.format},
        start=queries.local_today(now=at),
        at=at,
    )


@subscribe(CommunityChanged)
def note_clock(event: CommunityChanged, *, record_id: int, at: datetime) -> None:
    """Note that the community's clock changed: days and months are cut elsewhere since."""
    if "timezone" in event.fields.split(","):
        services.tell_annotation(
            origin=f"event:{record_id}",
            kind="data",
            telling="insights.timezone",
            facts={},
            start=queries.local_today(now=at),
            at=at,
        )


@subscribe(SpaceOpened)
def note_space(event: SpaceOpened, *, record_id: int, at: datetime) -> None:
    """Note that a space opened here; those that imports bring are the past's own."""
    name = discussions.space_names([event.space_id]).get(event.space_id, "")
    services.tell_annotation(
        origin=f"event:{record_id}",
        kind="rule_change",
        telling="insights.space",
        facts={"space": name},
        start=queries.local_today(now=at),
        at=at,
    )
