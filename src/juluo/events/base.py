"""What every event is: a frozen fact that says where its fields go in the log."""

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, ClassVar


class Verb(StrEnum):
    """What an event says of its actor (METRICS.md, "Activity verbs").

    Each verb includes the ones before it: a contribution is also participation and presence.
    """

    NONE = "none"
    PRESENCE = "presence"
    PARTICIPATION = "participation"
    CONTRIBUTION = "contribution"


EVENT_TYPES: dict[str, type["Event"]] = {}

COLUMNS = frozenset(
    {
        "space_id",
        "subject_id",
        "thread_id",
        "parent_id",
        "recipient_id",
        "channel",
        "value",
    }
)


@dataclass(frozen=True, kw_only=True)
class Event:
    """One thing that happened. Subclasses are named in the past tense.

    A field named like a column of the log is stored there; every other field goes into the
    payload. Fields are ids, numbers and choices only: never names, never free text.

    ``subject_id``, ``thread_id`` and ``parent_id`` are references such as ``"post:12"``
    (see :func:`reference`), because posts, comments and messages number themselves apart.
    """

    name: ClassVar[str]
    version: ClassVar[int] = 1
    verb: ClassVar[Verb] = Verb.NONE

    def __init_subclass__(cls) -> None:
        """Register the type under its name, so that a stored line can be read back."""
        super().__init_subclass__()
        if cls.name in EVENT_TYPES:
            raise TypeError(f"two event types are named {cls.name!r}")
        EVENT_TYPES[cls.name] = cls

    def columns(self) -> dict[str, Any]:
        """Return the fields that have a column of their own in the log."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name in COLUMNS}

    def payload(self) -> dict[str, Any]:
        """Return the remaining fields, those that are set."""
        rest = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in COLUMNS}
        return {name: value for name, value in rest.items() if value not in (None, "")}


def reference(kind: str, pk: int) -> str:
    """Return the log's reference to an object, for example ``post:12``."""
    return f"{kind}:{pk}"


def event_from_row(*, name: str, columns: dict[str, Any], payload: dict[str, Any]) -> Event:
    """Rebuild the typed event that a line of the log tells of.

    :raises KeyError: if no event type has this name.
    """
    event_type = EVENT_TYPES[name]
    known = {f.name for f in fields(event_type)}
    values = {key: value for key, value in {**columns, **payload}.items() if key in known}
    return event_type(**values)
