"""A document as Word: native styles, tables, captions and page numbers; Chinese typography."""

from collections.abc import Sequence
from functools import singledispatchmethod
from io import BytesIO
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from juluo.lib.charts import images
from juluo.lib.documents.model import (
    Block,
    Bullets,
    Chart,
    Document,
    Evidence,
    Paragraph,
    Section,
    Table,
    Text,
)

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph as WordParagraph

LATIN_FONT = "Calibri"
CHINESE_FONT = "微软雅黑"
CHART_WIDTH = 760
TEXT_WIDTH_CM = 16.0
_INK, _SOFT, _ACCENT, _HEAD_FILL = "1C2430", "5B6676", "1F4E79", "EEF2F7"
# A table of so few rows is never broken between pages.
_ROWS_KEPT_TOGETHER = 12


def render(document: Document) -> bytes:
    """Return the document as the bytes of a ``.docx`` file."""
    return _Writer(document).written()


class _Writer:
    """Fills one Word file from top to bottom."""

    def __init__(self, document: Document) -> None:
        import docx

        self._document = document
        self._word: WordDocument = docx.Document()
        self._figures = 0
        self._tables = 0
        self._bookmarks = 0
        _set_up_page(self._word)
        _set_up_styles(self._word, chinese=document.language == "zh")
        _set_language(self._word)

    def written(self) -> bytes:
        self._properties()
        self._front()
        for section in self._document.sections:
            self._section(section)
        self._appendix()
        _number_pages(self._word, self._document.title)
        out = BytesIO()
        self._word.save(out)
        return out.getvalue()

    def _properties(self) -> None:
        core = self._word.core_properties
        core.title = self._document.title
        core.subject = self._document.subtitle
        core.author = "Juluo"
        core.language = "zh-CN" if self._document.language == "zh" else "en-GB"

    def _front(self) -> None:
        self._word.add_paragraph(self._document.title, style="Title")
        self._word.add_paragraph(self._document.subtitle, style="Subtitle")
        self._facts(self._document.facts)

    def _facts(self, facts: Sequence[tuple[str, str]], style: str = "Facts") -> None:
        for number, (name, value) in enumerate(facts, start=1):
            paragraph = self._word.add_paragraph(style=style)
            paragraph.paragraph_format.keep_with_next = number < len(facts)
            paragraph.add_run(f"{name}  ").bold = True
            paragraph.add_run(value)

    def _section(self, section: Section) -> None:
        self._word.add_heading(section.title, level=1)
        for block, following in zip_longest(section.blocks, section.blocks[1:]):
            self._block(block)
            if isinstance(block, Paragraph) and following is not None:
                # Words that introduce a table do not stay behind on the page before it.
                self._word.paragraphs[-1].paragraph_format.keep_with_next = True

    @singledispatchmethod
    def _block(self, block: Block) -> None:
        raise TypeError(f"no face for {type(block).__name__}")

    @_block.register
    def _paragraph(self, block: Paragraph) -> None:
        self._runs(self._word.add_paragraph(style="Body Text"), block.runs)

    @_block.register
    def _bullets(self, block: Bullets) -> None:
        for item in block.items:
            self._runs(self._word.add_paragraph(style="List Bullet"), item)

    @_block.register
    def _table(self, block: Table) -> None:
        self._tables += 1
        self._caption(self._label("表", "Table"), self._tables, block.caption, keep=True)
        table = self._word.add_table(rows=1, cols=len(block.columns), style="Table Grid")
        _shape_table(table, [column.share for column in block.columns])
        for cell, column in zip(table.rows[0].cells, block.columns, strict=True):
            # A narrow column may break before the mark, not inside the word.
            title = column.title + ("\u200b" if column.evidence else "")
            head = Text(title, column.evidence, strong=True)
            self._cell(cell, head, numeric=column.numeric)
            _fill(cell, _HEAD_FILL)
        _repeat_as_head(table.rows[0])
        for row in block.rows:
            cells = table.add_row().cells
            for cell, text, column in zip(cells, row, block.columns, strict=True):
                self._cell(cell, text, numeric=column.numeric)
        for row in table.rows:
            _keep_whole(row)
        if len(block.rows) <= _ROWS_KEPT_TOGETHER:
            _keep_together(table)
        self._word.add_paragraph(style="Gap")

    def _cell(self, cell: Any, text: Text, *, numeric: bool) -> None:
        from docx.enum.table import WD_ALIGN_VERTICAL
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        paragraph = cell.paragraphs[0]
        paragraph.style = "Table Text"
        if numeric:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        self._runs(paragraph, [text])

    @_block.register
    def _chart(self, block: Chart) -> None:
        from docx.shared import Cm

        self._figures += 1
        png = images.to_png(block.option, width=CHART_WIDTH, height=block.height)
        paragraph = self._word.add_paragraph(style="Figure")
        picture = paragraph.add_run().add_picture(BytesIO(png), width=Cm(TEXT_WIDTH_CM))
        picture._inline.docPr.set("descr", block.alternative)  # noqa: SLF001 - no public way
        picture._inline.docPr.set("title", block.caption)  # noqa: SLF001
        caption = self._caption(self._label("图", "Figure"), self._figures, block.caption)
        for number in block.evidence:
            self._mark(caption, number)

    def _label(self, chinese: str, english: str) -> str:
        return chinese if self._document.language == "zh" else english

    def _caption(
        self, label: str, number: int, words: str, *, keep: bool = False
    ) -> "WordParagraph":
        """Write a native caption: Word's own field counts it, so that lists of figures work."""
        paragraph = self._word.add_paragraph(style="Caption")
        paragraph.paragraph_format.keep_with_next = keep
        paragraph.add_run(f"{label} ")
        _field(paragraph, f"SEQ {label} \\* ARABIC", shown=str(number))
        paragraph.add_run(f"  {words}")
        return paragraph

    def _runs(self, paragraph: "WordParagraph", runs: Sequence[Text]) -> None:
        for run in runs:
            paragraph.add_run(run.words).bold = run.strong or None
            self._mark(paragraph, run.evidence)

    def _mark(self, paragraph: "WordParagraph", evidence: int | None) -> None:
        """Write a raised reference that leads to the entry in the appendix."""
        if evidence is not None:
            _link(paragraph, f"[{evidence}]", anchor=f"evidence_{evidence}")

    def _appendix(self) -> None:
        if not self._document.evidence:
            return
        self._word.add_page_break()  # type: ignore[no-untyped-call]
        self._word.add_heading(self._document.appendix_title, level=1)
        for number, evidence in enumerate(self._document.evidence, start=1):
            self._entry(number, evidence)

    def _entry(self, number: int, evidence: Evidence) -> None:
        heading = self._word.add_heading(f"[{number}] {evidence.title}", level=2)
        self._bookmarks += 1
        _bookmark(heading, f"evidence_{number}", self._bookmarks)
        # The query's full text stands in the HTML face; on paper its digest identifies it.
        self._facts(evidence.rows, style="Evidence")


def _set_up_page(word: "WordDocument") -> None:
    from docx.shared import Cm

    page = word.sections[0]
    page.page_width, page.page_height = Cm(21.0), Cm(29.7)
    page.left_margin = page.right_margin = Cm((21.0 - TEXT_WIDTH_CM) / 2)
    page.top_margin = page.bottom_margin = Cm(2.2)


def _set_up_styles(word: "WordDocument", *, chinese: bool) -> None:
    """Give every style both fonts, and add those that Word does not bring."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt, RGBColor

    for name, base in (
        ("Facts", "Normal"),
        ("Evidence", "Normal"),
        ("Table Text", "Normal"),
        ("Figure", "Normal"),
        ("Gap", "Normal"),
    ):
        word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = word.styles[base]
    sizes = {
        "Normal": (10.5, _INK, 0, 4),
        "Body Text": (10.5, _INK, 0, 6),
        "List Bullet": (10.5, _INK, 0, 3),
        "Title": (24, _ACCENT, 0, 2),
        "Subtitle": (13, _SOFT, 0, 10),
        "Heading 1": (16, _ACCENT, 20, 8),
        "Heading 2": (10.5, _ACCENT, 9, 2),
        "Caption": (9.5, _SOFT, 6, 6),
        "Facts": (9.5, _SOFT, 0, 1),
        "Evidence": (8.5, _SOFT, 0, 0),
        "Table Text": (9.5, _INK, 1, 1),
        "Figure": (9.5, _INK, 6, 0),
        "Gap": (5, _INK, 0, 0),
    }
    for name, (size, colour, before, after) in sizes.items():
        style: Any = word.styles[name]
        style.font.size = Pt(size)
        style.font.color.rgb = RGBColor.from_string(colour)
        style.font.italic = False
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
        _both_fonts(style)
    body: Any = word.styles["Body Text"]
    body.paragraph_format.line_spacing = 1.5 if chinese else 1.3
    if chinese:
        # Two characters, as Chinese running text begins.
        body.paragraph_format.first_line_indent = Pt(21)
        body.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    figure: Any = word.styles["Figure"]
    figure.paragraph_format.keep_with_next = True
    _no_title_rule(word.styles["Title"])


def _both_fonts(style: Any) -> None:
    from docx.oxml.ns import qn

    style.font.name = LATIN_FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)
    fonts.set(qn("w:eastAsia"), CHINESE_FONT)


def _set_language(word: "WordDocument") -> None:
    """Say which language the words are in: it decides the shape of shared characters."""
    from docx.oxml.ns import qn

    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
        language.set(qn("w:eastAsia"), "zh-CN")
    for theme in word.settings.element.iter(qn("w:themeFontLang")):
        theme.set(qn("w:eastAsia"), "zh-CN")


def _no_title_rule(style: Any) -> None:
    from docx.oxml.ns import qn

    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)


def _element(tag: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _shape_table(table: Any, shares: Sequence[float]) -> None:
    """Set the columns' widths and quiet borders."""
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.shared import Cm

    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Cm(TEXT_WIDTH_CM * share / sum(shares))
    borders = _element("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        borders.append(_element(f"w:{side}", val="single", sz="4", color="C9D1DC"))
    for side in ("left", "right", "insideV"):
        borders.append(_element(f"w:{side}", val="nil"))
    table._tbl.tblPr.append(borders)  # noqa: SLF001 - python-docx has no borders


def _fill(cell: Any, colour: str) -> None:
    shade = _element("w:shd", val="clear", color="auto", fill=colour)
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - python-docx has no shading


def _repeat_as_head(row: Any) -> None:
    row._tr.get_or_add_trPr().append(_element("w:tblHeader", val="true"))  # noqa: SLF001


def _keep_together(table: Any) -> None:
    """Let a short table move to the next page rather than break."""
    for row in table.rows[:-1]:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def _keep_whole(row: Any) -> None:
    row._tr.get_or_add_trPr().append(_element("w:cantSplit", val="true"))  # noqa: SLF001


def _field(paragraph: "WordParagraph", code: str, *, shown: str) -> None:
    """Insert a field that Word computes, with the value it has now."""
    field = _element("w:fldSimple", instr=f" {code} ")
    run = paragraph.add_run(shown)._r  # noqa: SLF001
    paragraph._p.remove(run)  # noqa: SLF001
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001


def _link(paragraph: "WordParagraph", words: str, *, anchor: str) -> None:
    from docx.shared import RGBColor

    run = paragraph.add_run(words)
    run.font.superscript = True
    run.font.color.rgb = RGBColor.from_string(_ACCENT)
    link = _element("w:hyperlink", anchor=anchor, history="1")
    paragraph._p.remove(run._r)  # noqa: SLF001
    link.append(run._r)  # noqa: SLF001
    paragraph._p.append(link)  # noqa: SLF001


def _bookmark(paragraph: "WordParagraph", name: str, number: int) -> None:
    start = _element("w:bookmarkStart", id=str(number), name=name)
    end = _element("w:bookmarkEnd", id=str(number))
    paragraph._p.insert(1, start)  # noqa: SLF001
    paragraph._p.append(end)  # noqa: SLF001


def _number_pages(word: "WordDocument", title: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    page = word.sections[0]
    page.header.paragraphs[0].text = title
    page.header.paragraphs[0].style = "Facts"
    footer = page.footer.paragraphs[0]
    footer.style = "Facts"
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _field(footer, "PAGE", shown="1")
    footer.add_run(" / ")
    _field(footer, "NUMPAGES", shown="1")
