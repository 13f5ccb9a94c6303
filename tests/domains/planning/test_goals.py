"""Goals: set with what history says of them, changed with a reason, moving by themselves."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import transaction
from tests.made_up import NOW, make_community

from juluo.analytics.question import Filters, Grain
from juluo.domains.members.models import AuditEntry
from juluo.domains.notifications.models import Notification
from juluo.domains.planning import queries, services
from juluo.domains.planning.models import Goal, Plan, Target, TargetReading, TargetRevision
from juluo.domains.planning.rules.goals import Aim, Wanted
from juluo.eventlog.models import EventRecord
from juluo.eventlog.recording import Happening, record_many
from juluo.events.discussions import QuestionAsked

pytestmark = pytest.mark.django_db
START, END = date(2026, 3, 1), date(2026, 4, 1)
ACTIVE = Aim(metric="members.active", grain=Grain.WEEK)
QUESTIONS = Aim(metric="content.questions", is_total=True)


@pytest.fixture(autouse=True)
def _own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("JULUO_HOME", str(tmp_path))
    cache.clear()


@pytest.fixture
def talk(people):
    return make_community()


@pytest.fixture
def plan(people):
    return Plan.objects.create(
        kind="annual",
        title="二〇二六",
        start=date(2026, 1, 1),
        end=date(2027, 1, 1),
        owner=people["owner"],
        created_at=NOW,
        created_by=people["owner"],
    )


def set_goal(plan, people, *targets, **changes):
    given = {
        "plan_id": plan.pk,
        "title": "更多提问",
        "owner_id": people["operator"].pk,
        "start": START,
        "end": END,
        "targets": targets or [Wanted(aim=QUESTIONS, baseline=75, value=120)],
        "actor_id": people["operator"].pk,
        "at": NOW,
    }
    return services.set_goal(**given | changes)


def ask_questions(talk, people, count, at):
    with transaction.atomic():
        record_many(
            Happening(
                event=QuestionAsked(
                    subject_id=f"post:n{at.day}-{n}",
                    thread_id=f"post:n{at.day}-{n}",
                    space_id=talk.spaces[0].pk,
                ),
                at=at,
                actor_id=talk.members[0].pk,
                key=f"n{at:%d%H}-{n}",
            )
            for n in range(count)
        )


def names(prefix="planning."):
    lines = EventRecord.objects.filter(name__startswith=prefix).order_by("pk")
    return list(lines.values_list("name", flat=True))


def test_a_goal_is_set_with_its_targets_and_what_history_says(talk, plan, people):
    goal = set_goal(
        plan,
        people,
        Wanted(aim=ACTIVE, baseline=12, value=18),
        Wanted(aim=QUESTIONS, baseline=75, value=120, weight=3),
        at=datetime(2026, 3, 1, 1, tzinfo=UTC),
    )

    active, questions = goal.targets.order_by("pk")
    assert (active.measure, active.grain, active.direction) == ("level", "week", "up")
    assert (questions.measure, questions.weight, questions.status) == ("total", 3, "not_started")
    assert active.feasibility["windows"] > 15
    assert questions.feasibility["verdict"] in {"never_reached_before", "rare"}
    assert questions.feasibility["low"] < 84 < questions.feasibility["high"]
    assert [each.value for each in TargetRevision.objects.order_by("pk")] == [18, 120]
    assert names() == ["planning.goal_set"]
    assert AuditEntry.objects.get(action="planning.goal_set").subject == f"goal:{goal.pk}"


def test_a_baseline_is_proposed_from_the_metrics_own_past(talk, plan):
    # February has 28 days; the 31 days before March hold some two or three questions each.
    found = queries.proposed_baseline(QUESTIONS, start=START, end=END, now=NOW)
    week = queries.proposed_baseline(ACTIVE, start=START, end=END, now=NOW)

    assert (
        found
        == EventRecord.objects.filter(
            name="discussions.question_asked",
            occurred_at__gte=datetime(2026, 1, 28, 16, tzinfo=UTC),
            occurred_at__lt=datetime(2026, 2, 28, 16, tzinfo=UTC),
        )
        .exclude(actor_id=talk.members[29].pk)
        .count()
    )
    assert week is not None and 5 <= week <= 29


def test_a_closed_plan_takes_no_goal(talk, plan, people):
    Plan.objects.update(status="closed")

    with pytest.raises(services.PlanIsClosed):
        set_goal(plan, people)
    assert not Goal.objects.exists()
    assert names() == []


def test_a_target_that_changes_keeps_the_old_one_with_a_reason(talk, plan, people):
    goal = set_goal(plan, people)
    target = goal.targets.get()
    before = target.feasibility
    asked = {"target_id": target.pk, "actor_id": people["owner"].pk, "at": NOW}

    services.change_target(value=100, reason="少了两周", evidence=["watch:1"], **asked)
    again = services.change_target(value=100, reason="再来一次", **asked)

    target.refresh_from_db()
    kept = list(TargetRevision.objects.order_by("pk").values_list("value", "reason", "evidence"))
    assert again is None
    assert target.value == 100
    assert target.feasibility["change"] != before["change"]
    assert kept == [(120, "", []), (100, "少了两周", ["watch:1"])]
    assert names() == ["planning.goal_set", "planning.target_changed"]


def test_old_targets_cannot_be_rewritten(talk, plan, people):
    revision = set_goal(plan, people).targets.get().revisions.get()

    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        TargetRevision.objects.filter(pk=revision.pk).update(value=1)


def test_a_target_may_be_to_hold_what_there_is(talk, plan, people):
    goal = set_goal(plan, people, Wanted(aim=ACTIVE, baseline=18, value=18))

    target = goal.targets.get()
    assert (target.value, target.baseline, target.direction) == (18, 18, "up")
    assert target.feasibility["change"] == 0
    assert target.feasibility["times"] > 0


def test_moved_days_and_another_owner_are_told_once(talk, plan, people):
    goal = set_goal(plan, people)
    by = {"goal_id": goal.pk, "actor_id": people["owner"].pk, "at": NOW}

    assert services.move_goal(start=START, end=END + timedelta(days=30), reason="晚一月", **by)
    assert not services.move_goal(start=START, end=END + timedelta(days=30), **by)
    assert services.change_owner(owner_id=people["owner"].pk, **by)
    assert not services.change_owner(owner_id=people["owner"].pk, **by)

    assert list(TargetRevision.objects.order_by("pk").values_list("end", "reason")) == [
        (END, ""),
        (END + timedelta(days=30), "晚一月"),
    ]
    assert names()[1:] == ["planning.goal_moved", "planning.goal_owner_changed"]


def test_a_dropped_goal_stays_to_be_seen_and_stays_as_it_was(talk, plan, people):
    goal = set_goal(plan, people)
    by = {"goal_id": goal.pk, "actor_id": people["owner"].pk, "at": NOW}

    assert services.drop_goal(reason="方向变了", **by)
    assert not services.drop_goal(reason="方向变了", **by)
    with pytest.raises(services.GoalIsDropped):
        services.change_owner(owner_id=people["owner"].pk, **by)

    shown = queries.goals_of_plan(plan.pk)
    assert shown.count == 0
    assert [each.title for each in shown.dropped] == ["更多提问"]
    assert TargetRevision.objects.latest("pk").reason == "方向变了"


def test_objectives_are_added_renamed_and_put_in_order(plan, people):
    by = {"actor_id": people["owner"].pk, "at": NOW}
    first, second = (
        services.add_objective(plan_id=plan.pk, title=title, owner_id=people["owner"].pk, **by)
        for title in ("先", "后")
    )

    assert services.move_objective(objective_id=second.pk, up=True, **by)
    assert not services.move_objective(objective_id=second.pk, up=True, **by)
    assert services.rename_objective(objective_id=first.pk, title="其次", **by)
    assert not services.rename_objective(objective_id=first.pk, title="其次", **by)

    assert queries.objective_titles(plan.pk) == [(second.pk, "后"), (first.pk, "其次")]


def test_goals_move_by_themselves_when_events_arrive(talk, plan, people):
    goal = set_goal(plan, people)
    services.read_targets(now=NOW)
    first = TargetReading.objects.get()
    target = goal.targets.get()
    assert (first.day, first.value, first.status) == (date(2026, 3, 10), 0, "off_pace")
    # Nine of thirty-one days are over.
    assert first.pace == pytest.approx(120 * 9 / 31)
    assert Target.objects.get().status == "off_pace"

    ask_questions(talk, people, 60, NOW - timedelta(hours=2))
    services.read_targets(now=NOW)

    then = TargetReading.objects.get()
    assert (then.pk, then.value, then.status) == (first.pk, 60, "on_pace")
    assert then.low >= 60
    row = queries.goal_row(goal.pk).targets[0]
    assert (row.now, row.value, row.percent, row.pace_percent) == ("60", "120", 50, 29)

    ask_questions(talk, people, 60, NOW + timedelta(days=1))
    services.read_targets(now=NOW + timedelta(days=1, hours=1))

    readings = TargetReading.objects.filter(target=target).order_by("day")
    assert list(readings.values_list("value", "status")) == [(60, "on_pace"), (120, "reached")]
    changes = EventRecord.objects.filter(name="planning.target_status_changed").order_by("pk")
    assert [each.payload["after"] for each in changes] == ["off_pace", "on_pace", "reached"]
    told = Notification.objects.filter(member=people["operator"]).order_by("pk")
    assert [each.kind for each in told] == [
        "planning.goal_off_pace",
        "planning.goal_on_pace",
        "planning.goal_reached",
    ]


def test_reading_again_where_nothing_happened_asks_nothing(
    talk, plan, people, django_assert_max_num_queries
):
    set_goal(plan, people)
    services.read_targets(now=NOW)
    services.read_targets(now=NOW)  # the change of status was an event itself
    before = EventRecord.objects.count()

    with django_assert_max_num_queries(13):
        assert services.read_targets(now=NOW + timedelta(minutes=20)) == 0
    assert EventRecord.objects.count() == before


def test_what_is_not_running_is_not_read(talk, plan, people):
    set_goal(plan, people, start=date(2026, 4, 1), end=date(2026, 5, 1))
    dropped = set_goal(plan, people)
    services.drop_goal(goal_id=dropped.pk, reason="x", actor_id=people["owner"].pk, at=NOW)

    assert services.read_targets(now=NOW) == 0
    assert not TargetReading.objects.exists()


def test_the_end_decides_and_then_it_is_over(talk, plan, people):
    goal = set_goal(plan, people, start=date(2026, 1, 1), end=date(2026, 3, 1))
    services.read_targets(now=NOW)

    assert Target.objects.get().status == "reached"
    assert TargetReading.objects.get().value > 120
    assert services.read_targets(now=NOW + timedelta(days=3)) == 0
    assert queries.goal_row(goal.pk).percent == 100


def test_a_level_is_read_from_its_last_whole_week(talk, plan, people):
    goal = set_goal(plan, people, Wanted(aim=ACTIVE, baseline=20, value=26), start=date(2026, 1, 5))
    services.read_targets(now=datetime(2026, 2, 12, 9, tzinfo=UTC))

    reading = TargetReading.objects.get()
    # The week of 2 February ended when the 9th began: 35 of 86 days.
    assert reading.pace == pytest.approx(20 + 6 * 35 / 86)
    assert reading.low < reading.middle < reading.high
    assert goal.targets.get().status == reading.status


def test_filters_narrow_what_is_read(talk, plan, people):
    one = Aim(
        metric="content.questions",
        is_total=True,
        filters=Filters(spaces=(talk.spaces[0].pk,)),
    )
    days = {"start": date(2026, 1, 1), "end": date(2026, 3, 1)}
    set_goal(
        plan,
        people,
        Wanted(aim=one, baseline=1, value=20),
        Wanted(aim=QUESTIONS, baseline=1, value=20),
        **days,
    )
    services.read_targets(now=NOW)

    narrow, wide = TargetReading.objects.order_by("target_id")
    assert 0 < narrow.value < wide.value


def test_objectives_roll_up_by_weight_and_the_list_costs_the_same(
    talk, plan, people, django_assert_num_queries
):
    objective = services.add_objective(
        plan_id=plan.pk,
        title="活跃",
        owner_id=people["owner"].pk,
        actor_id=people["owner"].pk,
        at=NOW,
    )
    days = {"start": date(2026, 1, 1), "end": date(2026, 3, 1)}
    for weight, value in ((1, 20), (3, 1_000_000)):
        set_goal(
            plan,
            people,
            Wanted(aim=QUESTIONS, baseline=1, value=value),
            objective_id=objective.pk,
            weight=weight,
            **days,
        )
    set_goal(
        plan,
        people,
        objective_id=objective.pk,
        weight=2,
        start=date(2026, 4, 1),
        end=END + timedelta(30),
    )
    services.read_targets(now=NOW)

    with django_assert_num_queries(4):
        (row,) = queries.goals_of_plan(plan.pk).objectives
    # (1 × 1 + 3 × almost nothing) ÷ 4; the goal to come, of weight 2, stands apart.
    assert row.rolled.progress == pytest.approx(0.25, abs=1e-3)
    assert (row.rolled.weight, row.rolled.unmeasured) == (4, 2)


def test_the_console_shows_what_needs_somebody_first(talk, plan, people):
    set_goal(
        plan, people, Wanted(aim=QUESTIONS, baseline=1, value=2), title="好", start=date(2026, 2, 1)
    )
    set_goal(plan, people, title="落后")
    set_goal(plan, people, title="以后", start=date(2026, 4, 1), end=date(2026, 5, 1))
    services.read_targets(now=NOW)

    lines = queries.goal_lines(now=NOW)

    assert [(each.title, each.status) for each in lines] == [
        ("落后", "off_pace"),
        ("好", "reached"),
    ]
    assert queries.goal_lines([plan.pk + 1], now=NOW) == []


def test_what_a_version_freezes_names_goals_and_targets(talk, plan, people):
    goal = set_goal(plan, people)
    target = goal.targets.get()

    entries = {each.ref: each for each in queries.entries_of("goals", plan.pk)}

    assert set(entries) == {f"goal:{goal.pk}", f"target:{target.pk}"}
    facts = entries[f"target:{target.pk}"].facts
    assert (facts["metric"], facts["baseline"], facts["target"]) == (
        "content.questions",
        "75.0 questions",
        "120.0 questions",
    )
    show = queries.GOALS_PART.show
    assert show("target", facts["target"], "en") == "120"
    assert show("last", "2026-03-31", "zh-hans") == "2026 年 3 月 31 日"
