"""The invented community's budget: lines, a promise, two expenses, and a grant."""

from datetime import date, datetime
from typing import Protocol

from juluo.domains.finance import queries, services
from juluo.domains.finance.types import Money, Stated, state
from juluo.importers.demonstration import plan_words as words
from juluo.lib.money import EXPONENTS


class Who(Protocol):
    """Who steers, and when."""

    @property
    def owner(self) -> int: ...  # noqa: D102
    @property
    def operator(self) -> int: ...  # noqa: D102
    @property
    def moderator(self) -> int: ...  # noqa: D102
    @property
    def today(self) -> date: ...  # noqa: D102
    @property
    def year(self) -> tuple[date, date]: ...  # noqa: D102
    def on(self, days: int) -> datetime: ...  # noqa: D102


def budget_of(who: Who, plan_id: int, strategies: list[int]) -> None:
    """Give a plan its budget, approved, and draw on it."""
    start, end = who.year
    budget = services.create_budget(
        plan_id=plan_id,
        title=words.PLAN.format(year=start.year),
        start=start,
        end=end,
        owner_id=who.operator,
        actor_id=who.operator,
        at=who.on(-3),
    )
    lines = [_line(who, budget.pk, n, strategies) for n in range(len(words.LINES))]
    _grant(who, budget.pk)
    services.approve_budget(budget_id=budget.pk, actor_id=who.owner, at=who.on(-2))
    _draw(who, lines)


def _amount(units: int) -> Stated:
    currency = queries.books_currency()
    return state(Money(units * 10 ** EXPONENTS[currency], currency), currency=currency)


def _line(who: Who, budget_id: int, place: int, strategies: list[int]) -> int:
    title, category, units = words.LINES[place]
    facts = services.LineFacts(
        category_id=queries.categories()[category][0],
        title=title,
        stated=_amount(units),
        owner_id=who.operator,
        strategy_id=strategies[1] if place == 2 else None,
    )
    at = who.on(-3)
    return services.add_line(budget_id=budget_id, facts=facts, actor_id=who.operator, at=at).pk


def _grant(who: Who, budget_id: int) -> None:
    title, giver, units = words.SOURCE
    facts = services.SourceFacts(
        kind="subsidy",
        title=title,
        giver=giver,
        stated=_amount(units),
        probability=80,
        owner_id=who.operator,
    )
    source = services.add_source(
        budget_id=budget_id, facts=facts, actor_id=who.operator, at=who.on(-3)
    )
    for stage in ("applied", "agreed"):
        services.move_source(source_id=source.pk, stage=stage, actor_id=who.operator, at=who.on(-2))


def _draw(who: Who, lines: list[int]) -> None:
    """Promise one line's money, and hand two expenses in: one is paid, one waits."""
    title, payee, units = words.COMMITMENT
    services.commit_money(
        promise=services.Promise(line_id=lines[0], title=title, stated=_amount(units), payee=payee),
        form_key="demonstration-promise",
        actor_id=who.operator,
        at=who.on(5),
    )
    paid, _waiting = (_claim(who, n, lines[n + 1]) for n in range(2))
    services.approve_expense(expense_id=paid, actor_id=who.operator, at=who.on(9))
    services.pay_expense(expense_id=paid, actor_id=who.operator, at=who.on(10))


def _claim(who: Who, place: int, line_id: int) -> int:
    title, payee, units = words.EXPENSES[place]
    at = who.on(8)
    claim = services.Claim(
        title=title,
        category_id=queries.categories()[(1, 3)[place]][0],
        stated=_amount(units),
        spent_on=min(at.date(), who.today),
        payee=payee,
        line_id=line_id,
    )
    return services.submit_expense(
        claim=claim,
        form_key=f"demonstration-{place}",
        submitter_id=who.moderator,
        at=at,
    ).pk
