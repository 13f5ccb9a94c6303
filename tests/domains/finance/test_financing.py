"""Sources through their stages; both sides of the money are the same at each step."""

from datetime import date

import pytest
from tests.domains.finance.conftest import NOON, balances, stated, yuan

from juluo.domains.finance import queries, services
from juluo.domains.finance.models import FundingSource, SourceChange
from juluo.domains.finance.rules.states import STAGE_STEPS

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 1)


def sides(budget):
    both = queries.sources_and_uses([budget.pk])
    assert both.total_sources == both.uses
    return both.covered.amount, both.gap.amount


@pytest.fixture
def budget(books):
    budget = books.budget()
    books.line(budget, 1000)
    return budget


def test_only_what_is_agreed_covers_and_the_rest_is_a_gap(books, budget):
    source = books.source(budget, 600)
    assert sides(budget) == (0, 100_000)

    books.move(source, "applied")
    assert sides(budget) == (0, 100_000)
    books.move(source, "agreed")
    assert sides(budget) == (60_000, 40_000)
    books.move(source, "refused")
    assert sides(budget) == (0, 100_000)


def test_more_than_is_needed_is_money_without_a_use(books, budget):
    books.move(books.source(budget, 1500), "agreed")

    both = queries.sources_and_uses([budget.pk])
    assert (both.gap.amount, both.surplus.amount) == (-50_000, 50_000)


def test_what_came_counts_when_a_source_closes(books, budget, people):
    source = books.source(budget, 600)
    books.move(source, "agreed")
    common = {"actor_id": people["operator"].pk, "at": NOON}
    tranche = services.add_tranche(source_id=source.pk, due=DAY, amount=yuan(600), **common)
    services.receive_tranche(tranche_id=tranche.pk, received=yuan(550), day=DAY, **common)
    source.refresh_from_db()
    assert source.stage == "receiving"
    assert sides(budget) == (60_000, 40_000)
    assert balances()["cash"] == 55_000

    books.move(source, "closed")
    assert sides(budget) == (55_000, 45_000)
    with pytest.raises(services.WrongState):
        services.receive_tranche(tranche_id=tranche.pk, received=yuan(1), day=DAY, **common)
    with pytest.raises(services.WrongState):
        services.add_tranche(source_id=source.pk, due=DAY, amount=yuan(1), **common)
    assert balances()["cash"] == 55_000


@pytest.mark.parametrize("before", STAGE_STEPS)
@pytest.mark.parametrize("then", STAGE_STEPS)
def test_a_stage_follows_only_where_it_may(books, budget, before, then):
    source = books.source(budget)
    FundingSource.objects.filter(pk=source.pk).update(stage=before)

    if then in STAGE_STEPS[before]:
        books.move(source, then)
        assert SourceChange.objects.count() == 1
    else:
        with pytest.raises(services.WrongState):
            books.move(source, then)
        assert not SourceChange.objects.exists()


def test_another_amount_of_an_agreed_source_needs_a_reason(books, budget, people):
    source = books.source(budget, 600)
    books.move(source, "agreed")
    change = {"source_id": source.pk, "actor_id": people["operator"].pk, "at": NOON}
    facts = services.SourceFacts(
        kind="subsidy",
        title="文化补贴",
        stated=stated(700),
        probability=50,
        owner_id=people["operator"].pk,
    )

    with pytest.raises(services.ReasonMissing):
        services.change_source(**change, facts=facts)
    assert sides(budget) == (60_000, 40_000)
    services.change_source(**change, facts=facts, reason="追加")
    assert sides(budget) == (70_000, 30_000)


def test_a_repayment_leaves_the_cash_once(books, budget, people):
    source = books.source(budget, 600, kind="loan")
    books.move(source, "agreed")
    common = {"actor_id": people["operator"].pk, "at": NOON}
    tranche = services.add_tranche(source_id=source.pk, due=DAY, amount=yuan(600), **common)
    services.receive_tranche(tranche_id=tranche.pk, received=yuan(600), day=DAY, **common)
    duty = services.add_duty(
        source_id=source.pk, kind="repayment", title="还款", due=DAY, amount=yuan(200), **common
    )

    services.fulfil_duty(duty_id=duty.pk, day=DAY, **common)
    with pytest.raises(services.WrongState):
        services.fulfil_duty(duty_id=duty.pk, day=DAY, **common)

    assert balances()["cash"] == 40_000
    assert sides(budget) == (60_000, 40_000)


def test_planning_counts_on_the_chance_until_it_is_agreed(books, budget):
    source = books.source(budget, 999.99, probability=33)
    (row,) = queries.sources([budget.pk])
    assert row.expected == yuan("330.00")

    books.move(source, "agreed")
    (row,) = queries.sources([budget.pk])
    assert row.expected == yuan(999.99)


def test_what_is_late_is_told(books, budget, people):
    source = books.source(budget)
    common = {"actor_id": people["operator"].pk, "at": NOON}
    services.add_tranche(source_id=source.pk, due=DAY, amount=yuan(1), **common)
    services.add_duty(source_id=source.pk, kind="report", title="结项", due=DAY, **common)
    assert queries.tranches_due(before=date(2026, 4, 2)) == []

    books.move(source, "agreed")
    assert len(queries.tranches_due(before=date(2026, 4, 2))) == 1
    assert queries.tranches_due(before=DAY) == []
    assert [each.title for each in queries.duties_due(before=date(2026, 4, 2))] == ["结项"]


def test_both_sides_cost_two_queries_and_the_currency(books, django_assert_num_queries):
    budget = books.budget()
    for _ in range(12):
        books.line(budget, 10)
        books.move(books.source(budget, 5), "agreed")

    with django_assert_num_queries(3):
        both = queries.sources_and_uses([budget.pk])
    assert both.covered.amount == 6_000
