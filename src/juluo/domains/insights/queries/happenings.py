"""Something that happened, with the words and the address that a page shows of it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from juluo.analytics.diagnosis import Happening


@dataclass(frozen=True, kw_only=True)
class Told:
    """Something that happened, as the engine takes it, with its words and address."""

    happening: "Happening"
    words: str
    url: str = ""
