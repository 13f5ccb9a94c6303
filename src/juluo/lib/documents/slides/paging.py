"""What goes on one slide and what on the next: nothing is cut off, nothing is left out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from juluo.lib.documents.model import Bullets, Note, Paragraph, Table, Text, plain
from juluo.lib.documents.slides import theme
from juluo.lib.documents.slides.measure import LEADING, POINTS, height, lines, sentences
from juluo.lib.documents.slides.shapes import widths
from juluo.lib.documents.words import signed

SIZES = (20, 18, 16)
# Space between two paragraphs; what a bullet is set in; a cell's margins.
GAP, INDENT, CELL_SIDES, CELL_ENDS = 0.12, 0.3, 0.2, 0.1
_LONGEST = 160


@dataclass(frozen=True, kw_only=True)
class Item:
    """One paragraph of a slide: its runs, and the sign before them where it is part of a list."""

    runs: Sequence[Text]
    sign: str = ""
    is_aside: bool = False

    def high(self, size: float, room: float) -> float:
        """Return how high it is, in inches."""
        marks = "".join("[00]" for run in self.runs if run.evidence is not None)
        inner = room - INDENT if self.sign else room
        return height(plain(self.runs) + marks, size, inner) + GAP


def items_of(block: Paragraph | Bullets | Note, language: str) -> list[Item]:
    """Return a block of words as paragraphs of a slide."""
    if isinstance(block, Paragraph):
        return [Item(runs=block.runs)]
    if isinstance(block, Note):
        return [Item(runs=block.runs), Item(runs=[Text(signed(block, language))], is_aside=True)]
    return [
        Item(runs=runs, sign=f"{number}." if block.ordered else "•")
        for number, runs in enumerate(block.items, start=1)
    ]


def pages_of(items: Sequence[Item], *, high: float) -> tuple[float, list[list[Item]]]:
    """Return the size of the letters, and the items of each slide."""
    for size in SIZES:
        if sum(each.high(size, theme.ROOM) for each in items) <= high:
            return size, [list(items)]
    size = SIZES[-1]
    return size, list(_filled(_shortened(items), size, high))


def _filled(items: Iterable[Item], size: float, high: float) -> Iterator[list[Item]]:
    page: list[Item] = []
    used = 0.0
    for item in items:
        needed = item.high(size, theme.ROOM)
        if page and used + needed > high:
            yield page
            page, used = [], 0.0
        page.append(item)
        used += needed
    if page:
        yield page


def _shortened(items: Iterable[Item]) -> Iterator[Item]:
    """Cut long paragraphs after sentences, so that a slide can end there."""
    for item in items:
        kept: list[Text] = []
        for run in sentences(item.runs):
            for part in _parts(run):
                kept.append(part)
                if len(plain(kept)) >= _LONGEST:
                    yield Item(runs=kept, sign=item.sign, is_aside=item.is_aside)
                    kept = []
        if kept:
            yield Item(runs=kept, sign=item.sign, is_aside=item.is_aside)


def _parts(run: Text) -> Iterator[Text]:
    """Cut a sentence without end; nobody writes one, but it must not run off the slide."""
    most = 5 * _LONGEST
    for start in range(0, max(len(run.words), 1), most):
        is_last = start + most >= len(run.words)
        part = run.words[start : start + most]
        yield Text(part, run.evidence if is_last else None, run.strong, run.url)


@dataclass(frozen=True, kw_only=True)
class TablePage:
    """The rows of a table that one slide shows; the first height is the head's."""

    rows: Sequence[Sequence[Text]]
    heights: Sequence[float]
    has_total: bool


def table_pages(table: Table, *, high: float) -> tuple[float, list[TablePage]]:
    """Return the size of a table's letters, and what each slide shows of it."""
    size = _table_size(len(table.columns), len(table.rows))
    rooms = [each - CELL_SIDES for each in widths(table.columns)]
    head = _row_height([Text(c.title, c.evidence) for c in table.columns], size, rooms)
    total = _row_height(table.total, size, rooms) if table.total else 0.0
    rows = [part for row in table.rows for part in _row_parts(row, size, rooms, high - head)]
    filled = _filled_rows([(row, _row_height(row, size, rooms)) for row in rows], high - head)
    if total and sum(each for _row, each in filled[-1]) + total > high - head:
        # A sum does not stand alone: the last row goes with it.
        filled = [*filled[:-1], filled[-1][:-1], filled[-1][-1:]]
    pages = [_table_page(each, head) for each in filled if each]
    if total and pages:
        last = pages[-1]
        summed = [*last.rows, table.total]
        pages[-1] = TablePage(rows=summed, heights=[*last.heights, total], has_total=True)
    return size, pages or [TablePage(rows=[], heights=[head], has_total=False)]


Measured = tuple[Sequence[Text], float]


def _filled_rows(rows: Iterable[Measured], high: float) -> list[list[Measured]]:
    pages: list[list[Measured]] = [[]]
    for row in rows:
        if pages[-1] and sum(each for _row, each in pages[-1]) + row[1] > high:
            pages.append([])
        pages[-1].append(row)
    return pages


def _table_page(rows: Sequence[Measured], head: float) -> TablePage:
    heights = [head, *(height for _row, height in rows)]
    return TablePage(rows=[row for row, _height in rows], heights=heights, has_total=False)


def _table_size(columns: int, rows: int) -> float:
    if columns > 7:
        return 11
    return 14 if rows <= 10 and columns <= 6 else 12


def _row_height(row: Sequence[Text], size: float, rooms: Sequence[float]) -> float:
    most = max(
        len(lines(_with_mark(text), size, room)) for text, room in zip(row, rooms, strict=True)
    )
    return most * size * LEADING / POINTS + CELL_ENDS


def _with_mark(text: Text) -> str:
    return text.words + ("[00]" if text.evidence is not None else "")


def _row_parts(
    row: Sequence[Text], size: float, rooms: Sequence[float], high: float
) -> Iterator[Sequence[Text]]:
    """Return a row, or the parts of one that is higher than a slide."""
    most = max(int((high - CELL_ENDS) / (size * LEADING / POINTS)), 1)
    cells = [lines(text.words, size, room) for text, room in zip(row, rooms, strict=True)]
    longest = max(len(cell) for cell in cells)
    if longest <= most:
        yield row
        return
    for start in range(0, longest, most - 1 or 1):
        yield [
            Text("".join(cell[start : start + (most - 1 or 1)]), None if start else text.evidence)
            for cell, text in zip(cells, row, strict=True)
        ]
