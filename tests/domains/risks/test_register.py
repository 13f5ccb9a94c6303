"""The register: writing, scoring, looking again, closing, responding, and what plans take of it."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from tests.domains.risks.conftest import AT, DAY

from juluo.domains.members.models import AuditEntry
from juluo.domains.planning import queries as planning
from juluo.domains.planning import services as plans
from juluo.domains.planning.models import Task
from juluo.domains.risks import permissions, queries, services
from juluo.domains.risks.models import Risk, RiskOutcome, RiskScore
from juluo.domains.risks.rules import scores

TODAY = date(2025, 3, 3)


@pytest.fixture
def plan(people):
    return plans.make_plan(
        kind="quarterly",
        title="Spring",
        start=date(2025, 3, 1),
        end=date(2025, 6, 1),
        owner_id=people["owner"].pk,
        actor_id=people["owner"].pk,
        at=AT,
    )


def test_the_register_is_sorted_by_score_and_says_what_lacks_a_response(people, write, prepare):
    small, large = write(probability=1, impact=2), write(probability=4, impact=5)
    rows = queries.register(today=TODAY)

    assert [(row.id, row.score, row.severity) for row in rows] == [
        (large.pk, 20, "critical"),
        (small.pk, 2, "low"),
    ]
    assert [row.lacks_response for row in rows] == [True, False]
    response = prepare(large)
    assert queries.register(today=TODAY)[0].lacks_response is True
    services.start_mitigation(mitigation_id=response.pk, actor_id=people["owner"].pk, at=AT)
    assert queries.register(today=TODAY)[0].lacks_response is False


def test_the_register_costs_three_queries_however_long(write, plan, django_assert_num_queries):
    for _ in range(12):
        write(plan_id=plan.pk)

    with django_assert_num_queries(3):
        assert len(queries.register(today=TODAY)) == 12


def test_the_matrix_counts_and_marks_what_is_above_the_appetite():
    rows = scores.matrix([(4, 5), (4, 5), (1, 1)], appetite=9)

    assert [row[0].probability for row in rows] == [5, 4, 3, 2, 1]
    assert sum(cell.count for row in rows for cell in row) == 3
    assert rows[1][4] == scores.Cell(
        probability=4, impact=5, count=2, severity="critical", above=True
    )
    assert {cell.score for row in rows for cell in row if not cell.above} == {
        *(1, 2, 3, 4, 5, 6, 8, 9)
    }


def test_the_appetite_is_one_score_and_moves_what_asks_for_a_response(people, write):
    write(probability=3, impact=3)
    assert queries.appetite() == 9
    assert queries.register(today=TODAY)[0].above is False
    for _ in range(2):
        services.set_appetite(score=6, actor_id=people["owner"].pk, at=AT)

    assert queries.register(today=TODAY)[0].above is True
    (entry,) = AuditEntry.objects.filter(action="risks.appetite_set")
    assert entry.details == {"score": 6, "before": 9}


def test_every_score_stays_with_who_when_and_why(people, write):
    risk = write()
    operator = people["operator"].pk
    given = {"risk_id": risk.pk, "impact": 5, "words": "The budget shrank", "actor_id": operator}

    assert services.score_risk(**given, probability=4, at=AT + DAY) is True
    assert services.score_risk(**given, probability=4, at=AT + DAY) is False
    page = queries.risk_page(risk.pk, today=TODAY, language="en", with_cost=True)
    assert [(each.score, each.by, each.words) for each in page.history] == [
        (20, "Operator", "The budget shrank"),
        (8, "Operator", ""),
    ]
    assert page.chart["series"][0]["data"] == [8, 20]
    with pytest.raises(DatabaseError), transaction.atomic():
        RiskScore.objects.update(probability=1)


def test_a_second_look_keeps_what_it_found_and_sets_the_next(people, write):
    risk = write(review_on=TODAY)
    assert queries.register(today=TODAY)[0].review_due is True
    look = {"risk_id": risk.pk, "actor_id": people["operator"].pk, "at": AT}
    later = TODAY + timedelta(days=30)
    same = services.review_risk(**look, probability=2, impact=4, review_on=later)
    other = services.review_risk(**look, probability=1, impact=4, review_on=later)

    assert (same.verdict, other.verdict) == ("same", "changed")
    risk.refresh_from_db()
    assert (risk.probability, risk.review_on) == (1, later)
    assert list(RiskScore.objects.order_by("pk").values_list("cause", flat=True)) == [
        "stated",
        "review",
    ]


def test_a_response_becomes_one_task_of_the_plan(people, write, prepare, plan):
    risk = write(plan_id=plan.pk)
    response = prepare(risk, cost=150_050, currency="CNY")
    start = {"mitigation_id": response.pk, "actor_id": people["operator"].pk, "at": AT}

    assert services.start_mitigation(**start) is True
    assert services.start_mitigation(**start) is False
    task = Task.objects.get()
    assert (task.plan_id, task.origin) == (plan.pk, f"risk:{risk.pk}:mitigation:{response.pk}")
    plans.start_task(task_id=task.pk, actor_id=people["moderator"].pk, at=AT)
    page = queries.risk_page(risk.pk, today=TODAY, language="en", with_cost=True)
    (shown,) = page.mitigations
    assert (shown.task_label, shown.cost, shown.residual) == ("Doing", "CNY 1,500.50", 4)
    hidden = queries.risk_page(risk.pk, today=TODAY, language="en", with_cost=False)
    assert hidden.mitigations[0].cost == ""


def test_accepting_takes_no_task_and_is_a_response(people, write, prepare):
    risk = write(probability=5, impact=5)
    response = prepare(risk, strategy="accept")
    services.start_mitigation(mitigation_id=response.pk, actor_id=people["owner"].pk, at=AT)

    assert not Task.objects.exists()
    (row,) = queries.register(today=TODAY)
    assert (row.status, row.lacks_response) == ("watching", False)


def test_a_response_given_up_drops_its_task_and_is_started_by_nobody(people, write, prepare, watch):
    risk = write()
    response = prepare(risk)
    indicator = watch(risk, response_id=response.pk)
    doing = {"mitigation_id": response.pk, "actor_id": people["operator"].pk, "at": AT}
    services.start_mitigation(**doing)

    assert services.drop_mitigation(**doing) is True
    assert services.drop_mitigation(**doing) is False
    assert Task.objects.get().status == "dropped"
    indicator.refresh_from_db()
    assert indicator.response_id is None
    with pytest.raises(services.MitigationIsDropped):
        services.start_mitigation(**doing)


def test_what_became_of_a_risk_closes_it_or_begins_a_new_call(people, write):
    risk = write(horizon=TODAY)
    operator = people["operator"].pk
    say = {"risk_id": risk.pk, "actor_id": operator, "at": AT + DAY}
    (row,) = queries.register(today=TODAY + timedelta(days=1))
    assert row.is_past is True
    services.score_risk(risk_id=risk.pk, probability=4, impact=4, actor_id=operator, at=AT)
    services.state_outcome(**say, occurred=False, next_horizon=date(2025, 9, 1))
    risk.refresh_from_db()
    assert (risk.status, risk.called_probability, risk.horizon) == ("open", 4, date(2025, 9, 1))
    services.state_outcome(**say, occurred=True)

    risk.refresh_from_db()
    assert risk.status == "occurred"
    calls = RiskOutcome.objects.order_by("pk").values_list(
        "called_probability", "last_probability", "occurred"
    )
    assert list(calls) == [(2, 4, False), (4, 4, True)]
    with pytest.raises(services.RiskIsClosed):
        services.score_risk(risk_id=risk.pk, probability=1, impact=1, actor_id=operator, at=AT)
    assert services.reopen_risk(risk_id=risk.pk, actor_id=operator, at=AT) is True
    assert Risk.objects.get(pk=risk.pk).status == "open"


def test_only_owners_close_above_the_appetite(people):
    assert permissions.can_close_risk(people["operator"], score=9, appetite=9) is True
    assert permissions.can_close_risk(people["operator"], score=10, appetite=9) is False
    assert permissions.can_close_risk(people["owner"], score=25, appetite=9) is True
    assert permissions.can_close_risk(people["moderator"], score=1, appetite=9) is False


def test_needs_name_what_waits_for_the_owner_and_for_operators(people, write):
    write(probability=5, impact=5, review_on=TODAY, horizon=TODAY - timedelta(days=1))
    words = [
        "Did “Fewer members take part” occur? Its days are over.",
        "1 risk above the appetite has no response.",
        "1 risk is to be looked at again.",
    ]

    for role in ("moderator", "operator"):
        assert [need.words for need in queries.say_what_risks_need(people[role], AT)] == words
    assert queries.say_what_risks_need(people["member"], AT) == []


def test_a_version_of_the_plan_freezes_its_risks_and_changes_rest_on_them(people, write, plan):
    risk = write(plan_id=plan.pk, horizon=date(2025, 5, 1))
    plans.submit(plan_id=plan.pk, reason="", actor_id=people["operator"].pk, at=AT)

    (entry,) = planning.entries_of("risks", plan.pk)
    assert entry.ref == f"risk:{risk.pk}"
    assert (entry.facts["score"], entry.facts["horizon"]) == (8, "2025-05-01")
    assert (f"risk:{risk.pk}", "Falling activity · Fewer members take part") in (
        planning.evidence_choices(plan.pk)
    )
    operator = people["operator"].pk
    services.score_risk(risk_id=risk.pk, probability=5, impact=5, actor_id=operator, at=AT)
    rests_on = {"reason": "Turn-out falls", "evidence": [f"risk:{risk.pk}"]}
    plans.submit(plan_id=plan.pk, **rests_on, actor_id=operator, at=AT)
    newest = planning.versions_of(plan.pk)[0]
    assert newest.evidence[0].url == f"/console/risks/{risk.pk}/"


def test_lines_of_plans_tell_how_their_risks_stand(write, plan):
    write(plan_id=plan.pk, probability=5, impact=5)
    write(plan_id=plan.pk, review_on=TODAY)
    write()

    lines = queries.risk_lines([plan.pk], today=TODAY)
    line = lines[plan.pk]
    assert (line.total, line.above, line.highest, line.lacking, line.overdue) == (2, 1, 25, 1, 1)


def test_changing_a_risk_tells_only_what_changed(people, write, plan):
    risk = write()
    change = {"risk_id": risk.pk, "actor_id": people["operator"].pk, "at": AT}
    services.change_risk(**change, event="Nobody comes", plan_id=plan.pk, goal_ids=[])
    services.change_risk(**change, event="Nobody comes", plan_id=plan.pk, goal_ids=[])

    (entry,) = AuditEntry.objects.filter(action="risks.risk_changed")
    assert entry.details == {"risk_id": risk.pk, "fields": "event,plan"}
