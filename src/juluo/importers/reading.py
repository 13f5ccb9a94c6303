"""Read an export to the end before anything is written: count it and put it on the spool."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from juluo.importers.formats import FORMATS, Format
from juluo.importers.sources import Source
from juluo.importers.spool import Spool
from juluo.importers.stream import (
    Accepted,
    Item,
    Notice,
    Options,
    Person,
    Place,
    Refused,
    Said,
    Stray,
    Unreadable,
)

PROBLEMS_KEPT = 100
TELL_EVERY = 2000
# What was read so far, for someone who watches.
Tell = Callable[[int], None]


@dataclass
class Counts:
    """What was read: ``records`` is messages, notices, duplicates and unreadable ones."""

    messages: int = 0
    replies: int = 0
    reactions: int = 0
    notices: int = 0
    bots: int = 0
    edited: int = 0
    duplicates: int = 0
    unreadable: int = 0
    first: datetime | None = None
    last: datetime | None = None
    problems: list[dict[str, str]] = field(default_factory=list)
    broken_files: set[str] = field(default_factory=set)

    @property
    def records(self) -> int:
        """How many records there were in all."""
        return self.messages + self.notices + self.duplicates + self.unreadable

    def add_message(self, said: Said) -> None:
        """Count a message that was not there before."""
        self.messages += 1
        self.replies += said.points
        self.bots += said.bot
        self.edited += said.edited_at is not None
        self.reactions += sum(mark.count for mark in said.marks)
        self.first = min(self.first or said.at, said.at)
        self.last = max(self.last or said.at, said.at)

    def add_unreadable(self, bad: Unreadable) -> None:
        """Count what could not be read, and keep the first of them to show."""
        self.unreadable += 1
        if bad.rest:
            self.broken_files.add(bad.file)
        if len(self.problems) < PROBLEMS_KEPT:
            self.problems.append({"file": bad.file, "place": bad.place, "reason": bad.reason})


def read_export(
    *, format_name: str, source: Source, options: Options, spool: Spool, tell: Tell
) -> Counts:
    """Put everything on the spool and return the counts.

    :raises Refused: if it is not this format, or nothing in it can be read.
    """
    counts = Counts()
    for item in FORMATS[format_name].read(source, options, spool):
        take(item, spool, counts)
        if counts.records % TELL_EVERY == 0:
            tell(counts.records)
    _refuse_nothing(source, counts, FORMATS[format_name])
    spool.arrange()
    return counts


def take(item: Item, spool: Spool, counts: Counts) -> None:
    """Put one item on the spool and count it."""
    match item:
        case Said():
            if spool.add_said(item):
                counts.add_message(item)
            else:
                counts.duplicates += 1
        case Notice():
            counts.notices += 1
            if item.joined and item.at:
                spool.add_join(item.joined, item.at)
        case Person():
            spool.add_person(item)
        case Place():
            spool.add_place(item)
        case Accepted():
            spool.add_accepted(item)
        case Unreadable():
            counts.add_unreadable(item)
        case Stray():
            counts.reactions += item.marks


def _refuse_nothing(source: Source, counts: Counts, of: Format) -> None:
    if counts.broken_files and len(source.ending(*of.SUFFIXES)) == len(counts.broken_files):
        # The only file breaks off: half of it would look like the whole.
        raise Refused(_first_problem(source, counts))
    if counts.messages or counts.notices:
        return
    if counts.problems:
        raise Refused(_first_problem(source, counts))
    raise Refused(f"{source.label}: no messages in it; is it a {of.TITLE} export?")


def _first_problem(source: Source, counts: Counts) -> str:
    problem = counts.problems[0]
    return f"{source.label}: {problem['file']}: {problem['place']}: {problem['reason']}"
