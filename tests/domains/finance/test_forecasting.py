"""Forecast to complete: what is spent, what is promised, and what the plan still holds."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domains.finance.conftest import NOON, yuan

from juluo.domains.finance import queries
from juluo.domains.finance.rules.forecasting import Basis, Remaining, forecast, remaining

YEAR = {"start": date(2026, 1, 1), "end": date(2027, 1, 1)}


@pytest.mark.parametrize(
    ("today", "month", "work", "share", "basis"),
    [
        (date(2025, 6, 1), None, None, Fraction(1), Basis.TIME),
        (date(2026, 1, 1), None, None, Fraction(1), Basis.TIME),
        (date(2026, 12, 31), None, None, Fraction(1, 365), Basis.TIME),
        (date(2027, 1, 1), None, None, Fraction(0), Basis.TIME),
        (date(2026, 3, 2), date(2026, 3, 1), None, Fraction(30, 31), Basis.MONTH),
        (date(2026, 3, 2), date(2026, 2, 1), (1, 2), Fraction(0), Basis.MONTH),
        (date(2026, 3, 2), date(2026, 12, 1), None, Fraction(1), Basis.MONTH),
        (date(2026, 3, 2), None, (90, 120), Fraction(3, 4), Basis.TASKS),
        (date(2026, 3, 2), None, (0, 120), Fraction(0), Basis.TASKS),
    ],
)
def test_what_is_to_come_is_told_by_the_best_thing_known(today, month, work, share, basis):
    left = remaining(**YEAR, month=month, today=today, work=work)

    assert (left.share, left.basis) == (share, basis)


@pytest.mark.parametrize(
    ("spent", "committed", "share", "rest", "over"),
    [
        (0, 0, Fraction(1), 1000, 0),
        (500, 0, Fraction(1, 2), 500, 0),
        (700, 0, Fraction(1, 2), 500, 200),
        (300, 0, Fraction(1, 2), 500, -200),
        (300, 400, Fraction(1, 2), 100, -200),
        (300, 600, Fraction(1, 2), 0, -100),
        (1200, 0, Fraction(0), 0, 200),
    ],
)
def test_promises_count_towards_the_rest(spent, committed, share, rest, over):
    left = Remaining(share=share, basis=Basis.TIME)
    found = forecast(amount=1000, spent=spent, committed=committed, left=left)

    assert (found.rest, found.over) == (rest, over)
    assert found.total == spent + committed + rest


@given(
    st.integers(0, 10**12),
    st.integers(0, 10**12),
    st.integers(0, 10**12),
    st.fractions(min_value=0, max_value=1),
)
def test_a_forecast_is_never_less_than_what_is_gone(amount, spent, committed, share):
    left = Remaining(share=share, basis=Basis.TIME)
    found = forecast(amount=amount, spent=spent, committed=committed, left=left)

    assert found.total >= spent + committed
    assert 0 <= found.rest <= amount


@pytest.mark.django_db
def test_a_line_looks_at_the_open_work_of_its_task(books):
    plan = books.plan()
    budget, strategy = books.budget(plan), books.strategy(plan)
    books.task(plan, 30, strategy=strategy, status="done", done_at=NOON)
    books.task(plan, 90, strategy=strategy)
    books.task(plan, 500, strategy=strategy, status="dropped")
    line = books.line(budget, 1000, strategy_id=strategy.pk)
    books.approve(budget)

    row = queries.line(line.pk, today=NOON.date())

    assert (row.left.basis, row.left.share) == (Basis.TASKS, Fraction(3, 4))
    assert (row.expected, row.over) == (yuan(750), yuan(-250))
    assert queries.left_words(row.left) == "75% of the planned work of its tasks is still open."


@pytest.mark.django_db
def test_categories_and_the_whole_are_the_sums_of_their_lines(books):
    budget = books.budget()
    first = books.line(budget, 1000)
    books.line(budget, 500, category_id=books.category("wages").pk)
    books.approve(budget)
    books.commit(first, 300)
    rows = queries.lines_of([budget.pk], today=date(2026, 1, 1))

    whole = queries.totals(rows, currency="CNY")
    groups = queries.by_category(rows, currency="CNY")

    assert (whole.approved, whole.committed, whole.expected) == (yuan(1500), yuan(300), yuan(1500))
    assert [each.totals.approved for each in groups] == [yuan(1000), yuan(500)]
