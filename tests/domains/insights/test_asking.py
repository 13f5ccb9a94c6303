from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from tests.made_up import NOW

from juluo.analytics import engine
from juluo.analytics.catalog import METRICS, UnknownMetric
from juluo.analytics.question import Grain
from juluo.domains.insights import queries
from juluo.domains.members import services
from juluo.eventlog.lake import roll
from juluo.eventlog.recording import record
from juluo.events.discussions import PostPublished
from juluo.project.health import examine

MARCH = {"start": date(2026, 3, 1), "end": date(2026, 4, 1), "grain": Grain.WINDOW}


def posts() -> float | None:
    asked = queries.question("content.posts", **MARCH)
    return queries.ask(asked, log=queries.current_log(), now=NOW).points[0].value


@transaction.atomic
def publish(actor: int | None = None) -> None:
    event = PostPublished(subject_id="post:1", thread_id="post:1", space_id=1)
    record(event, at=NOW - timedelta(hours=1), actor_id=actor)


@pytest.fixture
def computed(monkeypatch) -> list[str]:
    """The keys of the metrics that the engine was asked for, in order."""
    keys = []
    real = engine.answer

    def counting(question, **options):
        keys.append(question.key)
        return real(question, **options)

    monkeypatch.setattr(engine, "answer", counting)
    return keys


def test_an_answer_is_computed_once_until_something_happens(db, computed):
    assert [posts(), posts()] == [0, 0]
    assert len(computed) == 1

    publish()

    assert [posts(), posts()] == [1, 1]
    assert len(computed) == 2


@pytest.mark.django_db(transaction=True)
def test_rolling_moves_events_and_no_figure():
    publish()
    assert posts() == 1

    roll(timezone="UTC")

    assert posts() == 1
    assert queries.current_log().tail.num_rows == 0
    assert all(finding.ok for finding in examine())


def test_calling_an_account_a_bot_changes_the_answer_at_once(db):
    owner = services.create_member(
        email="o@example.org", password="x", display_name="O", role="owner", at=NOW
    )
    member = services.create_member(email=None, display_name="m", at=NOW)
    publish(member.pk)
    assert posts() == 1

    services.change_kind(actor_id=owner.pk, member_id=member.pk, kind="bot", at=NOW)

    assert posts() == 0


def test_another_question_is_another_answer(made_up):
    asked = {
        "start": date(2026, 1, 1),
        "end": date(2026, 2, 1),
        "grain": Grain.WINDOW,
    }
    log = queries.current_log()
    shanghai = queries.ask(queries.question("members.active", **asked), log=log, now=NOW)
    utc = queries.ask(queries.question("members.active", **asked, timezone="UTC"), log=log, now=NOW)

    assert (shanghai.question.timezone, utc.question.timezone) == ("Asia/Shanghai", "UTC")


def test_an_unknown_metric_is_refused_with_what_was_meant(db):
    with pytest.raises(UnknownMetric, match=r"members\.active"):
        queries.question("members.actve", **MARCH)


@pytest.mark.parametrize(
    "options",
    [
        {"by": "moon"},
        {"end": date(2026, 3, 1)},
        {"start": date(1, 1, 1)},
        {"end": date(2999, 1, 1)},
    ],
)
def test_what_cannot_be_asked_is_refused(db, options):
    asked = queries.question("members.active", **MARCH | options)

    with pytest.raises(engine.QuestionRefused):
        queries.ask(asked, log=queries.current_log(), now=NOW)


def test_the_records_behind_a_figure_are_as_many_as_it_says(made_up):
    asked = queries.question(
        "content.contributions", start=date(2026, 1, 1), end=date(2026, 2, 1), grain=Grain.WINDOW
    )
    log = queries.current_log()
    (point,) = queries.ask(asked, log=log, now=NOW).points

    behind = queries.behind(asked, log=log, start=point.start, limit=5)

    assert behind.total == point.value
    assert len(behind.rows) == 5
    times = [row["occurred_at"] for row in behind.rows]
    assert times == sorted(times, reverse=True)


def test_groups_are_called_by_their_names_everywhere(made_up):
    asked = {"start": date(2026, 1, 1), "end": date(2026, 2, 1), "grain": Grain.WINDOW}
    space = made_up.spaces[0]
    for key, by in (("members.active", "space"), ("spaces.health", None)):
        question = queries.question(key, **asked, by=by)
        answer = queries.ask(question, log=queries.current_log(), now=NOW)
        assert queries.group_labels(answer)[str(space.pk)] == "新手村"
        assert queries.group_label(question, str(space.pk)) == "新手村"
        assert queries.group_label(question, "987654") == "987654"
        assert queries.group_label(question, "nonsense") == "nonsense"
    ranked = queries.question("influence.rank", **asked)
    assert queries.group_label(ranked, str(made_up.members[1].pk)).startswith("<script>")


def test_days_are_local(made_up):
    late = datetime(2026, 3, 9, 17, tzinfo=UTC)

    assert queries.local_today(now=late) == date(2026, 3, 10)
    assert queries.last_local_day() <= date(2026, 3, 3)


def test_an_empty_log_has_no_last_day(db):
    assert queries.last_local_day() is None


def test_every_metric_can_be_asked_of_nothing(db):
    log = queries.current_log()
    for key, definition in METRICS.items():
        asked = queries.question(key, **MARCH | {"grain": definition.grains[-1]})
        for point in queries.ask(asked, log=log, now=NOW).points:
            assert not point.value, key
