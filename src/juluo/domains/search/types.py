"""Values other packages may hold in their hands."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Narrowed:
    """What is to be found, beyond its words; what is None or empty narrows nothing."""

    kind: str = ""
    space_id: int | None = None
    group_id: int | None = None
    authors: tuple[int, ...] | None = None
    tag: str = ""
    since: datetime | None = None
    solved: bool = False
    newest: bool = False
