"""Draw an ECharts option without a browser: SVG by the same ECharts file, PNG from the SVG."""

import hashlib
import json
import re
import threading
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders

FONT = Path(__file__).parent / "fonts" / "NotoSansSC-subset.otf"
FONT_FAMILY = "Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif"

# Told apart under the common colour-vision deficiencies, on white.
ON_WHITE = {
    "series-1": "#0b7a75",
    "series-2": "#2f6fd0",
    "series-3": "#c2611f",
    "series-4": "#8a4fc0",
    "series-5": "#b83263",
    "series-6": "#6b7a1f",
    "series-7": "#4a6a8a",
    "series-8": "#96702a",
    "muted": "#8a94a6",
    "paper": "#f3f6f9",
}

# What ECharts asks of a browser before it draws on the server.
_PRELUDE = """
var window = globalThis, self = globalThis, global = globalThis;
var navigator = {userAgent: "node"};
var setTimeout = function (f) { return 0; }, clearTimeout = function () {};
var console = {log: function () {}, warn: function () {}, error: function () {}};
"""
_DRAW = """
function draw(option, width, height) {
  var chart = echarts.init(null, null, {renderer: "svg", ssr: true, width: width, height: height});
  chart.setOption(Object.assign({animation: false}, JSON.parse(option)));
  var text = chart.renderToSVGString();
  chart.dispose();
  return JSON.stringify({svg: text});
}
"""

# ECharts draws a point as two arcs that end in themselves; what prints SVG on paper draws a wedge.
_ROUND = re.compile(r'<path d="M1 0A1 1 0 1 1 1 -0\.1A1 1 0 0 1 1 0"([^>]*)></path>')

# What ECharts calls styles and clippings, counting on from chart to chart.
_NAME = re.compile(r"\bzr\d+-[a-z-]*\d+")

# A QuickJS context belongs to the thread that made it; loading ECharts takes a moment.
_contexts = threading.local()


def to_svg(option: dict[str, Any], *, width: int, height: int) -> str:
    """Return the chart as SVG text of ``width`` × ``height`` pixels, with our font.

    Drawn again, it is the same text: names in it come from the chart, not from how many were drawn.
    """
    framed = {"textStyle": {"fontFamily": FONT_FAMILY}, "backgroundColor": "#ffffff", **option}
    drawn: str = _context().get("draw")(_coloured(json.dumps(framed)), width, height)
    svg: str = json.loads(drawn)["svg"]
    return _named(_ROUND.sub(r'<circle r="1"\1></circle>', svg), json.dumps(framed))


def _named(svg: str, drawn: str) -> str:
    prefix = f"z{hashlib.sha256(drawn.encode()).hexdigest()[:8]}"
    places: dict[str, str] = {}
    return _NAME.sub(lambda n: places.setdefault(n[0], f"{prefix}-{len(places)}"), svg)


def to_png(option: dict[str, Any], *, width: int, height: int, zoom: int = 2) -> bytes:
    """Return the chart as PNG; its pixels are ``zoom`` times the given size."""
    import resvg_py

    png: bytes = resvg_py.svg_to_bytes(
        svg_string=to_svg(option, width=width, height=height),
        zoom=zoom,
        font_files=[str(FONT)],
        font_family="Noto Sans CJK SC",
        sans_serif_family="Noto Sans SC",
    )
    return bytes(png)


def _coloured(option: str) -> str:
    for name, colour in ON_WHITE.items():
        option = option.replace(f'"{name}"', f'"{colour}"')
    return option


def _context() -> Any:
    if not hasattr(_contexts, "ready"):
        import quickjs

        found = finders.find("ui/vendor/echarts.min.js")
        if found is None:
            raise FileNotFoundError("ui/vendor/echarts.min.js")
        context = quickjs.Context()
        context.eval(_PRELUDE)
        context.eval(Path(str(found)).read_text(encoding="utf-8"))
        context.eval(_DRAW)
        _contexts.ready = context
    return _contexts.ready
