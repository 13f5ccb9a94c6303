"""ECharts options for the few shapes of chart we draw. Plain dictionaries, ready for JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

# Colours go by name: the page puts its theme's values in, a picture those for white paper.
SERIES_COLOURS = 8
MUTED = "muted"


def series_colour(number: int) -> str:
    """Return the name of the colour of the series at this place, from 0."""
    return f"series-{number % SERIES_COLOURS + 1}"


@dataclass(frozen=True, kw_only=True)
class Series:
    """One line or row of bars: a name and a value (or None) for each label.

    ``low`` and ``high`` draw a band around a line; ``faint`` marks a series to compare with.
    """

    name: str
    values: Sequence[float | None]
    low: Sequence[float | None] = ()
    high: Sequence[float | None] = ()
    faint: bool = False


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A note on the time axis: a short label over the points from ``first`` to ``last``."""

    label: str
    first: int
    last: int


def with_marks(option: dict[str, Any], marks: Sequence[Mark]) -> dict[str, Any]:
    """Return the option with notes on its axis: a line where one begins, a veil over its days."""
    if not marks or not option["series"]:
        return option
    line = {
        "symbol": "none",
        "silent": True,
        "lineStyle": {"color": MUTED, "type": "dashed", "width": 1},
        "label": {"show": True, "position": "end", "distance": 2, "color": MUTED},
        "data": [
            {"xAxis": mark.first, "label": {"formatter": mark.label}, "name": mark.label}
            for mark in marks
        ],
    }
    veil = {
        "silent": True,
        "itemStyle": {"color": MUTED, "opacity": 0.1},
        "data": [
            [{"xAxis": mark.first}, {"xAxis": mark.last}]
            for mark in marks
            if mark.last > mark.first
        ],
    }
    # The last series is drawn on top; a band's areas come first.
    drawn = [*option["series"][:-1], {**option["series"][-1], "markLine": line, "markArea": veil}]
    grid = {**option["grid"], "top": option["grid"]["top"] + 14}
    return {**option, "series": drawn, "grid": grid}


def lines(
    labels: Sequence[str], series: Sequence[Series], *, percent: bool = False
) -> dict[str, Any]:
    """Return a line chart; each series may carry a band."""
    drawn: list[dict[str, Any]] = []
    for number, each in enumerate(series):
        colour = MUTED if each.faint else series_colour(number)
        drawn += _band(each, colour)
        drawn.append(
            {
                "name": each.name,
                "type": "line",
                "data": list(each.values),
                "symbolSize": 5,
                "showSymbol": len(labels) <= 40,
                "connectNulls": False,
                "lineStyle": {"width": 2, "type": "dashed" if each.faint else "solid"},
                "itemStyle": {"color": colour},
            }
        )
    return _framed(labels, drawn, [each.name for each in series], percent=percent)


def bars(
    labels: Sequence[str], series: Sequence[Series], *, stacked: bool = False, percent: bool = False
) -> dict[str, Any]:
    """Return a bar chart; stacked bars may hold negative values below the axis."""
    drawn = [
        {
            "name": each.name,
            "type": "bar",
            "data": list(each.values),
            "barMaxWidth": 36,
            "itemStyle": {"color": series_colour(number)},
            **({"stack": "all"} if stacked else {}),
        }
        for number, each in enumerate(series)
    ]
    return _framed(labels, drawn, [each.name for each in series], percent=percent)


def heat(
    columns: Sequence[str],
    rows: Sequence[str],
    cells: Sequence[tuple[int, int, float | None]],
    *,
    percent: bool = False,
) -> dict[str, Any]:
    """Return a heat map; a cell is (column, row, value). The first row is on top."""
    known = [value for _, _, value in cells if value is not None]
    sign = "%" if percent else ""
    most = max(known, default=1) or 1
    return {
        "grid": {"left": 8, "right": 16, "top": 8, "bottom": 44, "containLabel": True},
        "xAxis": {"type": "category", "data": list(columns), "splitArea": {"show": False}},
        "yAxis": {"type": "category", "data": list(rows), "inverse": True},
        "visualMap": {
            "min": 0,
            "max": most,
            "text": [f"{most:g}{sign}", f"0{sign}"],
            "textStyle": {"color": MUTED},
            "orient": "horizontal",
            "left": "center",
            "bottom": 0,
            "itemHeight": 120,
            "itemWidth": 12,
            "inRange": {"color": ["paper", series_colour(0)]},
        },
        "tooltip": {"trigger": "item"},
        "series": [{"type": "heatmap", "data": [[x, y, value] for x, y, value in cells]}],
    }


def _band(series: Series, colour: str) -> list[dict[str, Any]]:
    """Draw a range as two stacked areas, the lower one unseen."""
    if not series.low or not series.high:
        return []
    gaps = [
        None if low is None or high is None else high - low
        for low, high in zip(series.low, series.high, strict=True)
    ]
    unseen = {
        "type": "line",
        "stack": f"band {series.name}",
        "symbol": "none",
        "silent": True,
        "lineStyle": {"opacity": 0},
        "tooltip": {"show": False},
    }
    return [
        {**unseen, "name": f"{series.name} ▾", "data": list(series.low)},
        {
            **unseen,
            "name": f"{series.name} ▴",
            "data": gaps,
            "areaStyle": {"color": colour, "opacity": 0.15},
        },
    ]


def _framed(
    labels: Sequence[str], drawn: list[dict[str, Any]], names: list[str], *, percent: bool
) -> dict[str, Any]:
    axis: dict[str, Any] = {"type": "value", "min": None, "splitNumber": 4}
    if percent:
        axis |= {"axisLabel": {"formatter": "{value}%"}}
    else:
        counts = all(
            value is None or float(value).is_integer() for each in drawn for value in each["data"]
        )
        axis |= {"minInterval": 1 if counts else 0}
    return {
        "grid": {
            "left": 8,
            "right": 16,
            "top": 40 if len(names) > 1 else 16,
            "bottom": 8,
            "containLabel": True,
        },
        "legend": {"show": len(names) > 1, "top": 0, "type": "plain", "data": names},
        "tooltip": {"trigger": "axis"},
        "xAxis": {"type": "category", "data": list(labels), "axisTick": {"alignWithLabel": True}},
        "yAxis": axis,
        "series": drawn,
    }
