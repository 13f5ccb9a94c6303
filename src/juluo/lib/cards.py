"""Pictures that stand for a page where it is linked to: a title on the community's colour."""

import re
import unicodedata
from html import escape

from juluo.lib.charts.images import FONT

WIDTH, HEIGHT = 1200, 630
MARGIN = 80
TITLE_SIZE = 64
LINES = 4
# Raised when cards are drawn in another way.
WAY = "1"
_WORD = re.compile(r"[!-~\u00a0-\u024f]+|\s+|.")


def card_png(*, title: str, place: str, community: str) -> bytes:
    """Return a card of 1200 × 630 pixels as PNG."""
    import resvg_py

    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=card_svg(title=title, place=place, community=community),
            font_files=[str(FONT)],
            font_family="Noto Sans CJK SC",
            sans_serif_family="Noto Sans SC",
        )
    )


def card_svg(*, title: str, place: str, community: str) -> str:
    """Return a card as SVG; whatever the words hold, they are words."""
    room = (WIDTH - 2 * MARGIN) / TITLE_SIZE
    lines = wrapped(_printable(title), room=room, most=LINES)
    text = 'font-family="Noto Sans SC, Noto Sans CJK SC, sans-serif"'
    drawn = [
        f'<text x="{MARGIN}" y="{210 + n * 88}" font-size="{TITLE_SIZE}" font-weight="600" '
        f'fill="#10262b" {text}>{escape(line)}</text>'
        for n, line in enumerate(lines)
    ]
    small = (WIDTH - 2 * MARGIN) / 34
    above = "".join(wrapped(_printable(place), room=small, most=1))
    below = "".join(wrapped(_printable(community), room=small, most=1))
    return "".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}">',
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
            f'<rect width="{WIDTH}" height="16" fill="#0b7a75"/>',
            f'<text x="{MARGIN}" y="118" fill="#0b7a75" {text} font-size="34">',
            f"{escape(above)}</text>",
            *drawn,
            f'<text x="{MARGIN}" y="{HEIGHT - 60}" fill="#4b5d63" {text} font-size="34">',
            f"{escape(below)}</text></svg>",
        ]
    )


def wrapped(text: str, *, room: float, most: int) -> list[str]:
    """Return a text in lines no wider than so many hanzi; what does not fit is cut."""
    lines, line = [], ""
    for word in _pieces(text, room):
        if _width(line + word) <= room:
            line += word
            continue
        lines.append(line.strip())
        line = word.lstrip()
    lines = [each for each in [*lines, line.strip()] if each]
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while _width(last + "…") > room:
        last = last[:-1]
    return [*lines[: most - 1], last.rstrip() + "…"]


def _pieces(text: str, room: float) -> list[str]:
    """Return what is not parted by a line's end: words of letters that fit, and single hanzi."""
    found = []
    for piece in _WORD.findall(text[:400]):
        found += [piece] if _width(piece) <= room else list(piece)
    return found


def _width(text: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(each) in "WF" else 0.6 for each in text)


def _printable(text: str) -> str:
    kept = (each for each in text if unicodedata.category(each)[0] != "C" or each.isspace())
    return " ".join("".join(kept).split())
