"""Read a chart's figures back from its option: for Office, and for the table beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_LOW, _GAP = " ▾", " ▴"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One series: a value or None for each label. ``edge`` marks the rim of a band."""

    name: str
    values: Sequence[float | None]
    colour: str
    is_faint: bool = False
    is_edge: bool = False


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What a chart of lines or bars shows. ``kind`` is ``line``, ``bar`` or ``stacked``."""

    kind: str
    labels: Sequence[str]
    lines: Sequence[Line]
    is_percent: bool

    def shown(self, value: float | None) -> str:
        """Return a value as the chart's table prints it."""
        if value is None:
            return "–"
        return f"{value:,.2f}".rstrip("0").rstrip(".") + ("%" if self.is_percent else "")


def figures_of(option: Mapping[str, Any]) -> Figures | None:
    """Return what an option made by ``options.lines`` or ``options.bars`` shows; else None.

    A band, which an option holds as a lower line and a gap, comes back as its two edges.
    """
    axis, series = option.get("xAxis", {}), option.get("series", [])
    drawable = series and all(each.get("type") in {"line", "bar"} for each in series)
    if not drawable or axis.get("type") != "category":
        return None
    formatter = option.get("yAxis", {}).get("axisLabel", {}).get("formatter", "")
    return Figures(
        kind=_kind(series),
        labels=[str(label) for label in axis["data"]],
        lines=_lines(series),
        is_percent="%" in formatter,
    )


def _kind(series: Sequence[Mapping[str, Any]]) -> str:
    if series[0]["type"] == "line":
        return "line"
    return "stacked" if any(each.get("stack") for each in series) else "bar"


def _lines(series: Sequence[Mapping[str, Any]]) -> list[Line]:
    colours = {
        str(each["name"]): str(each.get("itemStyle", {}).get("color", "")) for each in series
    }
    lows = {str(each["name"]): each["data"] for each in series}
    found = []
    for each in series:
        name, values = str(each["name"]), list(each["data"])
        edge = name.endswith((_LOW, _GAP))
        line = name[: -len(_LOW)] if edge else name
        if name.endswith(_GAP):
            values = [_sum(*both) for both in zip(lows[line + _LOW], values, strict=True)]
        faint = each.get("lineStyle", {}).get("type") == "dashed"
        colour = colours.get(line, "")
        found.append(Line(name=name, values=values, colour=colour, is_faint=faint, is_edge=edge))
    return found


def _sum(low: float | None, gap: float | None) -> float | None:
    return None if low is None or gap is None else low + gap
