"""The page and the styles of a Word file: fonts for both scripts, the brand's colour."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

LATIN_FONT = "Calibri"
CHINESE_FONT = "微软雅黑"
TEXT_WIDTH_CM = 16.0
INK, SOFT, LINE, HEAD_FILL, PALE = "1C2430", "5B6676", "C9D1DC", "EEF2F7", "F5F7FA"
GOOD, BAD = "1A7F4B", "B3261E"
_ADDED = {
    "Facts": "Normal",
    "Evidence": "Normal",
    "Table Text": "Normal",
    "Figure": "Normal",
    "Gap": "Normal",
    "Card Value": "Normal",
    "Contents Title": "Normal",
    "Note": "Normal",
    "TOC 1": "Normal",
    "TOC 2": "Normal",
}


def set_up_page(word: "WordDocument") -> None:
    """A4, with one width of text everywhere."""
    from docx.shared import Cm

    page = word.sections[0]
    page.page_width, page.page_height = Cm(21.0), Cm(29.7)
    page.left_margin = page.right_margin = Cm((21.0 - TEXT_WIDTH_CM) / 2)
    page.top_margin = page.bottom_margin = Cm(2.2)


def set_up_styles(word: "WordDocument", *, chinese: bool, accent: str) -> None:
    """Give every style both fonts, and add those that Word does not bring."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt, RGBColor

    for name, base in _ADDED.items():
        word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = word.styles[base]
    for name, (size, colour, before, after) in _sizes(accent).items():
        style: Any = word.styles[name]
        style.font.size = Pt(size)
        style.font.color.rgb = RGBColor.from_string(colour)
        style.font.italic = False
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
        _both_fonts(style)
    _set_type(word, chinese=chinese)
    _set_contents(word)
    _no_title_rule(word.styles["Title"])


def _sizes(accent: str) -> dict[str, tuple[float, str, float, float]]:
    """Return size, colour, space before and after of every style, in points."""
    return {
        "Normal": (10.5, INK, 0, 4),
        "Body Text": (10.5, INK, 0, 6),
        "List Bullet": (10.5, INK, 0, 3),
        "List Number": (10.5, INK, 0, 3),
        "Title": (28, accent, 0, 4),
        "Subtitle": (14, SOFT, 0, 24),
        "Heading 1": (16, accent, 20, 8),
        "Heading 2": (12.5, accent, 14, 4),
        "Heading 3": (10.5, accent, 9, 2),
        "Caption": (9.5, SOFT, 6, 6),
        "Facts": (9.5, SOFT, 0, 1),
        "Evidence": (8.5, SOFT, 0, 0),
        "Table Text": (9.5, INK, 1, 1),
        "Figure": (9.5, INK, 6, 0),
        "Gap": (5, INK, 0, 0),
        "Card Value": (18, INK, 0, 0),
        "Contents Title": (16, accent, 0, 10),
        "Note": (10.5, INK, 2, 2),
        "TOC 1": (10.5, INK, 4, 1),
        "TOC 2": (10, SOFT, 0, 0),
    }


def _set_type(word: "WordDocument", *, chinese: bool) -> None:
    """Set running text as each script does."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    body: Any = word.styles["Body Text"]
    body.paragraph_format.line_spacing = 1.5 if chinese else 1.3
    if chinese:
        # Two characters, as Chinese running text begins.
        body.paragraph_format.first_line_indent = Pt(21)
        body.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    figure: Any = word.styles["Figure"]
    figure.paragraph_format.keep_with_next = True
    value: Any = word.styles["Card Value"]
    value.font.bold = True


def _set_contents(word: "WordDocument") -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
    from docx.shared import Cm

    for level, name in enumerate(("TOC 1", "TOC 2")):
        style: Any = word.styles[name]
        style.paragraph_format.left_indent = Cm(0.6 * level)
        # For the page numbers, once Word has counted its pages.
        style.paragraph_format.tab_stops.add_tab_stop(
            Cm(TEXT_WIDTH_CM), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
        )


def _both_fonts(style: Any) -> None:
    from docx.oxml.ns import qn

    style.font.name = LATIN_FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)
    fonts.set(qn("w:eastAsia"), CHINESE_FONT)


def set_language(word: "WordDocument") -> None:
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
    for line in properties.findall(qn("w:pBdr")):
        properties.remove(line)
