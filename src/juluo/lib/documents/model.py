"""What a document consists of, whatever face it gets."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Tone(StrEnum):
    """Whether something is welcome: shown in words and by a sign, never by colour alone."""

    GOOD = "good"
    BAD = "bad"
    NEUTRAL = "neutral"


@dataclass(frozen=True, kw_only=True)
class Brand:
    """Whose document it is: a name, a colour as six hex digits, a PNG or JPEG picture."""

    name: str = ""
    accent: str = "1F4E79"
    logo: bytes = b""


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What a number rests on: printed in the appendix, referred to by its place in the list."""

    title: str
    rows: Sequence[tuple[str, str]]
    query: str = ""
    # Where it is kept and can be held against today's answer: an address of ours.
    url: str = ""


@dataclass(frozen=True)
class Text:
    """A run of words; ``evidence`` is the number of the entry they rest on, from 1."""

    words: str
    evidence: int | None = None
    strong: bool = False
    # An outside address (http, https, mailto) that the words lead to.
    url: str = ""
    # Whom or what the words name, as "member:12": a document that is kept keeps this and no name,
    # and is told the name anew whenever it is opened.
    names: str = ""


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    runs: Sequence[Text]


@dataclass(frozen=True)
class Bullets:
    """A list; numbered where the order counts."""

    items: Sequence[Sequence[Text]]
    ordered: bool = False


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
    """Rows of cells under a head that repeats on every page, and a sum below them."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Text]]
    total: Sequence[Text] = ()


@dataclass(frozen=True, kw_only=True)
class Chart:
    """An ECharts option with the words that stand for it where it cannot be seen.

    The option is the only copy of the figures: ``juluo.lib.charts.reading`` reads them back for
    the faces that draw a chart of their own or print its table.
    """

    caption: str
    option: dict[str, Any]
    alternative: str
    # What its series rest on.
    evidence: Sequence[int] = ()
    height: int = 300


@dataclass(frozen=True, kw_only=True)
class KeyFigure:
    """One number on a card: what it is, how it changed, and what it rests on."""

    title: str
    value: Text
    change: str = ""
    tone: Tone = Tone.NEUTRAL


@dataclass(frozen=True)
class KeyFigures:
    """Cards side by side."""

    figures: Sequence[KeyFigure]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something found out: what, why we think so and how sure we are.

    ``key`` is the same in every language and every edition: notes and actions hang on it.
    """

    key: str = ""
    title: str
    what: Sequence[Text]
    why: Sequence[Text] = ()
    tone: Tone = Tone.NEUTRAL


@dataclass(frozen=True, kw_only=True)
class Note:
    """What a person wrote beside the figures, with their name and the day."""

    runs: Sequence[Text]
    by: Text = Text("")
    on: str = ""


@dataclass(frozen=True, kw_only=True)
class Action:
    """Something to be done: by whom, until when, to which effect, and how far it is."""

    what: Text
    owner: Text = Text("")
    due: str = ""
    expected: str = ""
    state: str = ""


@dataclass(frozen=True, kw_only=True)
class Actions:
    """What is to be done, as a table whose head every face words alike."""

    caption: str
    actions: Sequence[Action]


Block = Paragraph | Bullets | Table | Chart | KeyFigures | Finding | Note | Actions


@dataclass(frozen=True, kw_only=True)
class Section:
    """A headed part of a document; ``parts`` are headed one level below, and have none.

    ``key`` is the same in every language: what people write beside a section hangs on it.
    """

    title: str
    blocks: Sequence[Block] = ()
    parts: Sequence["Section"] = ()
    key: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing."""
        return not self.blocks and all(part.is_empty for part in self.parts)


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
    brand: Brand = field(default=Brand())
    # What stands at the foot of every page: as of when, frozen on, which issue.
    footline: str = ""

    def headings(self) -> Iterator[tuple[int, str]]:
        """Yield ``(level, title)`` of every heading in the order they are printed."""
        for section in self.sections:
            yield 1, section.title
            for part in section.parts:
                yield 2, part.title
        if self.evidence:
            yield 1, self.appendix_title


def plain(runs: Sequence[Text]) -> str:
    """Return runs as bare words."""
    return "".join(run.words for run in runs)
