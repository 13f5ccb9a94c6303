"""A chart's figures come back from its option as they went in."""

from juluo.lib.charts.options import Series, bars, heat, lines
from juluo.lib.charts.reading import figures_of


def test_a_band_comes_back_as_its_two_edges():
    series = Series(name="a", values=[1, None], low=[0.5, None], high=[2, None])

    found = figures_of(lines(["x", "y"], [series, Series(name="b", values=[3, 4], faint=True)]))

    assert found.kind == "line"
    assert list(found.labels) == ["x", "y"]
    assert [(line.name, list(line.values)) for line in found.lines] == [
        ("a ▾", [0.5, None]),
        ("a ▴", [2.0, None]),
        ("a", [1, None]),
        ("b", [3, 4]),
    ]
    assert [line.colour for line in found.lines] == ["series-1"] * 3 + ["muted"]
    assert [line.is_edge for line in found.lines] == [True, True, False, False]
    assert found.lines[3].is_faint


def test_bars_say_whether_they_are_stacked_and_in_percent():
    drawn = [Series(name="a", values=[12.5]), Series(name="b", values=[-1])]

    stacked = figures_of(bars(["x"], drawn, stacked=True, percent=True))
    plain = figures_of(bars(["x"], drawn))

    assert (stacked.kind, stacked.is_percent, stacked.shown(12.5)) == ("stacked", True, "12.5%")
    assert (plain.kind, plain.is_percent) == ("bar", False)
    assert [plain.shown(each) for each in (1200.0, 0.126, None)] == ["1,200", "0.13", "–"]


def test_a_heat_map_is_no_chart_of_lines():
    assert figures_of(heat(["a"], ["b"], [(0, 0, 1)])) is None
