"""What the three shapes of a Discord export have in common."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from juluo.importers.spool import Spool
from juluo.importers.stream import Item, Options, Person, Place

_PART = re.compile(r"\s*\[part \d+\]$", re.IGNORECASE)
_ID = re.compile(r"[\[_ ](\d{15,20})\]?$")
_MARK = re.compile(r"\s*(.+?) \((\d+)\)\s*(?:,|$)")


@dataclass
class Seen:
    """What was named already while reading, and what the caller said."""

    options: Options
    spool: Spool
    people: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)

    def person(self, id_: str, name: str, *, bot: bool = False) -> Iterator[Item]:
        """Yield the person the first time."""
        if id_ not in self.people:
            self.people.add(id_)
            yield Person(id=id_, name=name or id_, kind="bot" if bot else "person")

    def place(self, id_: str, name: str, about: str = "") -> Iterator[Item]:
        """Yield the channel the first time."""
        if id_ not in self.places:
            self.places.add(id_)
            yield Place(id=id_[:150], name=name or id_, about=about, chat=True)

    def position(self, file: str, *parts: str) -> str:
        """Return an id for a message without one: its digest, and which of its like it is.

        Equal messages of one file are told apart; the same message in another file of the
        channel is the same.
        """
        digest = hashlib.blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=16)
        nth = self.spool.nth(digest.digest() + file.encode("utf-8", "replace"))
        return f"{digest.hexdigest()}/{nth}"


def channel_of(file: str) -> tuple[str, str]:
    """Return a channel's id and name as the file's name gives them; the id may be the name."""
    stem = _PART.sub("", PurePosixPath(file).stem)
    match = _ID.search(stem)
    rest = stem[: match.start()].strip() if match else stem
    return (match[1] if match else stem[:150]), rest.rpartition(" - ")[2] or rest


def marks_in(text: str) -> list[tuple[str, int]]:
    """Return the (emoji, count) of ``👍 (1),name (2)``."""
    return [(match[1][:80], int(match[2])) for match in _MARK.finditer(text) if int(match[2])]
