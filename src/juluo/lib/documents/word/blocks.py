"""Each kind of block as Word shows it."""

from collections.abc import Sequence
from functools import singledispatchmethod
from io import BytesIO
from typing import TYPE_CHECKING, Any

from juluo.lib.charts import images
from juluo.lib.documents.model import (
    Actions,
    Block,
    Bullets,
    Chart,
    Column,
    Document,
    Finding,
    KeyFigure,
    KeyFigures,
    Note,
    Paragraph,
    Table,
    Text,
    Tone,
)
from juluo.lib.documents.word import styles, xml
from juluo.lib.documents.words import actions_table, signed, words

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph as WordParagraph

CHART_WIDTH = 760
_CARDS_IN_A_ROW = 4
# A value of more characters is set smaller, to stand on one line of its card.
_LONG_VALUE = 7
# A table of so few rows is never broken between pages.
_ROWS_KEPT_TOGETHER = 12
# A longer one begins with at least its head and so many rows less one.
_ROWS_BEGUN = 3


class Blocks:
    """Writes blocks to the end of a Word file, and counts its figures and tables."""

    def __init__(self, word: "WordDocument", document: Document) -> None:
        self._word = word
        self._language = document.language
        self._words = words(document.language)
        self._accent = document.brand.accent
        self._counted = {self._words.figure: 0, self._words.table: 0}

    @singledispatchmethod
    def write(self, block: Block) -> None:
        """Write one block."""
        raise TypeError(f"no face for {type(block).__name__}")

    @write.register
    def _paragraph(self, block: Paragraph) -> None:
        self._runs(self._word.add_paragraph(style="Body Text"), block.runs)

    @write.register
    def _bullets(self, block: Bullets) -> None:
        for number, item in enumerate(block.items, start=1):
            paragraph = self._word.add_paragraph(style="List Bullet")
            if block.ordered:
                # Word's own numbers would run on from one list to the next.
                paragraph.style = "List Number"
                _without_number(paragraph)
                paragraph.add_run(f"{number}.\t")
            self._runs(paragraph, item)

    @write.register
    def _actions(self, block: Actions) -> None:
        self._table(actions_table(block, self._language))

    @write.register
    def _table(self, block: Table) -> None:
        self._caption(self._words.table, block.caption, keep=True)
        table = self._word.add_table(rows=1, cols=len(block.columns), style="Table Grid")
        _shape(table, [column.share for column in block.columns])
        self._head(table.rows[0], block.columns)
        for row in block.rows:
            self._row(table, row, block.columns)
        if block.total:
            total = [Text(each.words, each.evidence, strong=True) for each in block.total]
            for cell in self._row(table, total, block.columns):
                xml.fill(cell, styles.PALE)
        for row in table.rows:
            xml.keep_whole(row)
        is_short = len(block.rows) <= _ROWS_KEPT_TOGETHER
        xml.keep_together(table.rows[:-1] if is_short else table.rows[:_ROWS_BEGUN])
        self._word.add_paragraph(style="Gap")

    def _head(self, row: Any, columns: Sequence[Column]) -> None:
        for cell, column in zip(row.cells, columns, strict=True):
            # A narrow column may break before the mark, not inside the word.
            title = column.title + ("\u200b" if column.evidence else "")
            head = Text(title, column.evidence, strong=True)
            self._cell(cell, head, numeric=column.numeric)
            xml.fill(cell, styles.HEAD_FILL)
        xml.repeat_as_head(row)

    def _row(self, table: Any, row: Sequence[Text], columns: Sequence[Column]) -> Any:
        cells = table.add_row().cells
        for cell, text, column in zip(cells, row, columns, strict=True):
            self._cell(cell, text, numeric=column.numeric)
        return cells

    def _cell(self, cell: Any, text: Text, *, numeric: bool) -> None:
        from docx.enum.table import WD_ALIGN_VERTICAL
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        paragraph = cell.paragraphs[0]
        paragraph.style = "Table Text"
        if numeric:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        self._runs(paragraph, [text])

    @write.register
    def _chart(self, block: Chart) -> None:
        from docx.shared import Cm

        png = images.to_png(block.option, width=CHART_WIDTH, height=block.height)
        paragraph = self._word.add_paragraph(style="Figure")
        width = Cm(styles.TEXT_WIDTH_CM)
        picture = paragraph.add_run().add_picture(BytesIO(png), width=width)
        xml.describe(picture, title=block.caption, words=block.alternative)
        caption = self._caption(self._words.figure, block.caption)
        for number in block.evidence:
            self._mark(caption, number)

    @write.register
    def _key_figures(self, block: KeyFigures) -> None:
        for first in range(0, len(block.figures), _CARDS_IN_A_ROW):
            self._cards(block.figures[first : first + _CARDS_IN_A_ROW])
        self._word.add_paragraph(style="Gap")

    def _cards(self, figures: Sequence[KeyFigure]) -> None:
        from docx.shared import Pt

        table = self._word.add_table(rows=1, cols=_CARDS_IN_A_ROW)
        _shape(table, [1] * _CARDS_IN_A_ROW, sides=())
        for cell, figure in zip(table.rows[0].cells, figures, strict=False):
            xml.fill(cell, styles.PALE)
            xml.border(cell, "top", self._accent, eighths=12)
            xml.border(cell, "right", "FFFFFF", eighths=48)
            title, value = cell.paragraphs[0], cell.add_paragraph(style="Card Value")
            title.style = "Facts"
            title.add_run(figure.title)
            self._runs(value, [figure.value])
            if len(figure.value.words) > _LONG_VALUE:
                value.runs[0].font.size = Pt(13)
            _coloured(cell.add_paragraph(style="Evidence").add_run(figure.change), figure.tone)
        xml.keep_whole(table.rows[0])
        self._word.add_paragraph(style="Gap")

    @write.register
    def _finding(self, block: Finding) -> None:
        colour = _colour(block.tone) or self._accent
        cell = self._box(colour)
        head = cell.paragraphs[0]
        head.style = "Note"
        head.paragraph_format.keep_with_next = True
        _coloured(head.add_run(f"{self._words.tone(block.tone)}  "), block.tone)
        head.add_run(block.title).bold = True
        self._runs(cell.add_paragraph(style="Note"), block.what)
        if block.why:
            why = cell.add_paragraph(style="Facts")
            why.add_run(self._words.why + self._words.colon).bold = True
            self._runs(why, block.why)

    @write.register
    def _note(self, block: Note) -> None:
        cell = self._box(styles.SOFT)
        cell.paragraphs[0].style = "Note"
        self._runs(cell.paragraphs[0], block.runs)
        cell.add_paragraph(signed(block, self._language), style="Facts")

    def _box(self, colour: str) -> Any:
        """Add a shaded box with a coloured edge, and return what to fill."""
        table = self._word.add_table(rows=1, cols=1)
        _shape(table, [1], sides=())
        xml.keep_whole(table.rows[0])
        cell = table.rows[0].cells[0]
        xml.border(cell, "left", colour, eighths=36)
        xml.fill(cell, styles.PALE)
        self._word.add_paragraph(style="Gap")
        return cell

    def _caption(self, label: str, said: str, *, keep: bool = False) -> "WordParagraph":
        """Write a native caption: Word's own field counts it, so that lists of figures work."""
        self._counted[label] += 1
        paragraph = self._word.add_paragraph(style="Caption")
        paragraph.paragraph_format.keep_with_next = keep
        paragraph.add_run(f"{label} ")
        xml.field(paragraph, f"SEQ {label} \\* ARABIC", shown=str(self._counted[label]))
        paragraph.add_run(f"  {said}")
        return paragraph

    def _runs(self, paragraph: "WordParagraph", runs: Sequence[Text]) -> None:
        for run in runs:
            if run.url:
                written = xml.outer_link(paragraph, run.words, url=run.url)
                written.font.color.rgb = _rgb(self._accent)
                written.font.underline = True
            else:
                written = paragraph.add_run(run.words)
            written.bold = run.strong or None
            self._mark(paragraph, run.evidence)

    def _mark(self, paragraph: "WordParagraph", evidence: int | None) -> None:
        """Write a raised reference that leads to the entry in the appendix."""
        if evidence is None:
            return
        run = xml.inner_link(paragraph, f"[{evidence}]", anchor=f"evidence_{evidence}")
        run.font.superscript = True
        run.font.color.rgb = _rgb(self._accent)


def _shape(
    table: Any, shares: Sequence[float], sides: Sequence[str] = ("top", "bottom", "insideH")
) -> None:
    """Set the columns' widths and quiet borders."""
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.shared import Cm

    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Cm(styles.TEXT_WIDTH_CM * share / sum(shares))
        # Office reads a cell's own width before its column's.
        for cell in column.cells:
            cell.width = column.width
    xml.table_borders(table, sides, styles.LINE)


def _without_number(paragraph: "WordParagraph") -> None:
    from docx.shared import Cm

    numbering = xml.element("w:numPr")
    numbering.append(xml.element("w:ilvl", val="0"))
    numbering.append(xml.element("w:numId", val="0"))
    paragraph._p.get_or_add_pPr().append(numbering)  # noqa: SLF001
    paragraph.paragraph_format.left_indent = Cm(0.63)
    paragraph.paragraph_format.first_line_indent = Cm(-0.63)


def _colour(tone: Tone) -> str:
    return {Tone.GOOD: styles.GOOD, Tone.BAD: styles.BAD}.get(tone, "")


def _coloured(run: Any, tone: Tone) -> None:
    if colour := _colour(tone):
        run.font.color.rgb = _rgb(colour)


def _rgb(colour: str) -> Any:
    from docx.shared import RGBColor

    return RGBColor.from_string(colour)
