"""What it takes to tell of an event."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, kw_only=True)
class Telling:
    """The words and the icon for one type of event."""

    words: str | Promise
    icon: str
