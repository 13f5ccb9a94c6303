"""How much room words take on a slide: measured with our own font, so that nothing runs over."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from juluo.lib.charts.images import FONT
from juluo.lib.documents.model import Text

POINTS = 72.0
# A line is so much higher than its letters; other fonts are so much wider than ours at most.
LEADING, ALLOWANCE = 1.3, 1.06
_EM = 100
_PIECES = re.compile(
    r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\u3000-\u303f]|\s+|[^\s\u2e80-\uffff]+|."
)
_SENTENCES = re.compile(r"(?<=[。！？；])|(?<=[.!?;])\s+")


@cache
def _font() -> Any:
    from PIL import ImageFont

    return ImageFont.truetype(str(FONT), _EM)


@cache
def _piece_width(piece: str) -> float:
    return float(_font().getlength(piece)) / _EM


def width(words: str, size: float) -> float:
    """Return how wide words are on one line, in inches."""
    return sum(_piece_width(each) for each in _PIECES.findall(words)) * size / POINTS * ALLOWANCE


def lines(words: str, size: float, room: float) -> list[str]:
    """Return words broken into lines of ``room`` inches; a word that is too long is broken."""
    found: list[str] = []
    for paragraph in words.split("\n"):
        found += _broken(paragraph, size, room)
    return found


def _broken(words: str, size: float, room: float) -> list[str]:
    found, line, used = [], "", 0.0
    for piece in _PIECES.findall(words):
        for part in [piece] if width(piece, size) <= room else piece:
            wide = width(part, size)
            if used + wide > room and line:
                found.append(line.rstrip())
                line, used = "", 0.0
                if part.isspace():
                    continue
            line, used = line + part, used + wide
    return [*found, line.rstrip()]


def height(words: str, size: float, room: float) -> float:
    """Return how high words are when broken into lines of ``room`` inches, in inches."""
    return len(lines(words, size, room)) * size * LEADING / POINTS


def largest(words: str, sizes: Sequence[float], *, room: float, high: float) -> float:
    """Return the largest of these sizes at which words fit into a box; else the smallest."""
    fitting = (size for size in sizes if height(words, size, room) <= high)
    return next(fitting, sizes[-1])


def sentences(runs: Sequence[Text]) -> list[Text]:
    """Return runs cut after each sentence, so that long text can go on on another slide."""
    found = []
    for run in runs:
        parts = [part for part in _SENTENCES.split(run.words) if part] or [""]
        for part in parts[:-1]:
            space = "" if part[-1] in "。！？；" else " "
            found.append(Text(part + space, None, run.strong, run.url))
        found.append(Text(parts[-1], run.evidence, run.strong, run.url))
    return found
