"""Goal attainment: as it stood at the window's end, with the old targets and the evidence."""

from datetime import UTC, date, datetime

import pytest
from django.core.cache import cache
from tests.drafts import drafted
from tests.made_up import make_community

from juluo.analytics.question import Grain
from juluo.domains.insights import queries as insights
from juluo.domains.planning import services
from juluo.domains.planning.models import Plan, Target
from juluo.domains.planning.types import Aim, Wanted
from juluo.domains.reporting.queries.sections.goals import goals
from juluo.lib.documents.model import Bullets, Finding, Paragraph, Table, Tone, plain

pytestmark = pytest.mark.django_db
# January of a community whose talk goes on to the end of February; looked at in March.
START, END = date(2026, 1, 1), date(2026, 2, 1)
SET_AT = datetime(2025, 12, 20, 9, tzinfo=UTC)
NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)
QUESTIONS = Aim(metric="content.questions", is_total=True)


@pytest.fixture(autouse=True)
def _own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("JULUO_HOME", str(tmp_path))
    cache.clear()


@pytest.fixture
def plan(people):
    make_community()
    return add_plan(people)


def add_plan(people, **changes):
    given = {
        "kind": "annual",
        "title": "二〇二六",
        "status": "approved",
        "start": date(2025, 12, 1),
        "end": date(2027, 1, 1),
        "owner": people["owner"],
        "created_at": SET_AT,
        "created_by": people["owner"],
    }
    return Plan.objects.create(**given | changes)


def aim_at(plan, people, value, *, start=START, end=END, aim=QUESTIONS, title="更多提问"):
    goal = services.set_goal(
        plan_id=plan.pk,
        title=title,
        owner_id=people["operator"].pk,
        start=start,
        end=end,
        targets=[Wanted(aim=aim, baseline=50, value=value)],
        actor_id=people["operator"].pk,
        at=SET_AT,
    )
    return goal.targets.get()


def asked_in_january():
    asked = insights.question("content.questions", start=START, end=END, grain=Grain.WINDOW)
    answer = insights.ask(asked, log=insights.current_log(), now=NOW)
    return int(answer.points[0].value)


def made(language="en", **asked):
    return drafted(goals, **({"start": START, "end": END, "now": NOW} | asked), language=language)


def blocks(section, kind):
    return [each for each in section.blocks if isinstance(each, kind)]


def test_a_goal_is_attained_or_not_by_the_metrics_own_answer(plan, people):
    many = asked_in_january()
    reached = aim_at(plan, people, many)
    missed = aim_at(plan, people, many + 1)

    section, draft = made()

    (table,) = blocks(section, Table)
    assert [row[2].words for row in table.rows] == [str(many)] * 2
    assert [row[4].words for row in table.rows] == ["attained", "not attained"]
    assert [(each.key, each.tone, each.value) for each in draft.found] == [
        (f"goal:{reached.pk}", Tone.GOOD, float(many)),
        (f"goal:{missed.pk}", Tone.BAD, float(many)),
    ]
    assert "attained 1, on course 0, behind 0, not attained 1" in plain(
        blocks(section, Paragraph)[0].runs
    )


def test_each_value_carries_the_evidence_of_its_own_days(plan, people):
    aim_at(plan, people, 500, start=date(2025, 12, 25), end=date(2026, 4, 1))

    section, draft = made()

    (table,) = blocks(section, Table)
    before, now = table.rows[0][2], table.rows[0][3]
    asked = [draft.answers[cell.evidence - 1].question for cell in (before, now)]
    assert [(each.start, each.end) for each in asked] == [
        (date(2025, 12, 25), START),
        (date(2025, 12, 25), END),
    ]
    values = [draft.answers[cell.evidence - 1].points[0].value for cell in (before, now)]
    assert [float(before.words), float(now.words)] == values


def test_what_came_after_the_window_is_not_in_it(plan, people):
    aim_at(plan, people, 500, end=date(2026, 3, 1))

    section, _draft = made()

    (table,) = blocks(section, Table)
    assert table.rows[0][2].words == str(asked_in_january())


def test_an_old_target_stays_visible_and_the_one_in_force_then_decides(plan, people):
    many = asked_in_january()
    target = aim_at(plan, people, many + 40)
    for value, reason, month in ((many, "人手不足", 1), (many + 90, "再加", 2)):
        services.change_target(
            target_id=target.pk,
            value=value,
            reason=reason,
            actor_id=people["operator"].pk,
            at=datetime(2026, month, 15, 9, tzinfo=UTC),
        )

    section, _draft = made()

    (table,) = blocks(section, Table)
    assert (table.rows[0][1].words, table.rows[0][4].words) == (str(many), "attained")
    ((line,),) = blocks(section, Bullets)[0].items
    assert f"15 January 2026: target {many + 40} → {many}" in line.words
    assert line.words.endswith("Reason: 人手不足")


def test_a_goal_without_a_figure_is_not_measurable_and_is_no_finding(plan, people):
    target = aim_at(plan, people, 10)
    Target.objects.filter(pk=target.pk).update(metric="gone.from_the_catalog")

    section, draft = made()

    (table,) = blocks(section, Table)
    assert [cell.words for cell in table.rows[0][2:]] == ["–", "–", "not measurable"]
    assert not draft.found
    assert not blocks(section, Finding)


def test_a_plan_stands_with_those_below_it_and_without_others(plan, people):
    below = add_plan(people, title="一季度", parent=plan)
    other = add_plan(people, title="别的")
    for each in (plan, below, other):
        aim_at(each, people, 900, title=each.title)

    section, _draft = made(plan_id=plan.pk)

    assert [table.caption for table in blocks(section, Table)] == ["二〇二六", "一季度"]


def test_drafts_are_no_promises(plan, people):
    aim_at(add_plan(people, title="草稿", status="draft"), people, 900)

    assert made()[0] is None


def test_it_is_whole_in_chinese(plan, people):
    aim_at(plan, people, asked_in_january() + 1)

    section, _draft = made("zh")

    (finding,) = blocks(section, Finding)
    said = section.title + finding.title + plain([*finding.what, *finding.why])
    said += plain(blocks(section, Paragraph)[0].runs)
    assert not [c for c in said if c.isascii() and c.isalpha()]
