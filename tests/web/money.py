"""Money of the small community: one thing of each kind, for addresses that name it."""

from datetime import UTC, date, datetime

from juluo.domains.finance import services
from juluo.domains.finance.models import Category, Indicator, Stream
from juluo.domains.finance.models.books import CATEGORIES, STREAMS
from juluo.domains.finance.types import Money, state

AT = datetime(2025, 3, 3, 9, tzinfo=UTC)
RECEIPT = services.ReceiptFile(name="发票.pdf", content=b"%PDF-1.7 receipt")


def yuan(amount):
    return state(Money(amount * 100, "CNY"), currency="CNY")


def make_money(people, plan):
    """Make it all; return the values of the addresses' arguments."""
    # Transactional tests empty the tables, also of what the migrations made.
    for table, names in ((Category, CATEGORIES), (Stream, STREAMS)):
        for position, key in enumerate(names):
            table.objects.get_or_create(key=key, defaults={"position": position})
    operator, owner = people["operator"].pk, people["owner"].pk
    done = {"actor_id": operator, "at": AT}
    category, stream = Category.objects.get(key="content"), Stream.objects.get(key="shop")
    budget = services.create_budget(
        plan_id=plan.pk,
        title=plan.title,
        start=plan.start,
        end=plan.end,
        owner_id=operator,
        **done,
    )
    facts = services.LineFacts(
        category_id=category.pk, title="海报", stated=yuan(1000), owner_id=operator
    )
    line = services.add_line(budget_id=budget.pk, facts=facts, **done)
    services.approve_budget(budget_id=budget.pk, actor_id=owner, at=AT)
    promise = services.Promise(line_id=line.pk, title="印刷合同", stated=yuan(300))
    commitment = services.commit_money(promise=promise, form_key="a", **done)
    claim = services.Claim(
        title="打样",
        category_id=category.pk,
        stated=yuan(100),
        spent_on=date(2025, 3, 1),
        payee="图文店",
        line_id=line.pk,
    )
    expense = services.submit_expense(
        claim=claim, files=[RECEIPT], form_key="b", submitter_id=operator, at=AT
    )
    source_facts = services.SourceFacts(
        kind="subsidy", title="文化补贴", stated=yuan(500), probability=60, owner_id=operator
    )
    source = services.add_source(budget_id=budget.pk, facts=source_facts, **done)
    services.move_source(source_id=source.pk, stage="agreed", **done)
    due = date(2025, 6, 1)
    tranche = services.add_tranche(
        source_id=source.pk, due=due, amount=Money(50_000, "CNY"), **done
    )
    duty = services.add_duty(source_id=source.pk, kind="report", title="结项报告", due=due, **done)
    earning = services.Earning(stream_id=stream.pk, stated=yuan(80), earned_on=date(2025, 3, 2))
    entry = services.record_revenue(earning=earning, form_key="c", **done)
    services.state_indicator(budget_id=budget.pk, metric="members.new", kind="social", **done)
    return {
        "plan_id": plan.pk,
        "budget_id": budget.pk,
        "line_id": line.pk,
        "commitment_id": commitment.pk,
        "expense_id": expense.pk,
        "receipt_id": expense.receipts.get().pk,
        "source_id": source.pk,
        "tranche_id": tranche.pk,
        "duty_id": duty.pk,
        "entry_id": entry.pk,
        "list_name": "category",
        "list_entry_id": category.pk,
        "indicator_id": Indicator.objects.get().pk,
    }
