"""Small exact statistics, against numbers worked out by hand."""

from juluo.analytics.calendar import date_of, day_number, offsets, periods
from juluo.analytics.catalog import METRICS, UnknownMetric, metric
from juluo.analytics.catalog.reference import reference_markdown
from juluo.analytics.question import Grain
from juluo.analytics.statistics import (
    core,
    gini,
    pagerank,
    quantile,
    quantile_interval,
    wilson,
)


def test_wilson_of_nothing_is_absent_and_of_some_is_known():
    assert wilson(0, 0) is None
    assert wilson(3, 2) is None
    low, high = wilson(8, 10)
    assert (round(low, 4), round(high, 4)) == (0.4902, 0.9433)
    assert wilson(0, 10)[0] == 0.0


def test_quantiles_interpolate_and_may_be_infinite():
    never = float("inf")
    assert quantile([], 0.5) is None
    assert quantile([1, 2, 3, 4], 0.5) == 2.5
    assert quantile([10, 20, 30, never], 0.9) is None
    assert quantile([10, 20, never], 0.5) == 20
    assert quantile_interval([1, 2, 3], 0.5) == (None, None)
    assert quantile_interval(list(range(1, 101)), 0.5) == (40, 60)


def test_gini_and_core_of_known_spreads():
    assert gini([]) is None
    assert abs(gini([(5, 4)])) < 1e-12
    assert abs(gini([(1, 1), (3, 1)]) - 0.25) < 1e-12
    assert core([(10, 1), (1, 10)], 0.8) == 7
    assert core([(5, 4)], 0.8) == 4
    assert core([], 0.8) is None


def test_pagerank_of_a_star():
    ranks = dict(pagerank([(1, 3, 1.0), (2, 3, 1.0)]))
    # x for each leaf; 3 gives all to nobody, so to all: x = .05 + .85 c / 3, c = x + 1.7 x.
    leaf = 1 / 4.7
    assert abs(ranks[1] - leaf) < 1e-9
    assert abs(ranks[3] - 2.7 * leaf) < 1e-9
    assert pagerank([]) == []


def test_months_begin_on_their_first_and_the_window_before_is_a_month():
    cut = periods(day_number(date_of(0)), 31 + 28, Grain.MONTH)
    assert [(p.start, p.end, p.before) for p in cut] == [(0, 31, -31), (31, 59, 0)]


def test_local_time_steps_at_daylight_saving():
    first = day_number(date_of(19_790))  # 8 March 2024
    steps = offsets("America/New_York", first, first + 10)
    assert [offset // 3_600_000_000 for _, offset in steps] == [-5, -4]
    assert offsets("Asia/Shanghai", first, first + 10)[0][1] == 8 * 3_600_000_000


def test_an_unknown_metric_names_its_neighbours():
    try:
        metric("member.activ")
    except UnknownMetric as error:
        assert error.near[0] == "members.active"
    else:
        raise AssertionError("nothing was raised")


def test_every_metric_speaks_both_languages_and_is_in_the_reference():
    english, chinese = reference_markdown("en"), reference_markdown("zh-hans")
    for each in METRICS.values():
        for text in (each.title, each.question, each.formula):
            assert text.en
            assert text.zh
        assert f"`{each.key}`" in english
        assert each.title.zh in chinese
