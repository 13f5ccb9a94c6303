import pytest

from juluo.lib.charts.options import Series, bars, heat, lines, series_colour


def test_lines_keep_their_gaps_and_their_order():
    option = lines(
        ["a", "b"], [Series(name="x", values=[1, None]), Series(name="y", values=[2, 3])]
    )

    assert [each["data"] for each in option["series"]] == [[1, None], [2, 3]]
    assert option["legend"]["show"]
    assert option["legend"]["data"] == ["x", "y"]
    assert option["xAxis"]["data"] == ["a", "b"]
    colours = [each["itemStyle"]["color"] for each in option["series"]]
    assert colours == ["series-1", "series-2"]


def test_a_band_is_the_range_stacked_on_its_lower_end():
    series = Series(name="x", values=[2, 5], low=[1, None], high=[4, 6])

    lower, gap, line = lines(["a", "b"], [series], percent=True)["series"]

    assert lower["data"] == [1, None]
    assert gap["data"] == [3, None]
    assert lower["stack"] == gap["stack"]
    assert line["data"] == [2, 5]


def test_what_is_compared_with_is_dashed_and_muted():
    faint = lines(["a"], [Series(name="then", values=[1], faint=True)])["series"][0]

    assert faint["lineStyle"]["type"] == "dashed"
    assert faint["itemStyle"]["color"] == "muted"


def test_bars_stack_only_when_asked():
    series = [Series(name="x", values=[1]), Series(name="y", values=[-2])]

    assert [each.get("stack") for each in bars(["a"], series)["series"]] == [None, None]
    stacked = bars(["a"], series, stacked=True, percent=True)
    assert {each["stack"] for each in stacked["series"]} == {"all"}
    assert stacked["yAxis"]["axisLabel"]["formatter"] == "{value}%"


@pytest.mark.parametrize(("cells", "most"), [([], 1), ([(0, 0, None)], 1), ([(0, 0, 7.0)], 7.0)])
def test_a_heat_map_scales_to_what_it_holds(cells, most):
    option = heat(["c"], ["r"], cells)

    assert option["visualMap"]["max"] == most
    assert option["series"][0]["data"] == [list(cell) for cell in cells]
    assert option["yAxis"]["inverse"]


def test_colours_come_round_again():
    assert [series_colour(n) for n in (0, 7, 8)] == ["series-1", "series-8", "series-1"]
