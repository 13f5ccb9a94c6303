"""What python-docx has no words for: fields, links, bookmarks, borders, shades."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph as WordParagraph


def element(tag: str, **attributes: str) -> Any:
    """Return an element of Word's language; attributes are of the ``w:`` name space."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def field(paragraph: "WordParagraph", code: str, *, shown: str) -> None:
    """Insert a field that Word computes, with the value it has now."""
    simple = element("w:fldSimple", instr=f" {code} ")
    run = paragraph.add_run(shown)._r  # noqa: SLF001 - python-docx has no fields
    paragraph._p.remove(run)  # noqa: SLF001
    simple.append(run)
    paragraph._p.append(simple)  # noqa: SLF001


def field_edge(paragraph: "WordParagraph", kind: str) -> None:
    """Insert the ``begin``, ``separate`` or ``end`` of a field over several paragraphs."""
    run = paragraph.add_run()._r  # noqa: SLF001
    run.append(element("w:fldChar", fldCharType=kind))


def field_code(paragraph: "WordParagraph", code: str) -> None:
    """Insert what such a field computes."""
    from docx.oxml.ns import qn

    run = paragraph.add_run()._r  # noqa: SLF001
    instruction = element("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {code} "
    run.append(instruction)


def inner_link(paragraph: "WordParagraph", words: str, *, anchor: str) -> Any:
    """Append words that lead to a bookmark, and return their run."""
    run = paragraph.add_run(words)
    link = element("w:hyperlink", anchor=anchor, history="1")
    paragraph._p.remove(run._r)  # noqa: SLF001
    link.append(run._r)  # noqa: SLF001
    paragraph._p.append(link)  # noqa: SLF001
    return run


def outer_link(paragraph: "WordParagraph", words: str, *, url: str) -> Any:
    """Append words that lead to an address, and return their run. Nothing is loaded from there."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import qn

    link = element("w:hyperlink", history="1")
    target = paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link.set(qn("r:id"), target)
    run = paragraph.add_run(words)
    paragraph._p.remove(run._r)  # noqa: SLF001
    link.append(run._r)  # noqa: SLF001
    paragraph._p.append(link)  # noqa: SLF001
    return run


def bookmark(paragraph: "WordParagraph", name: str, number: int) -> None:
    """Mark a paragraph as a place to lead to."""
    start = element("w:bookmarkStart", id=str(number), name=name)
    paragraph._p.insert(1, start)  # noqa: SLF001
    paragraph._p.append(element("w:bookmarkEnd", id=str(number)))  # noqa: SLF001


def fill(cell: Any, colour: str) -> None:
    """Shade a cell."""
    shade = element("w:shd", val="clear", color="auto", fill=colour)
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001


def border(cell: Any, side: str, colour: str, *, eighths: int = 4) -> None:
    """Draw one side of a cell."""
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001
    borders = properties.find(_q("w:tcBorders"))
    if borders is None:
        borders = element("w:tcBorders")
        properties.append(borders)
    borders.append(element(f"w:{side}", val="single", sz=str(eighths), color=colour))


def table_borders(table: Any, sides: Iterable[str], colour: str) -> None:
    """Draw these lines of a table and no other."""
    borders = element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        if side in sides:
            borders.append(element(f"w:{side}", val="single", sz="4", color=colour))
        else:
            borders.append(element(f"w:{side}", val="nil"))
    table._tbl.tblPr.append(borders)  # noqa: SLF001


def repeat_as_head(row: Any) -> None:
    """Print a row again on every page of its table."""
    row._tr.get_or_add_trPr().append(element("w:tblHeader", val="true"))  # noqa: SLF001


def keep_whole(row: Any) -> None:
    """Never break a row between pages."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit", val="true"))  # noqa: SLF001


def keep_together(rows: Iterable[Any]) -> None:
    """Keep each of these rows on the page of the next one."""
    for row in rows:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def describe(picture: Any, *, title: str, words: str) -> None:
    """Give a picture the words that stand for it."""
    properties = picture._inline.docPr  # noqa: SLF001 - no public way
    properties.set("descr", words)
    properties.set("title", title)


def _q(tag: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(tag))
