"""Values other packages may hold in their hands."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of notification: ``words`` are a lazy translation with ``%(fact)s`` places.

    ``urgent`` ones are mailed at once; the others wait in the inbox.
    """

    key: str
    words: str | Promise
    icon: str = "bell"
    urgent: bool = False
