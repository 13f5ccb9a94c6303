from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.made_up import NOW

from juluo.analytics.question import Grain, Point
from juluo.analytics.usual import UsualRange
from juluo.domains.insights import queries
from juluo.domains.insights.queries.headlines import HEADLINE_KEYS


def span(grain: Grain, **options) -> tuple[str, str]:
    shown = queries.period(grain, now=NOW, **options)
    return str(shown.start), str(shown.end)


@pytest.mark.django_db
def test_a_period_is_the_last_complete_one():
    # It is Tuesday, 10 March 2026.
    assert span(Grain.MONTH) == ("2026-02-01", "2026-03-01")
    assert span(Grain.WEEK) == ("2026-03-02", "2026-03-09")


@pytest.mark.django_db
def test_a_period_holds_the_day_that_is_asked_for():
    assert span(Grain.MONTH, containing=date(2024, 2, 29)) == ("2024-02-01", "2024-03-01")
    assert span(Grain.MONTH, containing=date(2025, 12, 31)) == ("2025-12-01", "2026-01-01")
    assert span(Grain.WEEK, containing=date(2026, 1, 1)) == ("2025-12-29", "2026-01-05")


def test_an_archive_is_shown_where_it_ends(made_up):
    later = datetime(2030, 1, 1, tzinfo=UTC)

    shown = queries.period(Grain.MONTH, now=later)

    last = queries.last_local_day()
    assert (shown.start.year, shown.start.month) == (last.year, last.month)


@pytest.mark.django_db
def test_periods_before_are_counted_on_the_calendar():
    month = queries.period(Grain.MONTH, now=NOW, containing=date(2026, 3, 5))
    week = queries.period(Grain.WEEK, now=NOW, containing=date(2026, 3, 5))

    assert [str(month.before(n)) for n in (0, 1, 3)] == ["2026-03-01", "2026-02-01", "2025-12-01"]
    assert [str(week.before(n)) for n in (1, 12)] == ["2026-02-23", "2025-12-08"]


def test_headlines_tell_value_change_and_usual_range(made_up):
    shown = queries.period(Grain.MONTH, now=NOW, containing=date(2026, 2, 1))

    found = queries.headlines(shown, log=queries.current_log(), now=NOW)

    assert tuple(each.metric.key for each in found) == HEADLINE_KEYS
    written = next(each for each in found if each.metric.key == "content.contributions")
    assert written.point.start == date(2026, 2, 1)
    assert written.before.start == date(2026, 1, 1)
    assert written.change == written.point.value - written.before.value
    assert written.relative_change == written.change / written.before.value
    # September to January: the months before the first talk are no quiet months.
    assert [str(point.start) for point in written.trend] == [
        "2025-09-01",
        "2025-10-01",
        "2025-11-01",
        "2025-12-01",
        "2026-01-01",
        "2026-02-01",
    ]
    assert written.usual.windows == 5
    assert written.unusual is not written.usual.holds(written.point.value)


@pytest.mark.parametrize(
    ("start", "end", "grain"),
    [
        (date(2026, 1, 1), date(2026, 2, 1), Grain.MONTH),
        (date(2026, 1, 5), date(2026, 1, 12), Grain.WEEK),
    ],
)
def test_a_window_that_is_one_period_tells_what_the_console_tells(made_up, start, end, grain):
    log = queries.current_log()

    window = queries.window_headlines(start, end, log=log, now=NOW)
    home = queries.headlines(queries.period(grain, now=NOW, containing=start), log=log, now=NOW)

    told = [(e.metric.key, e.point.value, e.before, e.usual, e.change) for e in home]
    assert [(e.metric.key, e.point.value, e.before, e.usual, e.change) for e in window] == told
    # The evidence is of the window itself.
    for each in window:
        asked = each.answer.question
        assert (asked.start, asked.end, asked.grain) == (start, end, Grain.WINDOW)


@pytest.mark.parametrize(
    ("start", "end", "before"),
    [
        # Two whole months are compared with two whole months, odd days with as many days.
        (date(2026, 1, 1), date(2026, 3, 1), ["2025-09-01", "2025-11-01", "2026-01-01"]),
        (date(2026, 2, 10), date(2026, 3, 1), ["2026-01-03", "2026-01-22", "2026-02-10"]),
    ],
)
def test_other_windows_are_compared_with_their_likes(made_up, start, end, before):
    (found,) = queries.window_headlines(
        start, end, log=queries.current_log(), now=NOW, keys=("content.contributions",)
    )

    assert [str(point.start) for point in found.trend][-3:] == before
    assert found.change == found.point.value - found.before.value


@pytest.mark.django_db
def test_nothing_before_is_no_change_and_no_range():
    shown = queries.period(Grain.MONTH, now=NOW)

    for each in queries.headlines(shown, log=queries.current_log(), now=NOW):
        assert not each.point.value
        assert (each.before, each.usual, each.change, each.relative_change) == (None,) * 4
        assert not each.unusual


def test_headlines_cost_the_log_and_nothing_more(made_up, django_assert_num_queries):
    log = queries.current_log()
    shown = queries.period(Grain.MONTH, now=NOW)

    with django_assert_num_queries(0):
        queries.headlines(shown, log=log, now=NOW)


def test_from_nothing_there_is_no_relative_change(made_up):
    shown = queries.period(Grain.MONTH, now=NOW, containing=date(2026, 2, 1))
    (found,) = queries.headlines(shown, log=queries.current_log(), now=NOW, keys=("members.new",))
    nothing = Point(start=date(2026, 1, 1), value=0.0)

    found = replace(found, before=nothing, usual=UsualRange(low=900.0, high=950.0, windows=4))

    assert found.relative_change is None
    assert found.change == found.point.value
    assert found.unusual
