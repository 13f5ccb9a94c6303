"""A document as Word: native styles, tables, captions and page numbers; Chinese typography."""

import unicodedata
from collections.abc import Sequence
from io import BytesIO
from itertools import zip_longest
from typing import TYPE_CHECKING

from juluo.lib.documents.model import Block, Document, Evidence, Paragraph, Section
from juluo.lib.documents.word import xml
from juluo.lib.documents.word.blocks import Blocks
from juluo.lib.documents.word.styles import set_language, set_up_page, set_up_styles
from juluo.lib.documents.words import LONGEST_PROPERTY, words

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph as WordParagraph

# In half-width characters: a longer title is set smaller, not broken before its last word.
_WIDEST_TITLE = 30


def render(document: Document) -> bytes:
    """Return the document as the bytes of a ``.docx`` file."""
    return _Writer(document).written()


class _Writer:
    """Fills one Word file from top to bottom."""

    def __init__(self, document: Document) -> None:
        import docx

        self._document = document
        self._words = words(document.language)
        self._word = docx.Document()
        self._blocks = Blocks(self._word, document)
        self._headings = 0
        chinese = document.language == "zh"
        set_up_page(self._word)
        set_up_styles(self._word, chinese=chinese, accent=document.brand.accent)
        set_language(self._word)

    def written(self) -> bytes:
        self._properties()
        self._cover()
        self._contents()
        for section in self._document.sections:
            self._section(section)
        self._appendix()
        self._number_pages()
        out = BytesIO()
        self._word.save(out)
        return out.getvalue()

    def _properties(self) -> None:
        core = self._word.core_properties
        core.title = self._document.title[:LONGEST_PROPERTY]
        core.subject = self._document.subtitle[:LONGEST_PROPERTY]
        core.author = self._document.brand.name or "Juluo"
        core.comments = self._document.footline[:LONGEST_PROPERTY]
        core.language = "zh-CN" if self._document.language == "zh" else "en-GB"

    def _cover(self) -> None:
        from docx.shared import Cm, Pt

        brand = self._document.brand
        if brand.logo:
            line = self._word.add_paragraph(style="Figure")
            picture = line.add_run().add_picture(BytesIO(brand.logo), height=Cm(1.8))
            xml.describe(picture, title=brand.name, words=brand.name)
        title = self._word.add_paragraph(self._document.title, style="Title")
        if _width(self._document.title) > _WIDEST_TITLE:
            title.runs[0].font.size = Pt(22)
        self._word.add_paragraph(self._document.subtitle, style="Subtitle")
        self._facts(self._document.facts)

    def _facts(self, facts: Sequence[tuple[str, str]], style: str = "Facts") -> None:
        for number, (name, value) in enumerate(facts, start=1):
            paragraph = self._word.add_paragraph(style=style)
            paragraph.paragraph_format.keep_with_next = number < len(facts)
            paragraph.add_run(f"{name}  ").bold = True
            paragraph.add_run(value)

    def _contents(self) -> None:
        """Write Word's own table of contents with its entries already in it.

        Page numbers are Word's to count: they come when the reader updates the table. Asking for
        that on opening would greet everybody with a question.
        """
        from docx.shared import Pt

        headings = list(self._document.headings())
        if not headings:
            return
        title = self._word.add_paragraph(self._words.contents, style="Contents Title")
        title.paragraph_format.space_before = Pt(16)
        for number, (level, heading) in enumerate(headings, start=1):
            entry = self._word.add_paragraph(style=f"TOC {level}")
            if number == 1:
                xml.field_edge(entry, "begin")
                xml.field_code(entry, 'TOC \\o "1-2" \\h \\z \\u')
                xml.field_edge(entry, "separate")
            xml.inner_link(entry, heading, anchor=f"_Toc{number:08}")
            if number == len(headings):
                xml.field_edge(entry, "end")

    def _section(self, section: Section) -> None:
        heading = self._heading(section.title, 1)
        if section is self._document.sections[0]:
            heading.paragraph_format.page_break_before = True
        self._fill(section.blocks)
        for part in section.parts:
            self._heading(part.title, 2)
            self._fill(part.blocks)

    def _heading(self, title: str, level: int) -> "WordParagraph":
        self._headings += 1
        heading: WordParagraph = self._word.add_heading(title, level=level)
        xml.bookmark(heading, f"_Toc{self._headings:08}", self._headings)
        return heading

    def _fill(self, blocks: Sequence[Block]) -> None:
        for block, following in zip_longest(blocks, blocks[1:]):
            self._blocks.write(block)
            if isinstance(block, Paragraph) and following is not None:
                # Words that introduce a table do not stay behind on the page before it.
                self._word.paragraphs[-1].paragraph_format.keep_with_next = True

    def _appendix(self) -> None:
        if not self._document.evidence:
            return
        self._heading(self._document.appendix_title, 1).paragraph_format.page_break_before = True
        for number, evidence in enumerate(self._document.evidence, start=1):
            self._entry(number, evidence)

    def _entry(self, number: int, evidence: Evidence) -> None:
        heading = self._word.add_heading(f"[{number}] {evidence.title}", level=3)
        xml.bookmark(heading, f"evidence_{number}", 100_000 + number)
        # The query's full text stands in the HTML face; on paper its digest identifies it.
        self._facts(evidence.rows, style="Evidence")

    def _number_pages(self) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        page = self._word.sections[0]
        # The cover says what the header says.
        page.different_first_page_header_footer = True
        page.header.paragraphs[0].text = self._document.title
        page.header.paragraphs[0].style = "Facts"
        for footer in (page.first_page_footer, page.footer):
            if self._document.footline:
                line = footer.paragraphs[0]
                line.text, line.style = self._document.footline, "Evidence"
                line.alignment = WD_ALIGN_PARAGRAPH.CENTER
            if footer is page.footer:
                last = footer.add_paragraph() if self._document.footline else footer.paragraphs[0]
                self._page_of(last)

    def _page_of(self, line: "WordParagraph") -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        line.style = "Facts"
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        before, between, after = self._words.page.split("{}")
        line.add_run(before)
        xml.field(line, "PAGE", shown="1")
        line.add_run(between)
        xml.field(line, "NUMPAGES", shown="1")
        line.add_run(after)


def _width(text: str) -> int:
    """Return how wide words are, in half-width characters."""
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)
