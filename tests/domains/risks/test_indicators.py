"""Leading indicators raise their risk, tell its owner and start the response, once."""

import threading
from datetime import date

import pytest
from django.db import IntegrityError, close_old_connections, connection, transaction
from tests.domains.risks.conftest import AT, DAY, WEEK

from juluo.domains.members.models import AuditEntry
from juluo.domains.notifications import queries as inbox
from juluo.domains.planning import services as schedule
from juluo.domains.planning.models import Task
from juluo.domains.risks import queries, services, tasks
from juluo.domains.risks.models import Episode, Indicator, RiskScore
from juluo.eventlog.models import EventRecord
from juluo.jobs import schedule as clock

FEWER_THAN_FIVE = {"rule": "threshold", "side": "below", "value": 5.0}


def happened():
    rows = EventRecord.objects.filter(name__startswith="risks.").order_by("id")
    return [name.removeprefix("risks.") for name in rows.values_list("name", flat=True)]


def test_a_planted_fall_raises_the_risk_tells_its_owner_and_starts_the_response_once(
    people, steady, write, prepare, watch
):
    risk = write()
    response = prepare(risk)
    indicator = watch(risk, response_id=response.pk)
    steady(AT + DAY, 1)
    steady(AT + WEEK, 1)
    now = AT + WEEK

    assert services.look_at_indicators(now=now) == 1
    assert services.look_at_indicators(now=now) == 0

    risk.refresh_from_db()
    assert (risk.probability, risk.impact, risk.status) == (3, 4, "treated")
    episode = Episode.objects.get()
    assert (episode.since, episode.observed, episode.raised_from, episode.raised_to) == (
        date(2025, 3, 3),
        1.0,
        2,
        3,
    )
    told = RiskScore.objects.get(cause="indicator")
    assert (told.probability, told.episode_id, told.scored_by_id) == (3, episode.pk, None)
    task = Task.objects.get()
    assert task.title == "Call the regulars"
    assert task.owner_id == people["moderator"].pk
    assert (task.start, task.due, task.planned_minutes) == (
        date(2025, 3, 10),
        date(2025, 3, 15),
        120,
    )
    assert task.origin == f"risk:{risk.pk}:mitigation:{response.pk}"
    words = [each.words for each in inbox.inbox(member_id=people["moderator"].pk)]
    assert words == [
        "Risk raised by its indicator: “Fewer members take part”",
        "You were given a task: Call the regulars",
        "You are to watch the risk “Fewer members take part”",
    ]
    assert happened() == [
        "risk_written",
        "mitigation_prepared",
        "indicator_added",
        "indicator_fired",
        "risk_raised",
        "mitigation_started",
    ]
    raised = AuditEntry.objects.get(action="risks.risk_raised")
    assert raised.actor_id is None
    assert raised.details == {
        "risk_id": risk.pk,
        "indicator_id": indicator.pk,
        "raised_from": 2,
        "raised_to": 3,
    }


def test_a_second_week_out_of_bounds_is_the_same_episode(steady, write, prepare, watch):
    risk = write()
    watch(risk, response_id=prepare(risk).pk, **FEWER_THAN_FIVE)
    for n in range(3):
        steady(AT + n * WEEK + DAY, 1)
        services.look_at_indicators(now=AT + (n + 1) * WEEK)

    risk.refresh_from_db()
    assert risk.probability == 3
    assert Episode.objects.get().last == date(2025, 3, 17)
    assert Task.objects.count() == 1


def test_each_new_episode_acts_anew_and_a_running_response_goes_on(
    people, steady, write, prepare, watch
):
    risk = write()
    response = prepare(risk)
    watch(risk, response_id=response.pk, **FEWER_THAN_FIVE)
    for n, count in enumerate([1, 10, 1]):
        steady(AT + n * WEEK + DAY, count)
    steady(AT + 3 * WEEK, 10)
    services.look_at_indicators(now=AT + 3 * WEEK)

    risk.refresh_from_db()
    assert risk.probability == 4
    assert Episode.objects.count() == 2
    assert Task.objects.count() == 1

    task = Task.objects.get()
    schedule.finish_task(task_id=task.pk, actor_id=people["moderator"].pk, at=AT + 3 * WEEK)
    for n, count in enumerate([10, 1, 10], start=4):
        steady(AT + n * WEEK, count)
    services.look_at_indicators(now=AT + 6 * WEEK)

    assert Task.objects.count() == 2
    response.refresh_from_db()
    assert response.task_id != task.pk


def test_the_task_in_the_background_does_it(steady, write, watch):
    import time_machine

    risk = write()
    watch(risk)
    steady(AT + DAY, 1)
    steady(AT + WEEK, 1)
    with time_machine.travel(AT + WEEK, tick=False):
        tasks.look_at_indicators.func()
        tasks.look_at_indicators.func()

    risk.refresh_from_db()
    assert risk.probability == 3
    assert clock._ENTRIES[tasks.look_at_indicators.module_path].expression == "*/15 * * * *"


@pytest.mark.django_db(transaction=True)
def test_workers_that_look_at_the_same_moment_act_once(steady, write, prepare, watch):
    risk = write()
    watch(risk, response_id=prepare(risk).pk)
    steady(AT + DAY, 1)
    steady(AT + WEEK, 1)
    ready, began, problems = threading.Barrier(4), [], []

    def work():
        try:
            ready.wait()
            began.append(services.look_at_indicators(now=AT + WEEK))
        except Exception as problem:  # noqa: BLE001 - told by the test itself
            problems.append(problem)
        finally:
            close_old_connections()
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()

    assert problems == []
    assert sum(began) == 1
    risk.refresh_from_db()
    assert risk.probability == 3
    assert (Episode.objects.count(), Task.objects.count()) == (1, 1)
    assert RiskScore.objects.filter(cause="indicator").count() == 1
    assert happened().count("risk_raised") == 1


def test_the_database_keeps_the_promise_of_one_episode(steady, write, watch):
    indicator = watch(write())
    values = {"observed": 1, "data_version": "x", "raised_from": 1, "raised_to": 2}
    values |= {"indicator": indicator, "last": date(2025, 3, 3), "began_at": AT}
    Episode.objects.create(since=date(2025, 3, 3), **values)

    for since in (date(2025, 3, 3), date(2025, 3, 10)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Episode.objects.create(since=since, **values)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"raise_by_one": False, "raise_to": 5}, 5),
        ({"raise_by_one": False, "raise_to": 1}, 2),
        ({"raise_by_one": False, "raise_to": None}, 2),
    ],
)
def test_an_indicator_raises_to_a_level_or_not_at_all_but_always_tells(
    people, steady, write, prepare, watch, given, expected
):
    risk = write()
    watch(risk, response_id=prepare(risk).pk, **given)
    steady(AT + DAY, 1)
    steady(AT + WEEK, 1)
    services.look_at_indicators(now=AT + WEEK)

    risk.refresh_from_db()
    assert risk.probability == expected
    told = inbox.inbox(member_id=people["moderator"].pk)[0].words
    assert told == (
        "Risk raised by its indicator: “Fewer members take part”"
        if expected > 2
        else "An early sign of “Fewer members take part” is out of bounds"
    )


def calm(steady, weeks):
    """One week out of bounds, then so many within."""
    steady(AT + DAY, 1)
    for n in range(1, weeks + 1):
        steady(AT + n * WEEK, 10)
    steady(AT + (weeks + 1) * WEEK, 10)
    services.look_at_indicators(now=AT + (weeks + 1) * WEEK)


def test_calm_proposes_to_lower_and_never_lowers_by_itself(people, steady, write, watch):
    risk = write()
    watch(risk, calm_after=3)
    calm(steady, 2)
    assert queries.proposals_of(risk.pk, language="en") == []
    steady(AT + 4 * WEEK, 10)
    services.look_at_indicators(now=AT + 4 * WEEK)

    risk.refresh_from_db()
    assert risk.probability == 3
    (proposal,) = queries.proposals_of(risk.pk, language="en")
    assert (proposal.calm, proposal.back_to) == (3, "Unlikely")
    needs = queries.say_what_risks_need(people["moderator"], AT + 4 * WEEK)
    assert "“Fewer members take part” may be lowered: its indicator is calm." in [
        need.words for need in needs
    ]

    answer = {"episode_id": proposal.episode_id, "actor_id": people["operator"].pk}
    assert services.answer_proposal(**answer, lower=True, at=AT + 4 * WEEK) is True
    assert services.answer_proposal(**answer, lower=True, at=AT + 4 * WEEK) is False
    risk.refresh_from_db()
    assert risk.probability == 2
    assert RiskScore.objects.filter(cause="lowered").count() == 1


def test_whoever_scores_has_answered_the_proposal(people, steady, write, watch):
    risk = write()
    watch(risk, calm_after=1)
    calm(steady, 1)
    assert len(queries.proposals_of(risk.pk, language="en")) == 1

    services.score_risk(
        risk_id=risk.pk, probability=3, impact=2, actor_id=people["operator"].pk, at=AT + 3 * WEEK
    )

    assert queries.proposals_of(risk.pk, language="en") == []


def test_an_indicator_switched_off_and_a_closed_risk_are_left_alone(people, steady, write, watch):
    off, closed = watch(write()), watch(write())
    operator = people["operator"].pk
    services.end_indicator(indicator_id=off.pk, actor_id=operator, at=AT)
    services.state_outcome(risk_id=closed.risk_id, occurred=False, actor_id=operator, at=AT)
    steady(AT + DAY, 1)
    steady(AT + WEEK, 1)

    assert services.look_at_indicators(now=AT + WEEK) == 0
    with pytest.raises(services.RiskIsClosed):
        watch(closed.risk)
    assert Indicator.objects.count() == 2


def test_an_archive_that_ended_is_not_a_fall(steady, write, watch):
    watch(write())

    assert services.look_at_indicators(now=AT + 10 * WEEK) == 0


def test_the_page_tells_where_an_indicator_stands(steady, write, watch):
    risk = write()
    watch(risk)
    steady(AT + DAY, 1)
    steady(AT + WEEK, 1)
    services.look_at_indicators(now=AT + WEEK)

    (shown,) = queries.indicators_of(risk.pk, language="en", now=AT + WEEK)
    assert (shown.period, shown.observed, shown.state) == ("3 March 2025", "1", "out")
    assert shown.effect == "raises the probability by one level"
    assert len(shown.rows) == 26
    (episode,) = shown.episodes
    assert (episode.raised_from, episode.raised_to) == ("Unlikely", "Possible")
