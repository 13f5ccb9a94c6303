"""Drafted, approved, changed with reasons, approved again; what was approved never changes."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from tests.domains.finance.conftest import NOON, balances, stated, yuan

from juluo.domains.finance import queries, services
from juluo.domains.finance.models import Account, Budget, BudgetVersion, Leg, LineChange
from juluo.domains.members.models import AuditEntry
from juluo.eventlog.models import EventRecord

pytestmark = pytest.mark.django_db


def names():
    rows = EventRecord.objects.filter(name__startswith="finance.").order_by("pk")
    return [each.name.removeprefix("finance.") for each in rows]


def test_a_plan_has_one_budget(books):
    plan = books.plan()

    first, second = books.budget(plan), books.budget(plan)

    assert first == second
    assert names() == ["budget_made"]
    assert AuditEntry.objects.get(action="finance.budget_made").subject == f"budget:{first.pk}"


def test_a_community_has_as_many_budgets_of_its_own_as_it_likes(books):
    assert books.budget() != books.budget()


def test_a_draft_holds_back_no_money_until_it_is_approved(books):
    budget = books.budget()
    line = books.line(budget, 1000)

    assert balances() == {"drafted": 100_000, "gap": -100_000}
    with pytest.raises(services.WrongState):
        books.commit(line, 1)

    version = books.approve(budget)
    assert (version.number, version.total) == (1, 100_000)
    assert balances() == {"available": 100_000, "gap": -100_000}
    assert Budget.objects.get().status == "approved"
    assert names()[-1] == "budget_approved"


def test_only_an_owner_approves(books, people):
    budget = books.budget()
    books.line(budget)

    for role in ("operator", "moderator", "member"):
        with pytest.raises(services.NotAllowed):
            services.approve_budget(budget_id=budget.pk, actor_id=people[role].pk, at=NOON)

    assert not BudgetVersion.objects.exists()


def test_nothing_new_is_not_approved_again(books, people):
    budget = books.budget()
    with pytest.raises(services.NothingToApprove):
        books.approve(budget)
    books.line(budget)
    books.approve(budget)

    with pytest.raises(services.NothingToApprove):
        books.approve(budget)
    with pytest.raises(services.NothingToApprove):
        services.ask_for_approval(budget_id=budget.pk, actor_id=people["operator"].pk, at=NOON)
    assert BudgetVersion.objects.count() == 1


def test_after_approval_a_change_needs_a_reason_and_leaves_the_limit(books, people):
    budget = books.budget()
    line = books.line(budget, 1000)
    books.approve(budget)
    change = {"line_id": line.pk, "actor_id": people["operator"].pk, "at": NOON}

    with pytest.raises(services.ReasonMissing):
        services.change_line(**change, facts=books.facts(1500), reason="  ")
    with pytest.raises(services.ReasonMissing):
        books.line(budget, 5)
    assert Budget.objects.get().status == "approved"
    assert LineChange.objects.count() == 1

    services.change_line(**change, facts=books.facts(1500), reason="纸价上涨")
    assert Budget.objects.get().status == "working"
    assert balances() == {"available": 100_000, "drafted": 50_000, "gap": -150_000}
    with pytest.raises(services.LimitReached):
        books.commit(line, 1001)

    books.approve(budget)
    assert balances() == {"available": 150_000, "gap": -150_000}


def test_a_change_takes_the_request_for_approval_back(books, people):
    budget = books.budget()
    line = books.line(budget)
    operator = people["operator"].pk
    services.ask_for_approval(budget_id=budget.pk, actor_id=operator, at=NOON)
    services.ask_for_approval(budget_id=budget.pk, actor_id=operator, at=NOON)
    assert names().count("budget_approval_asked") == 1

    services.change_line(line_id=line.pk, facts=books.facts(5), actor_id=operator, at=NOON)

    assert Budget.objects.get().approval_asked_at is None


def test_a_line_taken_out_gives_its_money_back_once_that_is_approved(books, people):
    budget = books.budget()
    line, other = books.line(budget, 1000), books.line(budget, 10)
    books.approve(budget)
    out = {"line_id": line.pk, "reason": "不做了", "actor_id": people["operator"].pk, "at": NOON}

    services.remove_line(**out)
    services.remove_line(**out)
    assert balances(line=line) == {"available": 100_000, "drafted": -100_000}

    books.approve(budget)
    assert balances() == {"available": 1_000, "gap": -1_000}
    assert names().count("budget_line_removed") == 1
    with pytest.raises(services.WrongState):
        services.change_line(line_id=line.pk, facts=books.facts(), reason="?", actor_id=1, at=NOON)
    assert [each.id for each in queries.lines_of([budget.pk], today=NOON.date())] == [
        line.pk,
        other.pk,
    ]


def test_a_limit_cannot_be_approved_below_what_was_drawn(books, people):
    budget = books.budget()
    line = books.line(budget, 1000)
    books.approve(budget)
    books.commit(line, 800)
    services.change_line(
        line_id=line.pk,
        facts=books.facts(700),
        reason="压缩",
        actor_id=people["operator"].pk,
        at=NOON,
    )

    with pytest.raises(services.BelowDrawn):
        books.approve(budget)

    assert BudgetVersion.objects.count() == 1
    assert balances(line=line) == {"available": 20_000, "committed": 80_000, "drafted": -30_000}


def test_a_month_outside_the_budget_is_refused(books):
    budget = books.budget()

    for month in (date(2025, 12, 1), date(2027, 1, 1)):
        with pytest.raises(services.MonthOutside):
            books.line(budget, month=month)

    assert not Account.objects.filter(kind="drafted").exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE finance_budgetversion SET total = 1",
        "DELETE FROM finance_budgetversion",
        "UPDATE finance_versionline SET amount = 1",
        "UPDATE finance_versionline SET title = 'x'",
        "DELETE FROM finance_versionline",
        "UPDATE finance_linechange SET reason = 'x'",
        "UPDATE finance_leg SET amount = 1",
        "DELETE FROM finance_leg",
        "UPDATE finance_posting SET cause = 'x'",
        "DELETE FROM finance_posting",
    ],
)
def test_an_approved_version_never_changes(books, statement):
    budget = books.budget()
    books.line(budget)
    books.approve(budget)

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_what_was_approved_stays_whatever_the_working_version_becomes(books, people):
    budget = books.budget()
    line = books.line(budget, 1000, title="海报", month=date(2026, 4, 1))
    books.approve(budget)
    services.rename_entry(
        list_name="category",
        entry_id=books.category().pk,
        name="内容制作",
        actor_id=people["operator"].pk,
        at=NOON,
    )
    services.change_line(
        line_id=line.pk,
        facts=books.facts(1200, title="海报与展架", warn_at=50, stops=False),
        reason="加展架",
        actor_id=people["operator"].pk,
        at=NOON + timedelta(hours=1),
    )

    frozen = BudgetVersion.objects.get().lines.get()
    assert (frozen.title, frozen.amount, frozen.month) == ("海报", 100_000, date(2026, 4, 1))
    assert (frozen.warn_at, frozen.stops, frozen.category_name) == (80, True, "")


def test_differences_are_a_change_log_with_reasons(books, people):
    budget = books.budget()
    line = books.line(budget, 1000, month=date(2026, 4, 1))
    gone = books.line(budget, 50, title="茶歇")
    books.approve(budget)
    later, operator = NOON + timedelta(hours=1), people["operator"].pk
    services.change_line(
        line_id=line.pk, facts=books.facts(1200), reason="纸价上涨", actor_id=operator, at=later
    )
    services.remove_line(line_id=gone.pk, reason="不做了", actor_id=operator, at=later)
    added = books.line(budget, 5, reason="新点子", title="贴纸")

    found = queries.changes(budget.pk, older=1, newer=None, language="zh-hans")
    by_title = {each.title: each for each in found}
    assert {each.title: each.kind for each in found} == {
        "海报": "changed",
        "茶歇": "removed",
        "贴纸": "added",
    }
    assert by_title["海报"].reasons == ("纸价上涨",)
    amounts = [(before, after) for _fact, before, after in by_title["海报"].facts]
    assert ("1,000.00 元", "1,200.00 元") in amounts

    books.approve(budget, at=later + timedelta(hours=1))
    same = queries.changes(budget.pk, older=1, newer=2, language="zh-hans")
    assert {each.title for each in same} == {"海报", "茶歇", "贴纸"}
    assert queries.changes(budget.pk, older=2, newer=None, language="en") == []
    assert {each.title for each in queries.changes(budget.pk, older=0, newer=1, language="en")} == {
        "海报",
        "茶歇",
    }
    assert added.pk


def test_an_owner_lifts_the_stop_with_a_reason_and_an_amount(books, people):
    line = books.approved_line(1000)
    lift = {"line_id": line.pk, "amount": yuan(200), "at": NOON}
    with pytest.raises(services.NotAllowed):
        services.lift_limit(**lift, reason="要印", actor_id=people["operator"].pk)
    with pytest.raises(services.ReasonMissing):
        services.lift_limit(**lift, reason=" ", actor_id=people["owner"].pk)
    with pytest.raises(services.LimitReached):
        books.commit(line, 1200)

    services.lift_limit(**lift, reason="要印", actor_id=people["owner"].pk)
    with pytest.raises(services.LimitReached):
        books.commit(line, "1200.01")
    books.commit(line, 1200)

    assert balances(line=line) == {"available": -20_000, "committed": 120_000}
    assert "limit_lifted" in names()
    assert AuditEntry.objects.filter(action="finance.limit_lifted").count() == 1
    assert queries.line(line.pk, today=NOON.date()).level == "over"


def test_a_lift_counts_once_however_many_versions_there_are(books, people):
    line = books.approved_line(1000)
    for amount in (1100, 1200):
        services.change_line(
            line_id=line.pk,
            facts=books.facts(amount),
            reason="+",
            actor_id=people["operator"].pk,
            at=NOON,
        )
        books.approve(line.budget)

    services.lift_limit(
        line_id=line.pk, amount=yuan(10), reason="+", actor_id=people["owner"].pk, at=NOON
    )

    assert Account.objects.get(line=line, kind="available").floor == -1_000


def test_approving_again_takes_the_lift_up_in_the_new_limit(books, people):
    line = books.approved_line(1000)
    owner = people["owner"].pk
    services.lift_limit(line_id=line.pk, amount=yuan(200), reason="+", actor_id=owner, at=NOON)
    books.commit(line, 1100)
    services.change_line(
        line_id=line.pk,
        facts=books.facts(1300),
        reason="实数",
        actor_id=people["operator"].pk,
        at=NOON,
    )
    books.approve(line.budget)

    assert Account.objects.get(line=line, kind="available").floor == 0
    with pytest.raises(services.LimitReached):
        books.commit(line, 201)
    books.commit(line, 200)


def test_a_line_that_only_warns_lets_everything_through(books):
    line = books.approved_line(1000, stops=False)

    books.commit(line, 5000)

    assert balances(line=line) == {"available": -400_000, "committed": 500_000}


def test_an_amount_in_another_currency_keeps_its_rate(books, people):
    from decimal import Decimal

    from juluo.domains.finance.types import Money, Rate, state

    rate = Rate("USD", "CNY", Decimal("7.1234"), date(2026, 3, 1), "中国银行")
    budget = books.budget()
    line = books.line(budget, stated=state(Money(10_001, "USD"), currency="CNY", rate=rate))

    line.refresh_from_db()
    assert (line.amount, line.original_amount, line.original_currency) == (71_241, 10_001, "USD")
    assert (line.rate, line.rate_source) == (Decimal("7.1234"), "中国银行")
    with pytest.raises(services.OtherCurrency):
        books.line(budget, stated=state(Money(1, "USD"), currency="USD"))


def test_no_event_and_no_audit_entry_holds_an_amount(books, people):
    line = books.approved_line(98_765)
    books.commit(line, 4321)
    expense = books.decide(books.claim(1234), line=line)
    books.pay(expense)

    for row in EventRecord.objects.filter(name__startswith="finance."):
        assert row.value is None
        assert not {9876500, 432100, 123400} & set(row.payload.values())
    for entry in AuditEntry.objects.filter(action__startswith="finance."):
        assert not {9876500, 432100, 123400} & set(entry.details.values())


def test_each_account_is_the_sum_of_its_legs(books):
    line = books.approved_line(1000)
    books.commit(line, 300)

    for account in Account.objects.all():
        assert account.balance == sum(leg.amount for leg in account.legs.all())
    assert sum(leg.amount for leg in Leg.objects.all()) == 0
    assert stated(1).amount == yuan(1)


def test_lists_cost_the_same_however_long_they_are(books, django_assert_num_queries):
    plan = books.plan()
    budget, strategy, task = books.budget(plan), books.strategy(plan), books.task(plan)
    for _ in range(15):
        books.line(budget, strategy_id=strategy.pk, task_id=task.pk)
    books.approve(budget)

    with django_assert_num_queries(3):
        rows = queries.lines_of([budget.pk], today=NOON.date())
    with django_assert_num_queries(1):
        queries.budgets()
    with django_assert_num_queries(4):
        queries.changes(budget.pk, older=0, newer=1, language="en")
    assert len(rows) == 15
