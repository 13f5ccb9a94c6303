"""How a state looks: always a word, an icon and a colour, never a colour alone."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, kw_only=True)
class Look:
    """The colour and icon of a state, and its word where that does not stand beside it."""

    tone: str
    icon: str
    label: str | Promise = ""
