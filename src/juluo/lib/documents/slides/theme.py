"""The look of every slide: 16:9, the brand's colours, fonts for both scripts."""

from typing import Any

from juluo.lib.charts.images import ON_WHITE
from juluo.lib.documents.model import Brand

LATIN_FONT, CHINESE_FONT = "Calibri", "微软雅黑"
WIDTH, HEIGHT, MARGIN = 13.333, 7.5, 0.6
ROOM = WIDTH - 2 * MARGIN
KICKER_TOP, TITLE_TOP, TITLE_HEIGHT = 0.32, 0.58, 0.82
BODY_TOP, BODY_BOTTOM, FOOT_TOP = 1.65, 6.8, 6.98
INK, SOFT, LINE, HEAD_FILL, PALE = "1C2430", "5B6676", "C9D1DC", "EEF2F7", "F5F7FA"
GOOD, BAD = "1A7F4B", "B3261E"
_COVER, _TITLE_ONLY = 0, 5
_NAMESPACE = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}


def blank_deck(brand: Brand) -> Any:
    """Return a presentation without slides in the brand's look."""
    import pptx
    from pptx.util import Inches

    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    _keep_layouts(deck)
    _set_theme(deck, brand)
    _place(deck.slide_master)
    cover, inner = deck.slide_layouts
    _place(inner)
    _place_cover(cover)
    for layout in (cover, inner):
        _bar(layout, whole=layout is cover)
    return deck


def _keep_layouts(deck: Any) -> None:
    """Keep the two layouts we use: whoever edits the deck finds no others of another width."""
    for number, layout in enumerate(list(deck.slide_layouts)):
        if number not in (_COVER, _TITLE_ONLY):
            deck.slide_layouts.remove(layout)


def _set_theme(deck: Any, brand: Brand) -> None:
    from lxml import etree
    from pptx.opc.constants import RELATIONSHIP_TYPE

    part = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme: Any = etree.fromstring(part.blob)
    series = [value.removeprefix("#").upper() for name, value in ON_WHITE.items() if "-" in name]
    accents = [brand.accent, *series[:5]]
    colours = {"dk2": INK, "lt2": HEAD_FILL, "hlink": brand.accent, "folHlink": SOFT}
    colours |= {f"accent{number}": each for number, each in enumerate(accents, start=1)}
    for name, colour in colours.items():
        slot = theme.find(f".//a:clrScheme/a:{name}", _NAMESPACE)
        slot[:] = [etree.Element(f"{{{_NAMESPACE['a']}}}srgbClr", val=colour)]
    for kind in ("majorFont", "minorFont"):
        fonts = theme.find(f".//a:{kind}", _NAMESPACE)
        fonts.find("a:latin", _NAMESPACE).set("typeface", LATIN_FONT)
        fonts.find("a:ea", _NAMESPACE).set("typeface", CHINESE_FONT)
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8")  # noqa: SLF001


def _place(layout: Any) -> None:
    """Give title, text and page number their places; what we do not use goes."""
    from pptx.enum.shapes import PP_PLACEHOLDER as KIND

    for shape in list(layout.placeholders):
        kind = shape.placeholder_format.type
        if kind in (KIND.TITLE, KIND.CENTER_TITLE):
            _put(shape, MARGIN, TITLE_TOP, ROOM, TITLE_HEIGHT)
        elif kind == KIND.BODY:
            _put(shape, MARGIN, BODY_TOP, ROOM, BODY_BOTTOM - BODY_TOP)
        elif kind == KIND.SLIDE_NUMBER:
            _put(shape, WIDTH - MARGIN - 1.5, FOOT_TOP, 1.5, 0.3)
        else:
            shape._element.getparent().remove(shape._element)  # noqa: SLF001


def _place_cover(layout: Any) -> None:
    from pptx.enum.shapes import PP_PLACEHOLDER as KIND

    for shape in list(layout.placeholders):
        kind = shape.placeholder_format.type
        if kind == KIND.CENTER_TITLE:
            _put(shape, 1.0, 2.3, WIDTH - 2.0, 1.5)
        elif kind == KIND.SUBTITLE:
            _put(shape, 1.0, 3.9, WIDTH - 2.0, 0.6)
        else:
            shape._element.getparent().remove(shape._element)  # noqa: SLF001


def _put(shape: Any, left: float, top: float, width: float, height: float) -> None:
    from pptx.util import Inches

    shape.left, shape.top = Inches(left), Inches(top)
    shape.width, shape.height = Inches(width), Inches(height)


def _bar(layout: Any, *, whole: bool) -> None:
    """Draw the brand's colour: down the side of the cover, beside the title of the others."""
    from pptx.oxml import parse_xml
    from pptx.util import Inches

    place = (0, 0, 0.35, HEIGHT) if whole else (0, TITLE_TOP + 0.08, 0.14, TITLE_HEIGHT - 0.16)
    left, top, width, height = (int(Inches(each)) for each in place)
    drawn = parse_xml(
        '<p:sp xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
        f'xmlns:a="{_NAMESPACE["a"]}"><p:nvSpPr><p:cNvPr id="99" name="Brand"/><p:cNvSpPr/>'
        '<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm>'
        f'<a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        '<a:solidFill><a:schemeClr val="accent1"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr>'
        "</p:sp>"
    )
    layout.shapes._spTree.insert(2, drawn)  # noqa: SLF001 - layouts take no shapes otherwise


def number_field(paragraph: Any, number: int) -> None:
    """Append the number of the slide, which Office keeps right."""
    from pptx.oxml import parse_xml

    field = parse_xml(
        f'<a:fld xmlns:a="{_NAMESPACE["a"]}" type="slidenum" '
        'id="{7A7A3C1E-0B5E-4D0A-9C51-0C5D6F6E2A11}">'
        f'<a:rPr lang="en-GB" sz="1000"><a:solidFill><a:srgbClr val="{SOFT}"/></a:solidFill>'
        f"</a:rPr><a:t>{number}</a:t></a:fld>"
    )
    paragraph._p.append(field)  # noqa: SLF001 - python-pptx has no fields
