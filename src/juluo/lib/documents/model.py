"""What a document consists of, whatever face it gets."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What a number rests on: printed in the appendix, referred to by its place in the list."""

    title: str
    rows: Sequence[tuple[str, str]]
    query: str = ""


@dataclass(frozen=True)
class Text:
    """A run of words; ``evidence`` is the number of the entry they rest on, from 1."""

    words: str
    evidence: int | None = None
    strong: bool = False


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    runs: Sequence[Text]


@dataclass(frozen=True)
class Bullets:
    """A list without order."""

    items: Sequence[Sequence[Text]]


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a table; numbers are set to the right. ``share`` is its part of the width."""

    title: str
    numeric: bool = False
    share: float = 1.0
    # What every number of the column rests on.
    evidence: int | None = None


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows of cells under a head that repeats on every page."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Text]]


@dataclass(frozen=True, kw_only=True)
class Chart:
    """An ECharts option with the words that stand for it where it cannot be seen."""

    caption: str
    option: dict[str, Any]
    alternative: str
    # What its series rest on.
    evidence: Sequence[int] = ()
    height: int = 300


Block = Paragraph | Bullets | Table | Chart


@dataclass(frozen=True, kw_only=True)
class Section:
    """A headed part of a document."""

    title: str
    blocks: Sequence[Block]


@dataclass(frozen=True, kw_only=True)
class Document:
    """A whole document. ``language`` is ``zh`` or ``en``; ``facts`` stand under the title."""

    title: str
    subtitle: str
    language: str
    facts: Sequence[tuple[str, str]]
    sections: Sequence[Section]
    appendix_title: str
    # The state of the data that every number was read from.
    data_version: str = ""
    evidence: Sequence[Evidence] = field(default=())


def plain(runs: Sequence[Text]) -> str:
    """Return runs as bare words."""
    return "".join(run.words for run in runs)
