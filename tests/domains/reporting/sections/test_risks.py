"""Risks and what is to come: as they stood at the window's end."""

from datetime import UTC, date, datetime

import pytest
from tests.domains.finance.conftest import Books, fill_lists
from tests.drafts import drafted

from juluo.domains.planning.models import Milestone, Phase, Plan
from juluo.domains.reporting.queries.sections.money import money
from juluo.domains.reporting.queries.sections.outlook import outlook
from juluo.domains.reporting.queries.sections.risks import risks
from juluo.domains.risks.models import Risk, RiskScore
from juluo.lib.documents.model import Paragraph, Table, plain

pytestmark = pytest.mark.django_db
START, END = date(2026, 1, 1), date(2026, 2, 1)
NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)


def at(month, day):
    return datetime(2026, month, day, 9, tzinfo=UTC)


def made(build, **asked):
    return drafted(build, start=START, end=END, now=NOW, **asked)


@pytest.fixture
def plan(people):
    return Plan.objects.create(
        kind="annual",
        title="二〇二六",
        start=START,
        end=date(2027, 1, 1),
        owner=people["owner"],
        created_at=at(1, 1),
        created_by=people["owner"],
    )


def test_a_risk_stands_with_its_score_of_then(people):
    risk = Risk.objects.create(
        cause="冬天", event="路面结冰", consequence="停骑", category="activity",
        owner=people["owner"], probability=1, impact=1, called_probability=4,
        review_on=date(2026, 2, 1), written_at=at(1, 5), written_by=people["owner"],
    )  # fmt: skip
    for month, level in ((1, 4), (2, 1)):
        RiskScore.objects.create(
            risk=risk, probability=level, impact=4, cause="stated",
            scored_by=people["owner"], scored_at=at(month, 5),
        )  # fmt: skip

    section, draft = made(risks)

    (table,) = [each for each in section.blocks if isinstance(each, Table)]
    assert [cell.words for cell in table.rows[0]][4:] == [
        "16 · Critical",
        "new",
        "open, no response begun",
    ]
    assert [each.key for each in draft.found] == [f"risk:{risk.pk}"]
    assert draft.proposals[f"risk:{risk.pk}"]


def test_no_risk_and_no_alert_make_no_section():
    assert made(risks)[0] is None


def test_money_is_told_only_where_it_was_asked_for():
    assert made(money)[0] is None
    assert made(money, with_money=True)[0] is None


def test_money_is_told_as_the_books_stood_then_and_adds_up(people):
    fill_lists()
    books = Books(people)
    plan = books.plan()
    budget = books.budget(plan)
    books.line(budget, 1000)
    books.line(budget, 500, category_id=books.category("activities").pk)
    books.approve(budget)
    march = {"start": date(2026, 3, 1), "end": date(2026, 4, 1), "with_money": True}

    now = datetime(2026, 4, 10, 9, tzinfo=UTC)
    section, _draft = drafted(money, now=now, plan_id=plan.pk, **march)
    before, _draft = drafted(
        money, now=now, start=date(2026, 2, 1), end=date(2026, 3, 1), with_money=True
    )

    (table,) = [each for each in section.blocks if isinstance(each, Table)]
    assert [row[1].words for row in table.rows] == ["¥1,000.00", "¥500.00"]
    assert [cell.words for cell in table.total][1:] == [
        "¥1,500.00",
        "¥0.00",
        "¥0.00",
        "¥0.00",
        "¥1,500.00",
    ]
    assert before is None


def test_the_next_month_follows_with_what_is_planned_for_it(people, plan):
    for day, title in ((date(2026, 2, 20), "春骑"), (date(2026, 3, 1), "太晚")):
        Milestone.objects.create(plan=plan, title=title, owner=people["owner"], due=day)
    Phase.objects.create(
        plan=plan, kind="launch", start=date(2026, 2, 3), end=date(2026, 2, 9), position=1
    )

    section, _draft = made(outlook)

    said = [plain(each.runs) for each in section.blocks if isinstance(each, Paragraph)]
    assert said[0] == ("The next days of the same length: 1 February 2026 to 28 February 2026.")
    assert "History is too short" in said[1]
    (table,) = [each for each in section.blocks if isinstance(each, Table)]
    assert [row[1].words for row in table.rows] == ["春骑"]
