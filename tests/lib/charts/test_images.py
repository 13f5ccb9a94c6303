"""Pictures are drawn here, without a browser, with the letters they need."""

import struct
from concurrent.futures import ThreadPoolExecutor

import pytest
from lxml import etree

from juluo.lib.charts.images import to_png, to_svg
from juluo.lib.charts.options import Series, bars, heat, lines

SVG = "{http://www.w3.org/2000/svg}"


def titled(words: str) -> dict[str, object]:
    return {"title": {"text": words, "left": 0, "top": 0}}


def test_an_svg_holds_the_words_and_loads_nothing():
    option = bars(["一月", "二月"], [Series(name="贡献", values=[3, 4])])

    svg = to_svg(option, width=400, height=200)

    root = etree.fromstring(svg.encode())
    assert (root.get("width"), root.get("height")) == ("400", "200")
    words = {each.text for each in root.iter(f"{SVG}text")}
    assert {"一月", "二月"} <= words
    assert not list(root.iter(f"{SVG}script", f"{SVG}image", f"{SVG}foreignObject"))
    assert "series-1" not in svg
    assert "#0b7a75" in svg


def test_hostile_words_in_a_chart_stay_words():
    hostile = "</text><script>alert(1)</script>"

    svg = to_svg(lines([hostile], [Series(name=hostile, values=[1])]), width=400, height=200)

    root = etree.fromstring(svg.encode())
    assert not list(root.iter(f"{SVG}script"))
    assert hostile in {each.text for each in root.iter(f"{SVG}text")}


def test_a_png_has_twice_the_size_asked_for():
    png = to_png(heat(["1"], ["一"], [(0, 0, 2.0)]), width=300, height=150)

    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", png[16:24]) == (600, 300)


def test_each_letter_has_a_shape_of_its_own():
    # A font without a letter draws the same empty box for all that it lacks.
    letters = ["活", "跃", "成", "员", "贡", "献", "，", "A", "7", "%"]

    pictures = {to_png(titled(letter), width=60, height=40) for letter in letters}

    assert len(pictures) == len(letters)


def test_the_same_option_gives_the_same_picture():
    option = lines(["a", "b"], [Series(name="活跃成员", values=[1, 2])])

    assert to_png(option, width=200, height=100) == to_png(option, width=200, height=100)


@pytest.mark.parametrize("values", [[], [None, None], [0, 0]])
def test_a_chart_of_nothing_is_still_a_chart(values):
    option = lines([str(n) for n in range(len(values))], [Series(name="x", values=values)])

    assert to_svg(option, width=200, height=100).startswith("<svg")


def test_threads_draw_side_by_side():
    option = bars(["a"], [Series(name="x", values=[1])])

    with ThreadPoolExecutor(2) as threads:
        drawn = list(threads.map(lambda _: to_png(option, width=80, height=60), range(4)))

    assert len(set(drawn)) == 1
