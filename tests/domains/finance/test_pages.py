"""The pages: a round through money, figures that stay with those who may see them."""

import csv
import io
from datetime import date

import pytest
import time_machine
from django.test import Client
from tests.domains.finance.conftest import NOON, balances

from juluo.domains.finance import services
from juluo.domains.finance.models import Budget, BudgetLine, Commitment, Expense, RevenueEntry
from juluo.domains.insights.queries import needs_of
from juluo.domains.planning.queries import plan_parts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def browsers(books, people):
    opened = {}
    for role, member in people.items():
        opened[role] = Client(headers={"accept-language": "en"})
        opened[role].force_login(member)
    return opened


def text(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_round_from_plan_to_payment(books, browsers):
    plan, operator, owner = books.plan(), browsers["operator"], browsers["owner"]
    begun = operator.post(f"/console/money/plans/{plan.pk}/budget/begin/")
    budget = Budget.objects.get()
    assert begun.headers["Location"] == f"/console/money/budgets/{budget.pk}/"
    line_form = {
        "title": "海报",
        "category": books.category().pk,
        "amount": "1,000.50 元",
        "month": "2026-04-01",
        "owner": books.people["operator"].pk,
        "warn_at": "80",
        "stops": "on",
    }
    operator.post(f"/console/money/budgets/{budget.pk}/lines/new/", line_form)
    line = BudgetLine.objects.get()
    assert (line.amount, line.month) == (100_050, date(2026, 4, 1))
    operator.post(f"/console/money/budgets/{budget.pk}/ask/")
    assert any(
        "waits for approval" in each.words for each in needs_of(books.people["owner"], now=NOON)
    )
    assert operator.post(f"/console/money/budgets/{budget.pk}/approve/").status_code == 404
    owner.post(f"/console/money/budgets/{budget.pk}/approve/", {"note": "好"})
    commitment = {"title": "合同", "amount": "300", "form_key": "c"}
    for _ in range(2):
        operator.post(f"/console/money/lines/{line.pk}/commit/", commitment)
    assert Commitment.objects.get().remaining == 30_000
    claim = {
        "title": "打样",
        "category": books.category().pk,
        "amount": "¥120",
        "payee": "图文店",
        "spent_on": "2026-03-01",
        "form_key": "e",
    }
    for _ in range(2):
        browsers["moderator"].post("/console/expenses/new/", claim)
    expense = Expense.objects.get()
    page = f"/console/expenses/{expense.pk}/"
    operator.post(f"{page}approve/", {"line": line.pk, "note": ""})
    operator.post(f"{page}pay/", {"reference": "BK-1"})

    assert balances(line=line) == {
        "available": 58_050,
        "committed": 30_000,
        "spent": 12_000,
        "paid_out": 12_000,
    }
    shown = text(operator.get("/console/money/"))
    for figure in ("¥1,000.50", "¥120.00", "¥300.00", "−¥120.00"):
        assert figure in shown
    assert "¥580.50" in text(operator.get(f"/console/money/lines/{line.pk}/"))
    assert "BK-1" in text(browsers["moderator"].get(page))


def test_a_stop_is_told_and_nothing_is_lost(books, browsers):
    line = books.approved_line(10)
    form = {"title": "合同", "amount": "10.01", "form_key": "c"}

    answer = browsers["operator"].post(f"/console/money/lines/{line.pk}/commit/", form)

    assert answer.status_code == 422
    assert "its limit stopped it" in answer.content.decode()
    assert 'value="10.01"' in answer.content.decode()
    assert not Commitment.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"amount": "1,23"}, "Write an amount such as"),
        ({"amount": "0"}, "The amount must be above zero."),
        ({"amount": "-5"}, "The amount must be above zero."),
        ({"amount": "5", "currency": "USD"}, "Another currency needs its rate"),
        ({"spent_on": "2026-03-03"}, "That day has not come yet."),
        ({"category": "999999"}, "is-invalid"),
        ({"title": ""}, "is-invalid"),
    ],
)
def test_a_claim_that_makes_no_sense_is_shown_again(books, browsers, wrong, words):
    claim = {
        "title": "打样",
        "category": books.category().pk,
        "amount": "1",
        "payee": "店",
        "spent_on": "2026-03-01",
        "form_key": "e",
    }
    answer = browsers["moderator"].post("/console/expenses/new/", claim | wrong)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Expense.objects.exists()


def test_a_claim_in_another_currency_is_counted_at_its_rate(books, browsers):
    claim = {
        "title": "服务器",
        "category": books.category().pk,
        "amount": "100.01",
        "currency": "USD",
        "rate": "7.1234",
        "rate_on": "2026-03-01",
        "rate_source": "中国银行",
        "payee": "云",
        "spent_on": "2026-03-01",
        "form_key": "e",
    }
    browsers["operator"].post("/console/expenses/new/", claim)

    expense = Expense.objects.get()
    assert (expense.amount, expense.original_amount) == (71_241, 10_001)
    shown = text(browsers["operator"].get(f"/console/expenses/{expense.pk}/"))
    assert "$100.01 at 7.1234" in shown


def test_a_moderator_can_name_no_line_and_take_no_commitment(books, browsers):
    line = books.approved_line(1000)
    commitment = books.commit(line, 100)
    claim = {
        "title": "打样",
        "category": books.category().pk,
        "amount": "1",
        "payee": "店",
        "spent_on": "2026-03-01",
        "form_key": "e",
        "line": line.pk,
        "commitment": commitment.pk,
        "status": "paid",
        "submitter": books.people["owner"].pk,
    }
    browsers["moderator"].post("/console/expenses/new/", claim)

    expense = Expense.objects.get()
    assert (expense.line_id, expense.commitment_id, expense.status) == (None, None, "submitted")
    assert expense.submitter_id == books.people["moderator"].pk
    form = text(browsers["moderator"].get("/console/expenses/new/"))
    assert line.title not in form


CANARY = "¥98,765.43"


def test_figures_of_money_stay_with_those_who_may_see_them(books, browsers, people):
    line = books.approved_line("98765.43")
    books.decide(books.claim("98765.43", by="operator", line_id=line.pk), by="owner")
    mine = books.claim(5, by="moderator")
    pages = [
        "/console/",
        "/console/expenses/",
        f"/console/expenses/{mine.pk}/",
        "/console/expenses/new/",
        f"/console/members/{people['operator'].pk}/",
        "/console/members/",
        "/console/reports/",
    ]

    for page in pages:
        shown = text(browsers["moderator"].get(page))
        assert CANARY not in shown, page
        assert "98765" not in shown, page
        assert "海报" not in shown, page
    assert CANARY in text(browsers["operator"].get("/console/money/"))
    assert needs_of(people["moderator"], now=NOON) == []
    shown = {part.key for part in plan_parts(people["moderator"])}
    assert not shown & {"budget", "financing"}
    assert {"budget", "financing"} <= {part.key for part in plan_parts(people["operator"])}


def test_moderators_see_their_own_expenses_and_nobody_elses(books, browsers):
    theirs, mine = books.claim(by="operator"), books.claim(by="moderator", title="我的")
    listing = text(browsers["moderator"].get("/console/expenses/"))

    assert "我的" in listing
    assert f"/console/expenses/{theirs.pk}/" not in listing
    assert browsers["moderator"].get(f"/console/expenses/{theirs.pk}/").status_code == 404
    assert browsers["moderator"].post(f"/console/expenses/{theirs.pk}/cancel/").status_code == 404
    assert browsers["moderator"].get(f"/console/expenses/{mine.pk}/").status_code == 200
    assert browsers["moderator"].get("/console/expenses/?format=csv").status_code == 404


def rows_of(answer):
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_lists_are_taken_away_as_numbers_and_harmless_words(books, browsers, people):
    line = books.approved_line(1000, title="=HYPERLINK(1)")
    books.claim("1234.5", title="+cmd|calc", payee="@SUM(A1)", line_id=line.pk)

    head, row = rows_of(browsers["operator"].get("/console/expenses/?format=csv"))
    assert len(head) == len(row)
    assert {"'+cmd|calc", "'@SUM(A1)", "'=HYPERLINK(1)", "1234.50", "CNY"} <= set(row)
    _head, lines = rows_of(browsers["operator"].get("/console/money/?format=csv"))
    assert "'=HYPERLINK(1)" in lines
    ledger = rows_of(browsers["operator"].get(f"/console/money/lines/{line.pk}/?format=csv"))
    assert ledger[2][3:4] + ledger[2][5:] == ["1000.00", "0.00", "0.00"]
    for page in ("financing/?format=csv", "revenue/?format=csv"):
        assert rows_of(browsers["operator"].get(f"/console/money/{page}"))
    from juluo.domains.members.models import AuditEntry

    assert AuditEntry.objects.filter(action="finance.list_exported").count() == 5


def test_each_decision_that_is_refused_says_why(books, browsers):
    line = books.approved_line(100)
    mine = books.claim(10, by="operator", line_id=line.pk)
    page = f"/console/expenses/{mine.pk}/"

    answer = browsers["operator"].post(f"{page}approve/", {}, follow=True)
    assert "nobody decides about their own" in answer.content.decode()
    answer = browsers["owner"].post(f"{page}reject/", {"note": " "}, follow=True)
    assert "Give a reason." in answer.content.decode()
    answer = browsers["owner"].post(f"{page}pay/", follow=True)
    assert "no longer possible" in answer.content.decode()
    mine.refresh_from_db()
    assert mine.status == "submitted"


def test_revenue_is_recorded_once_and_reconciled(books, browsers):
    operator = browsers["operator"]
    from juluo.domains.finance.models import Stream

    form = {
        "stream": Stream.objects.get(key="shop").pk,
        "amount": "88",
        "earned_on": "2026-03-01",
        "form_key": "r",
    }
    for _ in range(2):
        operator.post("/console/money/revenue/", form)
    entry = RevenueEntry.objects.get()
    operator.post(f"/console/money/revenue/{entry.pk}/", {"received": "87.5"})

    assert "differs by ¥0.50" in text(operator.get("/console/money/revenue/"))


def test_pages_cost_the_same_however_much_there_is(books, browsers, django_assert_max_num_queries):
    budget = books.budget()
    for _ in range(20):
        books.line(budget, 100)
    books.approve(budget)
    lines = list(budget.lines.all())
    for each in lines:
        books.claim(1, line_id=each.pk)
        books.commit(each, 2)
        books.move(books.source(budget, 5), "agreed")

    for page, most in {
        "/console/money/": 26,
        f"/console/money/budgets/{budget.pk}/": 18,
        f"/console/money/lines/{lines[0].pk}/": 18,
        "/console/expenses/": 14,
        "/console/money/financing/": 14,
    }.items():
        with django_assert_max_num_queries(most):
            text(browsers["operator"].get(page))


@pytest.mark.parametrize(
    "value", ["-1", "0", "1e9", "x", "9" * 30, "%00", "[]", "字" * 300, "2026-02-31", "0001-01-01"]
)
def test_odd_values_never_break_a_page(books, browsers, value):
    budget = books.budget()
    for page in (
        f"/console/expenses/?q={value}&status={value}&category={value}&budget={value}",
        f"/console/expenses/?before={value}",
        f"/console/money/financing/?budget={value}",
        f"/console/money/financing/new/?budget={value}",
        f"/console/money/revenue/?first={value}&last={value}&stream={value}&open={value}",
        f"/console/money/budgets/{budget.pk}/versions/?older={value}&newer={value}",
        f"/console/money/budgets/{budget.pk}/effects/?first={value}&last={value}&strategy={value}",
        f"/console/money/?format={value}",
    ):
        assert browsers["owner"].get(page).status_code in {200, 404}, page


def test_a_plans_version_freezes_its_money_in_words(books):
    from juluo.domains.finance import queries

    plan = books.plan()
    budget = books.budget(plan)
    books.line(budget, 1234, month=date(2026, 4, 1))
    books.source(budget, 500)

    (line,), (source,) = queries.budget_entries(plan.pk), queries.financing_entries(plan.pk)
    assert line.facts["amount"] == "123400 CNY"
    assert queries.show_fact("amount", line.facts["amount"], "zh-hans") == "1,234.00 元"
    assert queries.show_fact("month", line.facts["month"], "en") == "April 2026"
    assert queries.show_fact("stage", source.facts["stage"], "en") == "Idea"
    assert set(line.facts) <= set(queries.FACTS)
    assert queries.show_fact("amount", "broken", "en") == "broken"


def test_what_waits_is_told_to_each(books, people):
    line = books.approved_line(100)
    books.claim(10, line_id=line.pk)
    books.commit(line, 90)
    source = books.source(line.budget)
    services.add_duty(
        source_id=source.pk,
        kind="report",
        title="中期报告",
        due=date(2026, 3, 10),
        actor_id=people["operator"].pk,
        at=NOON,
    )
    words = " ".join(each.words for each in needs_of(people["operator"], now=NOON))

    assert "1 expense waits for your approval." in words
    assert "near its limit or past it: 海报" in words
    assert "中期报告" in words
