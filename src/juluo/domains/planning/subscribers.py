"""What the schedule hears of: real objects that are done, and imports that bring in a past."""

from datetime import datetime

from django.utils import timezone

from juluo.domains.planning import services
from juluo.domains.planning.queries.links import link_kinds
from juluo.eventlog.subscriptions import Subscriber, subscribe
from juluo.events.base import Event
from juluo.events.importing import ImportFinished


@subscribe(ImportFinished)
def look_back(event: ImportFinished, *, record_id: int, at: datetime) -> None:  # noqa: ARG001
    """Close what an import's past has closed.

    One look at each link that waits, rather than a delivery for each imported line.
    """
    services.look_back(now=timezone.now())


def listen() -> None:
    """Hear of every event that closes a link of a registered kind; called from ``ready()``."""
    for event_type in {each for kind in link_kinds() for each in kind.closes_on}:
        subscribe(event_type)(_closer(event_type))


def _closer(event_type: type[Event]) -> Subscriber[Event]:
    def close(event: Event, *, record_id: int, at: datetime) -> None:  # noqa: ARG001
        services.hear(event, at=at, now=timezone.now())

    # A delivery finds its subscriber by this name, also after a restart.
    close.__qualname__ = f"close_links_on_{event_type.__name__}"
    return close
