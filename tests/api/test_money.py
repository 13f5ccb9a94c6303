"""Money over HTTP: limits hold, nobody decides about their own, keys count once."""

from datetime import date, timedelta

import pytest
from django.db import models
from django.utils import timezone
from tests.api.conftest import AT

from juluo.domains.finance import services
from juluo.domains.finance.models import Category, Expense
from juluo.domains.finance.types import Money, state
from juluo.eventlog.models import EventRecord

TODAY = timezone.now().date()


@pytest.fixture
def category(people):
    return Category.objects.first()


@pytest.fixture
def line(people, category):
    operator, owner = people["operator"].pk, people["owner"].pk
    budget = services.create_budget(
        plan_id=None,
        title="b",
        start=date(TODAY.year, 1, 1),
        end=date(TODAY.year + 1, 1, 1),
        owner_id=operator,
        actor_id=operator,
        at=AT,
    )
    facts = services.LineFacts(
        category_id=category.pk,
        title="Posters",
        stated=state(Money(100_00, "CNY"), currency="CNY"),
        owner_id=operator,
    )
    made = services.add_line(budget_id=budget.pk, facts=facts, actor_id=operator, at=AT)
    services.approve_budget(budget_id=budget.pk, actor_id=owner, at=AT)
    return made


@pytest.fixture
def given(category):
    return {
        "key": "abcdefgh",
        "title": "Print",
        "category_id": category.pk,
        "payee": "Shop",
        "spent_on": TODAY.isoformat(),
        "amount": 60_00,
    }


def test_an_expense_is_handed_in_approved_and_paid(key_of, given, line, people):
    moderator, operator = key_of("moderator"), key_of("operator")

    status, made = moderator.send("post", "/money/expenses/", given)
    assert (status, made["status"]) == (201, "submitted")
    assert made["amount"] == {"amount": 6000, "currency": "CNY", "plain": "60.00"}
    assert moderator.send("post", "/money/expenses/", given)[1]["id"] == made["id"]
    address = f"/money/expenses/{made['id']}/"

    status, body = operator.send("post", f"{address}approve/", {})
    assert (status, body["error"]["code"]) == (422, "line_missing")
    assert operator.send("post", f"{address}pay/")[1]["error"]["code"] == "wrong_state"
    status, approved = operator.send("post", f"{address}approve/", {"line_id": line.pk})
    assert (status, approved["status"], approved["approvals_given"]) == (200, "approved", 1)
    status, paid = operator.send("post", f"{address}pay/", {"reference": "T1"})
    assert (status, paid["status"], paid["payment_reference"]) == (200, "paid", "T1")

    (row,) = operator.send("get", "/money/budgets/")[1]
    budget = operator.send("get", f"/money/budgets/{row['id']}/")[1]
    amounts = {name: budget["lines"][0][name]["amount"] for name in ("approved", "spent", "free")}
    assert amounts == {"approved": 10000, "spent": 6000, "free": 4000}
    assert budget["totals"]["spent"]["plain"] == "60.00"
    both = operator.send("get", f"/money/budgets/{row['id']}/sources-and-uses/")[1]
    assert both["uses"] == both["total_sources"]
    assert (both["gap"]["amount"], both["spent"]["amount"]) == (10000, 6000)
    assert EventRecord.objects.filter(name="finance.expense_paid").count() == 1


def test_a_limit_stops_in_words(key_of, given, line):
    given |= {"amount": 100_01, "line_id": line.pk}
    made = key_of("owner").send("post", "/money/expenses/", given)[1]

    status, body = key_of("operator").send("post", f"/money/expenses/{made['id']}/approve/", {})

    assert (status, body["error"]["code"]) == (422, "limit_reached")
    assert "Posters" in body["error"]["message"]
    assert Expense.objects.get().status == "submitted"


def test_nobody_decides_about_their_own(key_of, given, line):
    caller = key_of("owner")
    made = caller.send("post", "/money/expenses/", given | {"line_id": line.pk})[1]
    address = f"/money/expenses/{made['id']}/"

    assert caller.send("post", f"{address}approve/", {})[0] == 403
    assert caller.send("post", f"{address}reject/", {"note": "x"})[0] == 403
    assert key_of("operator").send("post", f"{address}approve/", {})[0] == 200
    assert caller.send("post", f"{address}pay/", {})[0] == 403
    assert Expense.objects.get().status == "approved"


def test_who_does_not_see_money_sees_their_own_claims_alone(key_of, given, line):
    moderator = key_of("moderator")
    mine = moderator.send("post", "/money/expenses/", given)[1]["id"]
    others = key_of("operator").send("post", "/money/expenses/", given)[1]["id"]

    page = moderator.send("get", "/money/expenses/")[1]
    assert ([each["id"] for each in page["rows"]], page["older"]) == ([mine], "")
    assert moderator.send("get", f"/money/expenses/{others}/")[0] == 404
    assert moderator.send("post", f"/money/expenses/{others}/approve/", {})[0] == 404
    assert moderator.send("post", f"/money/expenses/{mine}/approve/", {})[0] == 403
    for path in ("budgets/", "budgets/1/", "budgets/1/sources-and-uses/"):
        assert moderator.send("get", f"/money/{path}")[0] == 403
    with_line = given | {"key": "ijklmnop", "line_id": line.pk}
    assert moderator.send("post", "/money/expenses/", with_line)[0] == 403
    assert len(key_of("operator").send("get", "/money/expenses/")[1]["rows"]) == 2
    assert moderator.send("get", "/money/categories/")[0] == 200


@pytest.mark.parametrize(
    "change",
    [
        {"amount": 0},
        {"amount": 1.5},
        {"amount": 10**30},
        {"category_id": 10**9},
        {"spent_on": (TODAY + timedelta(days=3)).isoformat()},
        {"currency": "XXX"},
        {"currency": "EUR"},
        {"currency": "EUR", "rate": "1e-11", "rate_on": "2025-01-01", "rate_source": "bank"},
        {"line_id": 10**9},
        {"commitment_id": 10**9},
        {"key": "short"},
        {"payee": "\x00"},
    ],
)
def test_a_claim_that_makes_no_sense_is_refused(key_of, given, change):
    assert key_of("operator").send("post", "/money/expenses/", given | change)[0] == 422
    assert not Expense.objects.exists()


def test_another_currency_counts_at_its_rate(key_of, given):
    rate = {"rate": "7.5", "rate_on": "2025-01-01", "rate_source": "bank"}

    made = key_of("operator").send("post", "/money/expenses/", given | {"currency": "EUR"} | rate)

    assert made[1]["amount"]["plain"] == "450.00"
    assert made[1]["original"] == {"amount": 6000, "currency": "EUR", "plain": "60.00"}


def test_a_rejection_says_why(key_of, given):
    made = key_of("moderator").send("post", "/money/expenses/", given)[1]
    address = f"/money/expenses/{made['id']}/reject/"
    operator = key_of("operator")

    assert operator.send("post", address, {"note": ""})[0] == 422
    assert operator.send("post", address, {"note": "  "})[1]["error"]["code"] == "reason_missing"
    status, body = operator.send("post", address, {"note": "no receipt"})
    assert (status, body["status"], body["decisions"][0]["note"]) == (200, "rejected", "no receipt")


def test_fields_nobody_asked_for_change_nothing(key_of, given, line, people):
    names = {each.name: 1 for each in Expense._meta.fields if isinstance(each, models.Field)}
    names |= {"currency": None, "rate": None, "rate_on": None, "rate_source": ""}
    sneaky = {**names, "status": "paid", "submitter_id": people["owner"].pk, **given}

    made = key_of("moderator").send("post", "/money/expenses/", sneaky)[1]

    expense = Expense.objects.get(pk=made["id"])
    assert (expense.status, expense.submitter, expense.amount) == (
        *("submitted", people["moderator"]),
        60_00,
    )
    address = f"/money/expenses/{made['id']}/"
    key_of("operator").send(
        "post", f"{address}approve/", {**names, "amount": 1, "line_id": line.pk}
    )
    key_of("operator").send("post", f"{address}pay/", {**names, "paid_by": people["owner"].pk})
    expense.refresh_from_db()
    assert (expense.status, expense.amount, expense.paid_by) == ("paid", 60_00, people["operator"])
