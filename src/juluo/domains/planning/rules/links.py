"""Which real object closes which task."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

# What an awaited publication can be; announcements are posts until they have events of their own.
FORMATS = ("post", "question")


@dataclass(frozen=True, kw_only=True)
class Awaited:
    """The first publication that fits: in a space, perhaps by a member, with words in its title.

    An empty ``format`` takes posts and questions alike.
    """

    space_id: int
    member_id: int | None = None
    words: tuple[str, ...] = ()
    format: str = ""

    @property
    def ref(self) -> str:
        """What a link that awaits it is found by."""
        return f"space:{self.space_id}"

    @property
    def conditions(self) -> int:
        """How much it asks for: of two that fit, the choosier one is meant."""
        return len(self.words) + (self.member_id is not None) + bool(self.format)

    def as_json(self) -> dict[str, Any]:
        """Return it as a link keeps it."""
        return {
            "space_id": self.space_id,
            "member_id": self.member_id,
            "words": list(self.words),
            "format": self.format,
        }


def awaited_from(kept: Mapping[str, Any]) -> Awaited:
    """Return what a link keeps as it was meant."""
    return Awaited(
        space_id=int(kept["space_id"]),
        member_id=kept.get("member_id"),
        words=tuple(kept.get("words", ())),
        format=kept.get("format", ""),
    )


@dataclass(frozen=True, kw_only=True)
class Publication:
    """A post or question that appeared, on a local day."""

    ref: str
    space_id: int
    author_id: int | None
    title: str
    format: str
    day: date


def fits(awaited: Awaited, published: Publication, *, since: date) -> bool:
    """Whether it is what was awaited; nothing published before ``since`` is."""
    title = published.title.casefold()
    return (
        published.day >= since
        and published.space_id == awaited.space_id
        and awaited.member_id in (None, published.author_id)
        and awaited.format in ("", published.format)
        and all(word.casefold() in title for word in awaited.words)
    )


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A link that awaits a publication; ``slot_due`` where it fills a slot of the content plan."""

    link_id: int
    awaited: Awaited
    since: date
    slot_due: date | None = None


def closed_by(
    published: Publication, waiting: Iterable[Waiting], *, may_fill_slot: bool = True
) -> list[int]:
    """Return the links that a publication closes: all that await it, but one slot at the most.

    Of several slots that it fits, the choosiest is meant, then the one whose day is nearest.
    """
    fitting = [each for each in waiting if fits(each.awaited, published, since=each.since)]
    closed = [each.link_id for each in fitting if each.slot_due is None]
    slots = [(each, each.slot_due) for each in fitting if each.slot_due is not None]
    if slots and may_fill_slot:
        nearest, _due = min(slots, key=lambda pair: _distance(published, *pair))
        closed.append(nearest.link_id)
    return closed


def _distance(published: Publication, slot: Waiting, due: date) -> tuple[int, int, date, int]:
    days = abs((published.day - due).days)
    return (-slot.awaited.conditions, days, due, slot.link_id)
