"""Values other packages may hold in their hands."""

from dataclasses import dataclass

from django.utils.functional import Promise

from juluo.domains.notifications.models import Way

__all__ = ["Kind", "Way"]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of notification: ``words`` are a lazy translation with ``%(fact)s`` places.

    ``urgent`` ones are mailed at once; the others wait in the inbox; each member may have it
    otherwise. ``label`` names the kind where members choose; without one its words do.
    """

    key: str
    words: str | Promise
    icon: str = "bell"
    urgent: bool = False
    label: str | Promise = ""
    for_staff: bool = False

    @property
    def usual_way(self) -> Way:
        """How it reaches those who never said otherwise."""
        return Way.AT_ONCE if self.urgent else Way.INBOX
