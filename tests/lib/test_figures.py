from datetime import date

import pytest

from juluo.lib import figures


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (None, "members", "–"),
        (0, "members", "0"),
        (1234.0, "members", "1,234"),
        (1234567.0, "contributions", "1,234,567"),
        (2.5, "contributions", "2.5"),
        (1.0, "ratio", "1.00"),
        (0.12345, "index", "0.123"),
        (0.0, "share", "0.0%"),
        (0.12345, "share", "12.3%"),
        (1.0, "share", "100.0%"),
        ("new", "members", "new"),
        (59.0, "seconds", "59 seconds"),
        (60.0, "seconds", "1 minute"),
        (5400.0, "seconds", "1.5 hours"),
        (86_400.0, "seconds", "1 day"),
        (0.0, "seconds", "0 seconds"),
    ],
)
def test_says_a_figure_in_its_unit(value, unit, words):
    assert figures.figure(value, unit, language="en") == words


def test_says_durations_in_chinese():
    assert figures.figure(5400.0, "seconds", language="zh-hans") == "1.5 小时"
    assert figures.figure(60.0, "seconds", language="zh") == "1 分钟"


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (None, "members", "–"),
        (3.0, "members", "+3"),
        (-3.0, "members", "−3"),
        (0.0, "members", "±0"),
        (0.021, "share", "+2.1 pp"),
        (-3600.0, "seconds", "−1 hour"),
    ],
)
def test_says_a_change_with_its_sign(value, unit, words):
    assert figures.change(value, unit, language="en") == words


def test_says_days_and_points_in_both_languages():
    first = date(2026, 3, 1)

    assert figures.day(first, language="zh-hans") == "2026 年 3 月 1 日"
    assert figures.day(first, language="en") == "1 March 2026"
    assert figures.point_label(first, "month", language="en") == "Mar 2026"
    assert figures.point_label(first, "month", language="zh-hans") == "2026/3"
    assert figures.point_label(first, "week", language="en") == "1 Mar"
    assert figures.point_label(first, "day", language="zh") == "3/1"


def test_a_change_in_share_is_said_in_percentage_points_in_chinese():
    assert figures.change(0.021, "share", language="zh") == "+2.1 个百分点"


def test_an_arrow_is_never_missing_its_direction():
    assert [figures.arrow(each) for each in (1.0, -1.0, 0.0, None)] == ["▲", "▼", "=", ""]
