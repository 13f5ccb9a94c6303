"""Gates open when everything holds; what they said is kept for good."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction

from juluo.domains.members.models import AuditEntry
from juluo.domains.planning import queries, services
from juluo.domains.planning.models import GateCriterion, Phase, PhaseAcceptance, Plan
from juluo.domains.planning.queries import gates as registry
from juluo.domains.planning.types import CheckResult, GateCheck
from juluo.eventlog.recording import record
from juluo.events.discussions import PostPublished

from .conftest import NOW, names


@pytest.fixture
def phase(plan):
    return Phase.objects.create(
        plan=plan, kind="execution", start=date(2026, 2, 1), end=date(2026, 3, 20)
    )


@pytest.fixture
def ask(phase, people):
    """Return a function that lets a gate of the phase ask for something."""

    def add(kind, gate="exit", **given):
        return services.add_criterion(
            phase_id=phase.pk,
            gate=gate,
            kind=kind,
            actor_id=people["operator"].pk,
            at=NOW,
            **given,
        )

    return add


@pytest.fixture
def go(phase, people):
    def through(gate, override="", by="operator"):
        return services.pass_gate(
            phase_id=phase.pk, gate=gate, override=override, actor_id=people[by].pk, at=NOW
        )

    return through


def _talk(space, people, days):
    with transaction.atomic():
        for n, (who, day) in enumerate(days):
            ref = f"post:{n + 1}"
            record(
                PostPublished(subject_id=ref, thread_id=ref, space_id=space.pk),
                at=datetime(2026, *day, 4, tzinfo=UTC),
                actor_id=people[who].pk,
            )


def _active(value, **given):
    return {
        "metric": "members.active",
        "filters": {},
        "window": "last_28",
        "at_least": True,
        "value": value,
    } | given


def test_phases_are_made_once_and_the_execution_asks_for_the_sign_off(plan, people):
    actor = people["operator"].pk
    assert services.make_phases(plan_id=plan.pk, actor_id=actor, at=NOW)
    assert not services.make_phases(plan_id=plan.pk, actor_id=actor, at=NOW)

    assert names() == ["phases_made"]
    assert plan.phases.count() == 5
    assert GateCriterion.objects.filter(gate="exit", kind="work_done").count() == 5
    signed = GateCriterion.objects.get(kind="check")
    assert (signed.phase.kind, signed.gate) == ("execution", "entry")


def test_a_phase_moves_within_the_plan_only(plan, phase, people):
    actor = people["operator"].pk
    with pytest.raises(services.OutsidePlan):
        services.change_phase(
            phase_id=phase.pk, start=plan.start, end=date(2026, 4, 2), actor_id=actor, at=NOW
        )
    services.change_phase(
        phase_id=phase.pk, start=plan.start, end=date(2026, 4, 1), actor_id=actor, at=NOW
    )

    phase.refresh_from_db()
    assert (phase.start, phase.end) == (plan.start, date(2026, 4, 1))


def test_a_metric_is_asked_of_the_log_and_shown_with_its_days(phase, ask, space, people):
    _talk(space, people, [("member", (2, 10)), ("moderator", (3, 3)), ("owner", (1, 20))])
    ask("metric", terms=_active(2))
    ask("metric", terms=_active(3))
    ask("metric", terms=_active(3, window="plan"))
    ask("metric", terms=_active(1, at_least=False))
    ask("metric", terms=_active(1, filters={"exclude_staff": True}))

    state = queries.gate_state(phase_id=phase.pk, gate="exit", now=NOW)

    assert [each.met for each in state.findings] == [True, False, True, False, True]
    assert state.findings[0].words == "Active members, the last 28 days: at least 2"
    assert state.findings[0].says == "2 from 4 February 2026 to 3 March 2026"
    assert state.data_version


def test_work_is_done_with_its_last_task_and_milestone(phase, ask, go, add, people):
    ask("work_done")
    go("entry")
    task_id, dropped = add(phase_id=phase.pk), add("算了", phase_id=phase.pk)
    actor = people["operator"].pk
    services.drop_task(task_id=dropped, actor_id=actor, at=NOW)
    milestone_id = services.add_milestone(
        plan_id=phase.plan_id,
        phase_id=phase.pk,
        title="上线",
        owner_id=actor,
        due=date(2026, 3, 9),
        actor_id=actor,
        at=NOW,
    )
    with pytest.raises(services.GateClosed):
        go("exit")
    services.finish_task(task_id=task_id, actor_id=actor, at=NOW)
    with pytest.raises(services.GateClosed):
        go("exit")
    services.reach_milestone(milestone_id=milestone_id, actor_id=actor, at=NOW)

    assert go("exit").findings[0].says == "1 of 1 tasks done, 1 of 1 milestones reached"
    phase.refresh_from_db()
    assert phase.status == "accepted"


def test_only_the_named_person_can_say_so(phase, ask, go, people):
    criterion_id = ask("stated", words="物料到位", person_id=people["moderator"].pk)
    go("entry")
    with pytest.raises(services.NotTheirs):
        services.state_criterion(
            criterion_id=criterion_id, holds=True, actor_id=people["owner"].pk, at=NOW
        )
    for holds, missing in ((False, 1), (True, 0)):
        services.state_criterion(
            criterion_id=criterion_id,
            holds=holds,
            note="仓库来电",
            actor_id=people["moderator"].pk,
            at=NOW,
        )
        state = queries.gate_state(phase_id=phase.pk, gate="exit", now=NOW)
        assert state.missing == missing
    assert state.findings[0].says == "Moderator said yes on 4 March 2026: 仓库来电"


def test_a_check_of_a_higher_part_decides(phase, ask):
    approved = []
    queries.register_gate_check(
        GateCheck(
            key="budget_approved",
            label="The budget is approved",
            ask=lambda plan_id: CheckResult(met=plan_id in approved, says="2 of 3 lines"),
        )
    )
    try:
        ask("check", terms={"check": "budget_approved"})
        ask("check", terms={"check": "plan_signed_off"})
        before = queries.gate_state(phase_id=phase.pk, gate="exit", now=NOW)
        approved.append(phase.plan_id)
        Plan.objects.update(status="approved")
        after = queries.gate_state(phase_id=phase.pk, gate="exit", now=NOW)
    finally:
        registry._CHECKS.pop("budget_approved")
    gone = queries.gate_state(phase_id=phase.pk, gate="exit", now=NOW)

    assert [each.met for each in before.findings] == [False, False]
    assert [each.met for each in after.findings] == [True, True]
    assert [each.met for each in gone.findings] == [False, True]


def test_a_closed_gate_leaves_no_trace(phase, ask, go, people):
    ask("stated", words="物料到位", person_id=people["moderator"].pk, gate="entry")
    before = names()
    with pytest.raises(services.GateClosed):
        go("entry")

    assert names() == before
    assert not PhaseAcceptance.objects.exists()
    phase.refresh_from_db()
    assert phase.status == "waiting"


def test_an_owner_overrides_with_a_reason_that_is_kept(phase, ask, go, people):
    ask("stated", words="物料到位", person_id=people["moderator"].pk, gate="entry")
    go("entry", override="供应商承诺明日送到", by="owner")

    kept = PhaseAcceptance.objects.get()
    assert (kept.is_override, kept.reason) == (True, "供应商承诺明日送到")
    assert kept.findings == [
        {
            "kind": "stated",
            "words": "物料到位",
            "met": False,
            "says": "Moderator has not said yet",
        }
    ]
    audited = AuditEntry.objects.get(action="gate.passed")
    assert audited.details == {"gate": "entry", "overridden": True}


def test_a_gate_is_passed_once_and_in_order(go, phase, ask):
    with pytest.raises(services.GatePassedAlready):
        go("exit")
    go("entry")
    with pytest.raises(services.GatePassedAlready):
        go("entry")
    with pytest.raises(services.GatePassedAlready):
        ask("work_done", gate="entry")

    assert names().count("gate_passed") == 1
    assert PhaseAcceptance.objects.count() == 1


def test_a_reason_that_was_not_needed_is_no_override(go):
    go("entry", override="sure", by="owner")

    kept = PhaseAcceptance.objects.get()
    assert (kept.is_override, kept.reason) == (False, "")


@pytest.mark.parametrize("change", [{"reason": "x"}, {"findings": []}, {"is_override": True}])
def test_an_acceptance_cannot_be_changed(go, change):
    go("entry")
    with pytest.raises(DatabaseError), transaction.atomic():
        PhaseAcceptance.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        PhaseAcceptance.objects.all().delete()
    assert PhaseAcceptance.objects.count() == 1
