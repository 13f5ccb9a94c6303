"""A small community's money."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db.models import Sum

from juluo.domains.finance import services
from juluo.domains.finance.models import Account, Category, Stream
from juluo.domains.finance.models.books import CATEGORIES, STREAMS
from juluo.domains.finance.types import Money, state
from juluo.domains.members import services as members
from juluo.domains.planning.models import Plan, Strategy, Task

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
YEAR = (date(2026, 1, 1), date(2027, 1, 1))


def yuan(units, currency="CNY"):
    return Money(round(Decimal(str(units)) * 100), currency)


def stated(units):
    return state(yuan(units), currency="CNY")


def balances(**owner):
    """Return balances by kind of account."""
    rows = Account.objects.filter(**owner).values_list("kind").annotate(Sum("balance"))
    return {kind: total for kind, total in rows.order_by("kind") if total}


class Books:
    """Makes money's things in a word each."""

    def __init__(self, people):
        self.people = people
        self.n = 0

    def key(self):
        self.n += 1
        return f"form-{self.n}"

    def category(self, key="content"):
        return Category.objects.get(key=key)

    def plan(self, title="春季招新"):
        return Plan.objects.create(
            kind="campaign",
            title=title,
            start=YEAR[0],
            end=YEAR[1],
            owner=self.people["operator"],
            created_at=NOON,
            created_by=self.people["operator"],
        )

    def strategy(self, plan, title="新人礼包"):
        return Strategy.objects.create(
            plan=plan,
            title=title,
            owner=self.people["operator"],
            start=YEAR[0],
            end=YEAR[1],
            created_at=NOON,
        )

    def task(self, plan, minutes=60, **facts):
        return Task.objects.create(
            plan=plan, title="做海报", planned_minutes=minutes, created_at=NOON, **facts
        )

    def budget(self, plan=None):
        return services.create_budget(
            plan_id=plan.pk if plan else None,
            title=plan.title if plan else "全年预算",
            start=YEAR[0],
            end=YEAR[1],
            owner_id=self.people["operator"].pk,
            actor_id=self.people["operator"].pk,
            at=NOON,
        )

    def facts(self, amount=1000, **changes):
        facts = {
            "category_id": self.category().pk,
            "title": "海报",
            "stated": stated(amount),
            "owner_id": self.people["operator"].pk,
        }
        return services.LineFacts(**facts | changes)

    def line(self, budget, amount=1000, reason="", **changes):
        return services.add_line(
            budget_id=budget.pk,
            facts=self.facts(amount, **changes),
            reason=reason,
            actor_id=self.people["operator"].pk,
            at=NOON,
        )

    def approve(self, budget, at=NOON):
        return services.approve_budget(budget_id=budget.pk, actor_id=self.people["owner"].pk, at=at)

    def approved_line(self, amount=1000, **changes):
        budget = self.budget()
        line = self.line(budget, amount, **changes)
        self.approve(budget)
        return line

    def commit(self, line, amount, **more):
        promise = services.Promise(line_id=line.pk, title="印刷合同", stated=stated(amount))
        options = {"form_key": self.key(), "actor_id": self.people["operator"].pk, "at": NOON}
        return services.commit_money(promise=promise, **options | more)

    def claim(self, amount=100, *, by="moderator", form_key=None, files=(), **changes):
        facts = {
            "title": "打印",
            "category_id": self.category().pk,
            "stated": stated(amount),
            "spent_on": date(2026, 3, 1),
            "payee": "图文店",
        }
        return services.submit_expense(
            claim=services.Claim(**facts | changes),
            files=files,
            form_key=form_key or self.key(),
            submitter_id=self.people[by].pk,
            at=NOON,
        )

    def decide(self, expense, *, by="operator", line=None):
        return services.approve_expense(
            expense_id=expense.pk,
            line_id=line.pk if line else None,
            actor_id=self.people[by].pk,
            at=NOON,
        )

    def pay(self, expense, *, by="operator"):
        services.pay_expense(expense_id=expense.pk, actor_id=self.people[by].pk, at=NOON)

    def source(self, budget, amount=1000, kind="subsidy", probability=50):
        facts = services.SourceFacts(
            kind=kind,
            title="文化补贴",
            stated=stated(amount),
            probability=probability,
            owner_id=self.people["operator"].pk,
        )
        return services.add_source(
            budget_id=budget.pk, facts=facts, actor_id=self.people["operator"].pk, at=NOON
        )

    def move(self, source, stage):
        services.move_source(
            source_id=source.pk, stage=stage, actor_id=self.people["operator"].pk, at=NOON
        )


def fill_lists():
    """Bring back what the migrations made: transactional tests empty every table."""
    for table, names in ((Category, CATEGORIES), (Stream, STREAMS)):
        for position, key in enumerate(names):
            table.objects.get_or_create(key=key, defaults={"position": position})


@pytest.fixture
def books(people):
    """The people, a second operator and owner, and the first lists."""
    for role in ("operator", "owner"):
        people[f"second {role}"] = members.create_member(
            email=f"second-{role}@example.org",
            password="correct horse 42",
            display_name=f"Second {role}",
            role=role,
            at=NOON,
        )
    fill_lists()
    return Books(people)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("JULUO_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def story():
    return SimpleNamespace(noon=NOON, later=NOON + timedelta(days=1))


def set_rules(people, owner_from=None, two_from=None):
    services.set_rules(
        owner_from=yuan(owner_from) if owner_from is not None else None,
        two_from=yuan(two_from) if two_from is not None else None,
        actor_id=people["owner"].pk,
        at=NOON,
    )


def reject(books, expense, by="operator"):
    services.reject_expense(
        expense_id=expense.pk, note_text="没有发票", actor_id=books.people[by].pk, at=NOON
    )


def cancel(books, expense, by="operator"):
    services.cancel_expense(expense_id=expense.pk, actor_id=books.people[by].pk, at=NOON)
